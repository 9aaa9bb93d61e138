//! How far pixels run ahead of what needs them, layer by layer: what line buffers must hold besides a patch's rows, and FIFOs in
//! front of an addition, so that no layer waits for another one.
//!
//! Every layer is greedy: a patch is done as soon as its pixels are there, the patch before it is done, and the layers behind it that
//! have no line buffer of their own have taken that one. Pixels come at the pace of the whole network, spread evenly; behind each
//! layer at the times its patches are done. Line buffers that hold the
//! most pixels that are waiting then never stall anybody, and the network keeps the interval of its slowest stage.
//!
//! A second look is at a source so slow that everything is done before its next pixel comes: what then waits in front of a sum waits for
//! pixels that the other operand needs first (a window's rows, the whole vector of a dense layer), and without room for it the
//! network would stand still for good.

use niello_gen::blocks::sliding_window;

use super::arrivals::{busy, Arrivals, Spare, INSIDE};
use super::stage::Stage;
use crate::Network;

/// Images that are followed beyond those that the network has in flight: the pattern repeats from the second one on.
const IMAGES: u64 = 4;
/// The most pixels of a layer that are followed, where that leaves two images.
const MOST_PIXELS: u64 = 1 << 24;
/// The most images that are followed.
const MOST_IMAGES: u64 = 256;

/// What has to wait in front of each layer; and when the first image's last result is there, counted from its first pixel.
pub(super) fn spares(network: &Network, stages: &[Stage], ii: u64) -> (Vec<Spare>, u64) {
    let (mut spares, first) = follow(network, stages, ii, false);
    if network.nodes.iter().any(|l| l.inputs.len() > 1) {
        // A pixel comes when every layer has done the one before it, each in a cycle at most.
        let slow = (network.nodes.len() as u64 + 1).saturating_mul(network.input.count.into());
        for (spare, slow) in spares.iter_mut().zip(follow(network, stages, slow, true).0) {
            for (k, least) in slow.least.iter().enumerate().filter(|(_, l)| **l > 0) {
                spare.operands[k] = spare.operands[k].max(least + INSIDE as u32);
            }
            spare.least = slow.least;
        }
        keep_pace(network, &mut spares);
    }
    (spares, first)
}

/// The same for a source of this pace; `slow`: nothing else than the source ever lets anything wait, work takes no time, and what needs a
/// whole pixel before it gives the first beat of another one is a cycle behind what does not.
fn follow(network: &Network, stages: &[Stage], ii: u64, slow: bool) -> (Vec<Spare>, u64) {
    // When each pixel of the input and of every layer's result is there.
    let mut times: Vec<Vec<u64>> = vec![Vec::new()];
    let (mut spares, mut first) = (Vec::new(), 0);
    let flight = stages.iter().map(|s| s.latency).sum::<u64>().div_ceil(ii.max(1));
    let pixels = network.nodes.iter().map(|n| u64::from(n.output.count)).max().unwrap_or(1).max(1);
    let images = (IMAGES + flight).min(MOST_IMAGES).min(MOST_PIXELS / pixels).max(2);
    let of = by_layer(network, stages);
    let takers = takers(network, &of);
    let last = last_takers(network);
    for (i, node) in network.nodes.iter().enumerate() {
        let operands = node.inputs.iter().map(|k| &times[*k][..]).collect();
        let (own, takers, output) = (&of[i][..], takers[i], node.output);
        let arrived = node.engine.arrivals(&Arrivals { times: operands, images, ii, slow, own, takers, output });
        // Everything that a pixel passes on its way; windows are followed patch by patch.
        let latency = || own.iter().filter(|s| !s.is::<sliding_window::Config>()).map(|s| s.latency).sum();
        let way: u64 = if slow { u64::from(node.engine.needs_whole_pixels()) } else { latency() };
        let done = arrived.done;
        first = done.get((done.len() as u64 / images).saturating_sub(1) as usize).map_or(0, |t| t + way);
        times.push(done.iter().map(|t| t + way).collect());
        spares.push(arrived.spare);
        // What no later layer takes is forgotten.
        for k in node.inputs.iter().chain([&(i + 1)]).filter(|k| last[**k] <= i) {
            times[*k] = Vec::new();
        }
    }
    (spares, first)
}

/// A value that meets what was made of it beat by beat: a FIFO holds a beat for a cycle longer than what stands beside it, which then waits and
/// lets the fork wait, every other cycle. So where one of such operands has a FIFO, all have.
fn keep_pace(network: &Network, spares: &mut [Spare]) {
    // For the input and each layer's result, the value of which it is made beat by beat.
    let mut roots = vec![0];
    for (node, spare) in network.nodes.iter().zip(spares) {
        let of: Vec<usize> = node.inputs.iter().map(|k| roots[*k]).collect();
        let meet = of.len() > 1 && of.iter().all(|r| *r == of[0]);
        if meet && spare.operands.iter().any(|pixels| *pixels > 0) {
            spare.operands.iter_mut().for_each(|pixels| *pixels = (*pixels).max(INSIDE as u32));
        }
        let same = !node.engine.needs_whole_pixels() && of.iter().all(|r| *r == of[0]);
        roots.push(if same { of[0] } else { roots.len() });
    }
}

/// The stages of each layer.
fn by_layer<'s>(network: &Network, stages: &'s [Stage]) -> Vec<Vec<&'s Stage>> {
    let mut of = vec![Vec::new(); network.nodes.len()];
    for s in stages {
        of[s.layer].push(s);
    }
    of
}

/// For the input and each layer's result, the last layer that takes it; 0 where none does.
fn last_takers(network: &Network) -> Vec<usize> {
    let mut last = vec![0; network.nodes.len() + 1];
    for (i, node) in network.nodes.iter().enumerate() {
        for k in &node.inputs {
            last[*k] = i;
        }
    }
    last
}

/// For each layer, the cycles an image in which those behind it take its result, where no buffer stands between them.
fn takers(network: &Network, of: &[Vec<&Stage>]) -> Vec<u64> {
    let mut cycles = vec![0; network.nodes.len()];
    for (j, node) in network.nodes.iter().enumerate().rev() {
        let buffered = of[j].iter().any(|s| s.is::<sliding_window::Config>());
        if buffered || node.engine.holds_operands() {
            continue;
        }
        let taken = busy(&of[j]).max(if node.engine.ends_image() { 0 } else { cycles[j] });
        for from in node.inputs.iter().filter(|k| **k > 0) {
            cycles[from - 1] = cycles[from - 1].max(taken);
        }
    }
    cycles
}
