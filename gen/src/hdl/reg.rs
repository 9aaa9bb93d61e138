//! Registers.

use super::value::{Bool, SInt, UInt, Value};
use super::{Driven, Mod};
use crate::ir::{NetId, Op, RegId};
use crate::num::{bits_for_range, Bits, Range};

/// A register: read it with [`Reg::q`], drive it once with [`Reg::set`] or [`Reg::set_when`].
#[derive(Clone, Copy, Debug)]
pub struct Reg<'m, V> {
    m: &'m Mod<'m>,
    id: RegId,
    q: V,
}

impl<'d> Mod<'d> {
    /// An unsigned register; `<name>_q` in the Verilog.
    #[track_caller]
    pub fn reg_u(&self, name: &str, width: u32) -> Reg<'_, UInt<'_>> {
        self.reg(name, width)
    }

    /// A two's complement register.
    #[track_caller]
    pub fn reg_s(&self, name: &str, width: u32) -> Reg<'_, SInt<'_>> {
        self.reg(name, width)
    }

    /// A one-bit register.
    #[track_caller]
    pub fn reg_b(&self, name: &str) -> Reg<'_, Bool<'_>> {
        self.reg(name, 1)
    }

    /// A register of the values `0..n`, with a claim that it stays there. Use it for counters: they need
    /// no more bits than `n` asks for, and simulation checks the bound.
    #[track_caller]
    pub fn counter(&self, name: &str, n: u64) -> Reg<'_, UInt<'_>> {
        let top = n.max(1) - 1;
        let mut r = self.reg_u(name, crate::num::bits_for_unsigned(top.into()));
        r.q = r.q.proven(Range::new(0, top.into()));
        r
    }

    /// A register that holds the sum of at most `max_terms` values of `term`, starting from a value of
    /// `start`: its width is proven by the range, which simulation checks.
    #[track_caller]
    pub fn accumulator(&self, name: &str, term: Range, start: Range, max_terms: u64) -> Reg<'_, SInt<'_>> {
        let n = i128::from(max_terms);
        let end = |start: i128, term: i128| term.checked_mul(n).and_then(|t| start.checked_add(t));
        let (Some(lo), Some(hi)) = (end(start.lo, term.lo.min(0)), end(start.hi, term.hi.max(0))) else {
            self.misuse("the accumulator's range leaves 127 bits", "accumulate fewer or smaller terms");
            return self.reg_s(name, 1);
        };
        self.reg_s(name, bits_for_range(Range::new(lo, hi), true))
    }

    #[track_caller]
    fn reg<'m, V: Value<'m>>(&'m self, name: &str, width: u32) -> Reg<'m, V> {
        if width == 0 {
            self.misuse(&format!("register `{name}` of 0 bits"), "give it at least one");
        }
        let width = width.max(1);
        let id = {
            let mut inner = self.inner.borrow_mut();
            let section = inner.section;
            let name = name.to_string();
            inner.module.regs.push(crate::ir::Reg { name, width, reset: None, next: None, enable: None, section });
            RegId(inner.module.regs.len() as u32 - 1)
        };
        Reg { m: self, id, q: V::wrap(self, self.op(width, Op::RegQ(id)), None) }
    }
}

impl<'m, V: Value<'m>> Reg<'m, V> {
    /// The value under reset. Control state has one; data does not need it.
    #[track_caller]
    pub fn reset(self, value: i64) -> Self {
        let width = self.q.width();
        let fits =
            (V::SIGNED || value >= 0) && bits_for_range(Range::new(value.into(), value.into()), V::SIGNED) <= width;
        if !fits {
            self.m.misuse(&format!("reset value {value} does not fit {width} bits"), "widen the register");
        }
        self.with(|r| r.reset = Some(Bits::from_i128(width, value.into())));
        self
    }

    /// Its handle.
    pub(super) fn id(self) -> RegId {
        self.id
    }

