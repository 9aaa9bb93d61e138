//! The planner's input: layers over integers.

use crate::num::{Requant, Scale};

/// A list of integers of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elements {
    /// How many.
    pub count: u32,
    /// Bits of each.
    pub bits: u32,
    /// Two's complement.
    pub signed: bool,
}

/// How accumulators become codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Recode {
    /// One scale, or one for each output.
    pub scales: Vec<Scale>,
    /// Added after the rounding.
    pub zero_point: i64,
    /// Lowest code.
    pub min: i64,
    /// Highest code.
    pub max: i64,
}

impl Recode {
    /// The requantizer of an output.
    pub fn requant(&self, output: usize) -> Requant {
        let scale = self.scales[output % self.scales.len()];
        Requant { scale, zero_point: self.zero_point, min: self.min, max: self.max }
    }
}

/// A dense layer: `acc[n] = sum_k w[n][k] (x[k] - x_zero) + bias[n]`, then recoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Zero point of the input.
    pub x_zero: i64,
    /// Row by row, zero points already subtracted.
    pub weights: Vec<i64>,
    /// One for each output.
    pub bias: Vec<i64>,
    /// None: the accumulators are the output.
    pub recode: Option<Recode>,
}

/// An elementwise table: entry 0 belongs to the lowest input code.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One output code for each input code.
    pub entries: Vec<i64>,
}

/// What a layer does.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerOp {
    /// A matrix-vector product.
    Dense(Dense),
    /// A function of each element.
    Table(Table),
}

/// A layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// A legal name, unique in the network.
    pub name: String,
    /// What it does.
    pub op: LayerOp,
    /// What it gives. Ignored for a dense layer without recoding, whose width is derived.
    pub output: Elements,
}

/// A chain of layers.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// A legal name.
    pub name: String,
    /// What the framework calls these semantics.
    pub profile: String,
    /// What comes in.
    pub input: Elements,
    /// In order.
    pub layers: Vec<Layer>,
}
