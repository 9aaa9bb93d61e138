//! Stages under construction: layers add blocks, one after the other, each with its checked configuration.

use std::sync::Arc;

use niello_gen::blocks::{lut, stream_fifo, BlockConfig, Checked, ConfigError};
use niello_gen::device::DeviceModel;
use niello_gen::ir::Reports;
use niello_gen::num::{bits_for_range, Range};

use super::arrivals::Spare;
use super::known::{Found, Known};
use super::stage::{Stage, Tap};
use super::PlanError;
use crate::layers::At;
use crate::{Elements, Network, Placed};

/// Outputs of a `fork`.
const MOST_TAKERS: usize = 16;

/// Stages under construction, and the place from which the next one goes on.
pub struct Pipeline<'a> {
    pub(super) known: &'a Known<'a>,
    network: &'a Network,
    target: u64,
    spares: &'a [Spare],
    pub(super) stages: Vec<Stage>,
    errors: Vec<PlanError>,
    /// The node at work.
    pub(super) node: usize,
    /// What the last stage gives.
    pub now: Elements,
    /// Elements a beat of it.
    pub lanes: u32,
    /// Elements that lanes divide, or that end with padding lanes: a pixel, or a vector.
    pub vector: u32,
    /// The stage that gives it.
    at: Option<usize>,
    /// What the network's input and each node gave.
    tips: Vec<Tip>,
    /// FIFOs by stage, and the beats without which the network could stand still for good.
    pub(super) least: Vec<(usize, u32)>,
}

/// A place in the network from which layers go on.
#[derive(Clone, Copy, Debug)]
pub struct Tip {
    /// The stage; none: the network's input.
    pub at: Option<usize>,
    /// What it gives.
    pub now: Elements,
    lanes: u32,
    vector: u32,
}

