//! TFLite graph -> [`Graph`]. Everything that is not supported is collected and reported at once.

use niello_gen::ir::Reports;
use niello_gen::num::tflite::quantize_multiplier;
use niello_gen::num::Scale;

use super::operators::*;
use super::schema::{Buffer, Model, Operator, SubGraph, Tensor};
use crate::error::{clean, ModelError};
use crate::graph::{overflowing_row, tidy_name, DType, Dense, FloatRounding, Graph, Node, Op, Recode, Value};
use crate::ops::{requantize_table, Codes};

/// Largest number of elements of a tensor.
const MAX_ELEMENTS: u64 = 1 << 26;

/// Whose arithmetic: LiteRT gives four answers to one file (framework-rules.md 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The reference kernels: `tflite-ref`.
    #[default]
    Reference,
    /// What a Python user's interpreter computes: XNNPACK's rule for convolutions and dense layers, the reference kernels' for
    /// the rest: `tflite-xnnpack`.
    Xnnpack,
}

impl Profile {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Reference => "tflite-ref",
            Profile::Xnnpack => "tflite-xnnpack",
        }
    }
}

/// Imports a TFLite model.
pub fn import(name: &str, bytes: &[u8], profile: Profile) -> Result<Graph, Reports<ModelError>> {
    let malformed = |what: String| ModelError::Malformed { what };
    let options =
        flatbuffers::VerifierOptions { max_tables: 100_000, max_apparent_size: 1 << 31, ..Default::default() };
    let model = flatbuffers::root_with_opts::<Model>(&options, bytes).map_err(|e| malformed(clean(&e.to_string())))?;
    let graphs = model.subgraphs();
    let [graph] = graphs[..] else {
        return Err(malformed(format!("{} subgraphs, one is supported", graphs.len())).into());
    };
    let (ins, outs) = (graph.inputs(), graph.outputs());
    let mut file =
        File { model, graph, tensors: graph.tensors(), buffers: model.buffers(), profile, errors: Vec::new() };
    let ([input], [output]) = (&ins[..], &outs[..]) else {
        let what = format!("{} inputs and {} outputs, one of each is supported", ins.len(), outs.len());
        return Err(ModelError::Inconsistent { place: "the model".into(), what }.into());
    };
    let nodes = file.nodes(*input, *output);
    let input = file.value(*input);
    match (nodes, input) {
        (Some(nodes), Some(input)) if file.errors.is_empty() => Ok(Graph {
            name: tidy_name(name),
            format: "tflite",
            profile: profile.name(),
            input,
            nodes,
            hardware_softmax: false,
        }),
        _ => Err(Reports(file.errors)),
    }
}

pub(super) struct File<'a> {
    model: Model<'a>,
    graph: SubGraph<'a>,
    pub(super) tensors: Vec<Tensor<'a>>,
    buffers: Vec<Buffer<'a>>,
    pub(super) profile: Profile,
    pub(super) errors: Vec<ModelError>,
}

