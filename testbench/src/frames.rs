//! Runs many frames of a one-in, one-out design on an engine and compares every beat with the expectation.

use std::time::{Duration, Instant};

use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;

use crate::batch::{Reset, Stall, Trace};
use crate::campaign::{batch, Pattern, Workload, POWER_ON_RESET};
use crate::engine::{Compiled, Engine, EngineError};
use crate::scoreboard::{judge, judge_reset, timing, Expected, Finding, Timing};
use crate::streams::Border;

/// Frames in and the frames that must come out.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// Elements of each input frame.
    pub inputs: Vec<Vec<i64>>,
    /// Elements of each expected output frame.
    pub outputs: Vec<Vec<i64>>,
    /// Of designs that keep something from frame to frame: frames of a sequence, which begins with a reset, and what its first frame gives
    /// once more behind two of them.
    pub sequences: Option<Sequences>,
}

/// Frames that follow each other from reset.
#[derive(Clone, Debug, Default)]
pub struct Sequences {
    /// Frames of each: two at least, of the last one maybe fewer.
    pub length: usize,
    /// For each sequence of two frames or more, what its first frame gives as the third one.
    pub again: Vec<Vec<i64>>,
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
    /// Further runs with a reset somewhere in their first frames; fresh frames follow, and both sides stall at random.
    pub resets: usize,
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
///
/// # Errors
/// E50x: the engine cannot run the design. What differs is no error but a finding.
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
    if frames.inputs.len() != frames.outputs.len() || frames.outputs.iter().all(Vec::is_empty) {
        outcome.findings.push(Finding::Nothing);
        return Ok(outcome);
    }
    let start = Instant::now();
    let mut compiled = engine.compile(design)?;
    outcome.compile = start.elapsed();
    let per_batch = frames.sequences.as_ref().map_or(s.per_batch, |q| q.length).max(1);
    let works: Vec<Workload> = frames
        .inputs
        .chunks(per_batch)
        .zip(frames.outputs.chunks(per_batch))
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
            if outcome.timing.is_none() && s.pattern.is_free() {
                outcome.timing = measured(&run.trace, &work.outputs[0], lanes);
            }
            outcome.findings.extend(found);
            outcome.findings.truncate(16);
            done += work.inputs[0].frames.len();
        }
        progress(done);
    }
    outcome.findings.extend(with_resets(&mut *compiled, &border, frames, s)?);
    outcome.findings.truncate(16);
    Ok(outcome)
}

impl Frames {
    /// Two frames and a third one, and the third one as it is from reset. None: there are not so many in a sequence.
    fn around_reset(&self, i: usize) -> Option<(Workload, Workload)> {
        let stream = |frames: Vec<Vec<i64>>| vec![Expected { frames }];
        let work = |inputs, outputs| Workload { inputs: stream(inputs), outputs: stream(outputs) };
        let n = self.inputs.len();
        let Some(q) = &self.sequences else {
            let of = |list: &[Vec<i64>], k: usize| list[(3 * i + k) % n].clone();
            let [all, after] = [0..3, 2..3].map(|r| {
                work(r.clone().map(|k| of(&self.inputs, k)).collect(), r.map(|k| of(&self.outputs, k)).collect())
            });
            return Some((all, after));
        };
        let which = i.checked_rem(q.again.len())?;
        let first = which * q.length;
        let three =
            |list: &[Vec<i64>], third: &Vec<i64>| vec![list[first].clone(), list[first + 1].clone(), third.clone()];
        let all = work(three(&self.inputs, &self.inputs[first]), three(&self.outputs, &q.again[which]));
        Some((all, work(vec![self.inputs[first].clone()], vec![self.outputs[first].clone()])))
    }

    /// The first `n` frames.
    pub fn first(&self, n: usize) -> Frames {
        let cut = |list: &[Vec<i64>]| list[..n.min(list.len())].to_vec();
        let sequences = self.sequences.as_ref().map(|q| {
            let whole = n / q.length.max(1) + usize::from(n % q.length.max(1) >= 2);
            Sequences { length: q.length, again: q.again[..whole.min(q.again.len())].to_vec() }
        });
        Frames { inputs: cut(&self.inputs), outputs: cut(&self.outputs), sequences }
    }
}

/// Timing of an unstalled run. Frames of different lengths have no one II.
fn measured(trace: &Trace, expected: &Expected, lanes: usize) -> Option<Timing> {
    let mut beats = expected.frames.iter().map(|f| f.len().div_ceil(lanes));
    let first = beats.next()?;
    let t = timing(trace, first)?;
    Some(if beats.all(|b| b == first) { t } else { Timing { ii: None, ..t } })
}

/// Runs whose first frames are cut off by a reset: the frames that come after it are judged as the first ones ever.
fn with_resets(
    compiled: &mut dyn Compiled,
    border: &Border,
    frames: &Frames,
    s: &Settings,
) -> Result<Vec<Finding>, EngineError> {
    if s.resets == 0 || frames.inputs.is_empty() {
        return Ok(Vec::new());
    }
    let mut rng = Prng::named(s.pattern.seed, "resets");
    let (mut batches, mut judges) = (Vec::new(), Vec::new());
    for i in 0..s.resets {
        let Some((all, after)) = frames.around_reset(i) else { continue };
        let stall = *rng.pick(&[Stall::None, Stall::Bernoulli(0.3)]);
        let mut b =
            batch(border, &all, Pattern { source: stall, sink: stall, seed: s.pattern.seed ^ i as u64 }, s.slack);
        // Between frames first: the second one's beats are about to come; then anywhere in the first two. Frames need not be equally long.
        let beats = |frame: usize| all.inputs[0].frames[frame].len().div_ceil(border.sources[0].shape.lanes as usize);
        let (first, both) = (beats(0) as u64, beats(0) + beats(1));
        let start = POWER_ON_RESET + if i == 0 { first } else { rng.below(2 * s.slack + both as u64) };
        b.resets.push(Reset { start, length: 1 + rng.below(3), resume: vec![both] });
        // How many frames arrive depends on the reset: the run ends when nothing moves any more.
        b.sinks.iter_mut().for_each(|sink| sink.expect = 0);
        batches.push(b);
        judges.push((start, all, after));
    }
    let mut found = Vec::new();
    for (run, (start, all, after)) in compiled.run(&batches)?.iter().zip(&judges) {
        found.extend(judge_reset(run, border, &all.outputs, &after.outputs, *start));
    }
    Ok(found)
}
