//! How an operator registers itself: its code in the schema, what LiteRT takes of it (versions of LiteRT 2.3.0's register, both
//! resolvers; operands, options), and the function that builds it.

use super::file::File;
use super::schema::Operator;
use niello_net::{Node, Op, Value};

/// An operator that is built.
pub struct Builtin {
    /// Its name in the schema.
    pub name: &'static str,
    /// The latest version; the first one is 1.
    pub latest: i32,
    /// Fewest and most operands.
    pub inputs: (usize, usize),
    /// The operand that may be left out, by its index or by -1.
    pub optional: Option<usize>,
    /// The type of its options; 0 where it has none.
    pub options: u8,
    /// Which of its operands the model computes.
    pub takes: Takes,
    /// What of it is built, in a few words; empty: all.
    pub built: &'static str,
    /// Builds a node; None: an error is noted, or an operand or a result has a shape or type that it is not built for.
    pub build: fn(&mut File, &Call) -> Option<Op>,
    /// Nodes in front of operands.
    pub before: Option<Before>,
}

/// Operands that the model computes; the others are parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The first one.
    First,
    /// Two, of which one may be constant.
    Pair,
    /// All.
    All,
    /// None: it takes shapes and gives one.
    Shapes,
}

/// Nodes in front of operands: each operand's number, and the node.
pub type Before = fn(&mut File, &Around) -> Vec<(usize, Node)>;

/// What is known before a node is built.
pub struct Around<'c, 'a> {
    /// Where it stands.
    pub place: &'c str,
    /// As the file has it.
    pub op: &'c Operator<'a>,
    /// Its operands' tensors.
    pub inputs: &'c [i32],
    /// What they are among the graph's values.
    pub values: &'c [usize],
    /// Its result's tensor.
    pub output: i32,
    /// Nodes so far.
    pub nodes: usize,
}

/// A node of a file.
pub struct Call<'c, 'a> {
    /// Where it stands, for messages.
    pub place: &'c str,
    /// Its operator, for messages.
    pub kind: &'c str,
    /// As the file has it.
    pub op: &'c Operator<'a>,
    /// Tensors that the model computes, or constants in their stead.
    pub inputs: &'c [i32],
    /// The first one.
    pub input: i32,
    /// Its result's tensor.
    pub output: i32,
    /// The first operand.
    pub x: Value,
    /// The result.
    pub y: Value,
}

/// Any number of operands.
pub const ANY: usize = usize::MAX;

impl Builtin {
    /// An operator of one computed operand.
    pub const fn of(
        name: &'static str,
        latest: i32,
        inputs: (usize, usize),
        options: u8,
        build: fn(&mut File, &Call) -> Option<Op>,
    ) -> Builtin {
        Builtin { name, latest, inputs, optional: None, options, takes: Takes::First, built: "", build, before: None }
    }

    /// What of it is built.
    pub const fn built(self, built: &'static str) -> Builtin {
        Builtin { built, ..self }
    }

    /// The operand that may be left out.
    pub const fn optional(self, operand: usize) -> Builtin {
        Builtin { optional: Some(operand), ..self }
    }

    /// Which of its operands the model computes.
    pub const fn takes(self, takes: Takes) -> Builtin {
        Builtin { takes, ..self }
    }

    /// Nodes in front of operands.
    pub const fn before(self, before: Before) -> Builtin {
        Builtin { before: Some(before), ..self }
    }
}
