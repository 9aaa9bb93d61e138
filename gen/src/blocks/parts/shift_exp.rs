//! I-ViT's exponential of integers, by shifts and sums: `2^n` and more of `exp(I S)` in units of `S`, with `x0 = floor(-1 / S)`.
//!
//! `p = I + (I >> 1) - (I >> 4)`, not below `n x0`; `q = floor(p / x0)`, `r = p - q x0`; `e = (2 x0 - r) 2^(n - q) / 2`, with or without the half of
//! `2 x0 - r`. All circuits here take `-p`, `-x0` and `-r`, so that numbers are not negative.

use super::{divide, passes};
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::bits_for_unsigned;

/// Largest exponential that counts, of sums too.
pub const MOST: u64 = (1 << 31) - 1;

crate::choice! {
    /// What is divided.
    pub enum Numerator {
        /// 2^31 - 1.
        Less = "less",
        /// 2^31.
        Whole = "whole",
    }
}

crate::choice! {
    /// What becomes of `r / 2` in an exponential.
    pub enum Half {
        /// Rounded down.
        Floor = "floor",
        /// Kept until the shift.
        Keep = "keep",
    }
}

impl Numerator {
    /// The number.
    pub fn value(self) -> u64 {
        match self {
            Numerator::Less => MOST,
            Numerator::Whole => MOST + 1,
        }
    }
}

/// An exponential.
#[derive(Clone, Copy, Debug)]
pub struct ShiftExp {
    /// Bits of a distance below the maximum.
    pub bits: u32,
    /// `-x0`.
    pub inverse_scale: u32,
    /// `n`.
    pub octaves: u32,
    /// What becomes of `r / 2`.
    pub half: Half,
}

/// An exponential in parts: `base 2^(n - q)`, or half of that.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'m> {
    /// `2 x0 - r`, without its half where that is dropped.
    pub base: UInt<'m>,
    /// The octave.
    pub q: UInt<'m>,
}

impl ShiftExp {
    /// `-p` of the largest distance.
    fn longest(&self) -> u64 {
        minus_p((1u64 << self.bits) - 1)
    }
    /// The largest `-p` that counts.
    fn most_p(&self) -> u64 {
        self.longest().min(u64::from(self.octaves * self.inverse_scale))
    }
    fn clamps(&self) -> bool {
        self.most_p() < self.longest()
    }
    /// Bits of `q`.
    pub fn q_bits(&self) -> u32 {
        bits_for_unsigned((self.most_p() / u64::from(self.inverse_scale)).into())
    }
    /// Bits dropped of `2 x0 - r`.
    pub fn dropped(&self) -> u32 {
        u32::from(self.half == Half::Floor)
    }
    /// Bits of a base.
    pub fn base_bits(&self) -> u32 {
        bits_for_unsigned((u128::from(self.inverse_scale) * 2) >> self.dropped())
    }
    /// The exponential of zero, the largest one.
    pub fn largest(&self) -> u64 {
        u64::from(self.inverse_scale) << self.octaves
    }
    /// Registers of [`ShiftExp::of_distance`].
    pub fn cycles(&self) -> u32 {
        3 + u32::from(self.clamps()) + self.q_bits()
    }

