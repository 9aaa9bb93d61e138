//! The netlist IR: types and their meaning.
//!
//! A [`Design`] is an arena of [`Module`]s; a module is an arena of nets, registers, memories and
//! instances. Handles are indices, so nothing here is reference-counted or recursive, and insertion
//! order is output order.
//!
//! # Meaning
//! A net is a bit vector of a run-time width. It is driven by exactly one [`Op`]. Signedness belongs to
//! the operator, never to the net. Every operator is total and has one width rule (`w(x)` = width of x):
//!
//! | operator | result width | meaning |
//! |---|---|---|
//! | `Not a`, `And/Or/Xor a b` | `w(a) = w(b)` | bitwise |
//! | `ReduceAnd/Or/Xor a` | 1 | over all bits |
//! | `Add/Sub a b` | `w(a) = w(b)` | modulo `2^w` |
//! | `MulU/MulS a b` | `w(a) + w(b)` | exact product of the unsigned / two's complement readings |
//! | `Eq/LtU/LtS a b` | 1, `w(a) = w(b)` | compare |
//! | `Shl/ShrU a n` | `w(a)` | zeros enter; all zeros once `n >= w(a)`; `w(n) <= 20` |
//! | `ShrS a n` | `w(a)` | copies of the sign enter |
//! | `Mux sel arms` | `w(arm)`, all equal | `arms[sel]`, the last arm for every larger `sel`; `2 <= arms <= 2^w(sel)` |
//! | `Zext/Sext a` | `> w(a)` | widen |
//! | `Slice a lo` | `lo + w <= w(a)` | bits `lo .. lo + w` |
//! | `Concat parts` | sum | first part in the high bits |
//! | `Const`, `Input`, `Wire`, `RegQ`, `MemQ`, `InstOut` | as declared | sources |
//!
//! There is no division: dividers are blocks. One clock, one synchronous active-high reset. A register
//! takes `next` at the rising edge where `enable` (if any) is 1; a register with a reset value takes
//! that value where reset is 1, enabled or not. A memory has one write port and read ports of one cycle
//! latency; a read port without its enable holds its output. Reading the word being written, and an
//! address at or past the depth, are contract violations that simulation reports.
//! Uninitialized registers and RAM words hold arbitrary bits.

mod design;
pub mod error;
pub mod eval;
mod flat;
mod live;
pub mod names;
mod valid;

pub use design::{Design, Fnv};
pub use error::{DesignError, Reports};
pub(crate) use flat::input_index;
pub use flat::{Flat, FlatMem, FlatOp, FlatReg};
pub(crate) use live::{drop_dead, rewire};
pub use valid::ValidDesign;

use crate::num::Bits;

macro_rules! handle {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);
        impl $name {
            /// Position in its arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
            /// The handle for a position; validation checks that it exists.
            pub fn from_index(index: usize) -> Self {
                $name(index as u32)
            }
        }
    )*};
}

handle!(
    /// A net of a module.
    NetId,
    /// A register of a module.
    RegId,
    /// A memory of a module.
    MemId,
    /// An instance in a module.
    InstId,
    /// A port of a module.
    PortId,
    /// A module of a design.
    ModuleId
);

/// The driver of a net. See the module's head for widths and meaning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Op {
    Const(Bits),
    Input(PortId),
    RegQ(RegId),
    MemQ(MemId, u32),
    InstOut(InstId, PortId),
    /// A net declared before its driver is known; `None` is an error by validation.
    Wire(Option<NetId>),
    Not(NetId),
    And(NetId, NetId),
    Or(NetId, NetId),
    Xor(NetId, NetId),
    ReduceAnd(NetId),
    ReduceOr(NetId),
    ReduceXor(NetId),
    Add(NetId, NetId),
    Sub(NetId, NetId),
    MulU(NetId, NetId),
    MulS(NetId, NetId),
    Eq(NetId, NetId),
    LtU(NetId, NetId),
    LtS(NetId, NetId),
    Shl(NetId, NetId),
    ShrU(NetId, NetId),
    ShrS(NetId, NetId),
    Mux(NetId, Vec<NetId>),
    Zext(NetId),
    Sext(NetId),
    Slice(NetId, u32),
    Concat(Vec<NetId>),
}

