use super::{Checked, Config, GUARD_BITS};
use crate::blocks::parts::divide::{Dividend, Low};
use crate::blocks::parts::fit::fit;
use crate::blocks::parts::passes;
use crate::blocks::parts::softmax::Lane;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ModuleId;
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &c.softmax())
}

impl Lane for Config {
    fn word_bits(&self) -> u32 {
        self.factor_bits()
    }
    fn largest(&self) -> u64 {
        1 << self.sum_fraction()
    }
    fn exp_cycles(&self) -> u32 {
        3
    }

    /// The table's word, and that rounded to what products take.
    fn exp<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>, here: Bool<'m>) -> (UInt<'m>, UInt<'m>) {
        let on = m.bool(true);
        let words = self.table().into_iter().map(|e| Bits::from_u64(self.sum_fraction() + 1, e)).collect();
        let exp = m.rom(&format!("exp{k}"), words, on, below);
        let exp = m.delay(&format!("exp{k}"), on, exp);
        let kept = ((exp >> GUARD_BITS) + exp.bit(GUARD_BITS - 1).to_uint()).trunc(self.factor_bits());
        (passes::here(m, &format!("word{k}"), here, kept), passes::here(m, &format!("exp{k}_held"), here, exp))
    }

    fn most(&self) -> u64 {
        u64::MAX
    }
    fn dividend<'m>(&self, m: &'m Mod<'_>) -> Dividend<'m> {
        let (one, bits) = (self.numerator(), self.factor_bits());
        Dividend { high: m.lit(one >> bits), low: Low::Bits(m.u(one & ((1 << bits) - 1), bits)) }
    }
    fn quotient_bits(&self) -> u32 {
        self.factor_bits()
    }
    fn product(&self) -> [u32; 2] {
        [self.factor_bits() + 1, self.factor_bits() + 1]
    }
    fn result_cycles(&self) -> u32 {
        4
    }

    fn result<'m>(&self, m: &'m Mod<'_>, k: u32, run: Bool<'m>, word: UInt<'m>, quotient: UInt<'m>) -> UInt<'m> {
        // Bits below the one that rounds do not matter.
        let product = m.delay(&format!("product{k}"), run, (word * quotient) >> (self.down() - 1));
        let y = ((product >> 1) + product.bit(0).to_uint()).called(format!("share{k}"));
        let y = m.delay(&format!("share{k}"), run, y);
        let y = m.delay(&format!("moved{k}"), run, y.to_signed() + m.s(self.out_zero, 12));
        m.delay(&format!("y{k}"), run, fit(m, &format!("y{k}"), y, self.out_bits, self.out_signed))
    }
}
