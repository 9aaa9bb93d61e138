//! The typed values: `UInt`, `SInt` and `Bool`, small and `Copy`, tied to their module by a lifetime.

use super::Mod;
use crate::ir::{Claim, NetId, Op};
use crate::num::{bits_for_range, range_of, Bits, Range};

/// What all values can do.
pub trait Value<'m>: Copy {
    #[doc(hidden)]
    const SIGNED: bool;
    #[doc(hidden)]
    fn wrap(m: &'m Mod<'_>, id: NetId, range: Option<Range>) -> Self;
    #[doc(hidden)]
    fn sig(self) -> Sig<'m>;
    /// The values it can take, if known and within `i128`.
    fn range(self) -> Option<Range>;

    /// Bits.
    fn width(self) -> u32 {
        self.sig().width
    }

    /// Names the signal in the Verilog. The first name stays.
    fn named(self, name: impl AsRef<str>) -> Self {
        let sig = self.sig();
        let mut inner = sig.m.inner.borrow_mut();
        let net = &mut inner.module.nets[sig.id.index()];
        if net.name.is_none() && !matches!(net.op, Op::Input(_) | Op::RegQ(_) | Op::Const(_)) {
            net.name = Some(name.as_ref().to_string());
        }
        drop(inner);
        self
    }

    #[doc(hidden)]
    #[track_caller]
    fn net(self, m: &Mod<'_>) -> NetId {
        let sig = self.sig();
        if std::ptr::eq(sig.m.build, m.build) && std::ptr::eq(&sig.m.inner, &m.inner) {
            return sig.id;
        }
        m.misuse("a value of another module is used here", "pass it through a port");
        m.constant(Bits::zero(sig.width))
    }
}

/// A net of a module under construction.
#[derive(Clone, Copy, Debug)]
pub struct Sig<'m> {
    pub(super) m: &'m Mod<'m>,
    pub(super) id: NetId,
    pub(super) width: u32,
}

macro_rules! value {
    ($(#[$doc:meta])* $name:ident, $signed:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'m> {
            pub(super) sig: Sig<'m>,
            pub(super) range: Option<Range>,
        }

        impl<'m> $name<'m> {
            /// Bits.
            pub fn width(self) -> u32 {
                self.sig.width
            }

            /// Names the signal in the Verilog. The first name stays.
            pub fn named(self, name: impl AsRef<str>) -> Self {
                Value::named(self, name)
            }
        }

        impl<'m> Value<'m> for $name<'m> {
            const SIGNED: bool = $signed;
            fn wrap(m: &'m Mod<'_>, id: NetId, range: Option<Range>) -> Self {
                let width = m.width_of(id);
                $name { sig: Sig { m, id, width }, range: range.or(range_of(width, $signed)) }
            }
            fn sig(self) -> Sig<'m> {
                self.sig
            }
            fn range(self) -> Option<Range> {
                self.range
            }
        }
    };
}

value!(
    /// An unsigned number.
    UInt,
    false
);
value!(
    /// A two's complement number.
    SInt,
    true
);
value!(
    /// A truth value.
    Bool,
    false
);

