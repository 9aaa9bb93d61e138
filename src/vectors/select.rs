//! The choice of frames: samples of the user and random ones, taken one after the other by what each adds.

use niello_gen::num::Prng;
use niello_model::{DType, Graph, ModelError, Op, Tensor};
use niello_testbench::frames::Frames;

use super::Toggles;

/// Frames, and what they show of the network.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Codes that enter the hardware and that must leave it.
    pub frames: Frames,
    /// Bits of layers' results that are seen as 0 and as 1, and all of them.
    pub toggled: (u64, u64),
}

/// One candidate.
struct Candidate {
    input: Vec<i64>,
    output: Vec<i64>,
    toggles: Toggles,
}

/// Chooses at most `most` frames among `samples` and random ones, at most `candidates` in all. The frames that show a new value of
/// some bit come first, by how many; then others, random ones first, because each has another chance to see a fault.
///
/// # Errors
/// A sample that the model does not take.
pub fn choose(
    graph: &Graph,
    samples: &[Tensor],
    most: usize,
    candidates: usize,
    mut progress: impl FnMut(u64),
) -> Result<Chosen, ModelError> {
    let mut rng = Prng::named(0, "vectors");
    let own = samples.len().min(candidates.div_ceil(2));
    let random = (own..candidates).map(|i| random_input(graph, i - own, &mut rng));
    let inputs: Vec<Tensor> = samples[..own].iter().cloned().chain(random).collect();
    let mut list = Vec::new();
    let mut running = graph.sequence();
    for x in &inputs {
        if !graph.has_state() {
            running = graph.sequence();
        }
        list.push(candidate(graph, x, &running.next(x)?));
        progress(list.len() as u64);
    }
    if graph.has_state() {
        return Ok(in_order(list, most));
    }
    // The user's own frames are taken first where all add the same, the random ones where nothing adds any more.
    let Some(first) = list.first() else { return Ok(Chosen { frames: Frames::default(), toggled: (0, 0) }) };
    let mut seen = first.toggles.none();
    let mut frames = Frames::default();
    while frames.inputs.len() < most && !list.is_empty() {
        let news: Vec<u64> = list.iter().map(|c| seen.news(&c.toggles)).collect();
        let best = news.iter().copied().max().unwrap_or(0);
        let at = if best > 0 { news.iter().position(|n| *n == best).unwrap_or(0) } else { list.len() - 1 };
        let c = list.remove(at);
        seen.join(&c.toggles);
        frames.inputs.push(c.input);
        frames.outputs.push(c.output);
    }
    Ok(Chosen { frames, toggled: seen.count() })
}

/// Frames that hang on those before them: a sequence.
fn in_order(mut list: Vec<Candidate>, most: usize) -> Chosen {
    list.truncate(most);
    let mut seen = list.first().map(|c| c.toggles.none());
    let mut frames = Frames::default();
    for c in list {
        if let Some(seen) = &mut seen {
            seen.join(&c.toggles);
        }
        frames.inputs.push(c.input);
        frames.outputs.push(c.output);
    }
    Chosen { frames, toggled: seen.map_or((0, 0), |s| s.count()) }
}

fn candidate(graph: &Graph, x: &Tensor, values: &[Tensor]) -> Candidate {
    let at = |i: usize| if i == 0 { x.ints().to_vec() } else { values[i - 1].ints().to_vec() };
    let (input, output) = (at(graph.host_before()), at(graph.host_after()));
    Candidate { input, output, toggles: Toggles::of(graph, values) }
}

/// Codes of several kinds, as the model takes them: all of the range, ends of it, few that are not in its middle, a ramp.
fn random_input(graph: &Graph, kind: usize, rng: &mut Prng) -> Tensor {
    let n = graph.input.elements();
    let first = graph.nodes.iter().map(|n| &n.op).find(|op| !op.moves());
    let (lo, hi, scale, zero) = match first {
        Some(Op::Quantize { scale, zero, .. }) if graph.input.dtype == DType::F32 => {
            let node = graph.nodes.iter().find(|n| !n.op.moves());
            let (lo, hi) = node.map_or((-128, 127), |n| n.output.dtype.range());
            (lo, hi, *scale, *zero)
        }
        Some(Op::Quant(q)) if graph.input.dtype == DType::F32 => (q.bounds.0, q.bounds.1, q.scale, q.zero),
        _ if graph.input.dtype == DType::F32 => (-128, 127, 1.0 / 32.0, 0),
        _ => {
            let (lo, hi) = graph.input.dtype.range();
            (lo, hi, 1.0, 0)
        }
    };
    let (middle, start) = (lo + (hi - lo) / 2, rng.range(lo, hi));
    let mut code = |i: usize| match kind % 6 {
        0..=2 => rng.range(lo, hi),
        3 => *rng.pick(&[lo, hi]),
        4 if rng.chance(0.9) => middle,
        4 => rng.range(lo, hi),
        _ => lo + (start - lo + i as i64 * (1 + kind as i64)).rem_euclid(hi - lo + 1),
    };
    let codes: Vec<i64> = (0..n).map(&mut code).collect();
    match graph.input.dtype {
        DType::F32 => Tensor::F32(codes.iter().map(|q| (q - zero) as f32 * scale).collect()),
        _ => Tensor::Int(codes),
    }
}
