//! Every layer's result in simulation against the golden model's.

use niello_model::{Graph, Node, Tensor, Value};
use niello_net::plan::Plan;
use niello_testbench::engine::Engine;
use niello_testbench::frames::Settings;
use niello_testbench::probes::{self, Mismatch, Probe, Seen};
use niello_testbench::scoreboard::Finding;

/// A layer, and what was seen of it.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its name in the plan.
    pub name: String,
    /// The node of the graph.
    pub node: usize,
    /// The model's name for it.
    pub model_name: String,
    /// Its operator.
    pub operator: String,
    /// Its result.
    pub output: Value,
    /// What was compared.
    pub seen: Seen,
    /// Where the first mismatch lies, and what led to it.
    pub first: Option<String>,
}

/// All layers in the order of computation, and broken rules of streams.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// One for each layer of the plan.
    pub layers: Vec<Layer>,
    /// What else is wrong.
    pub findings: Vec<Finding>,
}

impl Layers {
    /// Something was compared, and nothing differs anywhere.
    pub fn equal(&self) -> bool {
        let equal = |l: &Layer| l.seen.differ == 0 && l.seen.compared > 0;
        self.findings.is_empty() && !self.layers.is_empty() && self.layers.iter().all(equal)
    }

    /// The first layer that differs: a fault lies there, or in what it alone takes.
    pub fn first(&self) -> Option<&Layer> {
        self.layers.iter().find(|l| l.seen.differ > 0)
    }
}

/// Runs samples through the plan's design with probes.
///
/// # Errors
/// E106: a sample is not one of the model. E50x: the engine cannot run the design.
pub fn compare(
    graph: &Graph,
    plan: &Plan,
    engine: &dyn Engine,
    samples: &[Tensor],
    settings: &Settings,
    progress: impl FnMut(usize),
) -> Result<Layers, crate::Error> {
    let (first, end) = (graph.host_before(), graph.host_after());
    let nodes: Vec<usize> = (first..end).filter(|i| graph.nodes[*i].op.is_layer()).collect();
    let mut values: Vec<Vec<Tensor>> = Vec::with_capacity(samples.len());
    // A run of the design begins with a reset.
    for part in samples.chunks(settings.per_batch.max(1)) {
        let mut running = graph.sequence();
        for x in part {
            values.push(running.next(x)?);
        }
    }
    let at = |sample: usize, value: usize| if value == 0 { &samples[sample] } else { &values[sample][value - 1] };
    let inputs: Vec<Vec<i64>> = (0..samples.len()).map(|s| at(s, first).ints().to_vec()).collect();
    let probe = |layer: usize| Probe {
        frames: (0..samples.len()).map(|s| at(s, nodes[layer] + 1).ints().to_vec()).collect(),
        vectors: plan.taps[layer].vectors,
    };
    // The border's order: the design's own output first.
    let last = nodes.len() - 1;
    let order: Vec<usize> = std::iter::once(last).chain(0..last).collect();
    let probes: Vec<Probe> = order.iter().map(|l| probe(*l)).collect();
    let design = plan.probed()?;
    let (seen, findings) = probes::run(engine, &design, &inputs, &probes, settings, progress)?;
    let mut layers: Vec<Layer> = order
        .iter()
        .zip(seen)
        .map(|(l, seen)| {
            let node = &graph.nodes[nodes[*l]];
            let operands = |m: &Mismatch| node.inputs.iter().map(|v| at(m.frame, *v)).collect::<Vec<_>>();
            let first = seen.first.map(|m| place(node, &m, &node.op.explain(&operands(&m), m.element)));
            let name = plan.network.nodes[*l].name.clone();
            let (model_name, operator, output) = (node.name.clone(), node.kind.clone(), node.output.clone());
            Layer { name, node: nodes[*l], model_name, operator, output, seen, first }
        })
        .collect();
    layers.rotate_left(1);
    Ok(Layers { layers, findings })
}

/// Frame, pixel, channel, beat, lane and cycle, and what led to the element.
fn place(node: &Node, m: &Mismatch, why: &str) -> String {
    let place = match node.output.shape[..] {
        [_, width, channels] => {
            let pixel = m.element / channels;
            format!("pixel ({}, {}), channel {}", pixel / width, pixel % width, m.element % channels)
        }
        [pixels, channels] if pixels > 1 => format!("pixel {}, channel {}", m.element / channels, m.element % channels),
        _ => format!("element {}", m.element),
    };
    let Mismatch { frame, beat, lane, cycle, got, expected, .. } = m;
    format!(
        "frame {frame}, {place}; beat {beat}, lane {lane}, cycle {cycle}: {got} instead of {expected}; golden: {why}"
    )
}
