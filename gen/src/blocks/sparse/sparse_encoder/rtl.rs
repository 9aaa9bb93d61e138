use super::write::write;
use super::{Checked, Config};
use crate::blocks::parts::pack::{Group, Rows};
use crate::blocks::parts::passes;
use crate::blocks::parts::row_queue::{self, Entry, Given};
use crate::blocks::parts::tree;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Build, Mod, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_unsigned};

/// Blocks that wait for their header, from their last beat on.
pub const BLOCKS: u32 = 4;

/// Bits of a code's length in `m_bits`.
const LENGTH_BITS: u32 = 32;

/// Registers from the cycle that writes something to its bits in the packer.
const WRITE: u32 = 3;

impl Config {
    /// Registers that bring a beat's elements together.
    pub fn levels(&self) -> u32 {
        tree::levels(self.lanes)
    }
    fn entry_rows(&self) -> Rows {
        Rows { item: self.entry_bits(), items: self.entries() }
    }
    fn words(&self) -> Rows {
        Rows { item: 1, items: self.word }
    }
    /// Beats that are between the stream and memories when one is refused.
    pub fn margin(&self) -> u32 {
        4 + self.levels() + self.entry_rows().cycles()
    }
    /// Rows of elements that have a place: two blocks, and what comes until the first one is written.
    pub fn rows(&self) -> u32 {
        2 * self.block.div_ceil(self.entries()) + BLOCKS + self.margin()
    }
    /// Parts of bitmaps that have a place: a power of two, since those of coordinates are left out at once.
    pub fn parts(&self) -> u32 {
        (2 * self.beats().div_ceil(self.part_beats()) + BLOCKS + self.margin()).next_power_of_two()
    }
    /// Cycles from the one that writes a frame's last bits to the word at the stream.
    pub fn packed_cycles(&self) -> u64 {
        u64::from(WRITE + self.words().cycles() + 1)
    }
    /// Cycles by which a block's last row of elements would come too late for its header.
    pub fn settling(&self) -> u32 {
        self.entry_rows().cycles().saturating_sub(4)
    }
    /// Bits of a block's count.
    pub fn count_bits(&self) -> u32 {
        self.code().count_bits()
    }
    /// Bits of the longest header.
    pub fn header_width(&self) -> u32 {
        self.code().header_bits() + self.code().index_bits() + self.count_bits()
    }
    /// Bits that name a beat of a part.
    pub fn part_bits(&self) -> u32 {
        bits_for_count(self.part_beats().into())
    }
    /// Bits that name an element of a row.
    pub fn row_bits(&self) -> u32 {
        bits_for_count(self.entries().into())
    }
    /// Bits of what is known of a block when its header is written.
    pub fn record_bits(&self) -> u32 {
        self.header_width() + 5 + 2 + self.parts_left_bits() + self.part_bits() + self.count_bits() + self.row_bits()
    }
    /// Bits that name a part of a block.
    pub fn parts_left_bits(&self) -> u32 {
        bits_for_count(self.beats().div_ceil(self.part_beats()).into())
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.width, c.signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.word / 8, 8, false), true);
    let bits = m.stream_out("m_bits", BeatShape::new(1, LENGTH_BITS, false), false);

    m.section("blocks as they come, where there is room for one more beat");
    let waiting = m.level("blocks", BLOCKS);
    let (close, header_go) = (m.wire("close"), m.wire("header_go"));
    let taken = row_queue::take(&m, s, c.beats(), |last| !close.value() & !(last & waiting.full()));
    waiting.moves(taken.row, header_go.value());
    let come = come(&m, c, s, &taken);

    m.section("elements that are not zero in rows, and bitmaps in parts");
    let row = c.entry_rows().pack(&m, "entry", m.bool(true), come.group);
    let part = parts(&m, c, &come);

    m.section("what is known of a block when it has come");
    let record = record(&m, c, &come);
    let next = next(&m, c, record, header_go.value());

    m.section("a cycle writes the header, a part of the bitmap or a row of elements");
    let (word_stage, bits_stage) = (m.stage("word_out", out.ready()), m.stage("bits_out", bits.ready()));
    let run = (word_stage.free() & bits_stage.free()).named("run");
    let write = write(&m, c, run, next, (row, part));
    header_go.drive(write.header);
    close.drive(write.close);

    m.section("bits behind those before");
    let word = c.words().pack(&m, "word", run, write.group);
    word_stage.fill(run & word.at);
    let data = m.delay("word_data", run, word.items);
    let last = m.delay("word_last", run, word.end);
    out.drive(word_stage.valid(), data, Some(last));

    m.section("how many they are");
    let so_far = m.reg_u("bits_so_far", LENGTH_BITS).reset(0);
    let total = (so_far.q() + write.group.count).trunc(LENGTH_BITS).called("bits_total");
    let ends = (write.group.at & write.group.end).named("code_ends");
    so_far.set_when(run & write.group.at, ends.pick(m.u(0, LENGTH_BITS), total));
    bits_stage.fill(run & ends);
    bits.drive(bits_stage.valid(), m.delay("bits", run & ends, total), None);
    m.finish()
}

