//! Operators: `+ - * << >> & | ^ !` on values. Results are wide enough for every operand.
// Widths of results are sums: that is no slip here.
#![allow(clippy::suspicious_arithmetic_impl)]

use std::ops::{Add, BitAnd, BitOr, BitXor, Mul, Neg, Not, Shl, Shr, Sub};

use super::value::{Bool, SInt, UInt, Value};
use super::Mod;
use crate::ir::{NetId, Op};
use crate::num::{Bits, Range, Rounding};

impl<'d> Mod<'d> {
    /// The low `width` bits of a net. Low bits of a sum depend only on low bits of its operands, so the
    /// discarded part of an unnamed sum or extension is never built.
    #[track_caller]
    pub(super) fn cut(&self, id: NetId, width: u32) -> NetId {
        let (net_width, op, named) = {
            let inner = self.inner.borrow();
            let net = inner.module.net(id);
            (net.width, net.op.clone(), net.name.is_some())
        };
        if net_width == width {
            return id;
        }
        match op {
            Op::Const(b) => self.constant(Bits::new(width, b.unsigned().clone())),
            Op::Add(a, b) if !named => {
                let (a, b) = (self.cut_leaf(a, width), self.cut_leaf(b, width));
                self.like(id, self.op(width, Op::Add(a, b)))
            }
            Op::Sub(a, b) if !named => {
                let (a, b) = (self.cut_leaf(a, width), self.cut_leaf(b, width));
                self.like(id, self.op(width, Op::Sub(a, b)))
            }
            _ => self.cut_leaf(id, width),
        }
    }

    /// A net that stands for another one, cut: called as that one.
    fn like(&self, wide: NetId, cut: NetId) -> NetId {
        let mut inner = self.inner.borrow_mut();
        let hint = inner.module.net(wide).hint.clone();
        let net = &mut inner.module.nets[cut.index()];
        net.hint = net.hint.take().or(hint);
        cut
    }

    /// As [`Mod::cut`], looking only through constants, slices and extensions.
    #[track_caller]
    fn cut_leaf(&self, id: NetId, width: u32) -> NetId {
        let (net_width, op, named) = {
            let inner = self.inner.borrow();
            let net = inner.module.net(id);
            (net.width, net.op.clone(), net.name.is_some())
        };
        if net_width == width {
            return id;
        }
        // What the author named stays visible.
        if named {
            return self.op(width, Op::Slice(id, 0));
        }
        match op {
            Op::Const(b) => self.constant(Bits::new(width, b.unsigned().clone())),
            Op::Zext(a) if self.width_of(a) == width => a,
            Op::Sext(a) if self.width_of(a) == width => a,
            Op::Zext(a) if self.width_of(a) < width => self.op(width, Op::Zext(a)),
            Op::Sext(a) if self.width_of(a) < width => self.op(width, Op::Sext(a)),
            Op::Zext(a) | Op::Sext(a) => self.op(width, Op::Slice(a, 0)),
            Op::Slice(a, lo) => self.op(width, Op::Slice(a, lo)),
            _ => self.op(width, Op::Slice(id, 0)),
        }
    }
}

#[track_caller]
fn both(a: Option<Range>, b: Option<Range>, f: fn(Range, Range) -> Option<Range>) -> Option<Range> {
    f(a?, b?)
}

macro_rules! sum_and_product {
    ($name:ident, $widen:ident, $mul:ident) => {
        impl<'m> Add for $name<'m> {
            type Output = $name<'m>;
            #[track_caller]
            fn add(self, o: Self) -> Self {
                let (m, w) = (self.sig.m, self.width().max(o.width()) + 1);
                let range = both(self.range, o.range, Range::checked_add);
                $name::wrap(m, m.op(w, Op::Add(self.$widen(w).net(m), o.$widen(w).net(m))), range)
            }
        }

        impl<'m> Mul for $name<'m> {
            type Output = $name<'m>;
            #[track_caller]
            fn mul(self, o: Self) -> Self {
                let m = self.sig.m;
                let range = both(self.range, o.range, Range::checked_mul);
                // As for comparisons: numbers that are never negative multiply as they stand.
                let positive = |v: Self| v.range.is_some_and(|r| r.lo >= 0);
                let (a, b) = (self.net(m), o.net(m));
                let op = if positive(self) && positive(o) { Op::MulU(a, b) } else { Op::$mul(a, b) };
                $name::wrap(m, m.op(self.width() + o.width(), op), range)
            }
        }

        impl<'m> Shl<u32> for $name<'m> {
            type Output = $name<'m>;
            /// Zeros enter; the width grows by `n`.
            #[track_caller]
            fn shl(self, n: u32) -> Self {
                if n == 0 {
                    return self;
                }
                let m = self.sig.m;
                let zeros = m.constant(Bits::zero(n));
                let by = (n <= 126).then(|| Range::new(1i128 << n, 1i128 << n));
                let range = both(self.range, by, Range::checked_mul);
                $name::wrap(m, m.op(self.width() + n, Op::Concat(vec![self.sig.id, zeros])), range)
            }
        }
    };
}

