//! Plan -> design: the blocks in one top module.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Plan, Stage};
use niello_gen::blocks::{fork, stream_fifo, BlockConfig, Checked, Instance};
use niello_gen::hdl::{Build, Mod, Source};
use niello_gen::ir::{BeatShape, DesignError, ModuleId, Reports, ValidDesign};

impl Plan {
    /// The whole network as a design with one stream in and one out.
    ///
    /// # Errors
    /// E4xx: the design breaks a rule of the IR, which is niello's mistake.
    pub fn design(&self) -> Result<ValidDesign, Reports<DesignError>> {
        self.build(Probes::None)
    }

    /// The same with a stream `<layer>_axis` for every layer but the last: its results, each beat in the cycle in which it moves
    /// inside. Nobody waits for these streams: their `ready` is not looked at.
    ///
    /// # Errors
    /// As [`Plan::design`].
    pub fn probed(&self) -> Result<ValidDesign, Reports<DesignError>> {
        self.build(Probes::Layers)
    }

    /// The same with streams `<fifo>_in_axis` and `<fifo>_out_axis` for every FIFO, in the order of [`Plan::fifos`].
    ///
    /// # Errors
    /// As [`Plan::design`].
    pub fn probed_fifos(&self) -> Result<ValidDesign, Reports<DesignError>> {
        self.build(Probes::Fifos)
    }

    /// The stages that are FIFOs.
    pub fn fifos(&self) -> Vec<usize> {
        (0..self.stages.len()).filter(|i| self.stages[*i].is::<stream_fifo::Config>()).collect()
    }

    /// Beats that a FIFO holds.
    pub fn fifo_depth(&self, stage: usize) -> Option<u32> {
        Some(self.stages.get(stage)?.block.of::<stream_fifo::Config>()?.depth)
    }

    /// Beats that a FIFO must hold, lest the network stand still for good where its source stalls.
    pub fn least_fifo_depth(&self, stage: usize) -> u32 {
        self.least_fifos.iter().find(|f| f.0 == stage).map_or(1, |f| f.1.max(1))
    }

    /// The same with another depth of one FIFO. None: that is no FIFO, or no depth.
    pub fn with_fifo_depth(mut self, stage: usize, depth: u32) -> Option<Plan> {
        let s = self.stages.get_mut(stage)?;
        let config = stream_fifo::Config { depth, ..(**s.block.of::<stream_fifo::Config>()?).clone() };
        let block = Checked::new(config).ok()?;
        (s.cost, s.block) = (stream_fifo::Config::cost(&block), Arc::new(block));
        Some(self)
    }

    fn build(&self, probes: Probes) -> Result<ValidDesign, Reports<DesignError>> {
        let build = Build::new();
        let m =
            build.module(format!("nl_{}{}", self.network.name, if probes == Probes::None { "" } else { "_probed" }));
        self.describe(&m);
        let input = self.network.input;
        let s = m.stream_in("s_axis", BeatShape::new(self.input_lanes, input.bits, input.signed), true);
        let output = self.output();
        let out = m.stream_out("m_axis", BeatShape::new(self.output_lanes(), output.bits, output.signed), true);
        let now = self.connect(&m, &build, s, probes);
        // Blocks mark what they see as a frame: in a chain of dense layers that is the network's.
        let dense = self.network.nodes.iter().all(|n| n.engine.is_vector());
        match self.output_vectors {
            1 if dense => m.connect(now, out),
            vectors => {
                m.section("blocks mark pixels or images as they see them: a frame's end is counted");
                let beats = vectors * u64::from(output.count / vectors as u32).div_ceil(self.output_lanes().into());
                let beat = m.counter("beat", beats).reset(0);
                let end = m.count_to(beat, beats, now.valid() & out.ready());
                out.drive(now.valid(), now.data(), Some(end));
                now.set_ready(out.ready());
            }
        }
        let top = m.finish();
        build.validate(top)
    }

