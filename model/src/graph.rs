//! The graph: a model with its framework's meaning, on integers between its borders.

/// Dense layers are the planner's, so that lowering copies nothing.
pub use niello_net::layers::{Concat, Conv, Dense, Depthwise, Enlarge, Enlarging, Grouped, Pad, Pool};
pub use niello_net::{Recode, Window};

use crate::error::ModelError;
use crate::ops;
pub use crate::ops::{Add, FloatAdd, FloatMean, FloatMul, Mul, Pair, Quant, Softmax};

/// Type of a tensor's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DType {
    F32,
    I8,
    U8,
    I32,
    I64,
    /// 1 to 16 bits, for codes of QONNX models.
    Bits {
        bits: u8,
        signed: bool,
    },
}

impl DType {
    /// Bits of an integer type; 32 for `F32`.
    pub fn bits(self) -> u32 {
        match self {
            DType::I8 | DType::U8 => 8,
            DType::F32 | DType::I32 => 32,
            DType::I64 => 64,
            DType::Bits { bits, .. } => bits.into(),
        }
    }
    /// Two's complement.
    pub fn signed(self) -> bool {
        !matches!(self, DType::U8 | DType::Bits { signed: false, .. })
    }
    /// What codes of this type are larger by as uint8.
    pub fn unsigned_shift(self) -> i64 {
        if self == DType::I8 {
            128
        } else {
            0
        }
    }
    /// Lowest and highest value of an integer type.
    pub fn range(self) -> (i64, i64) {
        match self {
            DType::I8 => (-128, 127),
            DType::U8 => (0, 255),
            DType::I32 | DType::F32 => (i32::MIN.into(), i32::MAX.into()),
            DType::I64 => (i64::MIN, i64::MAX),
            DType::Bits { bits, signed: true } => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
            DType::Bits { bits, signed: false } => (0, (1 << bits) - 1),
        }
    }
    /// numpy's name, or one like it.
    pub fn name(self) -> &'static str {
        const NAMES: [[&str; 16]; 2] = [
            [
                "uint1", "uint2", "uint3", "uint4", "uint5", "uint6", "uint7", "uint8", "uint9", "uint10", "uint11",
                "uint12", "uint13", "uint14", "uint15", "uint16",
            ],
            [
                "int1", "int2", "int3", "int4", "int5", "int6", "int7", "int8", "int9", "int10", "int11", "int12",
                "int13", "int14", "int15", "int16",
            ],
        ];
        match self {
            DType::Bits { bits, signed } => NAMES[usize::from(signed)][usize::from(bits.clamp(1, 16)) - 1],
            DType::F32 => "float32",
            DType::I8 => "int8",
            DType::U8 => "uint8",
            DType::I32 => "int32",
            DType::I64 => "int64",
        }
    }
}

/// A tensor's elements, in the framework's order.
#[derive(Clone, Debug, PartialEq)]
pub enum Tensor {
    /// Floats.
    F32(Vec<f32>),
    /// Integers of any type.
    Int(Vec<i64>),
}

impl Tensor {
    /// Number of elements.
    pub fn len(&self) -> usize {
        match self {
            Tensor::F32(v) => v.len(),
            Tensor::Int(v) => v.len(),
        }
    }
    /// No elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The integers; empty for floats.
    pub fn ints(&self) -> &[i64] {
        if let Tensor::Int(v) = self {
            v
        } else {
            &[]
        }
    }
    /// The floats; empty for integers.
    pub fn floats(&self) -> &[f32] {
        if let Tensor::F32(v) = self {
            v
        } else {
            &[]
        }
    }
}

/// A tensor between nodes. The batch dimension is not part of its shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The model's name for it, made printable.
    pub name: String,
    /// Dimensions of one sample.
    pub shape: Vec<usize>,
    /// Element type.
    pub dtype: DType,
}

impl Value {
    /// Elements of one sample.
    pub fn elements(&self) -> usize {
        self.shape.iter().product()
    }
}

