//! What layers cost at a target: cycles that they need at least, multipliers, lanes.

use super::fold::{fastest, fold, fold_dividing, Folding};
use super::{Concat, Enlarge, Grouped, Layer, LayerOp, Network, Permute, Product, Recode, SoftmaxRow, Sum, Window};
use niello_gen::blocks::requant::form;
use niello_gen::blocks::{mvu, softmax_lut};
use niello_gen::device::DeviceModel;
use niello_gen::num::{bits_for_range, Range};

/// Lanes that divide `channels`, the fewest such that `beats` of all channels take at most `target` cycles.
pub fn lanes(channels: u32, beats: u64, target: u64) -> Option<u32> {
    let fits = |d: &u32| channels.is_multiple_of(*d) && beats.saturating_mul((channels / d).into()) <= target;
    (1..=channels.min(MOST_LANES)).find(fits)
}

/// Most elements of a beat that the blocks take.
pub const MOST_LANES: u32 = 1024;

/// The most lanes that divide `channels`.
fn most_lanes(channels: u32) -> u32 {
    (1..=channels.min(MOST_LANES)).rev().find(|d| channels.is_multiple_of(*d)).unwrap_or(1)
}

/// Beats of a window for each beat of channels: those of its patches, or of its image.
fn beats(w: &Window) -> u64 {
    (w.patches() * u64::from(w.taps())).max(u64::from(w.height) * u64::from(w.width))
}

/// Channels in parallel of a window: its patches, and its image, must pass in the target's cycles.
pub fn window_lanes(w: &Window, target: u64) -> Option<u32> {
    lanes(w.channels, beats(w), target)
}

/// The same for groups: lanes divide the channels of one.
pub fn grouped_lanes(g: &Grouped, target: u64) -> Option<u32> {
    lanes(g.depth(), beats(&g.window).saturating_mul(g.groups.into()), target)
}

/// Lanes of a concatenation of so many pixels.
pub fn concat_lanes(c: &Concat, pixels: u64, target: u64) -> Option<u32> {
    lanes(c.common(), pixels * u64::from(c.total() / c.common()), target)
}

/// Lanes of an image that becomes larger: they divide the channels of the result.
pub fn enlarge_lanes(e: &Enlarge, target: u64) -> Option<u32> {
    let [rows, cols, channels] = e.out();
    lanes(channels, u64::from(rows) * u64::from(cols), target)
}

/// Lanes of elements that move: of an innermost dimension that stays.
pub fn permute_lanes(p: &Permute, elements: u32, target: u64) -> Option<u32> {
    let most = if p.keeps_pixels() { p.pixels()[0] } else { 1 };
    lanes(most, u64::from(elements / most), target)
}

/// Requantizers of a layer with so many outputs at each of `patches` places.
pub fn requant_lanes(outputs: u32, patches: u64, target: u64) -> Option<u32> {
    if patches == 1 {
        return Some(u64::from(outputs).div_ceil(target.max(1)) as u32);
    }
    lanes(outputs, patches, target)
}

/// Bits of the multiplier that a requantizer takes in a cycle, the fewest with which its beats take at most `target` cycles: then it
/// needs no multiplier. 0: none are few enough.
pub fn requant_digit(r: &Recode, outputs: u32, patches: u64, lanes: u32, target: u64) -> u32 {
    let bits = form::most_multiplier_bits(&r.scales);
    let beats = patches * u64::from(outputs.div_ceil(lanes.max(1)));
    DIGITS.into_iter().find(|d| beats * u64::from(bits.div_ceil(*d)) <= target).unwrap_or(0)
}

/// More bits a cycle are not cheaper than a multiplier.
const DIGITS: [u32; 4] = [1, 2, 4, 8];

/// Folding of a layer's matrix, which is multiplied several times in the target's cycles with codes of so many bits. Groups have no
/// padding lanes.
/// `on`: bits of a code, and the device whose block RAMs choose among foldings of as many multipliers.
pub fn folding(op: &LayerOp, target: u64, on: Option<(u32, &DeviceModel)>) -> Option<Folding> {
    let (rows, columns, times) = matrix(op)?;
    let each = target / times.max(1);
    let (w_bits, bias_bits, groups) = match op {
        LayerOp::Dense(d) => (bits_of(&d.weights), bits_of(&d.bias), 1),
        LayerOp::Conv(c) => (bits_of(&c.dense.weights), bits_of(&c.dense.bias), 1),
        LayerOp::Grouped(g) => (bits_of(&g.weights), bits_of(&g.bias), g.groups),
        _ => return None,
    };
    let block_rams = |f: &Folding| {
        let Some((x_bits, device)) = on else { return 0 };
        let (nf, sf) = (rows.div_ceil(f.pe), columns.div_ceil(f.simd));
        let (pe, simd) = (f.pe, f.simd);
        let m = mvu::Memories { groups, nf, sf, pe, simd, weight_bits: w_bits, bias_bits, x_bits, split: 0 };
        let (words, bits) = m.weights();
        let split = device.best_cut(words, bits);
        device.resources(&mvu::Memories { split, ..m }.cost()).block_rams
    };
    if matches!(op, LayerOp::Grouped(_)) {
        fold_dividing(rows, columns, each, block_rams)
    } else {
        fold(rows, columns, each, block_rams)
    }
}

