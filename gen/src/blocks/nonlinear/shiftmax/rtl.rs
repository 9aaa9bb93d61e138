use super::{Checked, Config, Half, Numerator};
use crate::blocks::parts::divide::{Dividend, Low};
use crate::blocks::parts::passes;
use crate::blocks::parts::softmax::Lane;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ModuleId;
use crate::num::bits_for_unsigned;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &c.softmax())
}

impl Config {
    /// The largest `p` below zero that a code can have: 1.4375 times the distance, with the floors.
    fn longest(&self) -> u64 {
        let d = (1u64 << self.bits) - 1;
        d + d.div_ceil(2) - d.div_ceil(16)
    }
    /// The largest `p` that counts.
    fn most_p(&self) -> u64 {
        self.longest().min(u64::from(self.octaves * self.inverse_scale))
    }
    /// Bits of `q`.
    fn q_bits(&self) -> u32 {
        bits_for_unsigned((self.most_p() / u64::from(self.inverse_scale)).into())
    }
    /// Bits of `r - 2 x0`, without its half where that is dropped.
    fn base_bits(&self) -> u32 {
        bits_for_unsigned((u128::from(self.inverse_scale) * 2) >> self.dropped())
    }
    /// Bits dropped of `r - 2 x0`.
    fn dropped(&self) -> u32 {
        u32::from(self.half == Half::Floor)
    }
    fn clamps(&self) -> bool {
        self.most_p() < self.longest()
    }
    /// What is kept of `2 x0 - r`: a half of the smallest exponentials is no part of them.
    fn without_half<'m>(&self, m: &'m Mod<'_>, base: UInt<'m>, q: UInt<'m>) -> UInt<'m> {
        let most_q = self.most_p() / u64::from(self.inverse_scale);
        if self.half == Half::Floor || most_q < self.octaves.into() {
            return base;
        }
        let smallest = q.eq(m.lit(self.octaves.into()));
        m.concat(&[base.slice(1, base.width() - 1), (base.bit(0) & !smallest).to_uint()])
    }
    fn dividend_value(&self) -> u64 {
        (1 << 31) - u64::from(self.numerator == Numerator::Less)
    }
}

impl Lane for Config {
    fn word_bits(&self) -> u32 {
        self.q_bits() + self.base_bits()
    }
    fn largest(&self) -> u64 {
        u64::from(self.inverse_scale) << self.octaves
    }
    fn exp_cycles(&self) -> u32 {
        4 + u32::from(self.clamps()) + self.q_bits()
    }

    /// `p = d + d/2 - d/16`, `q` and `r` of it a bit of `q` a stage, `(2 x0 - r) 2^(n - q) / 2`; everything with the signs turned.
    fn exp<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>, here: Bool<'m>) -> (UInt<'m>, UInt<'m>) {
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
        let mut q: Option<UInt> = None;
        let mut rest = p;
        for i in (0..self.q_bits()).rev() {
            // What is left is below twice this divisor.
            let by = u64::from(self.inverse_scale) << i;
            let left = (rest - m.lit(by)).called(format!("left{k}_{i}b"));
            let goes = !left.is_negative();
            let w = bits_for_unsigned(u128::from(by) - 1).min(rest.width());
            rest = m.delay(&format!("rest{k}_{i}b"), on, goes.pick(left.as_unsigned().at_width(w), rest.at_width(w)));
            let bits = q.map_or(goes.to_uint(), |q| m.concat(&[q, goes.to_uint()]));
            q = Some(m.delay(&format!("q{k}_{i}b"), on, bits));
        }
        let q = q.unwrap_or(m.u(0, 1));
        let base = (m.lit(2 * u64::from(self.inverse_scale)) - rest).as_unsigned();
        let base = m.delay(&named("base"), on, (base >> self.dropped()).at_width(self.base_bits()));
        let q = m.delay(&named("q_base"), on, q);
        let wide = base << (self.octaves - 1 + self.dropped());
        let exp = wide.shr_by(q).trunc(bits_for_unsigned(self.largest().into()));
        let word = m.concat(&[q, self.without_half(m, base, q)]);
        (passes::here(m, &named("word"), here, word), passes::here(m, &named("exp"), here, exp))
    }

    fn most(&self) -> u64 {
        (1 << 31) - 1
    }
    fn dividend<'m>(&self, m: &'m Mod<'_>) -> Dividend<'m> {
        let high = m.lit(self.dividend_value() >> self.quotient_bits());
        let low = if self.numerator == Numerator::Less { Low::Ones } else { Low::Zeros };
        Dividend { high, low }
    }
    fn quotient_bits(&self) -> u32 {
        bits_for_unsigned((self.dividend_value() / self.largest()).into())
    }
    fn product(&self) -> [u32; 2] {
        [self.base_bits() + 1, self.quotient_bits() + 1]
    }
    fn result_cycles(&self) -> u32 {
        2
    }

    fn result<'m>(&self, m: &'m Mod<'_>, k: u32, run: Bool<'m>, word: UInt<'m>, quotient: UInt<'m>) -> UInt<'m> {
        let (base, q) = (word.trunc(self.base_bits()), word.slice(self.base_bits(), self.q_bits()));
        let product = m.delay(&format!("product{k}"), run, base * quotient);
        let q = m.delay(&format!("q{k}_product"), run, q);
        // e F / 2^(32 - b), with e = base 2^(n - q) or half of that.
        let down = 32 - self.out_bits as i32 - self.octaves as i32 + i32::from(self.half == Half::Keep);
        let scaled = if down >= 0 { product >> down.unsigned_abs() } else { product << down.unsigned_abs() };
        m.delay(&format!("y{k}"), run, scaled.shr_by(q).at_width(self.out_bits))
    }
}
