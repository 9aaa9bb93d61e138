//! How an operator registers itself: its name, what it has in each operator set by the public definitions (onnx 1.23, ONNX Runtime
//! 1.32), and the function that builds it.

use std::collections::BTreeMap;

use super::proto::{NodeProto, TensorProto};
use super::scope::{At, Scope};
use crate::error::{clean, ModelError};

/// Whose an operator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// ai.onnx, whose operator sets have numbers.
    Onnx,
    /// com.microsoft.
    Microsoft,
    /// QONNX and Brevitas.
    Qonnx,
    /// niello's own.
    Niello,
}

/// The name of the domain of ONNX Runtime's own operators.
pub const MICROSOFT: &str = "com.microsoft";

/// The name of the domain of niello's own operators (docs/onnx-domain.md).
pub const NIELLO: &str = "niello";

impl Domain {
    /// In which kind of files it stands.
    pub fn format(self) -> &'static str {
        match self {
            Domain::Onnx | Domain::Microsoft => "ONNX",
            Domain::Qonnx => "QONNX",
            Domain::Niello => "niello",
        }
    }

    /// By the name in a file.
    pub fn of(name: &str) -> Option<Domain> {
        match name {
            "" | "ai.onnx" => Some(Domain::Onnx),
            MICROSOFT => Some(Domain::Microsoft),
            NIELLO => Some(Domain::Niello),
            d if d.contains("qonnx") || d.contains("brevitas") || d.starts_with("finn") => Some(Domain::Qonnx),
            _ => None,
        }
    }
}

/// What a node's constant operands are, or E103 or E104.
pub type Check = fn(&Operands) -> Result<(), ModelError>;

/// An operator that is built.
pub struct Operator {
    /// Its name.
    pub name: &'static str,
    /// Whose it is.
    pub domain: Domain,
    /// What of it is built, in a few words; empty: all.
    pub built: &'static str,
    /// What it has, the oldest operator set first.
    pub definitions: &'static [Definition],
    /// Reads a node.
    pub build: fn(&mut Scope, &At),
    /// Attributes of which some values are built: the first one is what a message proposes.
    pub settings: &'static [(&'static str, &'static [i64])],
    /// Operands that are lists of constants: which, and of what element type.
    pub lists: &'static [(usize, i32)],
    /// What else must hold of constant operands.
    pub check: Option<Check>,
}

/// What an operator has from an operator set on.
pub struct Definition {
    /// The first operator set.
    pub since: i64,
    /// Fewest and most operands.
    pub inputs: (usize, usize),
    /// Most outputs; none: the operator is no more.
    pub outputs: usize,
    /// Name, a colon and its type: `i`, `f`, `s`, `t`, and `I`, `F`, `S` for several. `!`: it must be there.
    pub attributes: &'static str,
}

/// Any number of operands.
pub const ANY: usize = usize::MAX;

/// A definition with one output.
pub const fn since(since: i64, inputs: (usize, usize), attributes: &'static str) -> Definition {
    Definition { since, inputs, outputs: 1, attributes }
}

impl Operator {
    /// An operator of a domain.
    pub const fn of(
        domain: Domain,
        name: &'static str,
        definitions: &'static [Definition],
        build: fn(&mut Scope, &At),
    ) -> Operator {
        Operator { name, domain, built: "", definitions, build, settings: &[], lists: &[], check: None }
    }

    /// One of ai.onnx.
    pub const fn onnx(name: &'static str, definitions: &'static [Definition], build: fn(&mut Scope, &At)) -> Operator {
        Operator::of(Domain::Onnx, name, definitions, build)
    }

    /// One of com.microsoft.
    pub const fn microsoft(
        name: &'static str,
        definitions: &'static [Definition],
        build: fn(&mut Scope, &At),
    ) -> Operator {
        Operator::of(Domain::Microsoft, name, definitions, build)
    }

    /// What of it is built.
    pub const fn built(self, built: &'static str) -> Operator {
        Operator { built, ..self }
    }

    /// Attributes of which some values are built.
    pub const fn settings(self, settings: &'static [(&'static str, &'static [i64])]) -> Operator {
        Operator { settings, ..self }
    }

    /// Operands that are lists of constants.
    pub const fn lists(self, lists: &'static [(usize, i32)]) -> Operator {
        Operator { lists, ..self }
    }

    /// What else must hold of constant operands.
    pub const fn check(self, check: Check) -> Operator {
        Operator { check: Some(check), ..self }
    }
}

/// A node's constant operands, and what can be said of them.
pub struct Operands<'a> {
    /// Where the node stands.
    pub place: &'a str,
    /// The node.
    pub node: &'a NodeProto,
    /// Constants of the graph.
    pub constants: &'a BTreeMap<&'a str, &'a TensorProto>,
}

impl Operands<'_> {
    /// The constant at operand `k`.
    pub fn constant(&self, k: usize) -> Option<&TensorProto> {
        self.node.input.get(k).and_then(|n| self.constants.get(n.as_str())).copied()
    }

    /// Nothing that ONNX Runtime takes.
    ///
    /// # Errors
    /// E104, always.
    pub fn refuse(&self, what: String) -> Result<(), ModelError> {
        let help = "quantize the model again (quantize_static writes what ONNX Runtime takes)".into();
        Err(ModelError::Quantization { place: self.place.into(), what, help })
    }

    /// Nothing that the operator's definition allows.
    ///
    /// # Errors
    /// E103, always.
    pub fn contradicts(&self, what: String) -> Result<(), ModelError> {
        Err(ModelError::Inconsistent { place: self.place.into(), what })
    }

    /// Scales and zero points at these operands are scalars.
    ///
    /// # Errors
    /// E104: one is not.
    pub fn are_scalars(&self, operands: impl IntoIterator<Item = usize>) -> Result<(), ModelError> {
        match operands.into_iter().filter_map(|k| self.constant(k)).find(|t| !t.dims.is_empty()) {
            Some(t) => {
                self.refuse(format!("scale or zero point `{}` of shape {:?}: a scalar is one", clean(&t.name), t.dims))
            }
            None => Ok(()),
        }
    }
}
