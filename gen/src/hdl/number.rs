//! What numbers and flags can do besides what all values can: bits, readings, bounds, choices.

use super::value::{Bool, SInt, UInt, Value};
use crate::ir::{NetId, Op};
use crate::num::{bits_for_range, bits_for_unsigned, range_of, Bits, Range};

impl<'m> UInt<'m> {
    /// `width` bits from bit `lo` up.
    #[track_caller]
    pub fn slice(self, lo: u32, width: u32) -> UInt<'m> {
        let m = self.sig.m;
        if width == 0 || u64::from(lo) + u64::from(width) > u64::from(self.width()) {
            m.misuse(
                &format!("bits {lo}..{} of {}", u64::from(lo) + u64::from(width), self.width()),
                "slice inside the value",
            );
            return UInt::wrap(m, m.constant(Bits::zero(width.max(1))), None);
        }
        if lo == 0 {
            return self.trunc(width);
        }
        UInt::wrap(m, m.op(width, Op::Slice(self.sig.id, lo)), None)
    }

    /// One bit.
    #[track_caller]
    pub fn bit(self, index: u32) -> Bool<'m> {
        let b = self.slice(index, 1);
        Bool::wrap(b.sig.m, b.sig.id, None)
    }

    /// Any bit set.
    #[track_caller]
    pub fn any(self) -> Bool<'m> {
        self.reduce(Op::ReduceOr)
    }

    /// All bits set.
    #[track_caller]
    pub fn all(self) -> Bool<'m> {
        self.reduce(Op::ReduceAnd)
    }

    /// Odd number of bits set.
    #[track_caller]
    pub fn parity(self) -> Bool<'m> {
        self.reduce(Op::ReduceXor)
    }

    #[track_caller]
    fn reduce(self, op: fn(NetId) -> Op) -> Bool<'m> {
        let m = self.sig.m;
        let id = if self.width() == 1 { self.sig.id } else { m.op(1, op(self.sig.id)) };
        Bool::wrap(m, id, None)
    }

    /// The same bits read as two's complement.
    #[track_caller]
    pub fn as_signed(self) -> SInt<'m> {
        let top = range_of(self.width(), true);
        let keep = self.range.filter(|r| top.is_some_and(|t| t.contains(r.hi)));
        SInt { sig: self.sig, range: keep.or(top) }
    }

    /// The number that the bits are: two's complement where it is `signed`, else one bit wider.
    #[track_caller]
    pub fn number(self, signed: bool) -> SInt<'m> {
        if signed {
            self.as_signed()
        } else {
            self.to_signed()
        }
    }

    /// The same number, one bit wider, signed.
    #[track_caller]
    pub fn to_signed(self) -> SInt<'m> {
        let wide = self.zext(self.width() + 1);
        SInt { sig: wide.sig, range: self.range }
    }

    /// Exactly `width` bits: all ones if the value does not fit them, else the value.
    #[track_caller]
    pub fn saturate(self, width: u32) -> UInt<'m> {
        let needed = self.range.map_or(self.width(), |r| bits_for_range(r, false));
        if width >= self.width().min(needed) {
            return self.fits(width);
        }
        let over = self.slice(width, self.width() - width).any().called("too_high");
        let top = Bits::from_i128(width, -1);
        over.pick(self.sig.m.bits(top), self.trunc(width))
    }
}

impl<'m> UInt<'m> {
    /// Clamped to `lo..=hi` and cut to the bits that `hi` needs.
    #[track_caller]
    pub fn clamp(self, lo: u64, hi: u64) -> UInt<'m> {
        let m = self.sig.m;
        if lo > hi {
            m.misuse(&format!("clamp to {lo}..={hi}"), "give the lower bound first");
            return m.lit(lo);
        }
        let w = self.width().max(bits_for_unsigned(hi.into()));
        let wide = self.zext(w);
        let (low, high) = (m.u(lo, w), m.u(hi, w));
        let above = wide.lt(low).called("too_low").pick(low, wide);
        let mut out = wide.gt(high).called("too_high").pick(high, above);
        let (lo, hi) = (i128::from(lo), i128::from(hi));
        out.range = Some(self.range.map_or(Range::new(lo, hi), |r| Range::new(r.lo.clamp(lo, hi), r.hi.clamp(lo, hi))));
        out.trunc(bits_for_unsigned(hi as u128))
    }
}

