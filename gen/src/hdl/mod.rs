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
mod double_buffer;
mod finish;
mod fold;
mod memory;
mod number;
mod reg;
mod steps;
mod stream;
mod value;
mod wire;

pub use double_buffer::DoubleBuffer;
pub use memory::Ram;
pub use reg::Reg;
pub use steps::{Count, Level, Stage};
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
use std::collections::BTreeMap;
use std::panic::Location;

use crate::ir::{
    Design, DesignError, InstId, Module, ModuleId, Net, NetId, Op, Place, PortId, RegId, Reports, ValidDesign,
};
use crate::num::{Bits, Range};

/// A design under construction: finished modules and recorded errors.
#[derive(Debug, Default)]
pub struct Build {
    design: RefCell<Design>,
    errors: RefCell<Vec<DesignError>>,
}

impl Build {
    /// An empty design.
    #[track_caller]
    pub fn new() -> Build {
        Build::default()
    }

    /// Starts a module. Its name is also its file's.
    #[track_caller]
    pub fn module(&self, name: impl Into<String>) -> Mod<'_> {
        let module = Module { name: name.into(), ..Module::default() };
        Mod {
            build: self,
            inner: RefCell::new(Inner { module, section: 0, fires: BTreeMap::new(), driven: BTreeMap::new() }),
        }
    }

    /// Ends construction: everything recorded and everything that validation finds, or a valid design.
    ///
    /// # Errors
    /// E4xx: all of it, with names and places.
    #[track_caller]
    pub fn validate(self, top: ModuleId) -> Result<ValidDesign, Reports<DesignError>> {
        let errors = self.errors.into_inner();
        if errors.is_empty() {
            ValidDesign::new(self.design.into_inner(), top)
        } else {
            Err(Reports(errors))
        }
    }

    #[track_caller]
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
    /// Beats that move, by valid and ready: each is one signal.
    fires: BTreeMap<(NetId, NetId), NetId>,
    /// Where registers, wires and ports got their drivers.
    driven: BTreeMap<Driven, Place>,
}

/// What has one driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Driven {
    Reg(RegId),
    Wire(NetId),
    Port(PortId),
    /// An input of an instance, by position among its inputs.
    Pin(InstId, usize),
}

impl<'d> Mod<'d> {
    /// The build this module belongs to.
    #[track_caller]
    pub fn build(&self) -> &'d Build {
        self.build
    }

    /// The module's name.
    #[track_caller]
    pub fn name(&self) -> String {
        self.inner.borrow().module.name.clone()
    }

    /// A header line: printed as a comment above the module.
    #[track_caller]
    pub fn header(&self, key: &str, text: impl Into<String>) {
        self.inner.borrow_mut().module.header.push((key.into(), text.into()));
    }

    /// Heads the following signals with a comment line.
    #[track_caller]
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
    #[track_caller]
    pub fn bool(&self, value: bool) -> Bool<'_> {
        Bool::wrap(self, self.constant(Bits::from_u64(1, value.into())), None)
    }

    /// A constant of any width.
    #[track_caller]
    pub fn bits(&self, value: Bits) -> UInt<'_> {
        UInt::wrap(self, self.constant(value), None)
    }

    /// Joins values, the first in the high bits.
    #[track_caller]
    pub fn concat<'m>(&'m self, parts: &[UInt<'m>]) -> UInt<'m> {
        if let [one] = parts {
            return *one;
        }
        let width = parts.iter().map(|p| p.width()).sum();
        let id = self.op(width, Op::Concat(parts.iter().map(|p| p.net(self)).collect()));
        UInt::wrap(self, id, None)
    }

    /// Joins lanes, lane 0 in the low bits.
    #[track_caller]
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

    #[track_caller]
    fn constant(&self, bits: Bits) -> NetId {
        self.op(bits.width(), Op::Const(bits))
    }

    /// Adds a net.
    #[track_caller]
    fn op(&self, width: u32, op: Op) -> NetId {
        let is_wire = matches!(op, Op::Wire(_));
        let mut inner = self.inner.borrow_mut();
        let op = fold::folded(&inner.module, width, op);
        // An operator that does nothing is its operand. A wire is made by who wants one.
        if let (Op::Wire(Some(same)), false) = (&op, is_wire) {
            return *same;
        }
        let (section, place) = (inner.section, Place(Some(Location::caller())));
        inner.module.nets.push(Net { section, place, ..Net::new(width, op) });
        NetId(inner.module.nets.len() as u32 - 1)
    }

    /// A beat moves: `valid & ready`, `<stream>_fire` in the Verilog, where the stream has a name.
    #[track_caller]
    fn fire<'m>(&'m self, valid: Bool<'m>, ready: Bool<'m>) -> Bool<'m> {
        let key = (valid.sig().id, ready.sig().id);
        if let Some(id) = self.inner.borrow().fires.get(&key) {
            return Bool::wrap(self, *id, None);
        }
        let fire = valid & ready;
        self.inner.borrow_mut().fires.insert(key, fire.sig().id);
        match self.stream_of(key.0).or_else(|| self.stream_of(key.1)) {
            Some(stream) => fire.kept(format!("{stream}_fire")),
            None => fire,
        }
    }

    /// The stream that a port or an instance's output belongs to.
    fn stream_of(&self, net: NetId) -> Option<String> {
        let inner = self.inner.borrow();
        let short = |port: &str| Some(port.strip_suffix("_tvalid").or(port.strip_suffix("_tready"))?.to_string());
        match &inner.module.net(net).op {
            Op::Input(p) => short(&inner.module.ports[p.index()].name),
            Op::InstOut(i, p) => {
                let inst = &inner.module.insts[i.index()];
                let design = self.build.design.borrow();
                let port = short(&design.module(inst.module).ports[p.index()].name)?;
                Some(format!("{}_{port}", inst.name.trim_start_matches("u_")))
            }
            _ => None,
        }
    }

    fn width_of(&self, id: NetId) -> u32 {
        self.inner.borrow().module.width(id)
    }

    /// Notes that the caller drives something; a second driver of it is an error, with both places.
    #[track_caller]
    fn drives(&self, what: Driven, name: impl FnOnce() -> String) {
        let here = Place(Some(Location::caller()));
        let first = self.inner.borrow_mut().driven.insert(what, here);
        if let Some(first) = first {
            let places = format!(", at {first} and at {here}");
            self.build.report(DesignError::MultiplyDriven { module: self.name(), net: name(), places });
        }
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
