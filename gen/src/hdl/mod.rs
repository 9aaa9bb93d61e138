//! The DSL that block authors write: typed values, registers, memories and streams over the IR.
//!
//! ```
//! use niello_gen::hdl::{hw, Build};
//! use niello_gen::ir::BeatShape;
//!
//! let build = Build::new();
//! let m = build.module("nl_double_w8");
//! let s = m.stream_in("s_axis", BeatShape::new(1, 8, true), true);
//! let out = m.stream_out("m_axis", BeatShape::new(1, 9, true), true);
//! hw! { let doubled = s.lane_s(0) + s.lane_s(0); }
//! s.set_ready(out.ready());
//! out.drive(s.valid(), doubled.as_unsigned(), Some(s.last()));
//! let id = m.finish();
//! assert!(build.validate(id).is_ok());
//! ```
//!
//! Rules: arithmetic never overflows (`a + b` grows by one bit, `a * b` adds widths); narrowing is
//! explicit (`trunc`, `saturate`, `round_shift`, `fits`); signs never mix. A wrong use neither panics
//! nor returns a `Result` from `+`: it is recorded with its place, the value is replaced by a zero, and
//! [`Build::validate`] returns every error at once.

mod arith;
mod finish;
mod memory;
mod reg;
mod stream;
mod value;
mod wire;

pub use memory::Ram;
pub use reg::Reg;
pub use stream::{Instance, Sink, Source};
pub use value::{Bool, SInt, UInt, Value};
pub use wire::Wire;

/// Gives each `let` its own name in the Verilog.
#[macro_export]
macro_rules! hw {
    ($(let $name:ident = $value:expr;)*) => {
        $(let $name = $crate::hdl::Value::named($value, stringify!($name));)*
    };
}
pub use crate::hw;

use std::cell::RefCell;
use std::panic::Location;

use crate::ir::eval::eval_op;
use crate::ir::{Design, DesignError, Module, ModuleId, Net, NetId, Op, Reports, ValidDesign};
use crate::num::{Bits, Range};

/// A design under construction: finished modules and recorded errors.
#[derive(Debug, Default)]
pub struct Build {
    design: RefCell<Design>,
    errors: RefCell<Vec<DesignError>>,
}

impl Build {
    /// An empty design.
    pub fn new() -> Build {
        Build::default()
    }

    /// Starts a module. Its name is also its file's.
    pub fn module(&self, name: impl Into<String>) -> Mod<'_> {
        let module = Module { name: name.into(), ..Module::default() };
        Mod { build: self, inner: RefCell::new(Inner { module, section: 0 }) }
    }

    /// Ends construction: everything recorded and everything that validation finds, or a valid design.
    ///
    /// # Errors
    /// E4xx: all of it, with names and places.
    pub fn validate(self, top: ModuleId) -> Result<ValidDesign, Reports<DesignError>> {
        let errors = self.errors.into_inner();
        if errors.is_empty() {
            ValidDesign::new(self.design.into_inner(), top)
        } else {
            Err(Reports(errors))
        }
    }

    fn report(&self, e: DesignError) {
        let mut errors = self.errors.borrow_mut();
        if !errors.contains(&e) {
            errors.push(e);
        }
    }
}

/// A module under construction. Values borrow it, so a value cannot outlive its module.
#[derive(Debug)]
pub struct Mod<'d> {
    build: &'d Build,
    inner: RefCell<Inner>,
}

#[derive(Debug)]
struct Inner {
    module: Module,
    section: u32,
}