sum_and_product!(UInt, zext, MulU);
sum_and_product!(SInt, sext, MulS);

impl<'m> Sub for UInt<'m> {
    type Output = SInt<'m>;
    /// The exact difference, signed.
    #[track_caller]
    fn sub(self, o: Self) -> SInt<'m> {
        let (m, w) = (self.sig.m, self.width().max(o.width()) + 1);
        let range = both(self.range, o.range, Range::checked_sub);
        SInt::wrap(m, m.op(w, Op::Sub(self.zext(w).net(m), o.zext(w).net(m))), range)
    }
}

impl<'m> Sub for SInt<'m> {
    type Output = SInt<'m>;
    #[track_caller]
    fn sub(self, o: Self) -> SInt<'m> {
        let (m, w) = (self.sig.m, self.width().max(o.width()) + 1);
        let range = both(self.range, o.range, Range::checked_sub);
        SInt::wrap(m, m.op(w, Op::Sub(self.sext(w).net(m), o.sext(w).net(m))), range)
    }
}

impl<'m> Neg for SInt<'m> {
    type Output = SInt<'m>;
    #[track_caller]
    fn neg(self) -> SInt<'m> {
        self.sig.m.s(0, 1) - self
    }
}

impl<'m> Shr<u32> for UInt<'m> {
    type Output = UInt<'m>;
    /// Drops the low `n` bits; at least one bit is left.
    #[track_caller]
    fn shr(self, n: u32) -> UInt<'m> {
        if n >= self.width() {
            return self.sig.m.u(0, 1);
        }
        let range = self.range.map(|r| Range { lo: r.lo >> n.min(127), hi: r.hi >> n.min(127) });
        UInt { range, ..self.slice(n, self.width() - n) }
    }
}

impl<'m> Shr<u32> for SInt<'m> {
    type Output = SInt<'m>;
    /// Drops the low `n` bits (floor); at least the sign is left.
    #[track_caller]
    fn shr(self, n: u32) -> SInt<'m> {
        let n = n.min(self.width() - 1);
        let range = self.range.map(|r| Range { lo: r.lo >> n.min(127), hi: r.hi >> n.min(127) });
        SInt { sig: self.as_unsigned().slice(n, self.width() - n).sig, range }
    }
}

