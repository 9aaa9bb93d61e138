//! Plan -> design: the chain of blocks in one top module.

use super::{Plan, Stage, StageBlock};
use crate::blocks::{BlockConfig, Checked};
use crate::hdl::{Build, Mod, Source};
use crate::ir::{BeatShape, DesignError, ModuleId, Reports, ValidDesign};

impl Plan {
    /// The whole network as a design with one stream in and one out.
    pub fn design(&self) -> Result<ValidDesign, Reports<DesignError>> {
        let build = Build::new();
        let m = build.module(format!("nl_{}", self.network.name));
        self.describe(&m);
        let input = self.network.input;
        let s = m.stream_in("s_axis", BeatShape::new(self.input_lanes, input.bits, input.signed), true);
        let output = self.output();
        let out = m.stream_out("m_axis", BeatShape::new(self.output_lanes(), output.bits, output.signed), true);
        let mut now: Source<'_> = s;
        for stage in &self.stages {
            let id = stage.block.elaborate(&build);
            let inst = m.instance(&format!("u_{}", stage.name), id);
            m.connect(now, inst.sink("s_axis"));
            now = inst.source("m_axis");
        }
        match self.stages.last().map_or(1, |s| s.frames) {
            1 => m.connect(now, out),
            n => {
                m.section("the last block marks each pixel; the frame ends with the last of them");
                let pixel = m.counter("pixel", n).reset(0);
                let fire = now.valid() & out.ready();
                let end = m.count_to(pixel, n, fire & now.last());
                out.drive(now.valid(), now.data(), Some(now.last() & end));
                now.set_ready(out.ready());
            }
        }
        let top = m.finish();
        build.validate(top)
    }

    fn describe(&self, m: &Mod<'_>) {
        m.header("network", format!("{}: {} layers", self.network.name, self.network.layers.len()));
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

impl StageBlock {
    fn elaborate(&self, build: &Build) -> ModuleId {
        fn go<C: BlockConfig>(c: &Checked<C>, build: &Build) -> ModuleId {
            C::elaborate(c, build)
        }
        match self {
            StageBlock::Mvu(c) => go(c, build),
            StageBlock::Requant(c) => go(c, build),
            StageBlock::Lut(c) => go(c, build),
            StageBlock::Width(c) => go(c, build),
            StageBlock::Window(c) => go(c, build),
            StageBlock::Depthwise(c) => go(c, build),
            StageBlock::Pool(c) => go(c, build),
        }
    }

    /// The block's name.
    pub fn name(&self) -> &'static str {
        fn of<C: BlockConfig>(_: &Checked<C>) -> &'static str {
            C::ABOUT.name
        }
        match self {
            StageBlock::Mvu(c) => of(c),
            StageBlock::Requant(c) => of(c),
            StageBlock::Lut(c) => of(c),
            StageBlock::Width(c) => of(c),
            StageBlock::Window(c) => of(c),
            StageBlock::Depthwise(c) => of(c),
            StageBlock::Pool(c) => of(c),
        }
    }

    /// The block golden of this stage on one frame of the block.
    fn golden(&self, x: &[i64]) -> Vec<i64> {
        fn go<C: BlockConfig>(c: &Checked<C>, x: &[i64]) -> Vec<i64> {
            C::golden(c, &[x.to_vec()]).remove(0)
        }
        match self {
            StageBlock::Mvu(c) => go(c, x),
            StageBlock::Requant(c) => go(c, x),
            StageBlock::Lut(c) => go(c, x),
            StageBlock::Width(c) => go(c, x),
            StageBlock::Window(c) => go(c, x),
            StageBlock::Depthwise(c) => go(c, x),
            StageBlock::Pool(c) => go(c, x),
        }
    }
}

impl Stage {
    /// The block golden of this stage on one frame of the network, block frame by block frame.
    pub fn golden(&self, x: &[i64]) -> Vec<i64> {
        let frame = x.len() / self.frames.max(1) as usize;
        x.chunks(frame.max(1)).flat_map(|f| self.block.golden(f)).collect()
    }
}