impl<'a> Pipeline<'a> {
    /// All stages of a network; `spares`: what waits in front of each node.
    pub(super) fn build(
        network: &'a Network,
        target: u64,
        spares: &'a [Spare],
        known: &'a Known<'a>,
    ) -> Result<Pipeline<'a>, Reports<PlanError>> {
        let lanes = first_lanes(network, target, known);
        let mut p = Pipeline {
            known,
            network,
            target,
            spares,
            stages: Vec::new(),
            errors: Vec::new(),
            node: 0,
            now: network.input,
            lanes,
            vector: network.input.count,
            at: None,
            tips: Vec::new(),
            least: Vec::new(),
        };
        p.tips.push(p.tip());
        for i in 0..network.nodes.len() {
            p.node = i;
            p.go_on_from(0);
            let at = At { output: p.output(), x_bits: p.now.bits, target, device: known.device, zeros: known.zeros };
            if let Some(choice) = p.current().engine.choose(&at) {
                p.current().engine.stages(&choice, &mut p);
            }
            p.tips.push(p.tip());
        }
        p.check_takers();
        if p.errors.is_empty() {
            Ok(p)
        } else {
            Err(Reports(p.errors))
        }
    }

    fn current(&self) -> &'a Placed {
        &self.network.nodes[self.node]
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

    /// What the plan is for.
    pub fn device(&self) -> &DeviceModel {
        self.known.device
    }

    /// Cycles a frame at most.
    pub fn target(&self) -> u64 {
        self.target
    }

    /// What the layer at work gives.
    pub fn output(&self) -> Elements {
        self.current().output
    }

    /// Operands of the layer at work.
    pub fn operands(&self) -> usize {
        self.current().inputs.len()
    }

    /// What waits in front of the layer at work, once that is known.
    pub fn spare(&self) -> Option<&'a Spare> {
        self.spares.get(self.node)
    }

    /// Where the pipeline stands.
    pub fn tip(&self) -> Tip {
        Tip { at: self.at, now: self.now, lanes: self.lanes, vector: self.vector }
    }

    /// Goes on from an operand of the layer at work.
    pub fn go_on_from(&mut self, operand: usize) {
        self.go_on_at(self.tips[self.current().inputs[operand]]);
    }

    /// Goes on from a place where it stood.
    pub fn go_on_at(&mut self, t: Tip) {
        (self.at, self.now, self.lanes, self.vector) = (t.at, t.now, t.lanes, t.vector);
    }

    /// The last stage takes several streams.
    pub fn inputs_from(&mut self, operands: &[Tip]) {
        if let Some(s) = self.stages.last_mut() {
            s.inputs = operands.iter().map(|t| t.at).collect();
        }
    }

    /// A stage without products; what it gives, and on how many lanes.
    pub fn add<C: BlockConfig>(&mut self, role: &str, gives: (Elements, u32), config: C) {
        if let Some(c) = self.check(role, config) {
            self.stage(role, gives, 0, c);
        }
    }

    /// A stage behind the last one, named for the layer and its role.
    pub fn stage<C: BlockConfig>(
        &mut self,
        role: &str,
        (output, lanes): (Elements, u32),
        products: u64,
        block: Arc<Checked<C>>,
    ) {
        let frames = u64::from(self.now.count / self.vector.max(1));
        let contract = self.known.contract(self.node, role, &block, self.vector);
        let (ii, latency) = (contract.ii * frames, contract.latency);
        let cost = C::cost(&block);
        let plain = format!("{}_{role}", self.current().name);
        let taken = |name: &String| self.stages.iter().any(|s| s.name == *name);
        let numbered = (2..).map(|n| format!("{plain}{n}"));
        let name = std::iter::once(plain.clone()).chain(numbered).find(|n| !taken(n)).unwrap_or(plain.clone());
        let inputs = vec![self.at];
        self.at = Some(self.stages.len());
        let layer = self.node;
        self.stages.push(Stage { name, layer, block, inputs, output, lanes, frames, ii, latency, products, cost });
        self.now = output;
        self.lanes = lanes;
    }

    /// The configuration of a role, if its rules hold; else they are the plan's errors.
    pub fn check<C: BlockConfig>(&mut self, role: &str, config: C) -> Option<Arc<Checked<C>>> {
        self.checked(self.known.check(self.node, role, config))
    }

    pub(super) fn checked<C: BlockConfig>(&mut self, found: Found<C>) -> Option<Arc<Checked<C>>> {
        match found {
            Ok(c) => Some(c),
            Err(Reports(errors)) => {
                let layer = &self.current().name;
                let at = |source: ConfigError| PlanError::Config { layer: layer.clone(), source };
                self.errors.extend(errors.into_iter().map(at));
                None
            }
        }
    }

    /// A FIFO for what comes before it is needed, in front of an operand of pixels of so many channels.
    pub fn wait(&mut self, operand: usize, name: &str, channels: u32) {
        let of = |list: fn(&Spare) -> &Vec<u32>| self.spare().and_then(|s| list(s).get(operand)).copied().unwrap_or(0);
        let (pixels, least) = (of(|s| &s.operands), of(|s| &s.least));
        if pixels == 0 {
            return;
        }
        let beats = |pixels: u32| pixels.saturating_mul(channels.div_ceil(self.lanes));
        let depth = beats(pixels);
        self.least.push((self.stages.len(), beats(least)));
        let (now, lanes) = (self.now, self.lanes);
        let config = stream_fifo::Config { bits: now.bits, lanes, signed: now.signed, depth };
        self.add(&format!("{name}_fifo"), (now, lanes), config);
    }

    /// Codes become numbers of one scale.
    pub fn numbers(&mut self, name: &str, table: &[i64]) {
        let span = table.iter().fold((0, 0), |(lo, hi), v| (*v.min(&lo), *v.max(&hi)));
        let out_bits = bits_for_range(Range::new(span.0.into(), span.1.into()), true);
        let (now, lanes) = (self.now, self.lanes);
        let config = lut::Config {
            in_bits: now.bits,
            in_signed: now.signed,
            out_bits,
            out_signed: true,
            lanes,
            table: table.to_vec(),
        };
        let wide = Elements { bits: out_bits, signed: true, ..now };
        self.add(&format!("{name}_lut"), (wide, lanes), config);
    }
}

/// The border takes beats as the first layer that cares likes them.
pub(super) fn first_lanes(network: &Network, target: u64, known: &Known) -> u32 {
    let first = network.nodes.iter().find(|n| !n.engine.takes_any_lanes());
    let lanes = match first.or(network.nodes.first()) {
        Some(n) => {
            let (device, zeros) = (known.device, known.zeros);
            let at = At { output: n.output, x_bits: network.input.bits, target, device, zeros };
            n.engine.choose(&at).map(|c| c.lanes)
        }
        None => None,
    };
    lanes.unwrap_or(1)
}
