//! Layers -> stages: each layer's blocks with their checked configurations, and what they cost.

use std::sync::Arc;

use super::fold::Folding;
use super::lower::{Known, Stage, Tap};
use super::{
    cost, Conv, Dense, Depthwise, Elements, Grouped, Layer, LayerOp, Network, Pad, PlanError, Pool, Product, Sum,
    Window,
};
use niello_gen::blocks::mac_array::{Cell, Mac};
use niello_gen::blocks::sliding_window::Order;
use niello_gen::blocks::{depthwise, lut, mvu, sliding_window, BlockConfig, Checked, ConfigError};
use niello_gen::ir::Reports;
use niello_gen::num::{bits_for_range, Range};

/// Stages under construction, and the place from which the next one goes on.
pub(super) struct Builder<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) stages: Vec<Stage>,
    errors: Vec<PlanError>,
    pub(super) target: u64,
    pub(super) now: Elements,
    pub(super) lanes: u32,
    /// Elements that lanes divide, or that end with padding lanes: a pixel, or a vector.
    pub(super) vector: u32,
    /// The stage that gives it.
    at: Option<usize>,
    /// What the network's input and each layer gave.
    tips: Vec<Tip>,
    pub(super) spares: Vec<Spare>,
    /// FIFOs by stage, and the beats without which the network could stand still for good.
    pub(super) least: Vec<(usize, u32)>,
}

/// A place in the network from which layers go on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tip {
    /// The stage; none: the network's input.
    pub at: Option<usize>,
    /// What it gives.
    pub now: Elements,
    lanes: u32,
    vector: u32,
}