    /// Of a distance below the maximum.
    pub fn of_distance<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>) -> Parts<'m> {
        let on = m.bool(true);
        let named = |what: &str| format!("{what}{k}");
        let more = (below + m.concat(&[below, m.u(1, 1)])) >> 1;
        let more = m.delay(&named("more"), on, more);
        let less = m.delay(&named("less"), on, (below + m.u(15, 4)) >> 4);
        let w = bits_for_unsigned(self.longest().into());
        let mut p = m.delay(&named("p"), on, (more - less.zext(more.width())).as_unsigned().trunc(w));
        if self.clamps() {
            let most = self.most_p();
            p = m.delay(&named("p_clamped"), on, p.clamp(0, most).at_width(bits_for_unsigned(most.into())));
        }
        self.split(m, &format!("{k}"), p, self.q_bits())
    }

    /// `q` and the base of `-p`, a bit of `q` a stage, and a stage for the base.
    fn split<'m>(&self, m: &'m Mod<'_>, name: &str, p: UInt<'m>, q_bits: u32) -> Parts<'m> {
        let on = m.bool(true);
        let (q, rest) = divide::by_constant(m, ("q", name), on, p, self.inverse_scale.into(), q_bits);
        let base = (m.lit(2 * u64::from(self.inverse_scale)) - rest).as_unsigned();
        let base = m.delay(&format!("base{name}"), on, (base >> self.dropped()).at_width(self.base_bits()));
        Parts { base, q: m.delay(&format!("q_base{name}"), on, q) }
    }

    /// The exponential of parts, one cycle later; zero unless `here`.
    pub fn value<'m>(&self, m: &'m Mod<'_>, k: u32, here: Bool<'m>, parts: Parts<'m>) -> UInt<'m> {
        let wide = parts.base << (self.octaves - 1 + self.dropped());
        let exp = wide.shr_by(parts.q).trunc(bits_for_unsigned(self.largest().into()));
        passes::here(m, &format!("exp{k}"), here, exp)
    }

    /// The base that products take: a half of the smallest exponentials is no part of them.
    pub fn factor<'m>(&self, m: &'m Mod<'_>, parts: Parts<'m>) -> UInt<'m> {
        let base = parts.base;
        let most_q = self.most_p() / u64::from(self.inverse_scale);
        if self.half == Half::Floor || most_q < self.octaves.into() {
            return base;
        }
        let smallest = parts.q.eq(m.lit(self.octaves.into()));
        m.concat(&[base.slice(1, base.width() - 1), (base.bit(0) & !smallest).to_uint()])
    }

    /// The least exponential of distances up to `longest`: the last octave's at its end, whose distance may be the last one.
    pub fn least(&self, longest: u64) -> u64 {
        let (x0, n) = (u64::from(self.inverse_scale), u64::from(self.octaves));
        let p = |d: u64| minus_p(d).min(n * x0);
        let exp = |p: u64| (((2 * x0 - p % x0) >> self.dropped()) << (n - p / x0)) >> (1 - self.dropped());
        (0..=longest).map(|d| exp(p(d))).min().unwrap_or(0)
    }
    /// Bits of every exponential of a distance that are zero, from the lowest.
    pub fn zeros(&self) -> u32 {
        let most_q = (self.most_p() / u64::from(self.inverse_scale)) as u32;
        (self.octaves - most_q).saturating_sub(1 - self.dropped())
    }

    /// Registers of [`ShiftExp::of_negated`].
    pub fn negated_cycles(&self) -> u32 {
        6 + self.negated().q_bits() + 1
    }
    /// Of a code's negation.
    fn negated(&self) -> Negated {
        let (x0, n) = (self.inverse_scale, self.octaves);
        let top = (1u64 << (self.bits - 1)) - 1;
        let most = minus_p(top).min(u64::from(n * x0)) as u32;
        let low = 1u32 << (self.bits - 1);
        let above = (low + (low >> 1) - (low >> 4)).div_ceil(x0).min(31 - n);
        Negated { above, most, inverse_scale: x0 }
    }

    /// The exponential of a code's negation, of any sign, [`MOST`] at most, without the [`ShiftExp::zeros`] of a distance's.
    pub fn of_negated<'m>(&self, m: &'m Mod<'_>, name: &str, code: SInt<'m>) -> UInt<'m> {
        let (on, i) = (m.bool(true), -code);
        let named = |what: &str| format!("{name}_{what}");
        let i = m.delay(name, on, i);
        let w = i.width();
        let (half, sixteenth) = (i >> 1, i >> 4);
        let more = m.delay(&named("more"), on, i + half);
        let less = m.delay(&named("less"), on, sixteenth.sext(w));
        let p = m.delay(&named("p"), on, less.sext(w + 2) - more.sext(w + 2));
        // From as many octaves below zero as there are and count: -p is not negative then.
        let sizes = self.negated();
        let offset = i64::from(sizes.above * sizes.inverse_scale);
        let most = i64::from(sizes.most);
        let p = m.delay(&named("p_clamped"), on, p.clamp(-offset, most));
        let w = bits_for_unsigned((most + offset) as u128);
        let wide = p.width().max(w + 1);
        let p = (p.sext(wide) + m.s(offset, wide)).as_unsigned().at_width(w);
        let p = m.delay(&named("p_above"), on, p);
        let parts = self.split(m, &format!("_{name}"), p, sizes.q_bits());
        let wide = parts.base << (self.octaves + sizes.above - 1 + self.dropped());
        let exp = m.delay(&named("exp_wide"), on, wide.shr_by(parts.q));
        let most = MOST >> self.zeros();
        let exp = exp >> self.zeros();
        let w = bits_for_unsigned(most.into());
        m.delay(&named("exp"), on, if exp.width() < w { exp.zext(w) } else { exp.clamp(0, most).at_width(w) })
    }
}

/// `-p` of a distance below zero.
fn minus_p(d: u64) -> u64 {
    d + d.div_ceil(2) - d.div_ceil(16)
}

/// What a code's negation can be.
struct Negated {
    /// Octaves above the exponential of zero, at most as many as count.
    above: u32,
    /// The largest `-p` that counts.
    most: u32,
    /// `-x0`.
    inverse_scale: u32,
}

impl Negated {
    /// Bits of an octave's number, from the uppermost.
    fn q_bits(&self) -> u32 {
        bits_for_unsigned((self.most / self.inverse_scale + self.above).into())
    }
}
