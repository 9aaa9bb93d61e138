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

use super::builder::Spare;
use super::{Concat, Conv, Depthwise, Grouped, LayerOp, Network, Pad, Pool, Product, Stage, Sum, Window};
use niello_gen::blocks::sliding_window::{self, Geometry};

/// Images that are followed beyond those that the network has in flight: the pattern repeats from the second one on.
const IMAGES: u64 = 4;
/// The most pixels of a layer that are followed, where that leaves two images.
const MOST_PIXELS: u64 = 1 << 24;
/// The most images that are followed.
const MOST_IMAGES: u64 = 256;

/// Pixels more than the model says: those in the registers, buffers and converters of a layer.
const INSIDE: u64 = 4;

/// What has to wait in front of each layer; and when the first image's last result is there, counted from its first pixel.
pub(super) fn spares(network: &Network, stages: &[Stage], ii: u64) -> (Vec<Spare>, u64) {
    let (mut spares, first) = follow(network, stages, ii, false);
    if network.layers.iter().any(|l| l.inputs.len() > 1) {
        // A pixel comes when every layer has done the one before it, each in a cycle at most.
        let slow = (network.layers.len() as u64 + 1).saturating_mul(network.input.count.into());
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
    let pixels = network.layers.iter().map(|l| u64::from(l.output.count)).max().unwrap_or(1).max(1);
    let images = (IMAGES + flight).min(MOST_IMAGES).min(MOST_PIXELS / pixels).max(2);
    let of = by_layer(network, stages);
    let takers = takers(network, &of);
    let last = last_takers(network);
    for (i, layer) in network.layers.iter().enumerate() {
        let own = || of[i].iter().copied();
        let busy = if slow { 0 } else { busy(&of[i]) };
        // Cycles of each pixel that leaves: the layer's own, or those until the next ones take it.
        let work = |own: u64, pixels: u64| if slow { 0 } else { own.div_ceil(pixels).max(takers[i] / pixels) };
        let come = |k: usize, pixels: u64| paced(&times[layer.inputs[k]], images, pixels, ii);
        let mut spare = Spare::default();
        let done = match &layer.op {
            LayerOp::Table(_) if times[layer.inputs[0]].is_empty() => come(0, layer.output.count.into()),
            LayerOp::Table(_) => times[layer.inputs[0]].clone(),
            LayerOp::Enlarge(e) => {
                let come = come(0, u64::from(e.height) * u64::from(e.width));
                let [rows, cols, _] = e.out();
                let of_row = [e.width.into(), u64::from(rows / e.height) * u64::from(cols)];
                let (done, taken) = by_rows(of_row, &come, work(busy, u64::from(rows) * u64::from(cols)));
                spare.operands = vec![early(&come, &taken)];
                done
            }
            LayerOp::Permute(p) => {
                let pixels = p.pixels().map(|n| u64::from(layer.output.count / n.max(1)));
                let come = come(0, pixels[0]);
                let (done, taken) = by_rows(pixels.map(|n| n / p.rows()), &come, work(busy, pixels[1]));
                spare.operands = vec![early(&come, &taken)];
                done
            }
            LayerOp::Softmax(s) => {
                let rows = u64::from(layer.output.count / s.classes.max(1));
                behind(&come(0, rows), work(busy, rows))
            }
            LayerOp::Dense(_) => {
                let pixels = (times[layer.inputs[0]].len() as u64 / images).max(1);
                let come = come(0, pixels);
                let ends: Vec<u64> = come.chunks(pixels as usize).filter_map(|t| t.last().copied()).collect();
                behind(&ends, busy)
            }
            LayerOp::Add(Sum { channels, .. }) | LayerOp::Mul(Product { channels, .. }) => {
                let pixels = u64::from(layer.output.count / channels.max(&1));
                let operands: Vec<Vec<u64>> = (0..layer.inputs.len()).map(|k| come(k, pixels)).collect();
                let (done, waiting) = together(&operands, work(busy, pixels));
                spare.operands = waiting;
                spare.least = ahead(&operands, slow);
                done
            }
            LayerOp::Concat(c @ Concat { channels }) => {
                let pixels = u64::from(layer.output.count / c.total().max(1));
                let operands: Vec<Vec<u64>> = (0..channels.len()).map(|k| come(k, pixels)).collect();
                let (done, waiting) = together(&operands, work(busy, pixels));
                spare.least = ahead(&operands, slow);
                // A pixel of each operand waits while those of the others pass, and the next one comes.
                spare.operands = waiting.into_iter().map(|w| w.max(2)).collect();
                done
            }
            LayerOp::Pad(Pad { window: w, .. }) => {
                let come = come(0, u64::from(w.height) * u64::from(w.width));
                let (done, taken) = bordered(w, images, &come, work(busy, w.patches()));
                // Pixels wait while the border passes.
                spare.operands = vec![(waiting(&come, &taken) + INSIDE) as u32];
                done
            }
            LayerOp::Conv(Conv { window, .. })
            | LayerOp::Depthwise(Depthwise { window, .. })
            | LayerOp::Grouped(Grouped { window, .. })
            | LayerOp::Pool(Pool { window, .. }) => {
                let come = come(0, u64::from(window.height) * u64::from(window.width));
                let geometry = own().find_map(|s| s.block.of::<sliding_window::Config>()).map(|c| c.derived());
                match geometry {
                    Some(g) => {
                        let work = work(busy.max(g.beats_out()), window.patches());
                        let (done, most) = patches(g, images, &come, work);
                        // Pixels come beat by beat, and results in bursts: a few pixels more.
                        let needed = (most + 4) * u64::from(g.pixel);
                        spare.window = needed.saturating_sub(g.capacity.into()).min(g.image.into()) as u32;
                        done
                    }
                    None => whole(window, &come, work(busy, window.patches())),
                }
            }
        };
        // Everything that a pixel passes on its way; windows are followed patch by patch.
        let latency = || own().filter(|s| !s.is::<sliding_window::Config>()).map(|s| s.latency).sum();
        let way: u64 = if slow { u64::from(needs_whole_pixels(&layer.op)) } else { latency() };
        first = done.get((done.len() as u64 / images).saturating_sub(1) as usize).map_or(0, |t| t + way);
        times.push(done.iter().map(|t| t + way).collect());
        spares.push(spare);
        // What no later layer takes is forgotten.
        for k in layer.inputs.iter().chain([&(i + 1)]).filter(|k| last[**k] <= i) {
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
    for (layer, spare) in network.layers.iter().zip(spares) {
        let of: Vec<usize> = layer.inputs.iter().map(|k| roots[*k]).collect();
        let meet = of.len() > 1 && of.iter().all(|r| *r == of[0]);
        if meet && spare.operands.iter().any(|pixels| *pixels > 0) {
            spare.operands.iter_mut().for_each(|pixels| *pixels = (*pixels).max(INSIDE as u32));
        }
        let same = !needs_whole_pixels(&layer.op) && of.iter().all(|r| *r == of[0]);
        roots.push(if same { of[0] } else { roots.len() });
    }
}

/// Nothing of a pixel leaves before all of one has come.
fn needs_whole_pixels(op: &LayerOp) -> bool {
    let beat_by_beat = matches!(
        op,
        LayerOp::Table(_)
            | LayerOp::Add(_)
            | LayerOp::Mul(_)
            | LayerOp::Concat(_)
            | LayerOp::Pad(_)
            | LayerOp::Enlarge(_)
    );
    !beat_by_beat
}

/// Cycles an image of a layer's blocks. A window alone may wait at an image's end: that is what this is for.
fn busy(own: &[&Stage]) -> u64 {
    own.iter().filter(|s| !s.is::<sliding_window::Config>()).map(|s| s.ii).max().unwrap_or(1)
}

/// The stages of each layer.
fn by_layer<'s>(network: &Network, stages: &'s [Stage]) -> Vec<Vec<&'s Stage>> {
    let mut of = vec![Vec::new(); network.layers.len()];
    for s in stages {
        of[s.layer].push(s);
    }
    of
}

/// For the input and each layer's result, the last layer that takes it; 0 where none does.
fn last_takers(network: &Network) -> Vec<usize> {
    let mut last = vec![0; network.layers.len() + 1];
    for (i, layer) in network.layers.iter().enumerate() {
        for k in &layer.inputs {
            last[*k] = i;
        }
    }
    last
}

/// For each layer, the cycles an image in which those behind it take its result, where no buffer stands between them.
fn takers(network: &Network, of: &[Vec<&Stage>]) -> Vec<u64> {
    let mut cycles = vec![0; network.layers.len()];
    for (j, layer) in network.layers.iter().enumerate().rev() {
        let held = of[j].iter().any(|s| s.is::<sliding_window::Config>());
        // Vectors are held while the one before them is multiplied.
        if held || matches!(layer.op, LayerOp::Dense(_)) {
            continue;
        }
        let ends_here = matches!(&layer.op, LayerOp::Pool(_));
        let taken = busy(&of[j]).max(if ends_here { 0 } else { cycles[j] });
        for from in layer.inputs.iter().filter(|k| **k > 0) {
            cycles[from - 1] = cycles[from - 1].max(taken);
        }
    }
    cycles
}

/// When so many pixels an image are there. The network's input comes at a steady pace; where an image has other pixels than
/// before (a vector is one), a pixel is there with the last of the old ones that it has elements of.
fn paced(times: &[u64], images: u64, pixels: u64, ii: u64) -> Vec<u64> {
    let before = times.len() as u64 / images;
    if before == 0 {
        return (0..images * pixels).map(|j| j * ii / pixels).collect();
    }
    let last = |j: u64| (j / pixels) * before + ((j % pixels + 1) * before).div_ceil(pixels) - 1;
    (0..images * pixels).map(|j| times[last(j) as usize]).collect()
}

/// When pixels of all operands are done, and how many of each wait. Whatever is never early needs no FIFO.
fn together(operands: &[Vec<u64>], work: u64) -> (Vec<u64>, Vec<u32>) {
    let pixels = operands.iter().map(Vec::len).min().unwrap_or(0);
    let all: Vec<u64> = (0..pixels).map(|j| operands.iter().map(|t| t[j]).max().unwrap_or(0)).collect();
    let done = behind(&all, work);
    let wait = |times: &Vec<u64>| {
        let early = times.iter().zip(&all).any(|(own, all)| own < all);
        if early {
            (waiting(times, &done) + INSIDE) as u32
        } else {
            0
        }
    };
    let waits = operands.iter().map(wait).collect();
    (done, waits)
}

/// Pixels of each operand that are there before another one has its own: one is enough to wait for, where the other one needs all beats of
/// a pixel before it gives the first.
fn ahead(operands: &[Vec<u64>], slow: bool) -> Vec<u32> {
    if !slow {
        return Vec::new();
    }
    let pixels = operands.iter().map(Vec::len).min().unwrap_or(0);
    let all: Vec<u64> = (0..pixels).map(|j| operands.iter().map(|t| t[j]).max().unwrap_or(0)).collect();
    let ahead = |own: &Vec<u64>| own.iter().zip(&all).any(|(own, all)| own < all);
    operands.iter().map(|own| if ahead(own) { waiting(own, &all) as u32 } else { 0 }).collect()
}

/// Pixels that wait where some come before they are taken.
fn early(come: &[u64], taken: &[u64]) -> u32 {
    let early = come.iter().zip(taken).any(|(come, taken)| come < taken);
    if early {
        (waiting(come, taken) + INSIDE) as u32
    } else {
        0
    }
}

/// The most pixels that have come and are not done.
fn waiting(come: &[u64], done: &[u64]) -> u64 {
    let mut next = 0;
    let mut most = 0;
    for (j, t) in done.iter().enumerate() {
        while come.get(next).is_some_and(|c| c <= t) {
            next += 1;
        }
        most = most.max(next - j);
    }
    most as u64
}

/// One after the other, each taking so long.
fn behind(times: &[u64], work: u64) -> Vec<u64> {
    let mut now = 0;
    let next = |t: &u64| {
        now = now.max(*t) + work;
        now
    };
    times.iter().map(next).collect()
}

/// When each patch is done, and the most pixels that are held.
fn patches(g: &Geometry, images: u64, times: &[u64], work: u64) -> (Vec<u64>, u64) {
    let pixel = i64::from(g.pixel);
    let image = u64::from(g.image / g.pixel);
    let (mut done, mut now, mut come, mut most) = (Vec::new(), 0u64, 0usize, 0u64);
    for n in 0..images {
        for y in 0..g.rows {
            for x in 0..g.cols {
                let p = g.patch(y, x);
                let needed = n * image + (p.needed / pixel) as u64;
                now = now.max(times[needed as usize - 1]) + work;
                while times.get(come).is_some_and(|t| *t <= now) {
                    come += 1;
                }
                most = most.max((come as u64).saturating_sub(n * image + (p.first / pixel) as u64));
                done.push(now);
            }
        }
    }
    (done, most)
}

/// Pixels and those around them: a border in front waits for its image, and everything takes its turn. When each pixel of the
/// result is done, and when each one of the image passes.
fn bordered(w: &Window, images: u64, come: &[u64], work: u64) -> (Vec<u64>, Vec<u64>) {
    let [rows, cols] = w.out();
    let (mut done, mut taken, mut now) = (Vec::new(), Vec::new(), 0);
    for n in 0..images {
        for y in 0..rows {
            for x in 0..cols {
                // The last pixel at or before this place; in front of the image the first one.
                let row = y.saturating_sub(w.pads[0]).min(w.height - 1);
                let col = if y < w.pads[0] { 0 } else { x.saturating_sub(w.pads[1]).min(w.width - 1) };
                let pixel = n * u64::from(w.height * w.width) + u64::from(row * w.width + col);
                now = come[pixel as usize].max(now) + work;
                done.push(now);
                let inside = |at: u32, pad: u32, size: u32| (pad..pad + size).contains(&at);
                if inside(y, w.pads[0], w.height) && inside(x, w.pads[1], w.width) {
                    taken.push(now);
                }
            }
        }
    }
    (done, taken)
}

/// Rows of so many pixels become rows of others: a row is read when all of it is there, and the next one stored meanwhile. When each
/// pixel of the result is done, and when each one of the operand is stored.
fn by_rows([before, after]: [u64; 2], come: &[u64], work: u64) -> (Vec<u64>, Vec<u64>) {
    let (mut done, mut taken, mut now, mut free) = (Vec::new(), Vec::new(), 0, 0);
    for row in come.chunks(before.max(1) as usize) {
        // Its half of the buffer is free when the row before the last one is read.
        taken.extend(row.iter().map(|t| *t.max(&free)));
        free = now;
        now = taken.last().copied().unwrap_or(0).max(now);
        for _ in 0..after {
            now += work;
            done.push(now);
        }
    }
    (done, taken)
}

/// Layers without a line buffer: pointwise ones work pixel by pixel, global pooling ends with the image.
fn whole(w: &Window, times: &[u64], work: u64) -> Vec<u64> {
    if w.is_global() && !w.is_pointwise() {
        let image = (w.height * w.width) as usize;
        return times.chunks(image).filter_map(|t| t.last().copied()).collect();
    }
    behind(times, work)
}