impl<'a> Builder<'a> {
    /// All stages; `spares`: beats that each layer's window holds besides the rows of a patch.
    pub(super) fn build(
        network: &Network,
        target: u64,
        spares: &[Spare],
        known: &'a Known<'a>,
    ) -> Result<Builder<'a>, Reports<PlanError>> {
        let (now, vector) = (network.input, network.input.count);
        let spares = spares.to_vec();
        let (stages, errors, tips) = (Vec::new(), Vec::new(), Vec::new());
        let mut b =
            Builder { known, stages, errors, target, now, lanes: 0, vector, at: None, tips, spares, least: Vec::new() };
        b.lanes = b.first_lanes(network);
        b.tips.push(b.tip());
        for (i, layer) in network.layers.iter().enumerate() {
            b.go_on_from(layer.inputs[0]);
            b.layer(i, layer);
            b.tips.push(b.tip());
        }
        b.check_takers();
        if b.errors.is_empty() {
            Ok(b)
        } else {
            Err(Reports(b.errors))
        }
    }

    /// For each layer, where its result is.
    pub(super) fn taps(&self) -> Vec<Tap> {
        let tap = |t: &Tip| Some(Tap { stage: t.at?, vectors: u64::from(t.now.count / t.vector.max(1)) });
        self.tips.iter().skip(1).filter_map(tap).collect()
    }

    /// A `fork` has so many outputs at most.
    fn check_takers(&mut self) {
        let taken = |from: Option<usize>| self.stages.iter().flat_map(|s| &s.inputs).filter(|i| **i == from).count();
        let names = std::iter::once((None, "the input"))
            .chain(self.stages.iter().enumerate().map(|(i, s)| (Some(i), s.name.as_str())));
        let over: Vec<PlanError> = names
            .map(|(from, name)| (name.to_string(), taken(from)))
            .filter(|(_, takers)| *takers > MOST_TAKERS)
            .map(|(stage, takers)| PlanError::Takers { stage, takers, most: MOST_TAKERS })
            .collect();
        self.errors.extend(over);
    }

    /// The border takes beats as the first layer likes them.
    pub(super) fn first_lanes(&self, network: &Network) -> u32 {
        let first = network.layers.iter().map(|l| &l.op).find(|op| !matches!(op, LayerOp::Table(_)));
        let lanes = match first {
            Some(op @ LayerOp::Dense(_)) => self.folding(op, network.input.bits).map(|f| f.simd),
            Some(op @ LayerOp::Conv(c)) if c.window.is_pointwise() => {
                self.folding(op, network.input.bits).map(|f| f.simd)
            }
            Some(LayerOp::Conv(Conv { window, .. }))
            | Some(LayerOp::Depthwise(Depthwise { window, .. }))
            | Some(LayerOp::Pad(Pad { window, .. }))
            | Some(LayerOp::Pool(Pool { window, .. })) => cost::window_lanes(window, self.target),
            Some(LayerOp::Grouped(g)) => cost::grouped_lanes(g, self.target),
            Some(LayerOp::Add(Sum { channels, .. }) | LayerOp::Mul(Product { channels, .. })) => {
                cost::lanes(*channels, u64::from(network.input.count / channels.max(&1)), self.target)
            }
            Some(LayerOp::Concat(c)) => {
                cost::concat_lanes(c, u64::from(network.input.count / c.channels[0].max(1)), self.target)
            }
            Some(LayerOp::Softmax(_)) => Some(1),
            Some(LayerOp::Permute(p)) => cost::permute_lanes(p, network.input.count, self.target),
            Some(LayerOp::Enlarge(e)) => cost::enlarge_lanes(e, self.target),
            Some(LayerOp::Table(_)) | None => {
                Some((u64::from(network.input.count).div_ceil(self.target.max(1)) as u32).min(cost::MOST_LANES))
            }
        };
        lanes.unwrap_or(1)
    }

    pub(super) fn tip(&self) -> Tip {
        Tip { at: self.at, now: self.now, lanes: self.lanes, vector: self.vector }
    }

    pub(super) fn go_on_from(&mut self, input: usize) {
        let t = self.tips[input];
        (self.at, self.now, self.lanes, self.vector) = (t.at, t.now, t.lanes, t.vector);
    }

    fn folding(&self, op: &LayerOp, x_bits: u32) -> Option<Folding> {
        cost::folding(op, self.target, Some((x_bits, self.known.device)))
    }

    fn layer(&mut self, i: usize, layer: &Layer) {
        match &layer.op {
            LayerOp::Dense(d) => {
                self.vector = self.now.count;
                self.dense(i, layer, d, 1);
            }
            LayerOp::Conv(c) => {
                if c.window.is_pointwise() {
                    self.by_pixels(i, layer, c.window.channels);
                } else {
                    let lanes = cost::window_lanes(&c.window, self.target);
                    self.window(i, layer, &c.window, c.dense.x_zero, Order::Taps, lanes);
                }
                self.dense(i, layer, &c.dense, c.window.patches());
            }
            LayerOp::Depthwise(d) => self.depthwise(i, layer, d),
            LayerOp::Grouped(g) => self.grouped(i, layer, g),
            LayerOp::Pool(p) => self.pool(i, layer, p),
            LayerOp::Add(a) => self.sum(i, layer, a),
            LayerOp::Mul(p) => self.product(i, layer, p),
            LayerOp::Concat(c) => self.concat(i, layer, c),
            LayerOp::Pad(p) => self.pad(i, layer, p),
            LayerOp::Softmax(s) => self.softmax(i, layer, s),
            LayerOp::Enlarge(e) => self.enlarge(i, layer, e),
            LayerOp::Permute(p) => self.permute(i, layer, p),
            LayerOp::Table(t) => {
                let config = lut::Config {
                    in_bits: self.now.bits,
                    in_signed: self.now.signed,
                    out_bits: layer.output.bits,
                    out_signed: layer.output.signed,
                    lanes: self.lanes,
                    table: t.entries.clone(),
                };
                self.add(i, layer, "lut", (layer.output, self.lanes), config);
            }
        }
    }

    /// Patches of the image: taps of all channels, or of a beat of channels.
    pub(super) fn window(
        &mut self,
        i: usize,
        layer: &Layer,
        w: &Window,
        outside: i64,
        order: Order,
        lanes: Option<u32>,
    ) {
        let Some(lanes) = lanes else { return };
        // Lanes that divide the channels make an unbroken row of all pixels, whatever vectors came.
        self.unbroken(i, layer, lanes, "pixel");
        let config = sliding_window::Config {
            height: w.height,
            width: w.width,
            channels: w.channels,
            lanes,
            bits: self.now.bits,
            signed: self.now.signed,
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
            spare: self.spares.get(i).map_or(0, |s| s.window),
        };
        let patch = w.taps() * w.channels;
        let output = Elements { count: w.patches() as u32 * patch, ..self.now };
        let Some(c) = self.check(layer, config) else { return };
        self.stage(i, layer, "window", (output, lanes), 0, c);
        self.vector = patch;
    }

    /// A matrix times each vector.
    fn dense(&mut self, i: usize, layer: &Layer, d: &Dense, patches: u64) {
        let matrices = Matrices { groups: 1, x_zero: d.x_zero, weights: d.weights.clone(), bias: d.bias.clone() };
        let Some(result) = self.matrices(i, layer, matrices, patches) else { return };
        self.recode(i, layer, d.recode.as_ref(), result, patches);
    }

    /// Patches come group by group, each with its own matrix.
    fn grouped(&mut self, i: usize, layer: &Layer, g: &Grouped) {
        let (taps, depth, patches) = (g.window.taps(), g.depth(), g.window.patches());
        self.window(i, layer, &g.window, g.x_zero, Order::Channels, cost::grouped_lanes(g, self.target));
        self.vector = taps * depth;
        // A beat of channels comes with all its taps before the next one.
        let lanes = self.lanes.max(1);
        let place = |b: u32| (0..taps).flat_map(move |t| (0..lanes).map(move |l| t * depth + b * lanes + l));
        let order: Vec<u32> = (0..depth / lanes).flat_map(place).collect();
        let row = |r: &[i64]| order.iter().map(|k| r[*k as usize]).collect::<Vec<i64>>();
        let weights = g.weights.chunks((taps * depth) as usize).flat_map(row).collect();
        let matrices = Matrices { groups: g.groups, x_zero: g.x_zero, weights, bias: g.bias.clone() };
        let Some(result) = self.matrices(i, layer, matrices, patches) else { return };
        self.recode(i, layer, Some(&g.recode), result, patches);
    }

    /// `mvu` on every vector; gives the range of its sums.
    fn matrices(&mut self, i: usize, layer: &Layer, d: Matrices, patches: u64) -> Option<Range> {
        let f = self.folding(&layer.op, self.now.bits)?;
        let outputs = d.bias.len() as u32;
        let rows = outputs / d.groups;
        self.widen(i, layer, f.simd, "in");
        let span = d.weights.iter().fold((0, 0), |(lo, hi), w| (*w.min(&lo), *w.max(&hi)));
        let w_bits = bits_for_range(Range::new(span.0.into(), span.1.into()), true);
        let products = d.weights.len() as u64 * patches;
        let words = u64::from(d.groups) * u64::from(rows.div_ceil(f.pe)) * u64::from(self.vector.div_ceil(f.simd));
        let split = self.known.device.best_cut(words, u64::from(f.pe * f.simd * w_bits)) as u32;
        let config = mvu::Config {
            split,
            inputs: self.vector,
            outputs: rows,
            groups: d.groups,
            pe: f.pe,
            simd: f.simd,
            // Measured: a register after every level is smaller and faster than one sum of many terms.
            pipeline: Cell::most_pipeline(Mac::Plain, f.simd),
            x_bits: self.now.bits,
            x_signed: self.now.signed,
            x_zero: d.x_zero,
            w_bits,
            w_signed: true,
            w_zero: 0,
            weights: d.weights,
            bias: d.bias,
        };
        let c = self.check(layer, config)?;
        let l = c.derived();
        let acc = Elements { count: outputs * patches as u32, bits: l.acc_bits, signed: true };
        let result = l.result;
        // A frame of the block is a patch of all groups.
        self.vector *= d.groups;
        self.stage(i, layer, "mvu", (acc, f.pe), products, c);
        self.vector = outputs;
        Some(result)
    }

    fn depthwise(&mut self, i: usize, layer: &Layer, d: &Depthwise) {
        let w = &d.window;
        self.window(i, layer, w, d.x_zero, Order::Channels, cost::window_lanes(w, self.target));
        let span = d.weights.iter().fold((0, 0), |(lo, hi), w| (*w.min(&lo), *w.max(&hi)));
        let config = depthwise::Config {
            channels: w.channels,
            lanes: self.lanes,
            taps: w.taps(),
            x_bits: self.now.bits,
            x_signed: self.now.signed,
            x_zero: d.x_zero,
            w_bits: bits_for_range(Range::new(span.0.into(), span.1.into()), true),
            pipeline: 1,
            weights: d.weights.clone(),
            bias: d.bias.clone(),
        };
        let Some(c) = self.check(layer, config) else { return };
        let l = c.derived();
        let acc = Elements { count: w.channels * w.patches() as u32, bits: l.acc_bits, signed: true };
        let result = l.result;
        let products = d.weights.len() as u64 * w.patches();
        let lanes = self.lanes;
        self.stage(i, layer, "depthwise", (acc, lanes), products, c);
        self.vector = w.channels;
        self.recode(i, layer, Some(&d.recode), result, w.patches());
    }

    pub(super) fn add<C: BlockConfig>(
        &mut self,
        i: usize,
        layer: &Layer,
        role: &str,
        (output, lanes): (Elements, u32),
        config: C,
    ) {
        if let Some(c) = self.check(layer, config) {
            self.stage(i, layer, role, (output, lanes), 0, c);
        }
    }

    pub(super) fn stage<C: BlockConfig>(
        &mut self,
        i: usize,
        layer: &Layer,
        role: &str,
        (output, lanes): (Elements, u32),
        products: u64,
        c: Checked<C>,
    ) {
        let frames = u64::from(self.now.count / self.vector.max(1));
        let contract = C::contract(&c, &[vec![0; self.vector as usize]]);
        let (ii, latency) = (contract.ii * frames, contract.latency);
        let plain = format!("{}_{role}", layer.name);
        let taken = |name: &String| self.stages.iter().any(|s| s.name == *name);
        let numbered = (2..).map(|n| format!("{plain}{n}"));
        let name = std::iter::once(plain.clone()).chain(numbered).find(|n| !taken(n)).unwrap_or(plain.clone());
        let cost = C::cost(&c);
        let inputs = vec![self.at];
        self.at = Some(self.stages.len());
        self.stages.push(Stage {
            name,
            layer: i,
            block: Arc::new(c),
            inputs,
            output,
            lanes,
            frames,
            ii,
            latency,
            products,
            cost,
        });
        self.now = output;
        self.lanes = lanes;
    }

    pub(super) fn check<C: BlockConfig>(&mut self, layer: &Layer, config: C) -> Option<Checked<C>> {
        self.checked(layer, Checked::new(config))
    }

    pub(super) fn checked<C: BlockConfig>(
        &mut self,
        layer: &Layer,
        found: Result<Checked<C>, Reports<ConfigError>>,
    ) -> Option<Checked<C>> {
        match found {
            Ok(c) => Some(c),
            Err(Reports(errors)) => {
                let at = |source: ConfigError| PlanError::Config { layer: layer.name.clone(), source };
                self.errors.extend(errors.into_iter().map(at));
                None
            }
        }
    }
}

/// Outputs of a `fork`.
const MOST_TAKERS: usize = 16;

/// What waits in front of a layer so that nobody else has to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spare {
    /// Beats that its window holds besides the rows of a patch.
    pub window: u32,
    /// Pixels of each operand in a FIFO.
    pub operands: Vec<u32>,
    /// Those of them without which the network could stand still for good.
    pub least: Vec<u32>,
}

/// What `mvu` multiplies with: one matrix for each group.
struct Matrices {
    groups: u32,
    x_zero: i64,
    weights: Vec<i64>,
    bias: Vec<i64>,
}