impl<'d> Mod<'d> {
    /// The build this module belongs to.
    pub fn build(&self) -> &'d Build {
        self.build
    }

    /// The module's name.
    pub fn name(&self) -> String {
        self.inner.borrow().module.name.clone()
    }

    /// A header line: printed as a comment above the module.
    pub fn header(&self, key: &str, text: impl Into<String>) {
        self.inner.borrow_mut().module.header.push((key.into(), text.into()));
    }

    /// Heads the following signals with a comment line.
    pub fn section(&self, text: &str) {
        let mut inner = self.inner.borrow_mut();
        inner.module.sections.push(text.into());
        inner.section = inner.module.sections.len() as u32;
    }

    /// An unsigned constant of exactly `width` bits.
    #[track_caller]
    pub fn u(&self, value: u64, width: u32) -> UInt<'_> {
        let bits = Bits::from_u64(width.max(1), value);
        if width == 0 || bits.low_u64() != value {
            self.misuse(
                &format!("constant {value} does not fit {width} bits"),
                "use lit(), which takes the bits it needs",
            );
        }
        UInt::wrap(self, self.constant(bits), Some(Range::new(value.into(), value.into())))
    }

    /// An unsigned constant of as many bits as it needs.
    #[track_caller]
    pub fn lit(&self, value: u64) -> UInt<'_> {
        self.u(value, crate::num::bits_for_unsigned(value.into()))
    }

    /// A two's complement constant of exactly `width` bits.
    #[track_caller]
    pub fn s(&self, value: i64, width: u32) -> SInt<'_> {
        let r = Range::new(value.into(), value.into());
        if crate::num::bits_for_range(r, true) > width {
            self.misuse(&format!("constant {value} does not fit {width} signed bits"), "give it more bits");
        }
        SInt::wrap(self, self.constant(Bits::from_i128(width.max(1), value.into())), Some(r))
    }

    /// A constant truth value.
    pub fn bool(&self, value: bool) -> Bool<'_> {
        Bool::wrap(self, self.constant(Bits::from_u64(1, value.into())), None)
    }

    /// A constant of any width.
    pub fn bits(&self, value: Bits) -> UInt<'_> {
        UInt::wrap(self, self.constant(value), None)
    }

    /// Joins values, the first in the high bits.
    pub fn concat<'m>(&'m self, parts: &[UInt<'m>]) -> UInt<'m> {
        if let [one] = parts {
            return *one;
        }
        let width = parts.iter().map(|p| p.width()).sum();
        let id = self.op(width, Op::Concat(parts.iter().map(|p| p.net(self)).collect()));
        UInt::wrap(self, id, None)
    }

    /// Joins lanes, lane 0 in the low bits.
    pub fn lanes<'m>(&'m self, lanes: &[UInt<'m>]) -> UInt<'m> {
        let parts: Vec<UInt<'m>> = lanes.iter().rev().copied().collect();
        self.concat(&parts)
    }

    /// `arms[index]`; the last arm for every larger index. All arms have one width.
    #[track_caller]
    pub fn select<'m, V: Value<'m>>(&'m self, index: UInt<'m>, arms: &[V]) -> V {
        let Some(first) = arms.first() else {
            self.misuse("select without arms", "give at least one");
            return V::wrap(self, self.constant(Bits::zero(1)), None);
        };
        if arms.len() == 1 {
            return *first;
        }
        let width = first.width();
        if arms.iter().any(|a| a.width() != width) {
            self.misuse("arms of select() have different widths", "zext or sext them to one");
            return V::wrap(self, self.constant(Bits::zero(width)), None);
        }
        if (arms.len() as u64) > 1u64 << index.width().min(63) {
            self.misuse("select() has more arms than its index can name", "widen the index");
            return *first;
        }
        let range = arms.iter().map(|a| a.range()).reduce(|a, b| Some(a?.union(b?))).flatten();
        let id = self.op(width, Op::Mux(index.net(self), arms.iter().map(|a| a.net(self)).collect()));
        V::wrap(self, id, range)
    }

    fn constant(&self, bits: Bits) -> NetId {
        self.op(bits.width(), Op::Const(bits))
    }

    /// Adds a net.
    fn op(&self, width: u32, op: Op) -> NetId {
        let mut inner = self.inner.borrow_mut();
        let op = folded(&inner.module, width, op);
        let section = inner.section;
        inner.module.nets.push(Net { width, op, name: None, section });
        NetId(inner.module.nets.len() as u32 - 1)
    }

    fn width_of(&self, id: NetId) -> u32 {
        self.inner.borrow().module.width(id)
    }

    /// Records a wrong use at the caller's place.
    #[track_caller]
    fn misuse(&self, what: &str, help: &str) {
        let at = Location::caller();
        self.build.report(DesignError::Misuse {
            module: self.name(),
            place: format!("{}:{}", at.file(), at.line()),
            what: what.into(),
            help: help.into(),
        });
    }
}

/// An operator on constants alone becomes its value, by the IR's own definition.
fn folded(module: &Module, width: u32, op: Op) -> Op {
    let mut values = Vec::new();
    let mut constant = true;
    op.for_operands(|a| match &module.net(a).op {
        Op::Const(b) => values.push(b),
        _ => constant = false,
    });
    if !constant || values.is_empty() {
        return op;
    }
    Op::Const(eval_op(&op, width, &values))
}
