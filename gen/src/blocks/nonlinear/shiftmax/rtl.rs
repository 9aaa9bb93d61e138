use super::{Checked, Config, Half, Numerator};
use crate::blocks::parts::divide::{Dividend, Low};
use crate::blocks::parts::passes;
use crate::blocks::parts::shift_exp::{self, ShiftExp};
use crate::blocks::parts::softmax::Lane;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ModuleId;
use crate::num::bits_for_unsigned;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &c.softmax())
}

impl Config {
    fn exponential(&self) -> ShiftExp {
        let Config { bits, inverse_scale, octaves, half, .. } = *self;
        ShiftExp { bits, inverse_scale, octaves, half }
    }
}

impl Lane for Config {
    fn word_bits(&self) -> u32 {
        self.exponential().q_bits() + self.exponential().base_bits()
    }
    fn largest(&self) -> u64 {
        self.exponential().largest()
    }
    fn exp_cycles(&self) -> u32 {
        self.exponential().cycles() + 1
    }

    /// The word is the exponential in parts.
    fn exp<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>, here: Bool<'m>) -> (UInt<'m>, UInt<'m>) {
        let exp = self.exponential();
        let parts = exp.of_distance(m, k, below);
        let word = m.concat(&[parts.q, exp.factor(m, parts)]);
        (passes::here(m, &format!("word{k}"), here, word), exp.value(m, k, here, parts))
    }

    fn most(&self) -> u64 {
        shift_exp::MOST
    }
    fn dividend<'m>(&self, m: &'m Mod<'_>) -> Dividend<'m> {
        let high = m.lit(self.numerator.value() >> self.quotient_bits());
        let low = if self.numerator == Numerator::Less { Low::Ones } else { Low::Zeros };
        Dividend { high, low }
    }
    fn quotient_bits(&self) -> u32 {
        bits_for_unsigned((self.numerator.value() / self.exponential().largest()).into())
    }
    fn product(&self) -> [u32; 2] {
        [self.exponential().base_bits() + 1, self.quotient_bits() + 1]
    }
    fn result_cycles(&self) -> u32 {
        2
    }

    fn result<'m>(&self, m: &'m Mod<'_>, k: u32, run: Bool<'m>, word: UInt<'m>, quotient: UInt<'m>) -> UInt<'m> {
        let exp = self.exponential();
        let (base, q) = (word.trunc(exp.base_bits()), word.slice(exp.base_bits(), exp.q_bits()));
        let product = m.delay(&format!("product{k}"), run, base * quotient);
        let q = m.delay(&format!("q{k}_product"), run, q);
        // e F / 2^(32 - b), with e = base 2^(n - q) or half of that.
        let down = 32 - self.out_bits as i32 - self.octaves as i32 + i32::from(self.half == Half::Keep);
        let scaled = if down >= 0 { product >> down.unsigned_abs() } else { product << down.unsigned_abs() };
        m.delay(&format!("y{k}"), run, scaled.shr_by(q).at_width(self.out_bits))
    }
}