impl<'a> File<'a> {
    /// Every operator, each taking results of those before it.
    fn nodes(&mut self, input: i32, output: i32) -> Option<Vec<Node>> {
        let mut nodes: Vec<Node> = Vec::new();
        // Tensors that exist, and what they are among the graph's values.
        let mut known = std::collections::BTreeMap::from([(input, 0)]);
        let mut used = std::collections::BTreeSet::new();
        // Tensors that only say how a tensor is shaped: a file's tensors have their shapes besides.
        let mut shapes = std::collections::BTreeSet::new();
        for (i, op) in self.graph.operators().iter().enumerate() {
            let (ins, outs) = (op.inputs(), op.outputs());
            let code = self.code(op);
            let out = outs.first().copied().unwrap_or(-1);
            let name = self.tensors.get(out as usize).map(|t| clean(t.name())).unwrap_or_default();
            let place = format!("operator {i} ({name})");
            let operands = match code {
                ADD | SUB | MUL => 2,
                CONCATENATION => ins.len().max(1),
                _ => 1,
            };
            let taken: Vec<i32> = ins.iter().copied().take(operands).collect();
            if self.is_shape(code, &ins, &shapes) {
                shapes.insert(out);
                continue;
            }
            // One of two may be constant.
            let own = |t: &&i32| !(operands == 2 && matches!(code, ADD | SUB | MUL) && self.is_constant(**t));
            let computed: Vec<i32> = taken.iter().filter(own).copied().collect();
            let values: Option<Vec<usize>> = computed.iter().map(|t| known.get(t).copied()).collect();
            match values.filter(|v| taken.len() == operands && !v.is_empty()) {
                None => {
                    let kind = operator_name(code, op, &self.model);
                    let why = "it does not take results of the operators before it, but a constant or nothing";
                    self.unsupported(&place, &kind, why, "operands that the model computes");
                    // What comes behind it is looked at too.
                    known.insert(out, nodes.len());
                }
                Some(mut values) => {
                    let before = match code {
                        ADD | SUB | MUL if values.len() == 2 => self.spread(&taken, &values, out, nodes.len()),
                        CONCATENATION => self.rescaled(&place, &taken, &values, out, nodes.len()),
                        _ => Vec::new(),
                    };
                    used.extend(before.iter().map(|(k, _)| values[*k]));
                    for (k, node) in before {
                        nodes.push(node);
                        values[k] = nodes.len();
                    }
                    used.extend(values.iter().copied());
                    let node = self.operator(&place, code, op, &taken, out);
                    known.insert(out, nodes.len() + usize::from(node.is_some()));
                    nodes.extend(node.map(|node| Node { inputs: values, ..node }));
                }
            }
        }
        if known.get(&output) != Some(&nodes.len()) {
            self.inconsistent("the model", "its output is not the last operator's".into());
        }
        if let Some(n) = (0..nodes.len()).find(|v| !used.contains(v)) {
            let name = if n == 0 { "the input".into() } else { nodes[n - 1].name.clone() };
            if self.errors.is_empty() {
                self.inconsistent("the model", format!("nothing uses {name}"));
            }
        }
        Some(nodes)
    }

    fn code(&self, op: &Operator) -> i32 {
        let codes = self.model.operator_codes();
        codes.get(op.opcode_index() as usize).map_or(-1, |c| c.code().max(c.deprecated_code().into()))
    }

    pub(super) fn unsupported(&mut self, place: &str, op: &str, why: &str, nearest: &str) {
        let (place, op, why, nearest) = (place.into(), op.into(), why.into(), nearest.into());
        self.errors.push(ModelError::Unsupported { place, op, why, nearest });
    }

    fn operator(&mut self, place: &str, code: i32, op: &Operator, inputs: &[i32], output: i32) -> Option<Node> {
        let input = inputs[0];
        let kind = operator_name(code, op, &self.model);
        let code = if matches!(code, SQUEEZE | EXPAND_DIMS) { RESHAPE } else { code };
        let (x, y) = (self.value(input)?, self.value(output)?);
        if matches!(code, RESHAPE | QUANTIZE | DEQUANTIZE) && x.elements() != y.elements() {
            self.inconsistent(place, format!("{} elements become {}", x.elements(), y.elements()));
            return None;
        }
        if code == RESHAPE && x.dtype != y.dtype {
            self.inconsistent(place, format!("{} becomes {}", x.dtype.name(), y.dtype.name()));
            return None;
        }
        let node_op = match code {
            PAD | PADV2 => self.pad(place, &kind, op, (input, output), (&x, &y))?,
            DEPTH_TO_SPACE | RESIZE_NEAREST_NEIGHBOR => self.enlarge(place, &kind, op, (input, output), (&x, &y))?,
            CONCATENATION => self.concatenation(place, op, inputs, output, &y)?,
            _ if function(code).is_some() => {
                let f = function(code)?;
                self.function(place, f, op, (input, output), (&x, &y))?
            }
            ADD | SUB | MUL => self.pair(place, &kind, op, [inputs[0], inputs[1]], output, &y)?,
            MEAN => self.mean(place, op, input, output, &x, &y)?,
            CONV_2D => self.conv(place, op, input, output, &x, &y)?,
            DEPTHWISE_CONV_2D => self.depthwise(place, op, input, output, &x, &y)?,
            AVERAGE_POOL_2D | MAX_POOL_2D => self.pool(place, &kind, op, (input, output), &x, &y)?,
            SOFTMAX => self.softmax(place, op, input, output, &x, &y)?,
            FULLY_CONNECTED => self.fully_connected(place, op, input, output, &x, &y)?,
            RESHAPE => Op::Reshape,
            TRANSPOSE => self.transpose(place, op, input, &x, &y)?,
            QUANTIZE if x.dtype == DType::F32 => {
                let c = self.codes(place, output, &y)?;
                Op::Quantize { scale: c.scale, zero: c.zero, rounding: FloatRounding::HalfAway }
            }
            QUANTIZE => {
                let (from, to) = (self.codes(place, input, &x)?, self.codes(place, output, &y)?);
                match requantize_table(from, to) {
                    Some(t) if from.dtype.bits() == 8 => Op::Table(t),
                    _ => {
                        self.unsupported(place, &kind, "only 8-bit tensors are requantized", "int8 or uint8 tensors");
                        return None;
                    }
                }
            }
            DEQUANTIZE => {
                let c = self.codes(place, input, &x)?;
                Op::Dequantize { scales: vec![c.scale], zero: c.zero, bias: Vec::new() }
            }
            _ => {
                let why = "this version does not build it";
                self.unsupported(place, &kind, why, nearest(code));
                return None;
            }
        };
        let (name, inputs) = (y.name.clone(), Vec::new());
        Some(Node { name, kind, op: node_op, inputs, output: y, float_in_framework: false })
    }