fn bits_of(values: &[i64]) -> u32 {
    let (lo, hi) = values.iter().fold((0, 0), |(lo, hi), v| (*v.min(&lo), *v.max(&hi)));
    bits_for_range(Range::new(lo.into(), hi.into()), true)
}

/// Rows, columns, and how often a layer's matrix is multiplied.
pub fn matrix(op: &LayerOp) -> Option<(u32, u32, u64)> {
    let (d, patches) = match op {
        LayerOp::Grouped(g) => {
            let times = g.window.patches() * u64::from(g.groups);
            return Some((g.rows(), g.window.taps() * g.depth(), times));
        }
        LayerOp::Dense(d) => (d, 1),
        LayerOp::Conv(c) => (&c.dense, c.window.patches()),
        _ => return None,
    };
    let rows = d.bias.len() as u32;
    Some((rows, d.weights.len() as u32 / rows.max(1), patches))
}

/// Multipliers of a layer at a target, requantizers included. None: no folding is fast enough.
pub fn multipliers(layer: &Layer, target: u64) -> Option<u64> {
    let requant = |r: Option<&Recode>, outputs: u32, patches: u64| {
        let Some(r) = r else { return Some(0) };
        let lanes = requant_lanes(outputs, patches, target)?;
        let none = r.by_counting() || requant_digit(r, outputs, patches, lanes, target) > 0;
        Some(if none { 0 } else { u64::from(lanes) })
    };
    match &layer.op {
        LayerOp::Table(_) => (fewest_cycles(layer) <= target).then_some(0),
        LayerOp::Dense(d) => {
            let (rows, _, _) = matrix(&layer.op)?;
            Some(folding(&layer.op, target, None)?.multipliers() + requant(d.recode.as_ref(), rows, 1)?)
        }
        LayerOp::Conv(c) => {
            let (rows, _, patches) = matrix(&layer.op)?;
            if !c.window.is_pointwise() {
                window_lanes(&c.window, target)?;
            }
            let f = folding(&layer.op, target, None)?;
            Some(f.multipliers() + requant(c.dense.recode.as_ref(), rows, patches)?)
        }
        LayerOp::Grouped(g) => {
            grouped_lanes(g, target)?;
            let outputs = g.bias.len() as u32;
            Some(
                folding(&layer.op, target, None)?.multipliers()
                    + requant(Some(&g.recode), outputs, g.window.patches())?,
            )
        }
        LayerOp::Depthwise(d) => {
            let w = &d.window;
            Some(u64::from(window_lanes(w, target)?) + requant(Some(&d.recode), w.channels, w.patches())?)
        }
        LayerOp::Add(a) => {
            let pixels = u64::from(layer.output.count / a.channels.max(1));
            lanes(a.channels, pixels, target)?;
            requant(Some(&a.recode), a.channels, pixels)
        }
        LayerOp::Mul(p) => {
            let pixels = u64::from(layer.output.count / p.channels.max(1));
            Some(u64::from(lanes(p.channels, pixels, target)?) + requant(Some(&p.recode), p.channels, pixels)?)
        }
        LayerOp::Concat(c) => {
            concat_lanes(c, u64::from(layer.output.count / c.total().max(1)), target)?;
            Some(0)
        }
        LayerOp::Pad(p) => window_lanes(&p.window, target).map(|_| 0),
        LayerOp::Enlarge(e) => enlarge_lanes(e, target).map(|_| 0),
        LayerOp::Permute(p) => permute_lanes(p, layer.output.count, target).map(|_| 0),
        LayerOp::Softmax(_) => (fewest_cycles(layer) <= target).then_some(1),
        LayerOp::Pool(p) => {
            window_lanes(&p.window, target)?;
            let (channels, patches) = (p.window.channels, p.window.patches());
            if p.by_patch() {
                return requant(p.average.as_ref(), channels * patches as u32, 1);
            }
            requant(p.average.as_ref(), channels, patches)
        }
    }
}