    /// The value held.
    #[track_caller]
    pub fn q(self) -> V {
        self.q
    }

    /// Takes `next` at every edge.
    #[track_caller]
    pub fn set(self, next: V) {
        self.drive(next, None);
    }

    /// Takes `next` at the edges where `enable` is true.
    #[track_caller]
    pub fn set_when(self, enable: Bool<'m>, next: V) {
        match enable.to_uint().as_const() {
            Some(c) if c.any() => self.drive(next, None),
            _ => {
                let enable = enable.net(self.m);
                self.drive(next, Some(enable));
            }
        }
    }

    #[track_caller]
    fn drive(self, next: V, enable: Option<NetId>) {
        let width = self.q.width();
        if next.width() != width {
            let what = format!("register of {width} bits driven by {}", next.width());
            self.m.misuse(&what, "zext/sext to widen, fits()/trunc()/saturate() to narrow");
        }
        let net = if next.width() == width { next.net(self.m) } else { self.m.constant(Bits::zero(width)) };
        let name = self.with(|r| r.name.clone());
        next.called(format!("{name}_d"));
        self.m.drives(Driven::Reg(self.id), || name);
        self.with(|r| (r.next, r.enable) = (Some(net), enable));
    }

    #[track_caller]
    fn with<T>(&self, f: impl FnOnce(&mut crate::ir::Reg) -> T) -> T {
        f(&mut self.m.inner.borrow_mut().module.regs[self.id.index()])
    }
}

impl<'d> Mod<'d> {
    /// `value` one cycle later (no reset: data).
    #[track_caller]
    pub fn delay<'m, V: Value<'m>>(&'m self, name: &str, enable: Bool<'m>, value: V) -> V {
        let r: Reg<'m, V> = self.reg(name, value.width());
        r.set_when(enable, value);
        // Not the range of `value`: before the first enable the register holds anything.
        r.q
    }

    /// `value` some cycles later (no reset: data): registers `<name>_p1`, `<name>_p2`, ...
    #[track_caller]
    pub fn pipe<'m, V: Value<'m>>(&'m self, name: &str, enable: Bool<'m>, value: V, cycles: u32) -> V {
        (1..=cycles).fold(value, |v, i| self.delay(&format!("{name}_p{i}"), enable, v))
    }

    /// A flag some cycles later, `false` after reset (control).
    #[track_caller]
    pub fn pipe_flag<'m>(&'m self, name: &str, enable: Bool<'m>, value: Bool<'m>, cycles: u32) -> Bool<'m> {
        (1..=cycles).fold(value, |v, i| self.delay_flag(&format!("{name}_p{i}"), enable, v))
    }

    /// `value` one cycle later, `false` after reset (control).
    #[track_caller]
    pub fn delay_flag<'m>(&'m self, name: &str, enable: Bool<'m>, value: Bool<'m>) -> Bool<'m> {
        let r = self.reg_b(name).reset(0);
        r.set_when(enable, value);
        r.q()
    }

    /// Steps `counter` through `0..n` where `enable`, back to 0 after `n - 1`; returns "is at n - 1".
    #[track_caller]
    pub fn count_to<'m>(&'m self, counter: Reg<'m, UInt<'m>>, n: u64, enable: Bool<'m>) -> Bool<'m> {
        let w = counter.q().width();
        if n <= 1 {
            counter.set(self.u(0, w));
            return self.bool(true);
        }
        let name = self.inner.borrow().module.regs[counter.id.index()].name.clone();
        let at_end = counter.q().eq(self.u(n.max(1) - 1, w)).kept(format!("{name}_last"));
        let next = (counter.q() + self.u(1, 1)).called(format!("{name}_inc")).trunc(w);
        if n.is_power_of_two() && w == n.trailing_zeros() {
            counter.set_when(enable, next);
            return at_end;
        }
        counter.set_when(enable, at_end.pick(self.u(0, w), next));
        at_end
    }
}
