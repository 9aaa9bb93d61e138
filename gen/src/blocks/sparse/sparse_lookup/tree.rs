//! The place of an element in its block: a tree that adds flags from the leaves to the root, and searches keys from the root to the leaves.
//!
//! Both go in the same registers, two levels of sums or one of keys a stage: sums become fewer and wider, keys among which it is fewer.

use super::Config;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Mod, UInt};

/// Levels of sums of a stage; a search compares in each, and takes one.
const SUMS: u32 = 2;

impl Config {
    /// Stages of the tree.
    pub fn stages(&self) -> u32 {
        let (sums, keys) = (self.block.trailing_zeros().div_ceil(SUMS), self.pairs.max(1).trailing_zeros());
        match self.format {
            Format::Bitmap => sums,
            Format::Coordinates => keys.max(1),
            Format::Hybrid => sums.max(keys),
        }
    }
}

/// Where one query is.
#[derive(Clone)]
struct Node<'m> {
    /// Of a bitmap: flags in front of the index, added so far; the flag of the index is among these.
    sums: Vec<UInt<'m>>,
    flags: Vec<Bool<'m>>,
    /// Of pairs: keys among which it is, and the place of the first of them.
    keys: Vec<UInt<'m>>,
    place: Option<UInt<'m>>,
}

/// Of a row and an index within its block, so many stages later: the element's place in front of the row's address, and whether there is one.
/// `kind` says that the row is of pairs.
pub fn tree<'m>(
    m: &'m Mod<'_>,
    c: &Config,
    name: &str,
    (kind, flags, within): (Bool<'m>, UInt<'m>, UInt<'m>),
) -> (UInt<'m>, Bool<'m>) {
    let a = c.within_bits();
    let has = |format: Format| c.format == Format::Hybrid || c.format == format;
    let (bitmap, pairs) = (has(Format::Bitmap), has(Format::Coordinates));
    let front = |j: u32| (flags.bit(j) & within.gt(m.u(j.into(), a))).to_uint();
    let all = 0..c.block;
    let mut node = Node {
        sums: all.clone().filter(|_| bitmap).map(front).collect(),
        flags: all.filter(|_| bitmap).map(|j| flags.bit(j)).collect(),
        keys: (0..c.pairs).map(|k| flags.slice(k * (a + 1), a + 1)).collect(),
        place: None,
    };
    let (mut within, mut kind) = (within, kind);
    for stage in 0..c.stages() {
        for level in SUMS * stage..(SUMS * (stage + 1)).min(a) {
            node = add(level, within, node);
        }
        node = search(m, within, node);
        let named = |what: &str| format!("{name}_{what}{stage}");
        node = held(m, &named, kind, node);
        within = m.delay(&named("within"), m.bool(true), within);
        kind = if bitmap && pairs { m.delay(&named("kind"), m.bool(true), kind) } else { kind };
    }
    let of_bitmap = bitmap.then(|| (node.sums[0], node.flags[0]));
    let of_pairs = pairs.then(|| {
        let key = node.keys[0];
        let none = m.u(0, 1);
        (node.place.unwrap_or(none), key.bit(a) & key.trunc(a).eq(within))
    });
    match (of_bitmap, of_pairs) {
        (Some(b), Some(p)) => {
            let bits = b.0.width().max(p.0.width());
            (kind.pick(p.0.zext(bits), b.0.zext(bits)), kind.pick(p.1, b.1))
        }
        (Some(one), _) | (_, Some(one)) => one,
        _ => unreachable!("a code has one form at least"),
    }
}

/// A level of sums of two, and the flags of that half in which the index is.
fn add<'m>(level: u32, within: UInt<'m>, node: Node<'m>) -> Node<'m> {
    let sums = node.sums.chunks(2).map(|p| p.get(1).map_or(p[0], |b| p[0] + *b)).collect();
    let flags = node.flags.chunks(2).map(|p| p.get(1).map_or(p[0], |b| within.bit(level).pick(*b, p[0]))).collect();
    Node { sums, flags, ..node }
}

/// The half of the keys in which the index is: the upper one unless its first key is above it; keys of no pair are below all.
fn search<'m>(m: &'m Mod<'_>, within: UInt<'m>, node: Node<'m>) -> Node<'m> {
    let half = node.keys.len() / 2;
    if half == 0 {
        return node;
    }
    let upper = node.keys[half].le(m.concat(&[m.u(1, 1), within])).called("upper");
    let keys = (0..half).map(|k| upper.pick(node.keys[half + k], node.keys[k])).collect();
    let place = node.place.map_or(upper.to_uint(), |p| m.concat(&[p, upper.to_uint()]));
    Node { keys, place: Some(place), ..node }
}

/// In registers: those of sums and those of keys are the same where a code has both forms.
fn held<'m>(m: &'m Mod<'_>, named: &impl Fn(&str) -> String, kind: Bool<'m>, node: Node<'m>) -> Node<'m> {
    let sums: Vec<UInt> = node.sums.iter().copied().chain(node.flags.iter().map(|f| f.to_uint())).collect();
    let keys: Vec<UInt> = node.keys.iter().copied().chain(node.place).collect();
    let bits = |of: &[UInt]| of.iter().map(|v| v.width()).sum::<u32>();
    let wide = bits(&sums).max(bits(&keys));
    let all = match (sums.is_empty(), keys.is_empty()) {
        (false, false) => kind.pick(m.lanes(&keys).at_width(wide), m.lanes(&sums).at_width(wide)),
        (true, _) => m.lanes(&keys),
        _ => m.lanes(&sums),
    };
    let held = m.delay(&named("tree"), m.bool(true), all);
    let cut = |of: &[UInt<'m>]| {
        let mut at = 0;
        let mut field = |v: &UInt<'m>| {
            at += v.width();
            held.slice(at - v.width(), v.width())
        };
        of.iter().map(&mut field).collect::<Vec<_>>()
    };
    let (sums, keys) = (cut(&sums), cut(&keys));
    let (counts, flags) = sums.split_at(node.sums.len());
    let (keys, place) = keys.split_at(node.keys.len());
    Node {
        sums: counts.to_vec(),
        flags: flags.iter().map(|f| f.any()).collect(),
        keys: keys.to_vec(),
        place: place.first().copied(),
    }
}
