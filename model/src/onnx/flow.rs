//! What names stand for while nodes are read: codes, the reals that they stand for, or an operator that waits for its
//! QuantizeLinear.

use niello_gen::num::{RealRounding, Scale};

use super::import::{At, Importer};
use super::layout::Layout;
use super::scalar::{Beside, Scalar};
use crate::error::clean;
use niello_net::layers::Permute;
use niello_net::{Codes, DType, Node, Op, Value, Window};

/// A value.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Its dimensions, and how it is stored.
    pub(super) layout: Layout,
    /// What it comes from, among the graph's values; an operator that waits has its own.
    pub(super) source: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Codes, or floats at the model's border.
    Plain(DType),
    /// Codes as reals.
    Real(Real),
    /// Not yet codes.
    Pending(Box<Pending>),
}

/// Codes, and a function of what they stand for.
#[derive(Clone, Debug)]
pub(super) struct Real {
    pub(super) codes: Codes,
    /// What each code has become, the lowest one first, if that is not `(q - zero) * scale`; and who did it.
    pub(super) function: Option<(String, Vec<f32>)>,
    /// Something stands between the DequantizeLinear and who takes this: ONNX Runtime finds no pattern, and computes in float.
    pub(super) passed: bool,
    /// Among those is an operator past which ONNX Runtime does not pull the DequantizeLinear.
    pub(super) kept: bool,
}

impl Real {
    /// What each code stands for, the lowest one first.
    pub(super) fn values(&self) -> Vec<f32> {
        match &self.function {
            Some((_, values)) => values.clone(),
            None => reals(&self.codes),
        }
    }
}

/// What each code stands for, the lowest one first.
pub(super) fn reals(c: &Codes) -> Vec<f32> {
    let (lo, hi) = c.dtype.range();
    (lo..=hi).map(|q| (q - c.zero) as f32 * c.scale).collect()
}

/// An operator whose result is not quantized yet.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) name: String,
    pub(super) op: String,
    pub(super) inputs: Vec<usize>,
    pub(super) what: What,
    /// Clamp of its result.
    pub(super) lo: f32,
    pub(super) hi: f32,
    /// ONNX Runtime is known to compute it in float.
    pub(super) float: bool,
    /// Types in which its kernels would take the operands, behind DequantizeLinears.
    pub(super) kernel: Vec<DType>,
    /// Codes of the result, if they are fewer than those of its type.
    pub(super) bounds: Option<(i64, i64)>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// Weighted sums.
    Sums(Sums),
    /// Both operands' codes, in the kernel's order.
    Sum([Codes; 2]),
    /// Both operands' codes.
    Product([Codes; 2]),
    /// A tensor and one constant.
    Scalar(Scalar),
    /// A tensor and a constant one.
    Beside(Beside),
    /// The mean of an image.
    Mean(Codes, Window),
    /// The means of patches; taps outside are counted.
    Means(Codes, Window, bool),
    /// Operands side by side: their codes and channels, and how the result is stored.
    Concat(Vec<(Codes, u32)>),
}

/// Accumulators, worth `scales` each.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub(super) x_zero: i64,
    /// By rows; as elements are stored.
    pub(super) weights: Vec<i64>,
    pub(super) bias: Option<Vec<i64>>,
    /// Reals that are added to what the sums are worth, where they are no multiples of it.
    pub(super) offset: Option<Vec<f64>>,
    /// The bias as reals, which `bias` holds in multiples of `scales`: where ONNX Runtime adds it in float, these are added.
    pub(super) reals: Option<Vec<f32>>,
    pub(super) rows: usize,
    /// `f32(f32(alpha * s_x) * s_w)`.
    pub(super) scales: Vec<f32>,
    pub(super) scaled_by_alpha: bool,
    /// Without a QuantizeLinear behind it ONNX Runtime would quantize the operand in blocks (MatMulNBits).
    pub(super) in_blocks: bool,
    pub(super) shape: Shape,
}

impl Sums {
    /// What an accumulator of row `n` is worth.
    pub(super) fn scale(&self, n: usize) -> f32 {
        self.scales[n % self.scales.len()]
    }

    /// How codes of scale `to` come of rows with real offsets; `zero` is added inside of the rounding.
    pub(super) fn affine(&self, to: f32, zero: i64, rounding: RealRounding) -> Vec<Scale> {
        let affine = |n: usize| {
            let offset = self.offset.as_ref().map_or(0.0, |o| o[n]);
            let to = f64::from(to);
            Scale::Affine { gain: f64::from(self.scale(n)) / to, offset: offset / to + zero as f64, rounding }
        };
        let scales: Vec<Scale> = (0..self.rows).map(affine).collect();
        if scales.iter().all(|s| *s == scales[0]) {
            return vec![scales[0]];
        }
        scales
    }
}

