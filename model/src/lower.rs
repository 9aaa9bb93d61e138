//! Graph -> the planner's network: the integer nodes between the borders.

use niello_gen::ir::Reports;
use std::sync::Arc;

use niello_net::layers::{Layer, Permute, Product, SoftmaxRow, Sum, Table};
use niello_net::{Elements, Network, Node};

use crate::error::ModelError;
use crate::graph::{DType, Graph, Op, Recode, Value};
use crate::ops::{Pair, Pairing};

/// The layers that become hardware: everything between the border's float nodes.
pub fn network(g: &Graph) -> Result<Network, Reports<ModelError>> {
    let (first, end) = (g.host_before(), g.host_after());
    let mut errors = Vec::new();
    let mut layers = Vec::new();
    // Where each value of the graph comes from: 0 is the hardware's input, k the result of layer k - 1.
    let mut places = vec![0; first + 1];
    for (i, node) in g.nodes[first..end].iter().enumerate() {
        let output = elements(&node.output);
        let inputs: Vec<usize> = node.inputs.iter().map(|v| places[*v]).collect();
        let channels = *node.output.shape.last().unwrap_or(&1) as u32;
        let layer: Arc<dyn Layer> = match &node.op {
            Op::Dense(d) => Arc::new(d.clone()),
            Op::Table(t) => Arc::new(Table { entries: t.clone() }),
            Op::Conv(c) => Arc::new(c.clone()),
            Op::Depthwise(d) => Arc::new(d.clone()),
            Op::Pool(p) => Arc::new(p.clone()),
            Op::Pair(p) => {
                let Some(layer) = pair(p, &node.inputs.iter().map(|v| g.value(*v).dtype).collect::<Vec<_>>(), channels)
                else {
                    errors.push(ModelError::Quantization {
                        place: node.name.clone(),
                        what: "no fixed point adds these scales as float32 does".into(),
                        help: "calibrate again: the operands' scales differ too much from the result's".into(),
                    });
                    places.push(0);
                    continue;
                };
                layer
            }
            Op::FloatMean(p) => {
                let Some(pool) = p.pool() else {
                    errors.push(ModelError::Quantization {
                        place: node.name.clone(),
                        what: "its scales are out of range".into(),
                        help: "calibrate again: a tensor's range is degenerate".into(),
                    });
                    places.push(0);
                    continue;
                };
                Arc::new(pool)
            }
            Op::Concat(c) => Arc::new(c.clone()),
            Op::Pad(p) => Arc::new(p.clone()),
            Op::Enlarge(e) => Arc::new(*e),
            Op::Grouped(g) => Arc::new(g.clone()),
            Op::Transpose { dims, steps } => {
                let list = |v: &[usize]| v.iter().map(|d| *d as u32).collect();
                Arc::new(Permute { dims: list(dims), order: list(steps) })
            }
            Op::Reshape => {
                places.push(inputs[0]);
                continue;
            }
            Op::Softmax(s) => {
                Arc::new(SoftmaxRow { classes: channels, multiplier: s.multiplier, shift: s.shift.max(0) as u32 })
            }
            Op::Quantize { .. } | Op::Quant(_) | Op::Dequantize { .. } => {
                errors.push(ModelError::Unsupported {
                    place: node.name.clone(),
                    op: node.kind.clone(),
                    why: "float values inside the model".into(),
                    nearest: "quantize the whole model, so that floats stand at its ends only".into(),
                });
                places.push(0);
                continue;
            }
        };
        layers.push(Node { name: format!("l{i}"), layer, inputs, output });
        places.push(layers.len());
    }
    let input = if first == 0 { &g.input } else { &g.nodes[first - 1].output };
    let network = Network { name: g.name.clone(), profile: g.profile.into(), input: elements(input), nodes: layers };
    if errors.is_empty() {
        Ok(network)
    } else {
        Err(Reports(errors))
    }
}

/// A sum or product of tensors of these types. None: float32 sums that no fixed point gives.
fn pair(p: &Pair, dtypes: &[DType], channels: u32) -> Option<Arc<dyn Layer>> {
    let constant = p.constant.as_ref();
    let first = constant.is_some_and(|c| c.first);
    // The tensor comes first; which operand of the operator it is:
    let places = if first { [1, 0] } else { [0, 1] };
    let dtype = |k: usize| if k == 0 { dtypes[0] } else { constant.map_or_else(|| dtypes[1], |c| c.dtype) };
    let sum = |tables: [Vec<i64>; 2], recode: Recode| -> Arc<dyn Layer> {
        let [table, other] = tables;
        let Some(c) = constant else {
            return Arc::new(Sum { tables: [table, other], constants: Vec::new(), channels, recode });
        };
        let constants = c.codes.iter().map(|code| other[(code - c.dtype.range().0) as usize]).collect();
        Arc::new(Sum { tables: [table, Vec::new()], constants, channels, recode })
    };
    let product = |zeros: [i64; 2], recode: Recode| -> Arc<dyn Layer> {
        let constants = constant.map_or_else(Vec::new, |c| c.codes.clone());
        Arc::new(Product { zeros: places.map(|p| zeros[p]), constants, channels, recode })
    };
    Some(match &p.pairing {
        Pairing::Add(a) => sum([0, 1].map(|k| a.table(places[k], dtype(k))), a.recode()),
        Pairing::FloatAdd(a) => {
            let shares = a.shares()?;
            sum(places.map(|p| shares.tables[p].clone()), shares.recode)
        }
        Pairing::Mul(p) => product(p.zeros, p.recode()),
        Pairing::FloatMul(p) => product(p.zeros, p.recode()),
    })
}

fn elements(v: &Value) -> Elements {
    Elements { count: v.elements() as u32, bits: v.dtype.bits(), signed: v.dtype.signed() }
}
