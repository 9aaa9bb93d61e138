//! Graph -> the planner's network: the integer nodes between the borders.

use niello_gen::ir::Reports;

use crate::layers::NoEngine;
use crate::{Elements, Graph, Network, Op, Placed, Value};

/// A node that has no hardware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoHardware {
    /// Floats inside of the model, and what the file calls the operator that makes or takes them.
    Float {
        /// The node.
        place: String,
        /// What the file calls it.
        kind: String,
    },
    /// The layer's own words.
    Layer {
        /// The node.
        place: String,
        /// Why, and what helps.
        why: NoEngine,
    },
}

/// The layers that become hardware: everything between the border's float nodes.
///
/// # Errors
/// All nodes that have none.
pub fn hardware(g: &Graph) -> Result<Network, Reports<NoHardware>> {
    let (first, end) = (g.host_before(), g.host_after());
    let (mut errors, mut nodes) = (Vec::new(), Vec::<Placed>::new());
    // Where each value of the graph comes from: 0 is the hardware's input, k the result of node k - 1.
    let mut places = vec![0; first + 1];
    for (i, node) in g.nodes[first..end].iter().enumerate() {
        let inputs: Vec<usize> = node.inputs.iter().map(|v| places[*v]).collect();
        let place = node.name.clone();
        let engine = match &node.op {
            Op::Reshape => {
                places.push(inputs[0]);
                continue;
            }
            Op::Layer(l) => {
                let dtypes: Vec<_> = node.inputs.iter().map(|v| g.value(*v).dtype).collect();
                l.clone().engine(&dtypes).map_err(|why| NoHardware::Layer { place, why })
            }
            _ => Err(NoHardware::Float { place, kind: node.kind.clone() }),
        };
        match engine {
            Ok(engine) => {
                nodes.push(Placed { name: format!("l{i}"), engine, inputs, output: elements(&node.output) });
                places.push(nodes.len());
            }
            Err(e) => {
                errors.push(e);
                places.push(0);
            }
        }
    }
    let input = if first == 0 { &g.input } else { &g.nodes[first - 1].output };
    let network = Network { name: g.name.clone(), profile: g.profile.into(), input: elements(input), nodes };
    if errors.is_empty() {
        Ok(network)
    } else {
        Err(Reports(errors))
    }
}

fn elements(v: &Value) -> Elements {
    Elements { count: v.elements() as u32, bits: v.dtype.bits(), signed: v.dtype.signed() }
}