    pub(super) fn inconsistent(&mut self, place: &str, what: String) {
        self.errors.push(ModelError::Inconsistent { place: place.into(), what });
    }

    /// A tensor without its batch dimension, which must be 1.
    pub(super) fn value(&mut self, index: i32) -> Option<Value> {
        let Some(t) = usize::try_from(index).ok().and_then(|i| self.tensors.get(i)).copied() else {
            self.inconsistent("the model", format!("tensor {index} does not exist"));
            return None;
        };
        let name = clean(t.name());
        let dtype = match t.dtype() {
            0 => DType::F32,
            2 => DType::I32,
            3 => DType::U8,
            4 => DType::I64,
            9 => DType::I8,
            other => {
                self.unsupported(
                    &name,
                    &format!("tensor type {other}"),
                    "its arithmetic is not pinned",
                    "int8, uint8 or float32 tensors",
                );
                return None;
            }
        };
        let dims = t.shape();
        let shape: Option<Vec<usize>> = dims.iter().map(|d| usize::try_from(*d).ok().filter(|d| *d > 0)).collect();
        let total = shape.as_ref().and_then(|s| s.iter().try_fold(1u64, |a, d| a.checked_mul(*d as u64)));
        match (shape, total) {
            (Some(shape), Some(total)) if total <= MAX_ELEMENTS => {
                let shape = if shape.len() > 1 && shape[0] == 1 { shape[1..].to_vec() } else { shape };
                Some(Value { name, shape, dtype })
            }
            (Some(_), total) => {
                self.errors.push(ModelError::TooLarge {
                    place: name,
                    count: total.unwrap_or(u64::MAX),
                    limit: MAX_ELEMENTS,
                });
                None
            }
            (None, _) => {
                self.inconsistent(&name, format!("shape {dims:?}"));
                None
            }
        }
    }

    /// Scales and zero points of a tensor; several belong to the entries of `axis`.
    pub(super) fn scales(&mut self, place: &str, index: i32, axis: i32) -> Option<(Vec<f32>, Vec<i64>)> {
        let q = self.tensors.get(index as usize).and_then(|t| t.quantization());
        let (scales, zeros) = q.map(|q| (q.scale(), q.zero_point())).unwrap_or_default();
        let zeros: Vec<i64> = zeros.into_iter().map(i64::from).collect();
        let dimension = q.map_or(0, |q| q.dimension());
        let fault = if scales.len() > 1 && dimension != axis {
            Some(format!("one scale for each entry of dimension {dimension}, not of the outputs"))
        } else if scales.is_empty() {
            Some("a tensor has no scale".to_string())
        } else {
            scales
                .iter()
                .find(|s| !(s.is_finite() && **s > 0.0))
                .map(|s| format!("scale {s} is not positive and finite"))
        };
        if let Some(what) = fault {
            self.quantization(place, what);
            return None;
        }
        let zeros = if zeros.is_empty() { vec![0] } else { zeros };
        Some((scales, zeros))
    }