impl Op {
    /// Calls `f` on each operand net, in order.
    pub fn for_operands(&self, mut f: impl FnMut(NetId)) {
        use Op::*;
        match self {
            Const(_) | Input(_) | RegQ(_) | MemQ(..) | InstOut(..) | Wire(None) => {}
            Wire(Some(a)) | Not(a) | ReduceAnd(a) | ReduceOr(a) | ReduceXor(a) | Zext(a) | Sext(a) | Slice(a, _) => {
                f(*a)
            }
            And(a, b)
            | Or(a, b)
            | Xor(a, b)
            | Add(a, b)
            | Sub(a, b)
            | MulU(a, b)
            | MulS(a, b)
            | Eq(a, b)
            | LtU(a, b)
            | LtS(a, b)
            | Shl(a, b)
            | ShrU(a, b)
            | ShrS(a, b) => {
                f(*a);
                f(*b);
            }
            Mux(sel, arms) => {
                f(*sel);
                arms.iter().copied().for_each(f);
            }
            Concat(parts) => parts.iter().copied().for_each(f),
        }
    }

    /// The same operator with each operand net replaced.
    pub fn map_operands(&self, mut f: impl FnMut(NetId) -> NetId) -> Op {
        use Op::*;
        match self {
            Const(_) | Input(_) | RegQ(_) | MemQ(..) | InstOut(..) | Wire(None) => self.clone(),
            Wire(Some(a)) => Wire(Some(f(*a))),
            Not(a) => Not(f(*a)),
            ReduceAnd(a) => ReduceAnd(f(*a)),
            ReduceOr(a) => ReduceOr(f(*a)),
            ReduceXor(a) => ReduceXor(f(*a)),
            Zext(a) => Zext(f(*a)),
            Sext(a) => Sext(f(*a)),
            Slice(a, lo) => Slice(f(*a), *lo),
            And(a, b) => And(f(*a), f(*b)),
            Or(a, b) => Or(f(*a), f(*b)),
            Xor(a, b) => Xor(f(*a), f(*b)),
            Add(a, b) => Add(f(*a), f(*b)),
            Sub(a, b) => Sub(f(*a), f(*b)),
            MulU(a, b) => MulU(f(*a), f(*b)),
            MulS(a, b) => MulS(f(*a), f(*b)),
            Eq(a, b) => Eq(f(*a), f(*b)),
            LtU(a, b) => LtU(f(*a), f(*b)),
            LtS(a, b) => LtS(f(*a), f(*b)),
            Shl(a, b) => Shl(f(*a), f(*b)),
            ShrU(a, b) => ShrU(f(*a), f(*b)),
            ShrS(a, b) => ShrS(f(*a), f(*b)),
            Mux(s, arms) => Mux(f(*s), arms.iter().map(|a| f(*a)).collect()),
            Concat(parts) => Concat(parts.iter().map(|a| f(*a)).collect()),
        }
    }
}

/// A net: its width, driver and, where the author gave one, its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Net {
    /// Bits, at least 1.
    pub width: u32,
    /// The driver.
    pub op: Op,
    /// The author's name: the net stands on its own, and is called so.
    pub name: Option<String>,
    /// What it is called where it stands on its own, unless something else is.
    pub hint: Option<String>,
    /// It stands on its own: people look for it in waveforms.
    pub kept: bool,
    /// Its author reads it as two's complement: printed so, for waveforms. No operator depends on it.
    pub signed: bool,
    /// Index into [`Module::sections`].
    pub section: u32,
    /// Where it was made.
    pub place: Place,
}

impl Net {
    /// A net without a name.
    pub fn new(width: u32, op: Op) -> Net {
        Net { width, op, name: None, hint: None, kept: false, signed: false, section: 0, place: Place::default() }
    }
}

/// A line of the source that made something, for messages. Modules that differ only there are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place(pub Option<&'static std::panic::Location<'static>>);

impl PartialEq for Place {
    fn eq(&self, _other: &Place) -> bool {
        true
    }
}

impl Eq for Place {}

impl std::hash::Hash for Place {
    fn hash<H: std::hash::Hasher>(&self, _state: &mut H) {}
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.map_or(Ok(()), |at| write!(f, "{}:{}", at.file(), at.line()))
    }
}

/// Which way a port goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dir {
    /// Into the module.
    In,
    /// Out of the module.
    Out,
}

/// A port. Its name is never changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Port {
    /// Verilog name.
    pub name: String,
    /// Direction.
    pub dir: Dir,
    /// Bits.
    pub width: u32,
    /// For an output: its driver. For an input: the net it drives.
    pub net: Option<NetId>,
}

