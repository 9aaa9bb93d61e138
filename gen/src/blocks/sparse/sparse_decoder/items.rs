//! Rows of elements with their indices: of pairs those in order and range, of a bitmap's group those that are not zero.

use super::steps::Taken;
use super::Config;
use crate::blocks::parts::row_queue::Given;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Mod, UInt};

/// Fields of a row, from the lowest bit.
pub struct Row<'m> {
    /// It is none, but a tensor's end.
    pub end: Bool<'m>,
    /// With it the block, or the tensor's end, turns out malformed.
    pub wrong: Bool<'m>,
    /// No element is in it.
    pub none: Bool<'m>,
    /// No other row has elements of its last element's group.
    pub closes: Bool<'m>,
    /// It is its block's last.
    pub fin: Bool<'m>,
    /// The tensor ends with its block.
    pub ends: Bool<'m>,
    /// The group of its last element; of a bitmap's, its own.
    pub top: UInt<'m>,
    /// Elements of the block less one.
    pub size_less: UInt<'m>,
    /// Each place: whether an element is there, its index within the block, and the element.
    pub there: UInt<'m>,
    pub indices: Vec<UInt<'m>>,
    pub values: Vec<UInt<'m>>,
}

impl<'m> Row<'m> {
    fn bits(&self, m: &'m Mod<'_>) -> UInt<'m> {
        let flags = [self.end, self.wrong, self.none, self.closes, self.fin, self.ends].map(Bool::to_uint);
        let fields = flags.into_iter().chain([self.top, self.size_less, self.there]);
        m.lanes(&fields.chain(self.indices.iter().copied()).chain(self.values.iter().copied()).collect::<Vec<_>>())
    }

    /// Of its bits.
    pub fn of(c: &Config, bits: UInt<'m>) -> Row<'m> {
        let mut at = 0;
        let mut field = |n: u32| {
            at += n;
            bits.slice(at - n, n)
        };
        let mut flag = || field(1).any();
        let (end, wrong, none, closes, fin, ends) = (flag(), flag(), flag(), flag(), flag(), flag());
        let (a, group) = (c.code().index_bits(), c.group());
        let (top, size_less, there) = (field(c.group_index_bits()), field(a), field(group));
        let indices = (0..group).map(|_| field(a)).collect();
        let values = (0..group).map(|_| field(c.width)).collect();
        Row { end, wrong, none, closes, fin, ends, top, size_less, there, indices, values }
    }
}

