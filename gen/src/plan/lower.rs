//! Network -> plan: every stage with its checked configuration and its cycles.

use super::fold::{fastest, fold, Folding};
use super::{Dense, Elements, Layer, LayerOp, Network, PlanError, Recode};
use crate::blocks::mac_array::{Cell, Mac};
use crate::blocks::{lut, mvu, requant, width_converter, BlockConfig, Checked, ConfigError};
use crate::ir::Reports;
use crate::num::{bits_for_range, Range};

/// What the folding aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The fewest multipliers with at most this many cycles a frame.
    TargetIi(u64),
    /// The fewest cycles a frame with at most this many multipliers, requantizers included.
    MaxMultipliers(u64),
}

/// The block of a stage.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum StageBlock {
    Mvu(Box<Checked<mvu::Config>>),
    Requant(Checked<requant::Config>),
    Lut(Checked<lut::Config>),
    Width(Checked<width_converter::Config>),
}

/// One block instance of the chain.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Instance name without `u_`.
    pub name: String,
    /// Index of the layer it belongs to.
    pub layer: usize,
    /// The block.
    pub block: StageBlock,
    /// Elements, width and lanes after it.
    pub output: Elements,
    /// Elements a beat after it.
    pub lanes: u32,
    /// Its initiation interval.
    pub ii: u64,
    /// Multipliers in it.
    pub multipliers: u64,
    /// Products that a frame needs.
    pub products: u64,
    /// Bits of its memories.
    pub memory_bits: u64,
}

/// A planned network.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The network.
    pub network: Network,
    /// Stages in stream order.
    pub stages: Vec<Stage>,
    /// Elements a beat at the input.
    pub input_lanes: u32,
    /// Cycles a frame in steady state: the slowest stage.
    pub ii: u64,
}

impl Plan {
    /// Multipliers of all stages.
    pub fn multipliers(&self) -> u64 {
        self.stages.iter().map(|s| s.multipliers).sum()
    }

    /// Elements, width and sign of the output.
    pub fn output(&self) -> Elements {
        self.stages.last().map_or(self.network.input, |s| s.output)
    }

    /// Elements a beat at the output.
    pub fn output_lanes(&self) -> u32 {
        self.stages.last().map_or(self.input_lanes, |s| s.lanes)
    }
}

/// Plans a network.
pub fn lower(network: Network, goal: Goal) -> Result<Plan, Reports<PlanError>> {
    if network.layers.is_empty() {
        return Err(PlanError::Empty.into());
    }
    let target = match goal {
        Goal::TargetIi(t) => {
            check_reachable(&network, t)?;
            t
        }
        Goal::MaxMultipliers(budget) => smallest_interval(&network, budget)?,
    };
    let mut b = Builder { stages: Vec::new(), errors: Vec::new(), target, now: network.input, lanes: 0 };
    let input_lanes = b.first_lanes(&network);
    b.lanes = input_lanes;
    for (i, layer) in network.layers.iter().enumerate() {
        match &layer.op {
            LayerOp::Dense(d) => b.dense(i, layer, d),
            LayerOp::Table(t) => {
                let config = lut::Config {
                    in_bits: b.now.bits,
                    in_signed: b.now.signed,
                    out_bits: layer.output.bits,
                    out_signed: layer.output.signed,
                    lanes: b.lanes,
                    table: t.entries.clone(),
                };
                let memory_bits = u64::from(config.lanes) * (u64::from(config.out_bits) << config.in_bits);
                let lanes = b.lanes;
                b.push(i, layer, "lut", layer.output, lanes, memory_bits, 0, config, StageBlock::Lut);
            }
        }
    }
    if !b.errors.is_empty() {
        return Err(Reports(b.errors));
    }
    let ii = b.stages.iter().map(|s| s.ii).max().unwrap_or(1);
    Ok(Plan { network, stages: b.stages, input_lanes, ii })
}

fn dense_layers(network: &Network) -> impl Iterator<Item = (&Layer, &Dense, u32)> {
    network.layers.iter().filter_map(|l| match &l.op {
        LayerOp::Dense(d) => Some((l, d, d.weights.len() as u32 / (d.bias.len() as u32).max(1))),
        LayerOp::Table(_) => None,
    })
}

fn check_reachable(network: &Network, target: u64) -> Result<(), Reports<PlanError>> {
    let mut errors = Vec::new();
    for (layer, d, columns) in dense_layers(network) {
        let best = fastest(d.bias.len() as u32, columns);
        if best > target || target == 0 {
            errors.push(PlanError::TooFast { layer: layer.name.clone(), target, best: best.max(1) });
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Reports(errors))
    }
}

/// Multipliers of the whole network at a target, requantizers included.
fn cost(network: &Network, target: u64) -> Option<u64> {
    let mut total = 0;
    for (_, d, columns) in dense_layers(network) {
        let rows = d.bias.len() as u32;
        total += fold(rows, columns, target)?.multipliers();
        total += if d.recode.is_some() { requant_lanes(rows, target).into() } else { 0 };
    }
    Some(total)
}

/// Cost falls as the target grows, so the smallest affordable target is found by bisection.
fn smallest_interval(network: &Network, budget: u64) -> Result<u64, PlanError> {
    let slowest = dense_layers(network).map(|(_, d, _)| d.weights.len() as u64).max().unwrap_or(1).max(1);
    let least = cost(network, slowest).unwrap_or(0);
    if least > budget {
        return Err(PlanError::TooFew { budget, least });
    }
    let (mut dear, mut cheap) = (0, slowest);
    while cheap - dear > 1 {
        let mid = dear + (cheap - dear) / 2;
        if cost(network, mid).is_some_and(|c| c <= budget) {
            cheap = mid
        } else {
            dear = mid
        }
    }
    Ok(cheap)
}