impl<'m> UInt<'m> {
    /// Shifted left by a run-time amount within its own width.
    #[track_caller]
    pub fn shl_by(self, n: UInt<'m>) -> UInt<'m> {
        let m = self.sig.m;
        UInt::wrap(m, m.op(self.width(), Op::Shl(self.net(m), n.net(m))), None)
    }

    /// Shifted right by a run-time amount; zeros enter.
    #[track_caller]
    pub fn shr_by(self, n: UInt<'m>) -> UInt<'m> {
        let m = self.sig.m;
        UInt::wrap(m, m.op(self.width(), Op::ShrU(self.net(m), n.net(m))), self.range.map(|r| Range::new(0, r.hi)))
    }
}

impl<'m> SInt<'m> {
    /// Shifted right by a run-time amount; copies of the sign enter.
    #[track_caller]
    pub fn shr_by(self, n: UInt<'m>) -> SInt<'m> {
        let m = self.sig.m;
        // Toward -1 or 0: the result lies between the value and those.
        let range = self.range.map(|r| r.union(if r.lo < 0 { Range::new(-1, 0) } else { Range::new(0, 0) }));
        SInt::wrap(m, m.op(self.width(), Op::ShrS(self.net(m), n.net(m))), range)
    }

    /// `self / 2^n`, rounded; one bit wider than the plain shift where rounding can carry.
    #[track_caller]
    pub fn round_shift(self, n: u32, rounding: Rounding) -> SInt<'m> {
        let m = self.sig.m;
        if n == 0 {
            return self;
        }
        let wide = self.sext(self.width().max(n) + 1);
        let half = m.u(1, 1) << (n - 1);
        let zero = |w: u32| m.u(0, w);
        match rounding {
            Rounding::Floor => wide >> n,
            Rounding::HalfUp => (wide + half.to_signed()) >> n,
            // Negative ties go down: one less than half is added.
            Rounding::HalfAway => {
                let less = (half.to_signed() - m.s(1, 2)).fits(n + 1);
                let bias = self.is_negative().pick(less, half.to_signed().sext(n + 1));
                (wide + bias) >> n
            }
            // Half minus one, plus the bit that makes an odd quotient's tie go up.
            Rounding::HalfEven => {
                let odd = wide.as_unsigned().bit(n).to_uint();
                let less = half.to_signed() - m.s(1, 2);
                (wide + (less + odd.to_signed())) >> n
            }
            Rounding::TowardZero => {
                let ones = m.bits(Bits::from_i128(n, -1));
                let bias = self.is_negative().pick(ones, zero(n));
                (wide + bias.to_signed()) >> n
            }
        }
    }
}

macro_rules! bitwise {
    ($($name:ident $trait:ident $method:ident $op:ident),*) => {$(
        impl<'m> $trait for $name<'m> {
            type Output = $name<'m>;
            #[track_caller]
            fn $method(self, o: Self) -> Self {
                let m = self.sig.m;
                if self.width() != o.width() {
                    m.misuse(&format!("bitwise operator on {} and {} bits", self.width(), o.width()), "zext() one of them");
                    return self;
                }
                $name::wrap(m, m.op(self.width(), Op::$op(self.net(m), o.net(m))), None)
            }
        }
    )*};
}

bitwise!(UInt BitAnd bitand And, UInt BitOr bitor Or, UInt BitXor bitxor Xor);

impl<'m> BitXor for Bool<'m> {
    type Output = Bool<'m>;
    #[track_caller]
    fn bitxor(self, o: Self) -> Self {
        let m = self.sig.m;
        match (self.to_uint().as_const(), o.to_uint().as_const()) {
            (Some(c), _) if c.any() => !o,
            (Some(_), _) => o,
            (_, Some(c)) if c.any() => !self,
            (_, Some(_)) => self,
            _ => Bool::wrap(m, m.op(1, Op::Xor(self.net(m), o.net(m))), None),
        }
    }
}

impl<'m> BitAnd for Bool<'m> {
    type Output = Bool<'m>;
    #[track_caller]
    fn bitand(self, o: Self) -> Self {
        let m = self.sig.m;
        match (self.to_uint().as_const(), o.to_uint().as_const()) {
            (Some(c), _) => {
                if c.any() {
                    o
                } else {
                    self
                }
            }
            (_, Some(c)) => {
                if c.any() {
                    self
                } else {
                    o
                }
            }
            _ => Bool::wrap(m, m.op(1, Op::And(self.net(m), o.net(m))), None),
        }
    }
}

impl<'m> BitOr for Bool<'m> {
    type Output = Bool<'m>;
    #[track_caller]
    fn bitor(self, o: Self) -> Self {
        let m = self.sig.m;
        match (self.to_uint().as_const(), o.to_uint().as_const()) {
            (Some(c), _) => {
                if c.any() {
                    self
                } else {
                    o
                }
            }
            (_, Some(c)) => {
                if c.any() {
                    o
                } else {
                    self
                }
            }
            _ => Bool::wrap(m, m.op(1, Op::Or(self.net(m), o.net(m))), None),
        }
    }
}

impl<'m> Not for UInt<'m> {
    type Output = UInt<'m>;
    #[track_caller]
    fn not(self) -> Self {
        let m = self.sig.m;
        UInt::wrap(m, m.op(self.width(), Op::Not(self.sig.id)), None)
    }
}

impl<'m> Not for Bool<'m> {
    type Output = Bool<'m>;
    #[track_caller]
    fn not(self) -> Self {
        let m = self.sig.m;
        // A double negation, which the comparison methods like to make, is never built.
        let inner = m.inner.borrow().module.net(self.sig.id).op.clone();
        match inner {
            Op::Const(b) => m.bool(!b.any()),
            Op::Not(a) => Bool::wrap(m, a, None),
            _ => Bool::wrap(m, m.op(1, Op::Not(self.sig.id)), None),
        }
    }
}
