//! Graph -> the planner's network: the integer nodes between the borders.

use niello_gen::ir::Reports;
use niello_gen::plan::{Elements, Layer, LayerOp, Network, Product, SoftmaxRow, Sum, Table};

use crate::error::ModelError;
use crate::graph::{Graph, Op, Value};

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
        let op = match &node.op {
            Op::Dense(d) => LayerOp::Dense(d.clone()),
            Op::Table(t) => LayerOp::Table(Table { entries: t.clone() }),
            Op::Conv(c) => LayerOp::Conv(c.clone()),
            Op::Depthwise(d) => LayerOp::Depthwise(d.clone()),
            Op::Pool(p) => LayerOp::Pool(p.clone()),
            Op::Add(a) => {
                let tables = [0, 1].map(|k| a.table(k, g.value(node.inputs[k]).dtype));
                let channels = *node.output.shape.last().unwrap_or(&1) as u32;
                LayerOp::Add(Sum { tables, channels, recode: a.recode() })
            }
            Op::FloatAdd(a) => {
                let Some(shares) = a.shares() else {
                    errors.push(ModelError::Quantization {
                        place: node.name.clone(),
                        what: "no fixed point adds these scales as float32 does".into(),
                        help: "calibrate again: the operands' scales differ too much from the result's".into(),
                    });
                    places.push(0);
                    continue;
                };
                let channels = *node.output.shape.last().unwrap_or(&1) as u32;
                LayerOp::Add(Sum { tables: shares.tables, channels, recode: shares.recode })
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
                LayerOp::Pool(pool)
            }
            Op::FloatMul(p) => {
                let channels = *node.output.shape.last().unwrap_or(&1) as u32;
                LayerOp::Mul(Product { zeros: p.zeros, channels, recode: p.recode() })
            }
            Op::Concat(c) => LayerOp::Concat(c.clone()),
            Op::Pad(p) => LayerOp::Pad(p.clone()),
            Op::Enlarge(e) => LayerOp::Enlarge(*e),
            Op::Grouped(g) => LayerOp::Grouped(g.clone()),
            Op::Transpose { .. } => {
                errors.push(ModelError::Unsupported {
                    place: node.name.clone(),
                    op: node.kind.clone(),
                    why: "elements would have to move inside of the model".into(),
                    nearest: "a model whose layouts change at its ends only".into(),
                });
                places.push(0);
                continue;
            }
            Op::Mul(p) => {
                let channels = *node.output.shape.last().unwrap_or(&1) as u32;
                LayerOp::Mul(Product { zeros: p.zeros, channels, recode: p.recode() })
            }
            Op::Reshape => {
                places.push(inputs[0]);
                continue;
            }
            Op::Softmax(s) => {
                let classes = *node.output.shape.last().unwrap_or(&1) as u32;
                LayerOp::Softmax(SoftmaxRow { classes, multiplier: s.multiplier, shift: s.shift.max(0) as u32 })
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
        layers.push(Layer { name: format!("l{i}"), op, inputs, output });
        places.push(layers.len());
    }
    let input = if first == 0 { &g.input } else { &g.nodes[first - 1].output };
    let network = Network { name: g.name.clone(), profile: g.profile.into(), input: elements(input), layers };
    if errors.is_empty() {
        Ok(network)
    } else {
        Err(Reports(errors))
    }
}

fn elements(v: &Value) -> Elements {
    Elements { count: v.elements() as u32, bits: v.dtype.bits(), signed: v.dtype.signed() }
}