fn requant_lanes(rows: u32, target: u64) -> u32 {
    u64::from(rows).div_ceil(target.max(1)) as u32
}

struct Builder {
    stages: Vec<Stage>,
    errors: Vec<PlanError>,
    target: u64,
    now: Elements,
    lanes: u32,
}

impl Builder {
    /// The border takes beats as the first layer likes them.
    fn first_lanes(&self, network: &Network) -> u32 {
        match network.layers.first().map(|l| &l.op) {
            Some(LayerOp::Dense(d)) => self.folding(d).map_or(1, |f| f.simd),
            _ => u64::from(network.input.count).div_ceil(self.target.max(1)) as u32,
        }
    }

    fn folding(&self, d: &Dense) -> Option<Folding> {
        let rows = d.bias.len() as u32;
        fold(rows, d.weights.len() as u32 / rows.max(1), self.target)
    }

    fn dense(&mut self, i: usize, layer: &Layer, d: &Dense) {
        let Some(f) = self.folding(d) else { return };
        let rows = d.bias.len() as u32;
        self.widen(i, layer, f.simd, "in");
        let span = d.weights.iter().fold((0, 0), |(lo, hi), w| (*w.min(&lo), *w.max(&hi)));
        let w_bits = bits_for_range(Range::new(span.0.into(), span.1.into()), true);
        let config = mvu::Config {
            inputs: self.now.count,
            outputs: rows,
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
            weights: d.weights.clone(),
            bias: d.bias.clone(),
        };
        let Some(c) = self.check(layer, config) else { return };
        let l = c.derived();
        let acc = Elements { count: rows, bits: l.acc_bits, signed: true };
        let result = l.result;
        let half = u64::from(l.sf) * u64::from(f.simd * self.now.bits);
        let memory = u64::from(l.nf)
            * (u64::from(l.sf) * u64::from(f.pe * f.simd * l.weight_bits) + u64::from(f.pe * l.bias_bits));
        self.stage(i, layer, "mvu", acc, f.pe, 2 * half + memory, f.multipliers(), d.weights.len() as u64, c, |c| {
            StageBlock::Mvu(Box::new(c))
        });
        self.widen(i, layer, requant_lanes(rows, self.target), "acc");
        if let Some(r) = &d.recode {
            self.recode(i, layer, r, acc, result);
        }
    }

    fn recode(&mut self, i: usize, layer: &Layer, r: &Recode, acc: Elements, result: Range) {
        let config = requant::Config {
            channels: acc.count,
            lanes: self.lanes,
            acc_bits: acc.bits.max(2),
            acc_min: result.lo as i64,
            acc_max: result.hi as i64,
            out_bits: layer.output.bits,
            out_signed: layer.output.signed,
            scales: r.scales.clone(),
            zero_point: r.zero_point,
            min: r.min,
            max: r.max,
        };
        let Some(c) = self.check(layer, config) else { return };
        let constants = c.derived().multipliers.len() as u64;
        let memory = if constants > 1 { constants * u64::from(c.derived().multiplier_bits()) } else { 0 };
        let lanes = self.lanes;
        self.stage(i, layer, "requant", layer.output, lanes, memory, lanes.into(), 0, c, StageBlock::Requant);
    }

    /// Changes the number of lanes, if they differ.
    fn widen(&mut self, i: usize, layer: &Layer, lanes: u32, role: &str) {
        if self.lanes == lanes {
            return;
        }
        let Elements { count, bits, signed } = self.now;
        let config = width_converter::Config { bits, signed, in_lanes: self.lanes, out_lanes: lanes, elements: count };
        let now = self.now;
        self.push(i, layer, &format!("{role}_width"), now, lanes, 0, 0, config, StageBlock::Width);
    }

    #[allow(clippy::too_many_arguments)]
    fn push<C: BlockConfig>(
        &mut self,
        i: usize,
        layer: &Layer,
        role: &str,
        output: Elements,
        lanes: u32,
        memory_bits: u64,
        multipliers: u64,
        config: C,
        wrap: fn(Checked<C>) -> StageBlock,
    ) {
        if let Some(c) = self.check(layer, config) {
            self.stage(i, layer, role, output, lanes, memory_bits, multipliers, 0, c, wrap);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn stage<C: BlockConfig>(
        &mut self,
        i: usize,
        layer: &Layer,
        role: &str,
        output: Elements,
        lanes: u32,
        memory_bits: u64,
        multipliers: u64,
        products: u64,
        c: Checked<C>,
        wrap: fn(Checked<C>) -> StageBlock,
    ) {
        let ii = C::contract(&c, &[vec![0; self.now.count as usize]]).ii;
        let (name, block) = (format!("{}_{role}", layer.name), wrap(c));
        self.stages.push(Stage { name, layer: i, block, output, lanes, ii, multipliers, products, memory_bits });
        self.now = output;
        self.lanes = lanes;
    }

    fn check<C: BlockConfig>(&mut self, layer: &Layer, config: C) -> Option<Checked<C>> {
        match Checked::new(config) {
            Ok(c) => Some(c),
            Err(Reports(errors)) => {
                let at = |source: ConfigError| PlanError::Config { layer: layer.name.clone(), source };
                self.errors.extend(errors.into_iter().map(at));
                None
            }
        }
    }
}
