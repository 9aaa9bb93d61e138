//! Runs many frames of a one-in, one-out design on an engine and compares every beat with the expectation.

use std::time::{Duration, Instant};

use niello_gen::ir::ValidDesign;

use crate::campaign::{batch, Pattern, Workload};
use crate::engine::{Engine, EngineError};
use crate::scoreboard::{judge, timing, Finding, Timing};
use crate::streams::Border;

/// Frames in and the frames that must come out.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// Elements of each input frame.
    pub inputs: Vec<Vec<i64>>,
    /// Elements of each expected output frame.
    pub outputs: Vec<Vec<i64>>,
}

/// How to run them.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Stalls on both sides.
    pub pattern: Pattern,
    /// Bound on the quiet cycles between two beats.
    pub slack: u64,
    /// Frames that follow each other in one run from reset.
    pub per_batch: usize,
}

/// What an engine did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Output beats compared.
    pub beats: u64,
    /// Output elements that differ from the expectation.
    pub mismatches: u64,
    /// The first findings.
    pub findings: Vec<Finding>,
    /// Output frames as the engine gave them.
    pub outputs: Vec<Vec<i64>>,
    /// Cycles simulated.
    pub cycles: u64,
    /// Time to prepare the design.
    pub compile: Duration,
    /// Time to run it.
    pub run: Duration,
    /// Measured on the first run, if nobody stalled.
    pub timing: Option<Timing>,
}

/// Runs the frames in groups; `progress` hears how many are done.
pub fn run(
    engine: &dyn Engine,
    design: &ValidDesign,
    frames: &Frames,
    s: &Settings,
    mut progress: impl FnMut(usize),
) -> Result<Outcome, EngineError> {
    let border = Border::of(design).ok_or(EngineError::Ports)?;
    let ([_], [sink]) = (&border.sources[..], &border.sinks[..]) else {
        return Err(EngineError::Ports);
    };
    let mut outcome = Outcome::default();
    let start = Instant::now();
    let mut compiled = engine.compile(design)?;
    outcome.compile = start.elapsed();
    let works: Vec<Workload> = frames
        .inputs
        .chunks(s.per_batch.max(1))
        .zip(frames.outputs.chunks(s.per_batch.max(1)))
        .map(|(i, o)| {
            let stream = |f: &[Vec<i64>]| vec![crate::scoreboard::Expected { frames: f.to_vec() }];
            Workload { inputs: stream(i), outputs: stream(o) }
        })
        .collect();
    let mut done = 0;
    for group in works.chunks(16) {
        let batches: Vec<_> = group.iter().map(|w| batch(&border, w, s.pattern, s.slack)).collect();
        let start = Instant::now();
        let runs = compiled.run(&batches)?;
        outcome.run += start.elapsed();
        for (run, work) in runs.iter().zip(group) {
            let found = judge(run, &border, &work.outputs);
            outcome.cycles += run.trace.cycles;
            outcome.beats += run.trace.received[0].cycles.len() as u64;
            let lanes = sink.shape.lanes as usize;
            let elements: Vec<i64> =
                run.trace.received[0].words.chunks(sink.words()).flat_map(|b| sink.unpack(b)).collect();
            let mut at = 0;
            for want in &work.outputs[0].frames {
                let got: Vec<i64> = elements.iter().skip(at).take(want.len()).copied().collect();
                outcome.mismatches += want.iter().zip(&got).filter(|(a, b)| a != b).count() as u64;
                outcome.mismatches += (want.len() - got.len()) as u64;
                at += want.len().div_ceil(lanes) * lanes;
                outcome.outputs.push(got);
            }
            if outcome.timing.is_none() && s.pattern == Pattern::FREE {
                let beats = work.outputs[0].frames.first().map_or(0, |f| f.len().div_ceil(lanes));
                outcome.timing = timing(&run.trace, beats);
            }
            outcome.findings.extend(found);
            outcome.findings.truncate(16);
            done += work.inputs[0].frames.len();
        }
        progress(done);
    }
    Ok(outcome)
}