/// A number times a small constant: shifts and sums, no multiplier.
fn times(v: UInt<'_>, by: u32) -> UInt<'_> {
    let terms = (0..u32::BITS).filter(|i| by >> i & 1 == 1).map(|i| v << i);
    terms.reduce(|a, b| a + b).unwrap_or(v)
}

/// A beat's elements that are not zero.
struct Come<'m> {
    group: Group<'m>,
    /// A beat, one cycle after it is taken: which of it are not zero, its number within the block, whether it is the block's last.
    beat: Bool<'m>,
    mask: UInt<'m>,
    number: UInt<'m>,
    last: Bool<'m>,
    /// In the cycle of the group: beats of its block less one, and the frame's end above them.
    length: UInt<'m>,
}

fn come<'m>(m: &'m Mod<'_>, c: &Config, s: Source<'m>, taken: &Entry<'m>) -> Come<'m> {
    let on = m.bool(true);
    let index_bits = c.code().index_bits();
    let beats = bits_for_count(u64::from(c.beats()).max(2));
    let number = m.delay("number", on, taken.length.trunc(beats));
    let beat = m.delay_flag("beat_at", on, taken.beat);
    let last = m.delay_flag("beat_last", on, taken.row);
    let mut items: Vec<(UInt, UInt)> = Vec::new();
    let mut mask = Vec::new();
    for k in 0..c.lanes {
        let x = m.delay(&format!("x{k}"), on, s.lane(k));
        let there = m.delay_flag(&format!("there{k}"), on, taken.beat & s.lane(k).any());
        let entry = if c.format == Format::Bitmap {
            x
        } else {
            let index = (times(number, c.lanes) + m.lit(k.into())).at_width(index_bits).called(format!("index{k}"));
            m.concat(&[x, index])
        };
        items.push((there.pick(entry, m.bits(crate::num::Bits::zero(c.entry_bits()))), there.to_uint()));
        mask.push(there.to_uint());
    }
    let (items, count) = compact(m, c.entry_bits(), items);
    let levels = c.levels();
    let group = Group {
        at: m.pipe_flag("some", on, beat, levels),
        items,
        count,
        end: m.pipe_flag("some_last", on, last, levels),
    };
    let length = m.pipe("length", on, taken.length, 1 + levels);
    Come { group, beat, mask: m.lanes(&mask), number, last, length }
}

/// Items that are there, the first one lowest, and how many: two sides at a time, a register behind each level.
fn compact<'m>(m: &'m Mod<'_>, bits: u32, mut sides: Vec<(UInt<'m>, UInt<'m>)>) -> (UInt<'m>, UInt<'m>) {
    let (on, mut level) = (m.bool(true), 0);
    while sides.len() > 1 {
        let merge = |(i, pair): (usize, &[(UInt<'m>, UInt<'m>)])| {
            let named = |what: &str| format!("{what}_l{level}x{i}");
            let [(low, n), rest @ ..] = pair else { unreachable!() };
            // Counts are none after reset: what was under way is no part of the next block.
            let count = |n: UInt<'m>| {
                let held = m.reg_u(&named("count"), n.width()).reset(0);
                held.set(n);
                held.q()
            };
            let Some((high, more)) = rest.first() else {
                return (m.delay(&named("items"), on, *low), count(*n));
            };
            let (items, width) = (low.width() / bits, low.width() + high.width());
            let arms: Vec<UInt> = (0..=items).map(|n| (*high << (n * bits)).at_width(width)).collect();
            let both = low.zext(width) | m.select(*n, &arms);
            let sum = (*n + *more).at_width(bits_for_unsigned((width / bits).into()));
            (m.delay(&named("items"), on, both), count(sum))
        };
        sides = sides.chunks(2).enumerate().map(merge).collect();
        level += 1;
    }
    sides[0]
}