/// How a float becomes a code at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatRounding {
    /// ONNX: half to even.
    HalfEven,
    /// TFLite: half away from zero.
    HalfAway,
}

/// An operator, on integers unless it stands at the border.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// `q = clamp(round(x / scale) + zero)`, in float32.
    Quantize {
        /// Of the result.
        scale: f32,
        /// Of the result.
        zero: i64,
        /// The framework's rounding.
        rounding: FloatRounding,
    },
    /// QONNX's Quant of floats.
    Quant(Quant),
    /// `x = (q - zero) * scale + bias`, each step in float32; one scale, or one for each element of the last dimension.
    Dequantize {
        /// Of the operand.
        scales: Vec<f32>,
        /// Of the operand.
        zero: i64,
        /// Reals that the model adds to sums: none, or one for each element of the last dimension.
        bias: Vec<f32>,
    },
    /// `acc[n] = sum_k w[n][k] (x[k] - x_zero) + bias[n]`, then the requantizer of each output.
    Dense(Dense),
    /// The same at every patch of an image.
    Conv(Conv),
    /// Each channel with its own kernel.
    Depthwise(Depthwise),
    /// Groups of channels, each with its own kernels.
    Grouped(Grouped),
    /// Maximum or average of patches.
    Pool(Pool),
    /// The sum or product of two tensors of one shape.
    Pair(Pair),
    /// The average of patches, in float32.
    FloatMean(FloatMean),
    /// Tensors of the same pixels, their channels side by side.
    Concat(Concat),
    /// A border around an image.
    Pad(Pad),
    /// A larger image.
    Enlarge(Enlarge),
    /// TFLite's integer softmax over the last dimension.
    Softmax(Softmax),
    /// `y = entries[x - lowest x]`.
    Table(Vec<i64>),
    /// The same elements in the same order.
    Reshape,
    /// Dimension `i` of the result is dimension `steps[i]` of an operand of shape `dims`.
    Transpose {
        /// Of the operand.
        dims: Vec<usize>,
        /// For each dimension of the result.
        steps: Vec<usize>,
    },
}

impl Op {
    /// How its sums become codes.
    pub fn recode_mut(&mut self) -> Option<&mut Recode> {
        match self {
            Op::Dense(d) => d.recode.as_mut(),
            Op::Conv(c) => c.dense.recode.as_mut(),
            Op::Depthwise(d) => Some(&mut d.recode),
            Op::Grouped(g) => Some(&mut g.recode),
            Op::Pool(p) => p.average.as_mut(),
            _ => None,
        }
    }

    /// Between the borders it becomes hardware: everything but another name for the same elements.
    pub fn is_layer(&self) -> bool {
        !matches!(self, Op::Reshape)
    }

    /// Moves elements, and computes nothing.
    pub fn moves(&self) -> bool {
        matches!(self, Op::Reshape | Op::Transpose { .. })
    }
}

/// A row whose sum can leave 32 bits, where the frameworks' accumulators wrap. Codes of `dtype` come in.
pub fn overflowing_row(weights: &[i64], bias: &[i64], x_zero: i64, dtype: DType) -> Option<usize> {
    let columns = (weights.len() / bias.len().max(1)).max(1);
    let (lo, hi) = dtype.range();
    let (lo, hi) = (i128::from(lo) - i128::from(x_zero), i128::from(hi) - i128::from(x_zero));
    weights.chunks(columns).zip(bias).position(|(row, bias)| {
        let ends = |w: &i64| (i128::from(*w) * lo, i128::from(*w) * hi);
        let low: i128 = row.iter().map(|w| ends(w).0.min(ends(w).1)).sum();
        let high: i128 = row.iter().map(|w| ends(w).0.max(ends(w).1)).sum();
        let bias = i128::from(*bias);
        bias + low < i32::MIN.into() || bias + high > i32::MAX.into()
    })
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The model's name for it, made printable.
    pub name: String,
    /// What the file calls the operator.
    pub kind: String,
    /// What it computes.
    pub op: Op,
    /// What it takes: 0 is the model's input, `i + 1` the result of node `i`, which stands before it.
    pub inputs: Vec<usize>,
    /// What it gives.
    pub output: Value,
    /// The framework itself is known to run this node in float.
    pub float_in_framework: bool,
}

