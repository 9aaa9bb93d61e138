//! From a row's sum of squares to the factor of its elements: `floor(K / root)`.

use super::{Config, Root};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::row_queue::Given;
use crate::blocks::parts::sqrt;
use crate::hdl::{Bool, Mod, UInt};
use crate::num::bits_for_unsigned;

impl Config {
    /// The largest root that an iteration meets, and the least one at the end.
    fn roots(&self) -> (u64, u64) {
        let (v, fixed) = (self.most_squares(), 1u64 << self.start);
        let exact = v.isqrt() + 2;
        match self.root {
            Root::Floor => (exact, 1),
            Root::Newton => {
                (fixed.max((fixed + (v >> self.start)) / 2 + 1).max(exact), (fixed >> self.iterations).max(1))
            }
            Root::NewtonHalf => (1 << self.squares_bits().div_ceil(2), 1),
        }
    }
    /// Bits of the root.
    fn root_bits(&self) -> u32 {
        bits_for_unsigned(self.roots().0.into())
    }
    /// Bits of the factor.
    pub fn factor_bits(&self) -> u32 {
        bits_for_unsigned((self.numerator.value() / (self.roots().1 << self.shift)).into())
    }
    /// Bits of every quotient of the division.
    fn quotient_bits(&self) -> u32 {
        let v = self.most_squares();
        let most = match self.root {
            Root::Floor => 1,
            Root::Newton => (v >> self.start).max(v.isqrt() + 2),
            Root::NewtonHalf => v.isqrt() + 2,
        };
        bits_for_unsigned(most.into()).max(self.factor_bits())
    }
    /// Cycles from the sum of squares to the factor, and between two rows.
    pub fn root_cycles(&self) -> u64 {
        let division = divide::serial_apart(self.quotient_bits()) + 1;
        match self.root {
            Root::Floor => sqrt::serial_apart(self.squares_bits()) + division,
            _ => u64::from(self.iterations + 1) * division,
        }
    }
}

/// The factor of a row whose sum of squares is there where `begin`.
pub fn factor<'m>(m: &'m Mod<'_>, c: &Config, begin: Bool<'m>, v: UInt<'m>) -> Given<'m> {
    if c.root == Root::Floor {
        m.section("the root, a bit a cycle, and the division by it");
        let (ready, root) = sqrt::serial(m, "root", begin, v);
        let root = (root.any()).pick(root, m.u(1, root.width()));
        let start = m.delay_flag("division_start", m.bool(true), ready);
        let divisor = m.delay("std", ready, root) << c.shift;
        let (high, low) = one(m, c);
        let dividend = Dividend { high, low: Low::Bits(low) };
        let found = divide::serial(m, "division", start, dividend, divisor, c.quotient_bits());
        return Given { at: found.ready, value: found.quotient.trunc(c.factor_bits()) };
    }
    newton(m, c, begin, v)
}

/// `K` as a dividend: its upper bits, and one for each of the quotient.
fn one<'m>(m: &'m Mod<'_>, c: &Config) -> (UInt<'m>, UInt<'m>) {
    let (bits, k) = (c.quotient_bits(), c.numerator.value());
    (m.lit(k >> bits), m.u(k & ((1 << bits) - 1), bits))
}

/// `k = (k + v / k) / 2` so many times, and then `K / k`, all on one division.
fn newton<'m>(m: &'m Mod<'_>, c: &Config, begin: Bool<'m>, v: UInt<'m>) -> Given<'m> {
    m.section("Newton's steps to the root, k = (k + v / k) / 2, and the last division by it");
    let (bits, w) = (c.quotient_bits(), c.root_bits());
    let turns = m.counter("turns", u64::from(c.iterations) + 1).reset(0);
    let tw = turns.q().width();
    let more = turns.q().any().named("more_turns");
    let k = m.reg_u("k", w);
    let v_held = m.delay("v", begin, v);
    let again = m.wire("again");
    let start = m.delay_flag("division_start", m.bool(true), begin | again.value());
    let (one_high, one_low) = one(m, c);
    let wide = v_held.zext(v_held.width().max(bits + 1));
    let high = wide.slice(bits, wide.width() - bits);
    let hw = high.width().max(one_high.width());
    let high = more.pick(high.zext(hw), one_high.zext(hw)).called("dividend_high").at_width(hw.min(w));
    let low = more.pick(wide.trunc(bits), one_low).called("dividend_low");
    let dividend = Dividend { high, low: Low::Bits(low) };
    let divisor =
        if c.shift > 0 { more.pick(k.q().zext(w + c.shift), k.q() << c.shift).called("divisor") } else { k.q() };
    let found = divide::serial(m, "division", start, dividend, divisor, bits);
    again.drive(found.ready & more);
    let half = ((k.q() + found.quotient) >> 1).at_width(w).called("half");
    let next = half.any().pick(half, m.u(1, w)).called("k_next");
    k.set_when(begin | again.value(), begin.pick(first(m, c, v, w), next));
    let fewer = (turns.q() - m.u(1, 1)).as_unsigned().trunc(tw).called("fewer_turns");
    turns.set_when(begin | again.value(), begin.pick(m.u(c.iterations.into(), tw), fewer));
    Given { at: (found.ready & !more).named("factor_ready"), value: found.quotient.trunc(c.factor_bits()) }
}

/// Where the steps begin.
fn first<'m>(m: &'m Mod<'_>, c: &Config, v: UInt<'m>, w: u32) -> UInt<'m> {
    if c.root == Root::Newton {
        return m.u(1 << c.start, w);
    }
    // 2^(j + 1) where the highest one is in the j-th pair of bits; 1 for 0.
    let pairs = v.width().div_ceil(2);
    let v = v.zext(2 * pairs);
    let mut bits = Vec::new();
    let mut above = m.bool(false);
    for j in (0..pairs).rev() {
        let pair = v.slice(2 * j, 2).any();
        bits.push((pair & !above).to_uint());
        above = (above | pair).called(format!("above{j}"));
    }
    bits.push((!above).to_uint());
    m.concat(&bits).zext(w.max(pairs + 1)).trunc(w)
}
