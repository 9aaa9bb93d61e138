//! What validation can say about a design (E4xx: a generator's or a block author's mistake).

use crate::fault::{Coded, Fault};
use std::fmt;

/// One broken rule, with the module and the names involved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum DesignError {
    Undriven {
        module: String,
        net: String,
    },
    /// `places`: of the drivers, where they are known.
    MultiplyDriven {
        module: String,
        net: String,
        places: String,
    },
    Width {
        module: String,
        net: String,
        op: String,
        rule: String,
    },
    CombinationalLoop {
        module: String,
        path: String,
    },
    Name {
        module: String,
        name: String,
        why: String,
        suggestion: String,
    },
    NoNext {
        module: String,
        reg: String,
    },
    Unconnected {
        module: String,
        inst: String,
        port: String,
    },
    Memory {
        module: String,
        mem: String,
        rule: String,
    },
    Misuse {
        module: String,
        place: String,
        what: String,
        help: String,
    },
    Stream {
        module: String,
        stream: String,
        rule: String,
    },
    Dangling {
        module: String,
        handle: String,
    },
}

impl DesignError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            DesignError::Undriven { module, net } => {
                Fault::new("E401", format!("net `{net}` has no driver")).at(module).help("drive it before finish()")
            }
            DesignError::MultiplyDriven { module, net, places } => {
                Fault::new("E402", format!("`{net}` is driven twice{places}"))
                    .at(module)
                    .help("select between the drivers with a mux")
            }
            DesignError::Width { module, net, op, rule } => Fault::new("E403", format!("{op} `{net}`: {rule}"))
                .at(module)
                .help("widen with zext/sext or narrow with trunc"),
            DesignError::CombinationalLoop { module, path } => {
                Fault::new("E404", format!("combinational loop through {path}")).at(module).help("put a register on it")
            }
            DesignError::Name { module, name, why, suggestion } => {
                Fault::new("E405", format!("illegal name `{name}`: {why}"))
                    .at(module)
                    .help(format!("try `{suggestion}`"))
            }
            DesignError::NoNext { module, reg } => Fault::new("E406", format!("register `{reg}` has no next value"))
                .at(module)
                .help("call set() or set_when()"),
            DesignError::Unconnected { module, inst, port } => {
                Fault::new("E407", format!("instance `{inst}`: input `{port}` is not connected"))
                    .at(module)
                    .help("connect every input")
            }
            DesignError::Memory { module, mem, rule } => {
                Fault::new("E408", format!("memory `{mem}`: {rule}")).at(module).help("see docs/ir.md, memories")
            }
            DesignError::Misuse { module, place, what, help } => {
                Fault::new("E409", format!("{place}: {what}")).at(module).help(help)
            }
            DesignError::Stream { module, stream, rule } => {
                Fault::new("E410", format!("stream `{stream}`: {rule}")).at(module).help("see docs/stream.md")
            }
            DesignError::Dangling { module, handle } => Fault::new("E411", format!("handle {handle} does not exist"))
                .at(module)
                .help("use handles of the module that made them"),
        }
    }
}

crate::coded!(DesignError);

/// All errors of a stage; at least one. Prints at most 100, one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reports<E>(pub Vec<E>);

impl<E: fmt::Display> fmt::Display for Reports<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, e) in self.0.iter().take(100).enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{e}")?;
        }
        if self.0.len() > 100 {
            write!(f, "\n... and {} more", self.0.len() - 100)?;
        }
        Ok(())
    }
}

impl<E: fmt::Display + fmt::Debug> std::error::Error for Reports<E> {}

impl<E: Coded> Coded for Reports<E> {
    fn faults(&self) -> Vec<Fault> {
        self.0.iter().flat_map(Coded::faults).collect()
    }
}

impl<E> From<E> for Reports<E> {
    fn from(e: E) -> Self {
        Reports(vec![e])
    }
}
