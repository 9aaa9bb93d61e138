//! What becomes of a step's products: added to a state, accumulated, resolved, rounded.

use super::{booth, compress, float, Cell, Control, Mac, Sum};
use crate::blocks::parts::float32::{self, from_float32, to_float32};
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::Bits;

impl Cell {
    /// What a sum in carry-save form lacks after `steps` steps, modulo its width; zero in binary form.
    pub fn correction(&self, steps: u64) -> num_bigint::BigInt {
        if self.mac == Mac::CarrySave {
            booth::correction(self) * steps
        } else {
            0.into()
        }
    }

    /// `state` plus the sums of a step, in vectors of `w` bits.
    pub fn add<'m>(&self, m: &'m Mod<'_>, state: &[UInt<'m>], sums: &[Sum<'m>], w: u32) -> Vec<UInt<'m>> {
        let per = self.addends() as usize;
        let each = |(s, sum): (&[UInt<'m>], &Sum<'m>)| match *sum {
            Sum::Binary(x) if self.float32 => vec![self.add_float32(m, s[0], x, None)],
            Sum::Flagged(x, marks) if self.float32 => vec![self.add_float32(m, s[0], x, Some(marks))],
            Sum::Binary(x) => vec![number(s[0].as_signed() + x, w)],
            Sum::Flagged(x, marks) => {
                let before = s[0].width() - self.flags();
                let sum = number(s[0].trunc(before).as_signed() + x, w).called("sum");
                vec![m.lanes(&[sum, s[0].slice(before, self.flags()) | marks])]
            }
            Sum::CarrySave(x, y) => {
                let (sum, carry) = compress::compress(m, vec![s[0], s[1], x, y], w);
                vec![sum, carry]
            }
        };
        state.chunks(per).zip(sums).flat_map(each).collect()
    }

    /// A float32 sum and an exact number, rounded.
    fn add_float32<'m>(&self, m: &'m Mod<'_>, sum: UInt<'m>, x: SInt<'m>, marks: Option<UInt<'m>>) -> UInt<'m> {
        let Some(f) = self.format else { return sum };
        let unit = float::product_unit(f, self.l_mul());
        // Rounding may carry a sum beyond the exact range.
        let w = self.acc_bits() + 1;
        let (before, old) = from_float32(m, sum, unit, w, float::flags(f));
        let marks = match (marks, old) {
            (Some(a), Some(b)) => Some(a | b),
            (a, b) => a.or(b),
        };
        to_float32(m, &float32::Now, before + x, unit, marks)
    }

    /// Registers of [`Cell::finish`].
    pub fn finish_stages(&self) -> u32 {
        if self.format.is_some() && !self.float32 && !self.fixed {
            float32::TO_FLOAT_STAGES
        } else {
            0
        }
    }

    /// A finished sum as it leaves: exact floating-point sums are rounded to float32.
    pub fn finish<'m>(&self, m: &'m Mod<'m>, run: Bool<'m>, name: &str, sum: UInt<'m>) -> UInt<'m> {
        let Some(f) = self.format.filter(|_| !self.float32 && !self.fixed) else { return sum };
        let w = sum.width() - self.flags();
        let marks = (self.flags() > 0).then(|| sum.slice(w, self.flags()));
        let unit = float::product_unit(f, self.l_mul());
        let stage = float32::Pipelined(m, run, name.to_string());
        to_float32(m, &stage, sum.trunc(w).as_signed(), unit, marks)
    }

    /// The accumulators: they take a step's sums where `valid`, starting anew from `start` where `mark`.
    pub fn accumulate<'m>(
        &self,
        m: &'m Mod<'_>,
        ctl: Control<'m>,
        start: &[UInt<'m>],
        sums: &[Sum<'m>],
    ) -> Vec<UInt<'m>> {
        let w = self.acc_bits();
        let regs: Vec<_> = self.names("acc").iter().map(|n| m.reg_u(n, self.vector_bits(w))).collect();
        let from: Vec<UInt> = regs.iter().zip(start).map(|(r, s)| ctl.mark.pick(*s, r.q()).called("from")).collect();
        let next = self.add(m, &from, sums, w);
        for (r, n) in regs.iter().zip(&next) {
            r.set_when(ctl.run & ctl.valid, *n);
        }
        self.prove(m, ctl.valid, &from, sums);
        regs.iter().map(|r| r.q()).collect()
    }

    /// The other form: where `mark`, the whole sum is in the result and the accumulators go back to the constants
    /// `start`. That costs no logic, because registers have a synchronous reset; they need no other one if `mark` is
    /// set once before the first step.
    pub fn accumulate_to_last<'m>(
        &self,
        m: &'m Mod<'_>,
        ctl: Control<'m>,
        start: &[Bits],
        sums: &[Sum<'m>],
    ) -> Vec<UInt<'m>> {
        let w = self.acc_bits();
        let regs: Vec<_> = self.names("acc").iter().map(|n| m.reg_u(n, self.vector_bits(w))).collect();
        let from: Vec<UInt> = regs.iter().map(|r| r.q()).collect();
        let next = self.add(m, &from, sums, w);
        for ((r, n), s) in regs.iter().zip(&next).zip(start) {
            r.set_when(ctl.run & (ctl.valid | ctl.mark), ctl.mark.pick(m.bits(s.clone()), *n));
        }
        self.prove(m, ctl.valid, &from, sums);
        next
    }

    /// Claims that sums stay in their range: for real steps, before the first one registers hold anything.
    fn prove<'m>(&self, m: &'m Mod<'_>, valid: Bool<'m>, from: &[UInt<'m>], sums: &[Sum<'m>]) {
        for (from, sum) in from.iter().zip(sums) {
            let (Sum::Binary(x) | Sum::Flagged(x, _)) = sum else { continue };
            if !self.float32 {
                let whole = (from.trunc(self.acc_bits()).as_signed() + *x).called("whole");
                valid.pick(whole, m.s(0, whole.width())).proven(self.acc);
            }
        }
    }

    /// One name for each vector that holds a sum.
    pub fn names(&self, base: &str) -> Vec<String> {
        let form = |v: u32| if self.addends() == 1 { "" } else { ["_sum", "_carry"][v as usize] };
        let column = |o: u32| if self.mac.outs() == 1 { String::new() } else { ["_low", "_high"][o as usize].into() };
        (0..self.mac.outs())
            .flat_map(|o| (0..self.addends()).map(move |v| (o, v)))
            .map(|(o, v)| format!("{base}{}{}", column(o), form(v)))
            .collect()
    }

    /// The numbers of `w` bits that an element's state stands for, after [`Cell::resolve_stages`] registers.
    pub fn resolve<'m>(&self, m: &'m Mod<'_>, run: Bool<'m>, name: &str, state: UInt<'m>, w: u32) -> Vec<UInt<'m>> {
        let w = self.vector_bits(w);
        let vector = |v: u32| state.slice(v * w, w);
        if self.addends() == 1 {
            return (0..self.mac.outs()).map(vector).collect();
        }
        vec![m.delay(&format!("{name}_resolved"), run, (vector(0) + vector(1)).trunc(w))]
    }
}

/// Exactly `w` bits of a sum that fits them.
fn number(x: SInt<'_>, w: u32) -> UInt<'_> {
    x.at_width(w).as_unsigned()
}