    /// Every stage as an instance, joined; gives the network's result.
    fn connect<'m>(&self, m: &'m Mod<'_>, build: &Build, input: Source<'m>, probes: Probes) -> Source<'m> {
        let mut taken: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for from in self.stages.iter().flat_map(|t| &t.inputs) {
            *taken.entry(*from).or_default() += 1;
        }
        let takers = |from: Option<usize>| taken.get(&from).copied().unwrap_or(0);
        let mut now = input;
        // What several stages take is copied: each takes the last copy that is left.
        let mut copies = BTreeMap::from([(None, fork(m, build, "input", input, takers(None)))]);
        // Stages of the same settings have one module: elaborating it again takes longer than a look at them.
        let mut modules: BTreeMap<String, Vec<Made>> = BTreeMap::new();
        for (i, stage) in self.stages.iter().enumerate() {
            let known = modules.entry(stage.block.module_name()).or_default();
            let module = match known.iter().find(|(of, _)| of.same(&*stage.block)) {
                Some((_, module)) => *module,
                None => {
                    known.push((stage.block.clone(), stage.block.elaborate(build)));
                    known[known.len() - 1].1
                }
            };
            let inst = m.instance(&format!("u_{}", stage.name), module);
            let is_fifo = stage.is::<stream_fifo::Config>();
            for (from, port) in stage.inputs.iter().zip(inst.inputs()) {
                let copy = copies.get_mut(from).and_then(Vec::pop);
                if let Some(source) = copy {
                    m.connect(source, inst.sink(&port));
                    watch(m, probes == Probes::Fifos && is_fifo, &format!("{}_in", stage.name), source);
                }
            }
            now = inst.source("m_axis");
            watch(m, probes == Probes::Fifos && is_fifo, &format!("{}_out", stage.name), now);
            let inner = probes == Probes::Layers && i + 1 < self.stages.len();
            if let Some(tap) = self.taps.iter().position(|t| inner && t.stage == i) {
                watch(m, true, &self.network.nodes[tap].name, now);
            }
            if takers(Some(i)) > 0 {
                copies.insert(Some(i), fork(m, build, &stage.name, now, takers(Some(i))));
            }
        }
        now
    }

    fn describe(&self, m: &Mod<'_>) {
        m.header("network", format!("{}: {} layers", self.network.name, self.network.nodes.len()));
        m.header("profile", self.network.profile.clone());
        m.header("II", format!("{} cycles a frame, {} multipliers", self.ii, self.multipliers()));
        let frame = |count: u32, lanes: u32| {
            let beats = count.div_ceil(lanes.max(1));
            format!(
                "{count} elements, {lanes} a beat: {beats} beats, {} padding lanes in the last",
                beats * lanes - count
            )
        };
        m.header(
            "frame in",
            format!("{}; counted, s_axis_tlast is not used", frame(self.network.input.count, self.input_lanes)),
        );
        m.header("frame out", frame(self.output().count, self.output_lanes()));
        for stage in &self.stages {
            let o = stage.output;
            m.header(
                &stage.name,
                format!("{} elements of {} bits, {} a beat, {} cycles", o.count, o.bits, stage.lanes, stage.ii),
            );
        }
    }
}

/// A block, and its module.
type Made = (Arc<dyn Instance>, ModuleId);

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Probes {
    None,
    Layers,
    Fifos,
}

/// A stream of the beats that move here, in the cycle in which they move.
fn watch<'m>(m: &'m Mod<'_>, wanted: bool, name: &str, source: Source<'m>) {
    if wanted {
        let probe = m.stream_out(&format!("{name}_axis"), source.shape(), false);
        probe.drive(source.fire(), source.data(), None);
    }
}

/// A stream for each taker; the network's own result has none among the stages.
fn fork<'m>(m: &'m Mod<'_>, build: &Build, name: &str, from: Source<'m>, takers: usize) -> Vec<Source<'m>> {
    let shape = from.shape();
    let (bits, lanes, signed, outputs) = (shape.bits, shape.lanes, shape.signed, takers as u32);
    let config = fork::Config { bits, lanes, signed, outputs };
    let Some(c) = Some(config).filter(|c| c.outputs > 1).and_then(|c| Checked::new(c).ok()) else { return vec![from] };
    let u = m.instance(&format!("u_{name}_fork"), fork::Config::elaborate(&c, build));
    m.connect(from, u.sink("s_axis"));
    (0..outputs).map(|k| u.source(&format!("m{k}_axis"))).collect()
}

impl Stage {
    /// The block golden of this stage on one frame of the network for each of its inputs, block frame by block frame.
    pub fn golden(&self, inputs: &[&[i64]]) -> Vec<i64> {
        let frames = self.frames.max(1) as usize;
        let part = |x: &&[i64], f: usize| {
            let n = x.len() / frames;
            x[f * n..(f + 1) * n].to_vec()
        };
        let mut golden = self.block.sequence();
        (0..frames).flat_map(|f| golden(&inputs.iter().map(|x| part(x, f)).collect::<Vec<_>>()).remove(0)).collect()
    }
}
