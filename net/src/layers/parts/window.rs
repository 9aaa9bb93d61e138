//! Patches of an image: lanes, cycles, the stage that cuts them, and when they are there.

use niello_gen::blocks::sliding_window::{self, Geometry, Order};

use super::{lanes as dividing, most_lanes};
use crate::layers::Pace;
use crate::plan::{Arrivals, Arrived, Pipeline, Spare};
use crate::{Elements, Window};

/// Beats of a window for each beat of channels: those of its patches, or of its image.
fn beats(w: &Window) -> u64 {
    (w.patches() * u64::from(w.taps())).max(u64::from(w.height) * u64::from(w.width))
}

/// Channels in parallel: patches, and the image, must pass in the target's cycles. `groups` of channels pass one after the other, and lanes
/// divide the channels of one.
pub fn lanes(w: &Window, groups: u32, target: u64) -> Option<u32> {
    dividing(w.channels / groups.max(1), beats(w).saturating_mul(groups.into()), target)
}

/// Cycles with as many lanes as divide `channels`.
pub fn passes(w: &Window, channels: u32) -> u64 {
    beats(w) * u64::from(w.channels / most_lanes(channels))
}

/// With all channels in parallel, and with one lane.
pub fn pace(w: &Window) -> Pace {
    let image = u64::from(w.height) * u64::from(w.width) * u64::from(w.channels);
    let most = image.max(w.patches() * u64::from(w.taps()) * u64::from(w.channels));
    Pace { fewest: passes(w, w.channels), most }
}

/// Patches of the image: taps of all channels, or of a beat of channels.
pub fn stage(p: &mut Pipeline, w: &Window, outside: i64, order: Order, lanes: u32) {
    // Lanes that divide the channels make an unbroken row of all pixels, whatever vectors came.
    p.unbroken(lanes, "pixel");
    let config = sliding_window::Config {
        height: w.height,
        width: w.width,
        channels: w.channels,
        lanes,
        bits: p.now.bits,
        signed: p.now.signed,
        kernel_h: w.kernel[0],
        kernel_w: w.kernel[1],
        stride_h: w.stride[0],
        stride_w: w.stride[1],
        dilation_h: w.dilation[0],
        dilation_w: w.dilation[1],
        pad_top: w.pads[0],
        pad_left: w.pads[1],
        pad_bottom: w.pads[2],
        pad_right: w.pads[3],
        pad_value: if w.pads == [0; 4] { 0 } else { outside },
        order,
        spare: p.spare().map_or(0, |s| s.window),
    };
    let patch = w.taps() * w.channels;
    let output = Elements { count: w.patches() as u32 * patch, ..p.now };
    p.add("window", (output, lanes), config);
    p.vector = patch;
}

/// When patches are done: behind a line buffer, at once where a patch is a pixel, with the image where there is one.
pub fn arrivals(w: &Window, a: &Arrivals) -> Arrived {
    let come = a.come(0, u64::from(w.height) * u64::from(w.width));
    match a.window() {
        Some(g) => {
            let (done, most) = patches(g, a.images, &come, a.work_beside(g.beats_out(), w.patches()));
            // Pixels come beat by beat, and results in bursts: a few pixels more.
            let needed = (most + 4) * u64::from(g.pixel);
            let window = needed.saturating_sub(g.capacity.into()).min(g.image.into()) as u32;
            Arrived { done, spare: Spare { window, ..Spare::default() } }
        }
        None => Arrived { done: whole(w, &come, a.work(w.patches())), spare: Spare::default() },
    }
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

/// Layers without a line buffer: pointwise ones work pixel by pixel, global pooling ends with the image.
fn whole(w: &Window, times: &[u64], work: u64) -> Vec<u64> {
    if w.is_global() && !w.is_pointwise() {
        let image = (w.height * w.width) as usize;
        return times.chunks(image).filter_map(|t| t.last().copied()).collect();
    }
    crate::plan::behind(times, work)
}