/// A register.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reg {
    /// Name without the `_q`.
    pub name: String,
    /// Bits.
    pub width: u32,
    /// Value under reset; none for data registers.
    pub reset: Option<Bits>,
    /// Value taken at the edge.
    pub next: Option<NetId>,
    /// Taken only where this 1-bit net is 1.
    pub enable: Option<NetId>,
    /// Index into [`Module::sections`].
    pub section: u32,
}

/// A memory: a ROM if it has contents, else a simple dual-port RAM.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mem {
    /// Name.
    pub name: String,
    /// Bits of a word.
    pub width: u32,
    /// Words.
    pub depth: u32,
    /// ROM contents, `depth` words of `width` bits.
    pub rom: Option<Vec<Bits>>,
    /// RAM write port.
    pub write: Option<MemWrite>,
    /// Read ports.
    pub reads: Vec<MemRead>,
    /// Index into [`Module::sections`].
    pub section: u32,
}

/// The write port of a RAM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemWrite {
    /// Write where 1.
    pub enable: NetId,
    /// Word.
    pub addr: NetId,
    /// Value.
    pub data: NetId,
}

/// A read port: the word appears one cycle later and holds while the enable is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemRead {
    /// Read where 1.
    pub enable: NetId,
    /// Word.
    pub addr: NetId,
}

/// An instance of another module of the design.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inst {
    /// Name, `u_` included.
    pub name: String,
    /// What it instantiates.
    pub module: ModuleId,
    /// One net for each input port of the module, in port order.
    pub inputs: Vec<Option<NetId>>,
    /// Index into [`Module::sections`].
    pub section: u32,
}

/// A proven statement about a net, checked again in simulation: its value lies in `lo..=hi`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The net.
    pub net: NetId,
    /// Read as two's complement?
    pub signed: bool,
    /// Smallest value.
    pub lo: i128,
    /// Largest value.
    pub hi: i128,
}

/// A valid/ready stream at the module's border, made of ports.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StreamPorts {
    /// Prefix of the port names.
    pub name: String,
    /// Seen from the module: `In` receives beats.
    pub dir: Dir,
    /// Payload, `lanes` elements, lane 0 in the low bits.
    pub data: PortId,
    /// Valid.
    pub valid: PortId,
    /// Ready.
    pub ready: PortId,
    /// End of a frame.
    pub last: Option<PortId>,
    /// What the payload holds.
    pub shape: BeatShape,
}

/// The elements of a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BeatShape {
    /// Elements a beat.
    pub lanes: u32,
    /// Bits of an element.
    pub bits: u32,
    /// Elements are two's complement.
    pub signed: bool,
}

impl BeatShape {
    /// `lanes` elements of `bits` bits.
    pub fn new(lanes: u32, bits: u32, signed: bool) -> BeatShape {
        BeatShape { lanes, bits, signed }
    }

    /// Payload bits.
    pub fn width(self) -> u32 {
        self.lanes.saturating_mul(self.bits)
    }
}

/// A module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Module {
    /// Verilog name, also the file's.
    pub name: String,
    /// Header lines: key and text, printed as a comment.
    pub header: Vec<(String, String)>,
    /// Ports in declaration order, without `clk` and `rst`.
    pub ports: Vec<Port>,
    /// Streams among the ports.
    pub streams: Vec<StreamPorts>,
    /// Nets.
    pub nets: Vec<Net>,
    /// Registers.
    pub regs: Vec<Reg>,
    /// Memories.
    pub mems: Vec<Mem>,
    /// Instances.
    pub insts: Vec<Inst>,
    /// Proven ranges.
    pub claims: Vec<Claim>,
    /// Comment lines that head groups of nets.
    pub sections: Vec<String>,
}

impl Module {
    /// The net behind a handle.
    pub fn net(&self, id: NetId) -> &Net {
        &self.nets[id.index()]
    }

    /// Width of a net.
    pub fn width(&self, id: NetId) -> u32 {
        self.nets[id.index()].width
    }

    /// Ports of one direction, in order.
    pub fn ports_of(&self, dir: Dir) -> impl Iterator<Item = (PortId, &Port)> {
        self.ports.iter().enumerate().filter(move |(_, p)| p.dir == dir).map(|(i, p)| (PortId(i as u32), p))
    }

    /// The stream of that name.
    pub fn stream(&self, name: &str) -> Option<&StreamPorts> {
        self.streams.iter().find(|s| s.name == name)
    }
}
