//! Golden execution of samples, and what the host makes of the codes that leave the hardware.

use niello_model::{Graph, Tensor};
use niello_testbench::frames::Frames;

use crate::{Error, Progress};

/// Golden results of samples.
#[derive(Clone, Debug, Default)]
pub struct Golden {
    /// Codes that enter the hardware, and those that leave it.
    pub frames: Frames,
    /// What the model gives for each sample.
    pub results: Vec<Tensor>,
}

/// Runs the golden model on samples of the model's type and shape.
///
/// # Errors
/// E106: a sample is not one of the model.
pub fn golden(graph: &Graph, samples: &[Tensor], progress: &dyn Progress) -> Result<Golden, Error> {
    let (first, end) = (graph.host_before(), graph.host_after());
    let mut g = Golden::default();
    let bar = progress.begin("golden", samples.len() as u64);
    for (i, x) in samples.iter().enumerate() {
        let mut values = graph.run(x)?;
        let at = |values: &[Tensor], i: usize| if i == 0 { x.ints().to_vec() } else { values[i - 1].ints().to_vec() };
        g.frames.inputs.push(at(&values, first));
        g.frames.outputs.push(at(&values, end));
        g.results.push(values.pop().unwrap_or_else(|| x.clone()));
        bar.set(i as u64 + 1);
    }
    Ok(g)
}

/// What the host makes of the codes that leave the hardware: the model's result.
pub fn finish(graph: &Graph, codes: Vec<i64>) -> Tensor {
    let mut now = Tensor::Int(codes);
    for node in &graph.nodes[graph.host_after()..] {
        now = node.op.run(&[&now], node.output.dtype);
    }
    now
}