/// Where weights are multiplied.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// On the whole sample.
    Dense,
    /// On patches of all channels.
    Conv(Window),
    /// Channel by channel.
    Depthwise(Window),
    /// On patches of so many groups of channels.
    Grouped(Window, u32),
}

impl Flow {
    /// See [`Real::kept`].
    pub(super) fn kept(&self) -> bool {
        matches!(&self.kind, Kind::Real(r) if r.kept)
    }

    /// See [`Real::passed`].
    pub(super) fn passed(&self) -> bool {
        matches!(&self.kind, Kind::Real(r) if r.passed)
    }
}

impl Importer {
    /// The flow at an input; an error, where a constant stands there.
    pub(super) fn flow(&mut self, at: &At, i: usize) -> Option<Flow> {
        let found = self.flows.get(at.input(i)).cloned();
        if found.is_none() {
            let why = format!("its operand `{}` is a constant", clean(at.input(i)));
            let nearest = "operands that the model computes (onnxsim folds constants)";
            self.unsupported(&at.place, &clean(&at.node.op_type), &why, nearest);
        }
        found
    }

    /// Behind an operator that only moves or picks: what ONNX Runtime then finds no pattern for is computed in float.
    pub(super) fn behind(&self, at: &At, mut flow: Flow) -> Flow {
        match &mut flow.kind {
            // qonnx looks for no patterns.
            _ if self.is_qonnx => {}
            Kind::Real(r) => {
                r.passed = true;
                let pulled = ["Reshape", "Squeeze", "Unsqueeze", "Transpose", "MaxPool"];
                r.kept |= !pulled.contains(&at.node.op_type.as_str());
            }
            Kind::Pending(p) => p.float = true,
            Kind::Plain(_) => {}
        }
        flow
    }

    pub(super) fn put(&mut self, at: &At, flow: Flow) {
        self.flows.insert(at.output().into(), flow);
    }

    /// Codes with nothing done to them, behind a DequantizeLinear, at input `i`.
    pub(super) fn operand(&mut self, at: &At, i: usize) -> Option<(Codes, Flow)> {
        let flow = self.flow(at, i)?;
        match &flow.kind {
            Kind::Real(Real { codes, function: None, .. }) => Some((*codes, flow)),
            Kind::Real(Real { function: Some((op, _)), .. }) => {
                let op = op.clone();
                self.unquantized(at, &op);
                None
            }
            Kind::Pending(p) => {
                let op = p.op.clone();
                self.unquantized(at, &op);
                None
            }
            Kind::Plain(DType::F32) => {
                self.never_quantized(at);
                None
            }
            Kind::Plain(_) => {
                self.quantization(at, "its input is not dequantized codes");
                None
            }
        }
    }

    pub(super) fn unquantized(&mut self, at: &At, op: &str) {
        self.unsupported(&at.place, op, "its result is never quantized", "a QuantizeLinear after it");
    }

    /// Integer codes at input `i` with scale and zero point at `s` and `s + 1`.
    pub(super) fn integer_operand(&mut self, at: &At, i: usize, s: usize) -> Option<(Codes, Flow)> {
        let flow = self.flow(at, i)?;
        let codes = self.codes(at, s, s + 1)?;
        if !matches!(flow.kind, Kind::Plain(d) if d == codes.dtype) {
            self.inconsistent(at, format!("input `{}` is not {}", clean(at.input(i)), codes.dtype.name()));
            return None;
        }
        Some((codes, flow))
    }

    /// Adds a node; gives its value.
    pub(super) fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len()
    }

    /// The type of a value.
    pub(super) fn dtype(&self, value: usize) -> DType {
        match value.checked_sub(1) {
            Some(node) => self.nodes[node].output.dtype,
            None => self.input,
        }
    }

    /// A flow whose elements lie in this order; moves them where they do not. What was moved once is not moved again.
    pub(super) fn arrange(&mut self, mut flow: Flow, order: Vec<usize>) -> Flow {
        let (layout, steps) = flow.layout.arranged(order);
        let Some(steps) = steps else { return flow };
        let dims = flow.layout.stored();
        let key = (flow.source, steps.clone());
        let done = self.moved.get(&key).copied();
        flow.source = done.unwrap_or_else(|| {
            let name = format!("{}_transposed", self.name_of(flow.source));
            let output = Value { name: name.clone(), shape: layout.stored(), dtype: self.dtype(flow.source) };
            let op = Op::from(Permute::new(&dims, &steps));
            let inputs = vec![flow.source];
            self.push(Node { name, kind: "Transpose".into(), op, inputs, output, float_in_framework: false })
        });
        self.moved.insert(key, flow.source);
        Flow { layout, ..flow }
    }

    fn name_of(&self, value: usize) -> String {
        value.checked_sub(1).map_or("x".into(), |n| self.nodes[n].output.name.clone())
    }
}