/// The fewest cycles in which a layer can be done.
pub fn fewest_cycles(layer: &Layer) -> u64 {
    let passes = |w: &Window| beats(w) * u64::from(w.channels / most_lanes(w.channels));
    match &layer.op {
        LayerOp::Table(_) => u64::from(layer.output.count.div_ceil(MOST_LANES)),
        LayerOp::Dense(_) => matrix(&layer.op).map_or(1, |(r, c, _)| fastest(r, c)),
        LayerOp::Conv(c) => {
            let (rows, columns, patches) = matrix(&layer.op).unwrap_or((1, 1, 1));
            let product = fastest(rows, columns) * patches;
            let results = if patches > 1 { patches * u64::from(rows / most_lanes(rows)) } else { 1 };
            let window = if c.window.is_pointwise() { 1 } else { passes(&c.window) };
            product.max(results).max(window)
        }
        LayerOp::Grouped(g) => {
            let (rows, columns, times) = matrix(&layer.op).unwrap_or((1, 1, 1));
            let w = &g.window;
            let outputs = g.bias.len() as u32;
            let results = w.patches() * u64::from(outputs / most_lanes(outputs));
            let window = beats(w) * u64::from(w.channels / most_lanes(g.depth()));
            let product = u64::from(rows / most_lanes(rows)) * u64::from(columns / most_lanes(columns)) * times;
            product.max(results).max(window)
        }
        LayerOp::Depthwise(d) => passes(&d.window),
        LayerOp::Pool(p) => passes(&p.window),
        LayerOp::Pad(p) => passes(&p.window),
        LayerOp::Softmax(s) => softmax_cycles(s, layer.output.count),
        LayerOp::Enlarge(e) => u64::from(layer.output.count / most_lanes(e.out()[2])),
        LayerOp::Concat(c) => u64::from(layer.output.count / most_lanes(c.common())),
        LayerOp::Permute(p) if p.keeps_pixels() => u64::from(layer.output.count / most_lanes(p.pixels()[0])),
        LayerOp::Permute(_) => layer.output.count.into(),
        LayerOp::Add(Sum { channels, .. }) | LayerOp::Mul(Product { channels, .. }) => {
            u64::from(layer.output.count / most_lanes(*channels))
        }
    }
}

/// Cycles in which every layer can be done with one lane of everything.
pub fn most_cycles(network: &Network) -> u64 {
    let of = |l: &Layer| match &l.op {
        LayerOp::Table(_) => l.output.count.into(),
        LayerOp::Dense(_) => matrix(&l.op).map_or(1, |(r, c, _)| u64::from(r) * u64::from(c)),
        LayerOp::Conv(c) => {
            let product = matrix(&l.op).map_or(1, |(r, k, n)| u64::from(r) * u64::from(k) * n);
            product.max(all(&c.window))
        }
        LayerOp::Add(_) | LayerOp::Mul(_) | LayerOp::Concat(_) | LayerOp::Enlarge(_) | LayerOp::Permute(_) => {
            l.output.count.into()
        }
        LayerOp::Pad(p) => all(&p.window),
        LayerOp::Softmax(s) => softmax_cycles(s, l.output.count),
        LayerOp::Grouped(g) => {
            let product = matrix(&l.op).map_or(1, |(r, k, n)| u64::from(r) * u64::from(k) * n);
            product.max(all(&g.window))
        }
        LayerOp::Depthwise(d) => all(&d.window),
        LayerOp::Pool(p) => all(&p.window),
    };
    // A bit of every requantizer's multiplier in a cycle.
    let bits = |l: &Layer| match l.op.recode() {
        Some(r) => u64::from(l.output.count) * u64::from(form::most_multiplier_bits(&r.scales)),
        None => 1,
    };
    network.layers.iter().map(|l| of(l).max(bits(l))).max().unwrap_or(1).max(1)
}

/// Cycles of all rows: each is read three times, and a reciprocal is taken.
fn softmax_cycles(s: &SoftmaxRow, elements: u32) -> u64 {
    let rows = u64::from(elements / s.classes.max(1));
    rows * (3 * u64::from(s.classes) + softmax_lut::RECIPROCAL)
}

fn all(w: &Window) -> u64 {
    let image = u64::from(w.height) * u64::from(w.width) * u64::from(w.channels);
    image.max(w.patches() * u64::from(w.taps()) * u64::from(w.channels))
}
