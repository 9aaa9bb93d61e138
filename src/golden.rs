//! Golden execution of samples, and what the host makes of the codes that leave the hardware.

use niello_model::{Graph, Tensor};
use niello_testbench::frames::{Frames, Sequences};

use crate::{Error, Progress};

/// Golden results of samples.
#[derive(Clone, Debug, Default)]
pub struct Golden {
    /// Codes that enter the hardware, and those that leave it.
    pub frames: Frames,
    /// What the model gives for each sample.
    pub results: Vec<Tensor>,
}

/// Samples of a sequence of a model that keeps something: as many as asked for, or all.
///
/// # Errors
/// E108: the model keeps nothing, or a sequence would be one sample.
pub fn sequence(graph: &Graph, asked: Option<usize>, samples: usize) -> Result<usize, Error> {
    match asked {
        Some(_) if !graph.has_state() => {
            let what = "--sequence does nothing: the model keeps nothing from one sample for the next one";
            Err(Error::new("E108", what, "leave it out"))
        }
        Some(0 | 1) => Err(Error::new("E108", "a sequence is two samples or more", "try --sequence 8")),
        Some(n) => Ok(n),
        None => Ok(samples.max(2)),
    }
}

/// Runs the golden model on samples of the model's type and shape. Of a model that keeps something from one sample for the next one,
/// `sequence` samples follow each other from reset.
///
/// # Errors
/// E106: a sample is not one of the model.
pub fn golden(graph: &Graph, samples: &[Tensor], sequence: usize, progress: &dyn Progress) -> Result<Golden, Error> {
    let (first, end) = (graph.host_before(), graph.host_after());
    let mut g = Golden::default();
    let bar = progress.begin("golden", samples.len() as u64);
    let at = |x: &Tensor, values: &[Tensor], i: usize| -> Vec<i64> {
        if i == 0 { x } else { &values[i - 1] }.ints().to_vec()
    };
    let mut again = Vec::new();
    for part in samples.chunks(sequence.max(1)) {
        let mut running = graph.sequence();
        for (i, x) in part.iter().enumerate() {
            if i == 2 || (i == 1 && part.len() == 2) {
                // The first sample behind two others, for what a reset leaves.
                let mut other = running.clone();
                if i == 1 {
                    other.next(x)?;
                }
                again.push(at(&part[0], &other.next(&part[0])?, end));
            }
            let mut values = running.next(x)?;
            g.frames.inputs.push(at(x, &values, first));
            g.frames.outputs.push(at(x, &values, end));
            g.results.push(values.pop().unwrap_or_else(|| x.clone()));
            bar.set(g.results.len() as u64);
        }
    }
    g.frames.sequences = graph.has_state().then_some(Sequences { length: sequence, again });
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
