//! Faults as people and machines see them: a stable code, where, what, and what helps. Every error of every stage is one.

use std::fmt;

/// One fault. Prints as `E101 where: what; help: how`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// `E101`: it never changes its meaning; `niello explain E101` tells more.
    pub code: &'static str,
    /// The node, field, module or file; none: all of what was asked for.
    pub place: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What helps, where something is known to.
    pub help: Option<String>,
}

impl Fault {
    /// A fault of all of what was asked for.
    pub fn new(code: &'static str, what: impl Into<String>) -> Fault {
        Fault { code, place: None, what: what.into(), help: None }
    }

    /// The same at a place.
    pub fn at(self, place: impl Into<String>) -> Fault {
        Fault { place: Some(place.into()), ..self }
    }

    /// The same with what helps.
    pub fn help(self, help: impl Into<String>) -> Fault {
        Fault { help: Some(help.into()), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.code)?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.what)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; help: {help}"))
    }
}

impl std::error::Error for Fault {}

/// An error that consists of faults; at least one.
pub trait Coded {
    /// All of them.
    fn faults(&self) -> Vec<Fault>;
}

impl Coded for Fault {
    fn faults(&self) -> Vec<Fault> {
        vec![self.clone()]
    }
}

/// What a code means: its title, and when it comes and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The code.
    pub code: &'static str,
    /// In a few words.
    pub title: &'static str,
    /// When it comes, and what to do about it.
    pub text: &'static str,
}

/// Makes errors of types that have a method `fault`: [`Coded`], `Display` and `Error`.
#[macro_export]
macro_rules! coded {
    ($($name:ty),* $(,)?) => { $(
        impl $crate::fault::Coded for $name {
            fn faults(&self) -> Vec<$crate::fault::Fault> {
                vec![self.fault()]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.fault(), f)
            }
        }

        impl std::error::Error for $name {}
    )* };
}

/// What the codes of this stage mean.
pub const CODES: &[Explained] = &[
    Explained { code: "E301", title: "no such setting", text: "A block has no setting of this name. `niello block show NAME` lists a block's settings." },
    Explained { code: "E302", title: "a setting that cannot be read", text: "A value is not of the kind that the setting takes, or the pair is not KEY=VALUE." },
    Explained { code: "E303", title: "a setting out of range", text: "Legal ranges stand in `niello block show NAME` and in docs/blocks.md." },
    Explained { code: "E304", title: "a list of another length", text: "Weights, biases, scales and zero points have as many values as the sizes of the block say." },
    Explained { code: "E305", title: "too wide", text: "Operands of this size would need sums or products of more bits than are built." },
    Explained { code: "E306", title: "a value that does not fit", text: "A constant lies outside of the type that it is given." },
    Explained { code: "E307", title: "an empty range", text: "The least value is above the most." },
    Explained { code: "E308", title: "a scale that cannot be used", text: "A scale is not positive and finite, or beyond the fixed point of the rounding that was asked for." },
    Explained { code: "E309", title: "a setting without effect", text: "A larger value would change nothing: niello has no knobs that do nothing." },
    Explained { code: "E310", title: "no such block", text: "`niello block list` names the blocks." },
    Explained { code: "E311", title: "settings that do not go together", text: "Each is legal alone, and not with the other one." },
    Explained { code: "E401", title: "not driven", text: "A net or an output of a module is never given a value. All E4xx are for authors of blocks; of a model, or of a block of niello's own, it is niello's mistake: report it." },
    Explained { code: "E402", title: "driven twice", text: "A net has two drivers: select between them with a mux." },
    Explained { code: "E403", title: "widths that do not fit", text: "Nothing is widened or cut silently: use zext, sext, trunc, saturate." },
    Explained { code: "E404", title: "a combinational loop", text: "A net hangs on itself within one cycle; the path names the way. Put a register on it." },
    Explained { code: "E405", title: "an illegal name", text: "A name is a keyword of Verilog, SystemVerilog or VHDL, equal to another one but for case, or not of letters, digits and underscores." },
    Explained { code: "E406", title: "a register without a next value", text: "Call set() or set_when() for every register." },
    Explained { code: "E407", title: "an input that is not connected", text: "Every input of an instance has a driver." },
    Explained { code: "E408", title: "a memory that is used in a way that is not built", text: "Read and write ports of memories are described in docs/ir.md." },
    Explained { code: "E409", title: "a wrong use of the DSL", text: "Values of two modules, signs that differ, a width that cannot be: the line names file, line and values." },
    Explained { code: "E410", title: "a stream that is not whole", text: "A stream has valid, ready, last and data; docs/stream.md has its rules." },
    Explained { code: "E411", title: "a handle of another module", text: "Values, registers and memories belong to the module that made them." },
];
