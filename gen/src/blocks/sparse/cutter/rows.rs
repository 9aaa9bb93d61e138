//! Rows of elements with their indices: of pairs those in order and range, of a bitmap's group those that are not zero.

use super::steps::Taken;
use super::Cutter;
use crate::blocks::parts::row_queue::Given;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Mod, UInt};

/// Fields of a row, from the lowest bit.
pub struct Row<'m> {
    /// It is none, but a tensor's end.
    pub end: Bool<'m>,
    /// With it the block, or the tensor's end, turns out malformed.
    pub wrong: Bool<'m>,
    /// It is of the group that comes next: a bitmap's, or a row without any element.
    pub sits: Bool<'m>,
    /// No other row has elements of its last element's group.
    pub closes: Bool<'m>,
    /// It is its block's last.
    pub fin: Bool<'m>,
    /// The tensor ends with its block.
    pub ends: Bool<'m>,
    /// The group of its last element, of pairs.
    pub top: Option<UInt<'m>>,
    /// Elements of the block less one.
    pub size_less: UInt<'m>,
    /// Which elements there are.
    pub there: UInt<'m>,
    /// Their places within their groups.
    pub places: Vec<UInt<'m>>,
    /// Their groups, of pairs; of bitmaps too, where zeros are skipped.
    pub groups: Vec<UInt<'m>>,
    /// What they are.
    pub values: Vec<UInt<'m>>,
}

impl<'m> Row<'m> {
    fn bits(&self, m: &'m Mod<'_>) -> UInt<'m> {
        let flags = [self.end, self.wrong, self.sits, self.closes, self.fin, self.ends].map(Bool::to_uint);
        let mut fields = flags.to_vec();
        fields.extend([self.size_less, self.there]);
        fields.extend(self.places.iter().chain(&self.values).chain(&self.groups).chain(&self.top));
        m.lanes(&fields)
    }

    /// Of its bits.
    pub fn of(c: &Cutter, bits: UInt<'m>) -> Row<'m> {
        let mut at = 0;
        let mut field = |n: u32| {
            at += n;
            bits.slice(at - n, n)
        };
        let mut flag = || field(1).any();
        let (end, wrong, sits, closes, fin, ends) = (flag(), flag(), flag(), flag(), flag(), flag());
        let (group, index_bits) = (c.group, c.group_index_bits());
        let (size_less, there) = (field(c.code.index_bits()), field(group));
        let places = (0..group).map(|_| field(c.within_bits())).collect();
        let values = (0..group).map(|_| field(c.code.width)).collect();
        let pairs = c.code.format != Format::Bitmap;
        let groups = (0..group).filter(|_| pairs || c.skip).map(|_| field(index_bits)).collect();
        let top = pairs.then(|| field(index_bits));
        Row { end, wrong, sits, closes, fin, ends, top, size_less, there, places, groups, values }
    }
}

/// An element of the view: whether it is one, and its place within its group.
type Placed<'m> = (Bool<'m>, UInt<'m>);