/// The rows.
pub fn rows<'m>(m: &'m Mod<'_>, c: &Config, taken: &Taken<'m>) -> Given<'m> {
    let on = m.bool(true);
    let (group, a, within) = (c.group(), c.code().index_bits(), c.group().trailing_zeros());
    let pairs_only = c.format == Format::Coordinates;
    let bitmap_only = c.format == Format::Bitmap;
    // Of both forms.
    let pair = |i: u32, from: u32, bits: u32| taken.view.slice(i * c.entry_bits() + from, bits);
    let element = |i: u32| taken.view.slice(i * c.width, c.width);
    let value = |i: u32| match c.format {
        Format::Bitmap => element(i),
        Format::Coordinates => pair(i, a, c.width),
        Format::Hybrid => taken.values.pick(element(i), pair(i, a, c.width)),
    };
    let values: Vec<UInt> = (0..group).map(|i| m.delay(&format!("value{i}"), on, value(i))).collect();
    let placed = if pairs_only { Vec::new() } else { places(m, taken.mask) };
    let index = |i: u32| {
        let of_bitmap = |p: &(Bool<'m>, UInt<'m>)| m.concat(&[taken.group, p.1]);
        match (bitmap_only, placed.get(i as usize)) {
            (true, Some(p)) => of_bitmap(p),
            (false, Some(p)) => taken.values.pick(of_bitmap(p), pair(i, 0, a)),
            _ => pair(i, 0, a),
        }
    };
    let indices: Vec<UInt> = (0..group).map(|i| m.delay(&format!("index{i}"), on, index(i))).collect();
    // Which are there, and which of them are in order and range.
    let flag = |name: &str, v: Bool<'m>| m.delay(name, on, v);
    let before = if bitmap_only { m.u(0, a) } else { m.delay("index_before", taken.pairs, pair(group - 1, 0, a)) };
    let ordered = |i: u32| {
        let behind = if i == 0 { taken.first | pair(0, 0, a).gt(before) } else { pair(i, 0, a).gt(pair(i - 1, 0, a)) };
        behind & pair(i, 0, a).le(taken.size_less)
    };
    let good = |i: u32| match (bitmap_only, placed.get(i as usize)) {
        (true, Some(p)) => p.0,
        (false, Some(p)) => taken.values.pick(p.0, taken.mask.bit(i) & ordered(i)),
        _ => taken.mask.bit(i) & ordered(i),
    };
    let good: Vec<Bool> = (0..group).map(|i| flag(&format!("good{i}"), good(i))).collect();
    let (end, fin) = (m.delay_flag("row_end", on, taken.end), flag("row_fin", taken.fin));
    let at = m.delay_flag("row_at", on, taken.pairs | taken.values | taken.end);
    let group_index = if pairs_only { m.u(0, 1) } else { m.delay("row_group", on, taken.group) };
    let (of_values, broken, there) = if bitmap_only {
        (m.bool(true), m.bool(false), good)
    } else {
        let of_pairs = m.delay_flag("row_pairs", on, taken.pairs);
        let asked = m.delay("asked", on, taken.mask);
        let first = flag("row_begins", taken.first);
        // Behind a pair that is not, none is.
        let broke = m.reg_b("broke");
        let still = !(of_pairs & !first & broke.q());
        let there: Vec<Bool> = good
            .iter()
            .scan(still, |so_far, g| {
                *so_far = *so_far & *g;
                Some(*so_far)
            })
            .collect();
        let lost =
            of_pairs & (0..group).map(|i| asked.bit(i) & !there[i as usize]).reduce(|a, b| a | b).unwrap_or(still);
        let broken = ((of_pairs & !first & broke.q()) | lost).named("broken");
        broke.set_when(of_pairs, broken);
        (!of_pairs, broken, there)
    };
    let (top, closes) = top(within, &there, &indices);
    let row = Row {
        end,
        wrong: end.pick(flag("row_end_wrong", taken.end_wrong), fin & (taken.wrong | broken)),
        none: if bitmap_only { m.bool(false) } else { !of_values & !there[0] },
        closes: if bitmap_only { m.bool(true) } else { of_values | (there[0] & closes) },
        fin,
        ends: flag("row_ends", taken.ends),
        top: match c.format {
            Format::Bitmap => group_index,
            Format::Coordinates => top,
            Format::Hybrid => of_values.pick(group_index, top),
        },
        size_less: taken.size_less,
        there: m.lanes(&there.iter().map(|t| t.to_uint()).collect::<Vec<_>>()),
        indices,
        values,
    };
    Given { at: m.delay_flag("row_there", on, at), value: m.delay("row", on, row.bits(m)) }
}

/// Of a group's flags: for each place of its row whether it has an element, and which of the group.
fn places<'m>(m: &'m Mod<'_>, mask: UInt<'m>) -> Vec<(Bool<'m>, UInt<'m>)> {
    let group = mask.width();
    let bits = group.trailing_zeros();
    // Elements before each.
    let before: Vec<UInt> = (0..group)
        .map(|l| UInt::sum((0..l).map(|k| mask.bit(k).to_uint()).collect()).unwrap_or(m.u(0, 1)).at_width(bits + 1))
        .collect();
    let place = |i: u32| {
        let is = |l: u32| mask.bit(l) & before[l as usize].eq(m.u(i.into(), bits + 1));
        let named = (i..group).map(|l| (is(l), m.u(l.into(), bits)));
        let there = (i..group).map(is).reduce(|a, b| a | b).unwrap_or(m.bool(false));
        let index = named.map(|(is, l)| is.repeat(bits) & l).reduce(|a, b| a | b).unwrap_or(m.u(0, bits));
        (there, index)
    };
    (0..group).map(place).collect()
}

/// The group of a row's last element, and whether it is that group's last one.
fn top<'m>(within: u32, there: &[Bool<'m>], indices: &[UInt<'m>]) -> (UInt<'m>, Bool<'m>) {
    let group = |i: UInt<'m>| i.slice(within, i.width() - within);
    let mut found = (group(indices[0]), indices[0].trunc(within).all());
    for (there, index) in there.iter().zip(indices).skip(1) {
        found = (there.pick(group(*index), found.0), there.pick(index.trunc(within).all(), found.1));
    }
    found
}