    pub(super) fn quantization(&mut self, place: &str, what: String) {
        let help = "quantize the model to full integers (int8 activations and weights)".into();
        self.errors.push(ModelError::Quantization { place: place.into(), what, help });
    }

    /// The one scale and zero point of an activation.
    pub(super) fn codes(&mut self, place: &str, index: i32, v: &Value) -> Option<Codes> {
        let (scales, zeros) = self.scales(place, index, 0)?;
        let (lo, hi) = v.dtype.range();
        match (&scales[..], &zeros[..]) {
            ([scale], [zero]) if (lo..=hi).contains(zero) && v.dtype.bits() == 8 => {
                Some(Codes { scale: *scale, zero: *zero, dtype: v.dtype })
            }
            _ => {
                self.quantization(
                    place,
                    format!("{} {} with {} scales and zero points {zeros:?}", v.dtype.name(), v.name, scales.len()),
                );
                None
            }
        }
    }

    /// A tensor that the file holds.
    pub(super) fn is_constant(&self, index: i32) -> bool {
        let buffer = self.tensors.get(index as usize).map(|t| t.buffer() as usize);
        buffer.and_then(|b| self.buffers.get(b)).is_some_and(|b| !b.data().is_empty())
    }

    /// An operator on shapes: how a batch of any size is reshaped.
    fn is_shape(&self, code: i32, inputs: &[i32], shapes: &std::collections::BTreeSet<i32>) -> bool {
        let known = |t: &i32| shapes.contains(t) || self.is_constant(*t);
        match code {
            SHAPE => true,
            STRIDED_SLICE | PACK => inputs.iter().any(|t| shapes.contains(t)) && inputs.iter().all(known),
            _ => false,
        }
    }

    /// The integers in a tensor's buffer.
    pub(super) fn constant(&mut self, place: &str, index: i32, v: &Value) -> Option<Vec<i64>> {
        let buffer = self.tensors[index as usize].buffer() as usize;
        let data = self.buffers.get(buffer).map(|b| b.data()).unwrap_or_default();
        let size = v.dtype.bits() as usize / 8;
        if data.is_empty() || data.len() != v.elements() * size {
            let what = format!("{} has {} bytes of data, {} are needed", v.name, data.len(), v.elements() * size);
            self.inconsistent(place, what);
            return None;
        }
        Some(match v.dtype {
            DType::I8 => data.iter().map(|b| i64::from(*b as i8)).collect(),
            DType::U8 => data.iter().map(|b| i64::from(*b)).collect(),
            _ => data.chunks_exact(4).map(|c| i64::from(i32::from_le_bytes([c[0], c[1], c[2], c[3]]))).collect(),
        })
    }