/// Parts of bitmaps: where one is there, and what.
fn parts<'m>(m: &'m Mod<'_>, c: &Config, come: &Come<'m>) -> Option<Given<'m>> {
    if c.format == Format::Coordinates {
        return None;
    }
    let n = c.part_beats();
    let at = if n == 1 { m.u(0, 1) } else { come.number.trunc(c.part_bits()) };
    let slice = |i: u32| {
        let here = at.eq(m.u(i.into(), at.width()));
        let held = m.reg_u(&format!("part{i}"), c.lanes);
        let begins = at.eq(m.u(0, at.width()));
        held.set_when(come.beat & (here | begins), here.pick(come.mask, m.u(0, c.lanes)));
        held.q()
    };
    let value = m.lanes(&(0..n).map(slice).collect::<Vec<_>>());
    let full = at.eq(m.u((n - 1).into(), at.width()));
    Some(Given { at: m.delay_flag("part_done", m.bool(true), come.beat & (full | come.last)), value })
}

/// Of a block: its header and how long that is, its form, whether the frame ends, parts and rows.
fn record<'m>(m: &'m Mod<'_>, c: &Config, come: &Come<'m>) -> Given<'m> {
    let (on, code) = (m.bool(true), c.code());
    let (a, cw) = (code.index_bits(), c.count_bits());
    let last = come.group.end & come.group.at;
    let n = passes::sum(m, "count", last, come.group.count, cw);
    let at = m.pipe_flag("counted", on, last, 4 + c.settling());
    let length = m.delay("counted_length", on, come.length);
    let beats = length.trunc(length.width() - 1);
    let size = (times(beats, c.lanes) + m.lit(u64::from(c.lanes) - 1)).at_width(a).called("size_less");
    let size = m.delay("size", on, size);
    let more = m.delay("index_room", on, times(n, a).at_width(cw + 4));
    let rows = ((n + m.lit(u64::from(c.entries()) - 1)) >> c.row_bits()).at_width(cw);
    let row_last = (n - m.u(1, 1)).as_unsigned().trunc(c.row_bits());
    let (rows, row_last, n) = (m.pipe("rows", on, rows, 2), m.pipe("row_last", on, row_last, 2), m.delay("n", on, n));
    let end = m.pipe("frame_end", on, length.bit(length.width() - 1), 2);
    let (left, beat_last) = (beats >> c.part_beats().trailing_zeros(), beats.trunc(c.part_bits()));
    let left = m.pipe("parts_less", on, left.at_width(c.parts_left_bits()), 2);
    let beat_last = m.pipe("part_last", on, beat_last, 2);
    let pairs = match c.format {
        Format::Hybrid => (more + m.lit(cw.into())).le(size.zext(cw + 5)),
        only => m.bool(only == Format::Coordinates),
    };
    let pairs = m.delay("pairs", on, pairs);
    let (size, n) = (m.delay("size_known", on, size), m.delay("n_known", on, n));
    let first = match c.format {
        Format::Hybrid => m.concat(&[m.u(0, 1), pairs.to_uint(), end.to_uint()]),
        _ => end.to_uint(),
    };
    let counted = pairs.pick(n, m.u(0, cw));
    let rest = end.pick(m.concat(&[counted, size]), counted.zext(cw + a));
    let header = m.concat(&[rest, first]);
    let h = u64::from(code.header_bits());
    let bits =
        |last: bool, pairs: bool| m.u(h + if last { a.into() } else { 0 } + if pairs { cw.into() } else { 0 }, 5);
    let bits =
        pairs.pick(end.pick(bits(true, true), bits(false, true)), end.pick(bits(true, false), bits(false, false)));
    let value = m.concat(&[header, bits, pairs.to_uint(), end.to_uint(), left, beat_last, rows, row_last]);
    Given { at, value: m.pipe("record", on, value, 1 + c.settling()) }
}

/// The next block's record, fetched ahead: whether it is there, and what.
fn next<'m>(m: &'m Mod<'_>, c: &Config, record: Given<'m>, load: Bool<'m>) -> (Bool<'m>, UInt<'m>) {
    let pending = m.level("pending", BLOCKS);
    let there = m.reg_b("next_there").reset(0);
    let fetch = (pending.some() & (!there.q() | load)).named("fetch");
    there.set_when(fetch | load, fetch);
    pending.moves(record.at, fetch);
    let records = m.ram("records", c.record_bits(), BLOCKS);
    records.write(record.at, m.count("record_wr", BLOCKS.into(), record.at).value, record.value);
    (there.q(), records.read(fetch, m.count("record_rd", BLOCKS.into(), fetch).value))
}