macro_rules! common {
    ($name:ident, $signed:expr, $widen:ident, $widen_op:ident, $doc:literal) => {
        impl<'m> $name<'m> {
            #[doc = $doc]
            #[track_caller]
            pub fn $widen(self, width: u32) -> Self {
                let m = self.sig.m;
                if width == self.width() {
                    return self;
                }
                if width < self.width() {
                    m.misuse(
                        &format!("cannot widen {} bits to {width}", self.width()),
                        "narrow with trunc(), saturate() or fits()",
                    );
                    return Self::wrap(m, m.constant(Bits::zero(width.max(1))), None);
                }
                let id = match self.as_const() {
                    Some(c) if $signed => m.constant(Bits::from_bigint(width, &c.signed())),
                    Some(c) => m.constant(Bits::new(width, c.unsigned().clone())),
                    None => m.op(width, Op::$widen_op(self.sig.id)),
                };
                Self::wrap(m, id, self.range)
            }

            /// The low `width` bits; the rest is dropped without a check.
            #[track_caller]
            pub fn trunc(self, width: u32) -> Self {
                let m = self.sig.m;
                if width > self.width() || width == 0 {
                    m.misuse(&format!("cannot cut {} bits to {width}", self.width()), "widen with zext() or sext()");
                    return Self::wrap(m, m.constant(Bits::zero(width.max(1))), None);
                }
                let id = m.cut(self.sig.id, width);
                let fits = self
                    .range
                    .filter(|r| range_of(width, $signed).is_some_and(|w| w.contains(r.lo) && w.contains(r.hi)));
                Self::wrap(m, id, fits)
            }

            /// Exactly `width` bits: widened, or cut without a check where the author knows that the number fits.
            #[track_caller]
            pub fn at_width(self, width: u32) -> Self {
                if width < self.width() {
                    self.trunc(width)
                } else {
                    self.$widen(width)
                }
            }

            /// At most `width` bits: cut without a check where the author knows that the number fits.
            #[track_caller]
            pub fn at_most(self, width: u32) -> Self {
                self.trunc(width.min(self.width()))
            }

            /// Exactly `width` bits, with a proof: the tracked range must fit.
            #[track_caller]
            pub fn fits(self, width: u32) -> Self {
                let m = self.sig.m;
                let ok = width >= self.width()
                    || self.range.is_some_and(|r| bits_for_range(r, $signed) <= width && ($signed || r.lo >= 0));
                if !ok {
                    m.misuse(
                        &format!("values {:?} are not proven to fit {width} bits", self.range.map(|r| r.lo..=r.hi)),
                        "narrow with saturate() or trunc(), or bound an operand",
                    );
                }
                if width >= self.width() {
                    self.$widen(width)
                } else {
                    self.trunc(width)
                }
            }

            /// States a range that the author has proven; simulation checks it in every cycle.
            pub fn proven(self, range: Range) -> Self {
                let claim = Claim { net: self.sig.id, signed: $signed, lo: range.lo, hi: range.hi };
                self.sig.m.inner.borrow_mut().module.claims.push(claim);
                $name { range: Some(range), ..self }
            }

            /// The narrowest form of this value that its tracked range allows.
            #[track_caller]
            pub fn shrink(self) -> Self {
                match self.range {
                    Some(r) => self.fits(bits_for_range(r, $signed).min(self.width())),
                    None => self,
                }
            }

            /// Equal.
            #[track_caller]
            pub fn eq(self, other: Self) -> Bool<'m> {
                let (m, w) = (self.sig.m, self.width().max(other.width()));
                if let (Some(a), Some(b)) = (self.range, other.range) {
                    if a.hi < b.lo || b.hi < a.lo {
                        return m.bool(false);
                    }
                }
                let (a, b) = (self.$widen(w), other.$widen(w));
                Bool::wrap(m, m.op(1, Op::Eq(a.net(m), b.net(m))), None)
            }

            /// Not equal.
            #[track_caller]
            pub fn ne(self, other: Self) -> Bool<'m> {
                !self.eq(other)
            }

            /// Less.
            #[track_caller]
            pub fn lt(self, other: Self) -> Bool<'m> {
                let (m, w) = (self.sig.m, self.width().max(other.width()));
                if let (Some(a), Some(b)) = (self.range, other.range) {
                    if a.hi < b.lo || a.lo >= b.hi {
                        return m.bool(a.hi < b.lo);
                    }
                }
                let (a, b) = (self.$widen(w).net(m), other.$widen(w).net(m));
                // Numbers that are never negative compare as they stand. (Verilator 5.48 narrows a signed comparison of
                // values with a constant sign bit, and is then wrong.)
                let positive = |v: Self| v.range.is_some_and(|r| r.lo >= 0);
                let unsigned = !$signed || (positive(self) && positive(other));
                Bool::wrap(m, m.op(1, if unsigned { Op::LtU(a, b) } else { Op::LtS(a, b) }), None)
            }

            /// Less or equal.
            #[track_caller]
            pub fn le(self, other: Self) -> Bool<'m> {
                !other.lt(self)
            }

            /// Greater.
            #[track_caller]
            pub fn gt(self, other: Self) -> Bool<'m> {
                other.lt(self)
            }

            /// Greater or equal.
            #[track_caller]
            pub fn ge(self, other: Self) -> Bool<'m> {
                !self.lt(other)
            }

            /// The larger of two.
            #[track_caller]
            pub fn max(self, other: Self) -> Self {
                self.lt(other).pick(other, self)
            }

            /// The smaller of two.
            #[track_caller]
            pub fn min(self, other: Self) -> Self {
                self.lt(other).pick(self, other)
            }

            /// The sum of all, as a balanced tree.
            #[track_caller]
            pub fn sum(mut terms: Vec<Self>) -> Option<Self> {
                while terms.len() > 1 {
                    terms = terms.chunks(2).map(|p| if let [a, b] = p { *a + *b } else { p[0] }).collect();
                }
                terms.pop()
            }

            /// The constant behind it, if it is one.
            pub(super) fn as_const(self) -> Option<Bits> {
                match &self.sig.m.inner.borrow().module.net(self.sig.id).op {
                    Op::Const(b) => Some(b.clone()),
                    _ => None,
                }
            }
        }
    };
}

common!(UInt, false, zext, Zext, "Widens with zeros.");
common!(SInt, true, sext, Sext, "Widens with copies of the sign.");

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
    pub fn any(self) -> Bool<'m> {
        self.reduce(Op::ReduceOr)
    }

    /// All bits set.
    pub fn all(self) -> Bool<'m> {
        self.reduce(Op::ReduceAnd)
    }

    /// Odd number of bits set.
    pub fn parity(self) -> Bool<'m> {
        self.reduce(Op::ReduceXor)
    }

    fn reduce(self, op: fn(NetId) -> Op) -> Bool<'m> {
        let m = self.sig.m;
        let id = if self.width() == 1 { self.sig.id } else { m.op(1, op(self.sig.id)) };
        Bool::wrap(m, id, None)
    }

    /// The same bits read as two's complement.
    pub fn as_signed(self) -> SInt<'m> {
        let top = range_of(self.width(), true);
        let keep = self.range.filter(|r| top.is_some_and(|t| t.contains(r.hi)));
        SInt { sig: self.sig, range: keep.or(top) }
    }

    /// The same number, one bit wider, signed.
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
        let over = self.slice(width, self.width() - width).any();
        let top = Bits::from_i128(width, -1);
        over.pick(self.sig.m.bits(top), self.trunc(width))
    }
}

impl<'m> SInt<'m> {
    /// The same bits read as unsigned.
    pub fn as_unsigned(self) -> UInt<'m> {
        let range = self.range.filter(|r| r.lo >= 0);
        UInt { sig: self.sig, range: range.or(range_of(self.width(), false)) }
    }

    /// The sign bit.
    pub fn is_negative(self) -> Bool<'m> {
        self.as_unsigned().bit(self.width() - 1)
    }

    /// The magnitude, of the same width (`-2^(w-1)` fits unsigned).
    #[track_caller]
    pub fn abs(self) -> UInt<'m> {
        let negated = (-self).trunc(self.width()).as_unsigned();
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
        let (low, high) = (self.lt(constant(lo)), self.gt(constant(hi)));
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
    pub fn to_uint(self) -> UInt<'m> {
        UInt { sig: self.sig, range: Some(Range::new(0, 1)) }
    }
}
