//! When a code is taken apart, where it is there: steps of a tensor, one a cycle where nothing has to be waited for.

use super::Cutter;
use crate::blocks::sparse::code::Block;

/// Cycles from the first word to the first header's.
const TO_HEADER: u64 = 2;

/// A step that takes bits, or a tensor's end.
pub enum Step {
    /// A block's header.
    Header,
    /// A part of its bitmap.
    Part,
    /// A row of elements.
    Row(Row),
    /// What is behind the tensor is looked at.
    End,
}

/// A row of elements.
pub struct Row {
    /// It is of pairs.
    pub pairs: bool,
    /// Groups that it gives, if rows are spread: the last one of them is complete with it.
    pub gives: u64,
    /// It goes on with a group that it does not give.
    pub merges: bool,
    /// The last group that it gives is the block's last, of so many elements.
    pub elements: u64,
}

/// A tensor.
pub struct Tensor {
    /// What is taken of it.
    pub steps: Vec<Step>,
    /// Words behind it.
    pub drain: u64,
}

/// When steps go.
pub struct Pace {
    view: u64,
    /// Cycles from a bitmap's flags in the view to its first elements.
    to_values: u64,
    next: u64,
    values: u64,
}

impl Pace {
    /// From the first word on.
    pub fn new(c: &Cutter) -> Pace {
        Pace { view: c.view_cycles().into(), to_values: if c.skip { 3 } else { 2 }, next: TO_HEADER, values: 0 }
    }

    /// The next one's cycle, the first from its earliest on in which there is `room`.
    pub fn step(&mut self, step: &Step, drain: u64, room: impl Fn(u64) -> bool) -> u64 {
        let mut t = match step {
            Step::Row(row) if !row.pairs => self.next.max(self.values),
            _ => self.next,
        };
        while !room(t) {
            t += 1;
        }
        self.next = t + 1;
        match step {
            // It has to be in the view, and is planned for.
            Step::Header => (self.next, self.values) = (t + self.view + 2, 0),
            // So does the first part, whose flags are counted then.
            Step::Part if self.values == 0 => self.values = t + self.view + self.to_values,
            Step::End => self.next += drain,
            _ => {}
        }
        t
    }
}

/// What is taken of a tensor's code.
pub fn tensor(c: &Cutter, code: &[bool]) -> Tensor {
    let decoded = c.code.decode(code, c.word);
    let mut steps = Vec::new();
    for block in &decoded.blocks {
        steps.push(Step::Header);
        match block.pairs {
            None => {
                steps.extend((0..block.size.div_ceil(c.part().into())).map(|_| Step::Part));
                if c.skip {
                    let row = || Step::Row(Row { pairs: false, gives: 1, merges: false, elements: 1 });
                    steps.extend((0..block.entries.len().max(1)).map(|_| row()));
                } else {
                    steps.extend(bitmap(c.group.into(), block.size).map(Step::Row));
                }
            }
            Some(count) => steps.extend(pairs(c.group.into(), count, block).into_iter().map(Step::Row)),
        }
    }
    steps.push(Step::End);
    // A count is taken of a reserved kind too, and left out.
    let reserved = decoded.blocks.last().is_some_and(|b| b.reserved);
    let taken = decoded.bits as u64 + if reserved { c.code.count_bits().into() } else { 0 };
    let (words, word) = (code.len() as u64 / u64::from(c.word), u64::from(c.word));
    Tensor { steps, drain: words.saturating_sub(taken / word + 1) }
}

/// Rows of a bitmap.
fn bitmap(group: u64, size: u64) -> impl Iterator<Item = Row> {
    (0..size.div_ceil(group)).map(move |g| {
        let elements = (size - g * group).min(group);
        Row { pairs: false, gives: 1, merges: false, elements }
    })
}

/// Rows of so many pairs, of which those that are read have a place.
fn pairs(group: u64, count: u64, block: &Block) -> Vec<Row> {
    let (groups, kept) = (block.size.div_ceil(group), block.entries.len());
    let count = count.div_ceil(group).max(1) as usize;
    let mut now = 0;
    let row = |r: usize| {
        let (from, to) = (r * group as usize, (r + 1) * group as usize);
        let last = block.entries[from.min(kept)..to.min(kept)].last().map(|(i, _)| i);
        if r + 1 == count {
            let elements = block.size - (groups - 1) * group;
            return Row { pairs: true, gives: groups - now, merges: false, elements };
        }
        // One that ends within a group, or with the block's last one, goes on with it.
        let closes = last.is_some_and(|i| i % group == group - 1 && i / group + 1 < groups);
        let to = last.map_or(now, |i| i / group + u64::from(closes));
        let gives = to - now;
        now = to;
        Row { pairs: true, gives, merges: !closes, elements: group }
    };
    (0..count).map(row).collect()
}
