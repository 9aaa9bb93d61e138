use super::{Checked, Config, MOST};
use crate::blocks::parts::divide::{Dividend, Low};
use crate::blocks::parts::passes;
use crate::blocks::parts::softmax::Lane;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ModuleId;
use crate::num::Bits;

/// Bits of an exponential.
const WORD_BITS: u32 = 15;
/// Bits of the quotient: the largest exponential has [`WORD_BITS`], so that `2^32` divided by it has these.
const FACTOR_BITS: u32 = 18;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &c.softmax())
}

impl Config {
    /// The table's word: the exponential of `distance` codes below the maximum.
    pub fn exponential(&self, distance: u64) -> u64 {
        let ln_2 = u64::from(self.q_ln2);
        let distance = distance.min(u64::from(self.octaves) * ln_2);
        let (octave, r) = (distance / ln_2, distance % ln_2);
        // (q_b - r)(-r) + q_c, which is not below zero where r < q_b / 2.
        let less = u128::from(r) * u128::from(u64::from(self.q_b) - r);
        let polynomial = u128::from(self.q_c).saturating_sub(less);
        let product = (polynomial << (u64::from(self.octaves) - octave)) * u128::from(self.multiplier);
        let (whole, rest, half) = (product >> self.shift, product & ((1 << self.shift) - 1), 1u128 << (self.shift - 1));
        let up = rest > half || (rest == half && whole & 1 == 1);
        (whole + u128::from(up)).min(MOST.into()) as u64
    }
}

impl Lane for Config {
    fn word_bits(&self) -> u32 {
        WORD_BITS
    }
    fn largest(&self) -> u64 {
        self.exponential(0)
    }
    fn exp_cycles(&self) -> u32 {
        3
    }

    /// The table's word is the exponential.
    fn exp<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>, here: Bool<'m>) -> (UInt<'m>, UInt<'m>) {
        let on = m.bool(true);
        let words = (0..1 << self.bits).map(|d| Bits::from_u64(WORD_BITS, self.exponential(d))).collect();
        let exp = m.rom(&format!("exp{k}"), words, on, below);
        let exp = passes::here(m, &format!("word{k}"), here, m.delay(&format!("exp{k}"), on, exp));
        (exp, exp)
    }

    fn most(&self) -> u64 {
        u64::MAX
    }
    fn dividend<'m>(&self, m: &'m Mod<'_>) -> Dividend<'m> {
        Dividend { high: m.lit(1 << (32 - FACTOR_BITS)), low: Low::Zeros }
    }
    fn quotient_bits(&self) -> u32 {
        FACTOR_BITS
    }
    fn product(&self) -> [u32; 2] {
        [WORD_BITS + 1, FACTOR_BITS]
    }
    fn result_cycles(&self) -> u32 {
        2
    }

    fn result<'m>(&self, m: &'m Mod<'_>, k: u32, run: Bool<'m>, word: UInt<'m>, quotient: UInt<'m>) -> UInt<'m> {
        // Bits below the result do not matter.
        let product = m.delay(&format!("product{k}"), run, (word * quotient) >> (32 - self.out_bits));
        m.delay(&format!("y{k}"), run, product.at_width(self.out_bits))
    }
}