    /// FULLY_CONNECTED of the reference kernels: `clamp(round_half_away(acc * m) + zero)` in binary64, with
    /// `m = s_in * s_w / s_out`.
    fn fully_connected(
        &mut self,
        place: &str,
        op: &Operator,
        input: i32,
        output: i32,
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let (cx, cy) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        let inputs = op.inputs();
        if op.fully_connected().is_some_and(|o| o.weights_format() != 0) {
            self.unsupported(place, "FULLY_CONNECTED", "shuffled weights", "the default weights format");
            return None;
        }
        let w_index = inputs.get(1).copied().unwrap_or(-1);
        // The leading dimension of the weights counts outputs, whatever it is: it is no batch.
        let w_shape: Vec<i32> = self.tensors.get(w_index as usize).map(|t| t.shape()).unwrap_or_default();
        let mut w = self.value(w_index)?;
        w.shape = w_shape.iter().map(|d| (*d).max(0) as usize).collect();
        let ([rows, columns], true) = (&w.shape[..], w.dtype.bits() == 8) else {
            self.inconsistent(place, format!("weights {} of {:?}", w.dtype.name(), w.shape));
            return None;
        };
        let (rows, columns) = (*rows, *columns);
        if x.elements() != columns || y.elements() != rows {
            let why = format!("{} inputs and {} outputs for weights of {rows} x {columns}", x.elements(), y.elements());
            self.unsupported(place, "FULLY_CONNECTED", &why, "one vector a sample");
            return None;
        }
        let (w_scales, w_zeros) = self.scales(place, w_index, 0)?;
        if (w_scales.len() != 1 && w_scales.len() != rows) || (w_zeros.len() != 1 && w_zeros.iter().any(|z| *z != 0)) {
            self.quantization(
                place,
                format!("{} scales and {} zero points for {rows} rows", w_scales.len(), w_zeros.len()),
            );
            return None;
        }
        let (lo, hi) = w.dtype.range();
        if w_zeros.iter().any(|z| !(lo..=hi).contains(z)) {
            self.quantization(place, format!("a zero point of the weights is outside of {}", w.dtype.name()));
            return None;
        }
        let weights = self.constant(place, w_index, &w)?.into_iter().map(|v| v - w_zeros[0]).collect();
        let bias = self.bias(place, inputs.get(2).copied(), rows)?;
        let scale = |w: &f32| match self.profile {
            Profile::Reference => Scale::RealHalfAway(f64::from(cx.scale) * f64::from(*w) / f64::from(cy.scale)),
            Profile::Xnnpack => Scale::Float32HalfEven(cx.scale * w / cy.scale),
        };
        let scales: Vec<Scale> = w_scales.iter().map(scale).collect();
        if scales
            .iter()
            .any(|s| !s.is_legal() || matches!(s, Scale::RealHalfAway(m) if quantize_multiplier(*m).is_none()))
        {
            self.quantization(place, "a scale ratio is not positive and finite".into());
            return None;
        }
        let activation = op.fully_connected().map_or(0, |o| o.activation());
        let (min, max) = self.bounds(place, activation, &cy)?;
        let recode = Some(Recode { scales, zero_point: cy.zero, min, max });
        let dense = Dense { x_zero: cx.zero, weights, bias, recode };
        self.fits_32_bits(place, &dense.weights, &dense.bias, dense.x_zero, x.dtype)?;
        Some(Op::Dense(dense))
    }

    /// TFLite's accumulators wrap at 32 bits: nothing may reach that.
    pub(super) fn fits_32_bits(
        &mut self,
        place: &str,
        weights: &[i64],
        bias: &[i64],
        zero: i64,
        dtype: DType,
    ) -> Option<()> {
        let row = overflowing_row(weights, bias, zero, dtype);
        if let Some(row) = row {
            self.quantization(place, format!("the accumulator of output {row} can leave 32 bits, where TFLite wraps"));
        }
        row.is_none().then_some(())
    }

    /// The biases of `rows` outputs; zeros where there are none.
    pub(super) fn bias(&mut self, place: &str, index: Option<i32>, rows: usize) -> Option<Vec<i64>> {
        let Some(b) = index.filter(|b| *b >= 0) else { return Some(vec![0; rows]) };
        let mut v = self.value(b)?;
        if v.dtype != DType::I32 || v.elements() != rows {
            self.inconsistent(place, format!("bias {} of {} elements for {rows} rows", v.dtype.name(), v.elements()));
            return None;
        }
        v.shape = vec![rows];
        self.constant(place, b, &v)
    }

    /// Codes that a fused activation leaves: `q(v) = zero + round_half_away(v / scale)`.
    pub(super) fn bounds(&mut self, place: &str, activation: i8, y: &Codes) -> Option<(i64, i64)> {
        let (lo, hi) = y.dtype.range();
        let q = |v: f32| y.zero.saturating_add((v / y.scale).round() as i64).clamp(lo, hi);
        match activation {
            0 => Some((lo, hi)),
            1 => Some((q(0.0), hi)),
            2 => Some((q(-1.0), q(1.0))),
            3 => Some((q(0.0), q(6.0))),
            other => {
                self.unsupported(
                    place,
                    "FULLY_CONNECTED",
                    &format!("fused activation {other}"),
                    "NONE, RELU, RELU_N1_TO_1 or RELU6",
                );
                None
            }
        }
    }
}