/// A model.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// A name fit for files and Verilog.
    pub name: String,
    /// `tflite` or `onnx`.
    pub format: &'static str,
    /// Whose arithmetic this is.
    pub profile: &'static str,
    /// What comes in.
    pub input: Value,
    /// In order: each takes results of nodes before it; the last one's is the model's.
    pub nodes: Vec<Node>,
    /// A softmax at the end is computed by the hardware, not by the host behind it.
    pub hardware_softmax: bool,
}

impl Graph {
    /// What goes out.
    pub fn output(&self) -> &Value {
        self.nodes.last().map_or(&self.input, |n| &n.output)
    }

    /// What an index of [`Node::inputs`] stands for.
    pub fn value(&self, index: usize) -> &Value {
        if index == 0 {
            &self.input
        } else {
            &self.nodes[index - 1].output
        }
    }

    /// Golden execution of one sample: the result of every node, in order.
    pub fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, ModelError> {
        let expected = self.input.elements();
        if input.len() != expected {
            let what = format!("a sample has {} elements, the model takes {expected}", input.len());
            return Err(ModelError::Data { what, help: format!("give samples of shape {:?}", self.input.shape) });
        }
        let mut results: Vec<Tensor> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let take = |i: &usize| if *i == 0 { input } else { &results[i - 1] };
            let operands: Vec<&Tensor> = node.inputs.iter().map(take).collect();
            results.push(ops::golden(node, &operands, self.value(node.inputs[0]).dtype));
        }
        Ok(results)
    }

    /// Nodes that a host computes before the hardware: those in front of the first integer node. What they took is not needed later.
    pub fn host_before(&self) -> usize {
        let host = |(i, n): &(usize, &Node)| {
            (matches!(n.op, Op::Quantize { .. } | Op::Quant(_)) || n.op.moves()) && n.inputs == [*i]
        };
        let most = self.nodes.iter().enumerate().take_while(host).count();
        let inside = |first: usize| self.nodes[first..].iter().flat_map(|n| &n.inputs).all(|v| *v >= first);
        (0..=most).rev().find(|first| inside(*first)).unwrap_or(0)
    }

    /// The softmax at the end, in front of what makes floats of it.
    fn softmax_at_end(&self) -> Option<usize> {
        let moves = |n: &&Node| matches!(n.op, Op::Dequantize { .. }) || n.op.moves();
        let end = self.nodes.len() - self.nodes.iter().rev().take_while(moves).count();
        end.checked_sub(1).filter(|i| matches!(self.nodes[*i].op, Op::Softmax(_)))
    }

    /// True if the model ends with a softmax.
    pub fn ends_with_softmax(&self) -> bool {
        self.softmax_at_end().is_some()
    }

    /// Leaves a softmax at the end out, with what makes floats of it. False: there is none.
    pub fn cut_softmax(&mut self) -> bool {
        let found = self.softmax_at_end();
        self.nodes.truncate(found.unwrap_or(self.nodes.len()));
        found.is_some()
    }

    /// Nodes from here on are computed by the host after the hardware: floats, and a softmax at the end.
    pub fn host_after(&self) -> usize {
        let host = |(i, n): &(usize, &Node)| {
            let softmax = matches!(n.op, Op::Softmax(_)) && !self.hardware_softmax;
            (matches!(n.op, Op::Dequantize { .. }) || softmax || n.op.moves()) && n.inputs == [*i]
        };
        let tail = self.nodes.iter().enumerate().rev().take_while(host).count();
        (self.nodes.len() - tail).max(self.host_before())
    }
}

/// A file-system and Verilog name near `text`, at most 24 characters.
pub fn tidy_name(text: &str) -> String {
    let stem: String = text.chars().take(24).collect::<String>().to_lowercase();
    niello_gen::ir::names::suggest(&stem)
}