/// The rows.
pub fn rows<'m>(m: &'m Mod<'_>, c: &Cutter, taken: &Taken<'m>) -> Given<'m> {
    let on = m.bool(true);
    let (within, index_bits) = (c.group.trailing_zeros(), c.group_index_bits());
    let flag = |name: &str, v: Bool<'m>| m.delay(name, on, v);
    let bitmap = (c.code.format != Format::Coordinates).then(|| ranked(m, taken.mask));
    let pairs = (c.code.format != Format::Bitmap).then(|| in_order(m, c, taken));
    let either = |i: u32| match (&bitmap, &pairs) {
        (Some(b), Some(p)) => {
            let (b, p) = (b[i as usize], p[i as usize]);
            (taken.values.pick(b.0, p.0), taken.values.pick(b.1, p.1))
        }
        (Some(one), _) | (_, Some(one)) => one[i as usize],
        _ => unreachable!("a code has one form at least"),
    };
    let value = |i: u32| {
        let element = || taken.view.slice(i * c.code.width, c.code.width);
        let of_pair = || taken.view.slice(i * c.code.entry_bits() + c.code.index_bits(), c.code.width);
        match c.code.format {
            Format::Bitmap => element(),
            Format::Coordinates => of_pair(),
            Format::Hybrid => taken.values.pick(element(), of_pair()),
        }
    };
    let all = 0..c.group;
    let good: Vec<Bool> = all.clone().map(|i| flag(&format!("good{i}"), either(i).0)).collect();
    let places: Vec<UInt> = all.clone().map(|i| m.delay(&format!("place{i}"), on, either(i).1)).collect();
    let values = all.clone().map(|i| m.delay(&format!("value{i}"), on, value(i))).collect();
    let of_pair = |i: u32| taken.view.slice(i * c.code.entry_bits() + within, index_bits);
    let group_of = |i: u32| match taken.index {
        None => of_pair(i),
        Some(index) if pairs.is_none() => index,
        Some(index) => taken.values.pick(index, of_pair(i)),
    };
    let groups: Vec<UInt> =
        all.filter(|_| pairs.is_some() || c.skip).map(|i| m.delay(&format!("group{i}"), on, group_of(i))).collect();

    let (end, fin) = (m.delay_flag("row_end", on, taken.end), flag("row_fin", taken.fin));
    let at = m.delay_flag("row_at", on, taken.pairs | taken.values | taken.end);
    let yes = m.bool(true);
    let pairs_there = pairs.is_some();
    let (of_pairs, broken, there) = match pairs {
        Some(_) => kept(m, taken, &good),
        None => (m.bool(false), m.bool(false), good),
    };
    let closes = there.iter().zip(&places).fold(m.bool(false), |found, (t, p)| t.pick(p.all(), found));
    let tops = groups.iter().zip(&there).map(|(g, t)| (*g, *t)).filter(|_| pairs_there);
    let row = Row {
        end,
        wrong: end.pick(flag("row_end_wrong", taken.end_wrong), fin & (taken.wrong | broken)),
        sits: if pairs_there { !of_pairs | !there[0] } else { yes },
        closes: if pairs_there { !of_pairs | closes } else { yes },
        fin,
        ends: flag("row_ends", taken.ends),
        top: tops.reduce(|a, b| (b.1.pick(b.0, a.0), a.1)).map(|top| top.0),
        size_less: taken.size_less,
        there: m.lanes(&there.iter().map(|t| t.to_uint()).collect::<Vec<_>>()),
        places,
        groups,
        values,
    };
    Given { at: m.delay_flag("row_there", on, at), value: m.delay("row", on, row.bits(m)) }
}

/// Of pairs in the view those that are asked for, behind the one before and in the block.
fn in_order<'m>(m: &'m Mod<'_>, c: &Cutter, taken: &Taken<'m>) -> Vec<Placed<'m>> {
    let index = |i: u32| taken.view.slice(i * c.code.entry_bits(), c.code.index_bits());
    let before = m.delay("index_before", taken.pairs, index(c.group - 1));
    let good = |i: u32| {
        let behind = if i == 0 { taken.first | index(0).gt(before) } else { index(i).gt(index(i - 1)) };
        taken.mask.bit(i) & behind & index(i).le(taken.size_less)
    };
    (0..c.group).map(|i| (good(i), c.within(m, index(i)))).collect()
}

/// A row is of pairs; up to it one was not as it should be: all behind that are left out, also in the block's next rows. Which are there.
fn kept<'m>(m: &'m Mod<'_>, taken: &Taken<'m>, good: &[Bool<'m>]) -> (Bool<'m>, Bool<'m>, Vec<Bool<'m>>) {
    let on = m.bool(true);
    let of_pairs = m.delay_flag("row_pairs", on, taken.pairs);
    let asked = m.delay("asked", on, taken.mask);
    let broke = m.reg_b("broke");
    let before = (of_pairs & !m.delay("row_begins", on, taken.first) & broke.q()).named("broken_before");
    let mut so_far = !before;
    let mut there = Vec::new();
    for good in good {
        so_far = so_far & *good;
        there.push(so_far);
    }
    let lost = there.iter().zip(0..).fold(before, |lost, (t, i)| lost | (asked.bit(i) & !*t));
    let broken = (of_pairs & lost).named("broken");
    broke.set_when(of_pairs, broken);
    (of_pairs, broken, there)
}

/// Of a group's flags: for each element of the view whether there is one, and which place of the group is its.
fn ranked<'m>(m: &'m Mod<'_>, mask: UInt<'m>) -> Vec<Placed<'m>> {
    let group = mask.width();
    let bits = group.trailing_zeros().max(1);
    // Elements before each place.
    let before = |l: u32| UInt::sum((0..l).map(|k| mask.bit(k).to_uint()).collect()).unwrap_or(m.u(0, 1));
    let before: Vec<UInt> = (0..group).map(|l| before(l).at_width(bits + 1)).collect();
    let ranked = |i: u32| {
        let is = |l: u32| mask.bit(l) & before[l as usize].eq(m.u(i.into(), bits + 1));
        let there = (i..group).map(is).reduce(|a, b| a | b).unwrap_or(m.bool(false));
        let place = (i..group).map(|l| is(l).repeat(bits) & m.u(l.into(), bits)).reduce(|a, b| a | b);
        (there, place.unwrap_or(m.u(0, bits)))
    };
    (0..group).map(ranked).collect()
}
