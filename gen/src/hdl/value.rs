//! The typed values: `UInt`, `SInt` and `Bool`, small and `Copy`, tied to their module by a lifetime.

use std::panic::Location;

use super::Mod;
use crate::ir::{Claim, NetId, Op, Place};
use crate::num::{bits_for_range, range_of, Bits, Range};

/// What all values can do.
pub trait Value<'m>: Copy {
    #[doc(hidden)]
    const SIGNED: bool;
    #[doc(hidden)]
    #[track_caller]
    fn wrap(m: &'m Mod<'_>, id: NetId, range: Option<Range>) -> Self;
    #[doc(hidden)]
    #[track_caller]
    fn sig(self) -> Sig<'m>;
    /// The values it can take, if known and within `i128`.
    #[track_caller]
    fn range(self) -> Option<Range>;

    /// Bits.
    #[track_caller]
    fn width(self) -> u32 {
        self.sig().width
    }

    /// Names the signal in the Verilog. What has a name already, as ports and registers have, gets a second one: a wire.
    #[track_caller]
    fn named(self, name: impl AsRef<str>) -> Self {
        let sig = self.sig();
        let is_free = {
            let inner = sig.m.inner.borrow();
            let net = inner.module.net(sig.id);
            let fixed = matches!(net.op, Op::Input(_) | Op::RegQ(_) | Op::MemQ(..) | Op::Const(_));
            net.name.is_none() && !fixed
        };
        let id = if is_free { sig.id } else { sig.m.op(sig.width, Op::Wire(Some(sig.id))) };
        {
            let net = &mut sig.m.inner.borrow_mut().module.nets[id.index()];
            (net.name, net.place) = (Some(name.as_ref().to_string()), Place(Some(Location::caller())));
        }
        Self::wrap(sig.m, id, self.range())
    }

    /// Names the signal where it stands on its own in the Verilog: a suggestion that yields to another signal of this name.
    #[track_caller]
    fn called(self, name: impl AsRef<str>) -> Self {
        let sig = self.sig();
        let mut inner = sig.m.inner.borrow_mut();
        let net = &mut inner.module.nets[sig.id.index()];
        if net.hint.is_none() && !matches!(net.op, Op::Input(_) | Op::RegQ(_) | Op::Const(_)) {
            net.hint = Some(name.as_ref().to_string());
        }
        drop(inner);
        self
    }

    /// The same, and the signal stands on its own.
    #[doc(hidden)]
    fn kept(self, name: impl AsRef<str>) -> Self {
        let sig = self.called(name).sig();
        sig.m.inner.borrow_mut().module.nets[sig.id.index()].kept = true;
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
            #[track_caller]
            pub fn width(self) -> u32 {
                self.sig.width
            }

            /// Names the signal in the Verilog. The first name stays.
            #[track_caller]
            pub fn named(self, name: impl AsRef<str>) -> Self {
                Value::named(self, name)
            }

            /// Names the signal where it stands on its own in the Verilog: a suggestion that yields to another signal of this name.
            pub fn called(self, name: impl AsRef<str>) -> Self {
                Value::called(self, name)
            }
        }

        impl<'m> Value<'m> for $name<'m> {
            const SIGNED: bool = $signed;
            #[track_caller]
            fn wrap(m: &'m Mod<'_>, id: NetId, range: Option<Range>) -> Self {
                let width = m.width_of(id);
                if $signed {
                    m.inner.borrow_mut().module.nets[id.index()].signed = true;
                }
                $name { sig: Sig { m, id, width }, range: range.or(range_of(width, $signed)) }
            }
            #[track_caller]
            fn sig(self) -> Sig<'m> {
                self.sig
            }
            #[track_caller]
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
            #[track_caller]
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
                self.can_equal(other);
                other.can_equal(self);
                if let (Some(a), Some(b)) = (self.range, other.range) {
                    if a.hi < b.lo || b.hi < a.lo {
                        return m.bool(false);
                    }
                }
                let (a, b) = (self.$widen(w), other.$widen(w));
                Bool::wrap(m, m.op(1, Op::Eq(a.net(m), b.net(m))), None)
            }

            /// A constant beyond the bits of what it is compared with is a slip, not a comparison.
            #[track_caller]
            fn can_equal(self, constant: Self) {
                let beyond = |c: Bits| {
                    range_of(self.width(), $signed)
                        .zip(constant.range)
                        .is_some_and(|(all, r)| c.width() > self.width() && r.lo == r.hi && !all.contains(r.lo))
                };
                if self.as_const().is_none() && constant.as_const().is_some_and(beyond) {
                    let what =
                        format!("a value of {} bits compared with {:?}", self.width(), constant.range.map(|r| r.lo));
                    self.sig.m.misuse(&what, "it is never equal: widen the value, or mend the constant");
                }
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
            #[track_caller]
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
