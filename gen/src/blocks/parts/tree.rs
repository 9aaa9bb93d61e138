//! Many values made one, two at a time, a register behind each level: sums and maxima over the lanes of a beat.

use crate::hdl::{Bool, Mod, SInt, UInt};

/// Levels over so many values, and cycles that the tree takes.
pub fn levels(lanes: u32) -> u32 {
    lanes.next_power_of_two().trailing_zeros()
}

/// The sum; registers `<name>_l<level>x<index>`, zeros after reset.
pub fn sum<'m>(m: &'m Mod<'_>, name: &str, values: Vec<UInt<'m>>) -> UInt<'m> {
    tree(values, |l, i, a, b| {
        let sum = b.map_or(a, |b| a + b);
        let held = m.reg_u(&format!("{name}_l{l}x{i}"), sum.width()).reset(0);
        held.set(sum);
        held.q()
    })
}

/// The sum of numbers with a sign.
pub fn sum_signed<'m>(m: &'m Mod<'_>, name: &str, values: Vec<SInt<'m>>) -> SInt<'m> {
    sum_while(m, name, m.bool(true), values)
}

/// The same where everything moves as one, or not at all.
pub fn sum_while<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, values: Vec<SInt<'m>>) -> SInt<'m> {
    tree(values, |l, i, a, b| {
        let sum = b.map_or(a, |b| a + b);
        m.delay(&format!("{name}_l{l}x{i}"), run, sum)
    })
}

/// The largest of values of one width; the least of them after reset.
pub fn max<'m>(m: &'m Mod<'_>, name: &str, values: Vec<SInt<'m>>) -> SInt<'m> {
    tree(values, |l, i, a, b| {
        let larger = b.map_or(a, |b| a.max(b));
        let held = m.reg_s(&format!("{name}_l{l}x{i}"), larger.width()).reset(-1 << (larger.width() - 1));
        held.set(larger);
        held.q()
    })
}

fn tree<V: Copy>(mut values: Vec<V>, level: impl Fn(u32, usize, V, Option<V>) -> V) -> V {
    let mut l = 0;
    while values.len() > 1 {
        values = values.chunks(2).enumerate().map(|(i, p)| level(l, i, p[0], p.get(1).copied())).collect();
        l += 1;
    }
    values[0]
}
