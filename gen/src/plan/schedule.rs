//! How far pixels run ahead of the patches that need them, layer by layer: what line buffers must hold besides a patch's rows so
//! that no layer waits for another one.
//!
//! Every layer is greedy: a patch is done as soon as its pixels are there and the patch before it is done. Pixels come at the pace
//! of the whole network, spread evenly; behind each layer at the times its patches are done. Line buffers that hold the
//! most pixels that are waiting then never stall anybody, and the network keeps the interval of its slowest stage.

use super::{LayerOp, Network, Stage, StageBlock, Window};
use crate::blocks::sliding_window::Geometry;

/// Images that are followed: the pattern of the second one repeats.
const IMAGES: u64 = 4;

/// For each layer, beats that its window holds besides the rows of a patch.
pub fn spares(network: &Network, stages: &[Stage], ii: u64) -> Vec<u32> {
    let mut times: Vec<u64> = Vec::new();
    let mut spares = Vec::new();
    for (i, layer) in network.layers.iter().enumerate() {
        let own = || stages.iter().filter(|s| s.layer == i);
        // A window alone may wait at an image's end: that is what this is for.
        let busy = own().filter(|s| !matches!(s.block, StageBlock::Window(_))).map(|s| s.ii).max().unwrap_or(1);
        let window = match &layer.op {
            LayerOp::Conv(c) => &c.window,
            LayerOp::Depthwise(d) => &d.window,
            LayerOp::Pool(p) => &p.window,
            LayerOp::Dense(_) => {
                // A whole vector is stored: nothing of its pace is left.
                times.clear();
                spares.push(0);
                continue;
            }
            LayerOp::Table(_) => {
                spares.push(0);
                continue;
            }
        };
        let pixels = u64::from(window.height) * u64::from(window.width);
        if times.len() as u64 != IMAGES * pixels {
            times = (0..IMAGES * pixels).map(|j| j * ii / pixels).collect();
        }
        let geometry = own().find_map(|s| match &s.block {
            StageBlock::Window(c) => Some(c.derived()),
            _ => None,
        });
        match geometry {
            Some(g) => {
                let work = busy.max(g.beats_out()).div_ceil(window.patches());
                let (done, most) = patches(g, &times, work);
                // Pixels come beat by beat, and results in bursts: two pixels more.
                let needed = (most + 2) * u64::from(g.pixel);
                spares.push(needed.saturating_sub(g.capacity.into()).min(g.image.into()) as u32);
                times = done;
            }
            None => {
                times = whole(window, &times, busy);
                spares.push(0);
            }
        }
    }
    spares
}

/// When each patch is done, and the most pixels that are held.
fn patches(g: &Geometry, times: &[u64], work: u64) -> (Vec<u64>, u64) {
    let pixel = i64::from(g.pixel);
    let image = u64::from(g.image / g.pixel);
    let (mut done, mut now, mut come, mut most) = (Vec::new(), 0u64, 0usize, 0u64);
    for n in 0..IMAGES {
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

/// Layers without a line buffer: pointwise ones work pixel by pixel, global pooling ends with the image.
fn whole(w: &Window, times: &[u64], busy: u64) -> Vec<u64> {
    if w.is_global() && !w.is_pointwise() {
        let image = (w.height * w.width) as usize;
        return times.chunks(image).filter_map(|t| t.last().copied()).collect();
    }
    let work = busy.div_ceil(w.patches());
    let mut now = 0;
    let next = |t: &u64| {
        now = now.max(*t) + work;
        now
    };
    times.iter().map(next).collect()
}