impl<'m> SInt<'m> {
    /// The same bits read as unsigned.
    #[track_caller]
    pub fn as_unsigned(self) -> UInt<'m> {
        let range = self.range.filter(|r| r.lo >= 0);
        UInt { sig: self.sig, range: range.or(range_of(self.width(), false)) }
    }

    /// The sign bit.
    #[track_caller]
    pub fn is_negative(self) -> Bool<'m> {
        self.as_unsigned().bit(self.width() - 1)
    }

    /// The magnitude, of the same width (`-2^(w-1)` fits unsigned).
    #[track_caller]
    pub fn abs(self) -> UInt<'m> {
        let negated = (-self).called("negated").trunc(self.width()).as_unsigned();
        let mut mag = self.is_negative().pick(negated, self.as_unsigned());
        mag.range = self.range.and_then(|r| Some(Range::new(0, r.lo.checked_neg()?.max(r.hi))));
        mag
    }

    /// Clamped to `lo..=hi` and cut to the bits that range needs.
    #[track_caller]
    pub fn clamp(self, lo: i64, hi: i64) -> SInt<'m> {
        let m = self.sig.m;
        if lo > hi {
            m.misuse(&format!("clamp to {lo}..={hi}"), "give the lower bound first");
        }
        let r = Range::new(lo.into(), hi.into());
        let width = bits_for_range(r, true);
        let constant = |v: i64| m.s(v, bits_for_range(Range::new(v.into(), v.into()), true).max(width));
        let (low, high) = (self.lt(constant(lo)).called("too_low"), self.gt(constant(hi)).called("too_high"));
        let inner = self.sext(width.max(self.width())).trunc(width);
        let mut out = low.pick(m.s(lo, width), high.pick(m.s(hi, width), inner));
        out.range = Some(self.range.map_or(r, |s| Range::new(s.lo.clamp(r.lo, r.hi), s.hi.clamp(r.lo, r.hi))));
        out
    }

    /// Exactly `width` bits: clamped to their range.
    #[track_caller]
    pub fn saturate(self, width: u32) -> SInt<'m> {
        let needed = self.range.map_or(self.width(), |r| bits_for_range(r, true));
        if width >= self.width().min(needed) {
            return self.fits(width);
        }
        if width > 62 {
            self.sig.m.misuse("saturate() to more than 62 bits", "clamp in an unsigned form");
            return self.trunc(width);
        }
        self.clamp(-(1 << (width - 1)), (1 << (width - 1)) - 1)
    }
}

impl<'m> Bool<'m> {
    /// `yes` where true, else `no`. Both have one width.
    #[track_caller]
    pub fn pick<V: Value<'m>>(self, yes: V, no: V) -> V {
        let m = self.sig.m;
        match self.to_uint().as_const() {
            Some(c) if c.any() => return yes,
            Some(_) => return no,
            None => {}
        }
        if yes.width() != no.width() {
            m.misuse(
                &format!("pick() between {} and {} bits", yes.width(), no.width()),
                "zext or sext them to one width",
            );
            return yes;
        }
        let (yes_id, no_id) = (yes.net(m), no.net(m));
        let same = {
            let inner = m.inner.borrow();
            let op = |n: NetId| &inner.module.net(n).op;
            yes_id == no_id || matches!((op(yes_id), op(no_id)), (Op::Const(a), Op::Const(b)) if a == b)
        };
        if same {
            return yes;
        }
        let id = m.op(yes.width(), Op::Mux(self.net(m), vec![no_id, yes_id]));
        let range = yes.range().zip(no.range()).map(|(a, b)| a.union(b));
        V::wrap(m, id, range)
    }

    /// The flag, `n` times.
    #[track_caller]
    pub fn repeat(self, n: u32) -> UInt<'m> {
        self.sig.m.concat(&vec![self.to_uint(); n as usize])
    }

    /// As a number of one bit.
    #[track_caller]
    pub fn to_uint(self) -> UInt<'m> {
        UInt { sig: self.sig, range: Some(Range::new(0, 1)) }
    }
}
