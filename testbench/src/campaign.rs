//! Runs a block's configuration through everything that every block must pass: random frames under every
//! stall pattern, resets, exact timing, two power-on fills.

use niello_gen::blocks::{Contract, Instance};
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;

use crate::batch::{Batch, Fill, Reset, SinkPlan, SourcePlan, Stall};
use crate::engine::{Engine, EngineError, Run};
use crate::scoreboard::{judge, judge_reset, judge_timing, timing, Expected, Finding, Timing};
use crate::streams::{Border, StreamPort};

/// Cycles of the reset that starts every run.
pub(crate) const POWER_ON_RESET: u64 = 3;

/// Frames in, frames expected.
#[derive(Clone, Debug)]
pub struct Workload {
    /// For each source, its frames.
    pub inputs: Vec<Expected>,
    /// For each sink, its frames.
    pub outputs: Vec<Expected>,
}

impl Workload {
    /// Frames and what the golden model makes of them.
    pub fn new(frames: &[Vec<Vec<i64>>], mut golden: impl FnMut(&[Vec<i64>]) -> Vec<Vec<i64>>) -> Workload {
        let mut w = Workload { inputs: Vec::new(), outputs: Vec::new() };
        let add = |list: &mut Vec<Expected>, streams: Vec<Vec<i64>>| {
            list.resize(list.len().max(streams.len()), Expected::default());
            for (e, s) in list.iter_mut().zip(streams) {
                e.frames.push(s);
            }
        };
        for frame in frames {
            add(&mut w.inputs, frame.clone());
            add(&mut w.outputs, golden(frame));
        }
        w
    }
}

/// Random frames of a block.
pub fn random_workload(block: &dyn Instance, frames: usize, seed: u64) -> Workload {
    Workload::new(&random_frames(block, frames, seed), block.sequence())
}

fn random_frames(block: &dyn Instance, frames: usize, seed: u64) -> Vec<Vec<Vec<i64>>> {
    let mut rng = Prng::named(seed, "frames");
    (0..frames).map(|_| block.random_frame(&mut rng)).collect()
}

/// Packs frames for a source; padding lanes are random, so a block that reads them is caught.
pub fn pack_frames(port: &StreamPort, frames: &Expected, seed: u64) -> SourcePlan {
    let mut rng = Prng::named(seed, "padding");
    let words: Vec<u64> = frames.frames.iter().flat_map(|f| port.pack(f, || rng.next() as i64)).collect();
    let beats = words.len() / port.words();
    SourcePlan { words, beats, stall: Stall::None.bitmap(0) }
}

/// How one run is stalled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pattern {
    /// On every source.
    pub source: Stall,
    /// On every sink.
    pub sink: Stall,
    /// Of Bernoulli patterns.
    pub seed: u64,
}

impl Pattern {
    /// Nobody stalls.
    pub const FREE: Pattern = Pattern { source: Stall::None, sink: Stall::None, seed: 0 };

    /// Nobody stalls, whatever the seed fills unwritten state with.
    pub fn is_free(&self) -> bool {
        (self.source, self.sink) == (Stall::None, Stall::None)
    }
}

/// A batch for a workload.
pub fn batch(border: &Border, work: &Workload, pattern: Pattern, slack: u64) -> Batch {
    let sources: Vec<SourcePlan> = border
        .sources
        .iter()
        .zip(&work.inputs)
        .enumerate()
        .map(|(i, (port, frames))| {
            let stall = pattern.source.bitmap(pattern.seed ^ (i as u64 + 1));
            SourcePlan { stall, ..pack_frames(port, frames, pattern.seed) }
        })
        .collect();
    let sinks: Vec<SinkPlan> = border
        .sinks
        .iter()
        .zip(&work.outputs)
        .enumerate()
        .map(|(i, (port, frames))| SinkPlan {
            stall: pattern.sink.bitmap(pattern.seed ^ ((i as u64 + 1) << 8)),
            after_valid: pattern.sink == Stall::AfterValid,
            expect: frames.beats(port),
        })
        .collect();
    let stalls = sources.iter().map(|s| &s.stall).chain(sinks.iter().map(|s| &s.stall));
    let longest = stalls.map(|s| s.longest_stall()).max().unwrap_or(0);
    let beats: u64 = sources.iter().map(|s| s.beats as u64).chain(sinks.iter().map(|s| s.expect as u64)).sum();
    // A stalled beat may wait a whole burst; the drain must outlast it to see beats that are too many.
    let drain = longest + slack + 8;
    Batch {
        resets: vec![Reset { start: 0, length: POWER_ON_RESET, resume: vec![0; sources.len()] }],
        fill: Fill::Seed(pattern.seed),
        watchdog: 2 * drain + 100,
        max_cycles: POWER_ON_RESET + (beats + 10) * (longest + 1) * (slack + 2) + 10 * drain,
        drain,
        sources,
        sinks,
    }
}

/// Cycles of a frame from which on there are fewer of them.
const LONG: u64 = 100_000;

/// One configuration's campaign.
pub struct Campaign<'a> {
    /// The block under test.
    pub block: &'a dyn Instance,
    /// Its design.
    pub design: &'a ValidDesign,
    /// Decides everything random.
    pub seed: u64,
}

/// What a campaign ran and found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Beats compared.
    pub beats: u64,
    /// Cycles simulated.
    pub cycles: u64,
    /// The share of its multipliers that a block of multipliers uses in steady state: useful products over multipliers
    /// and the measured II.
    pub utilization: Option<f64>,
    /// Findings with the run they came from.
    pub findings: Vec<(String, Finding)>,
    /// The traces, for comparison between engines.
    pub runs: Vec<Run>,
}

impl Campaign<'_> {
    /// Runs `patterns` (those of [`Stall::SUITE`] on both sides, in turn), the timing check and, with
    /// `resets`, that many runs with a reset somewhere.
    ///
    /// # Errors
    /// E50x: the engine cannot run the design. What it finds is no error but a finding.
    pub fn run(&self, engine: &dyn Engine, patterns: usize, resets: usize) -> Result<Outcome, EngineError> {
        let mut compiled = engine.compile(self.design)?;
        let plan = self.runs(patterns, resets)?;
        let runs = compiled.run(&plan.batches)?;
        let mut outcome = Outcome::default();
        for (i, run) in runs.iter().enumerate() {
            outcome.beats += run.trace.received.iter().map(|r| r.cycles.len() as u64).sum::<u64>();
            outcome.cycles += run.trace.cycles;
            let (name, found) = plan.judge(i, run);
            if let (Judge::Timing(work, _), Some(w)) = (&plan.judges[i], self.block.work()) {
                outcome.utilization = measured(run, &plan.border, work).and_then(|t| t.ii).map(|ii| w.utilization(ii));
            }
            outcome.findings.extend(found.into_iter().map(|f| (name.clone(), f)));
        }
        if outcome.beats == 0 {
            outcome.findings.push(("all runs".into(), Finding::Nothing));
        }
        outcome.runs = runs;
        Ok(outcome)
    }

    /// What [`Campaign::run`] runs and how it judges, for those who run a design's variants themselves.
    ///
    /// # Errors
    /// E504: the design has ports outside of streams.
    pub fn runs(&self, patterns: usize, resets: usize) -> Result<Runs, EngineError> {
        let border = Border::of(self.design).ok_or(EngineError::Ports)?;
        let mut rng = Prng::named(self.seed, "campaign");
        let slack = self.slack();
        let (mut batches, mut judges): (Vec<Batch>, Vec<Judge>) = (Vec::new(), Vec::new());

        // Of frames that take long, fewer: a minute's run shows no more than seconds do.
        let long = slack > LONG;
        let (patterns, resets) = if long { (patterns.min(2), resets.min(1)) } else { (patterns, resets) };
        let still = self.equal_frames(if long { 3 } else { 8 });
        batches.push(batch(&border, &still, Pattern::FREE, slack));
        let frame: Vec<Vec<i64>> = still.inputs.iter().map(|e| e.frames[0].clone()).collect();
        judges.push(Judge::Timing(still, self.block.contract(&frame)));
        for i in 0..patterns {
            let pick = |rng: &mut Prng| *rng.pick(&Stall::SUITE);
            let (source, sink) = if long {
                (Stall::Bernoulli(0.1), Stall::Bernoulli(0.5))
            } else if i < Stall::SUITE.len() {
                (pick(&mut rng), Stall::SUITE[i])
            } else {
                (pick(&mut rng), pick(&mut rng))
            };
            let pattern = Pattern { source, sink, seed: rng.next() };
            let work = random_workload(self.block, if long { 1 } else { 5 }, pattern.seed);
            batches.push(batch(&border, &work, pattern, slack));
            judges.push(Judge::Data(pattern, work));
        }
        for i in 0..resets {
            let (b, judge) = self.reset_run(&border, i, slack, &mut rng);
            batches.push(b);
            judges.push(judge);
        }
        Ok(Runs { batches, border, judges })
    }

    /// A bound on the quiet cycles between two beats of an unstalled run.
    fn slack(&self) -> u64 {
        let mut rng = Prng::named(self.seed, "slack");
        let quiet = |_| {
            let c = self.block.contract(&self.block.random_frame(&mut rng));
            c.latency + c.ii
        };
        // Frames may differ in length.
        (0..8).map(quiet).max().unwrap_or(0)
    }

    /// The same random frame several times: equal frames have exact timing. More of them than any pipeline holds, so that the distance of
    /// the last two is the steady one.
    fn equal_frames(&self, n: usize) -> Workload {
        let frame = self.block.random_frame(&mut Prng::named(self.seed, "still"));
        Workload::new(&vec![frame; n], self.block.sequence())
    }

    /// A run that is reset at some cycle, then gets fresh frames.
    fn reset_run(&self, border: &Border, i: usize, slack: u64, rng: &mut Prng) -> (Batch, Judge) {
        let seed = rng.next();
        let [before, fresh] = [(3, seed), (2, seed ^ 1)].map(|(n, seed)| random_frames(self.block, n, seed));
        let after = Workload::new(&fresh, self.block.sequence());
        // Every other one finds the design full: nothing stalls the sources, and the sinks take little.
        let full = i % 2 == 1;
        let source = if full { Stall::None } else { *rng.pick(&Stall::SUITE[..6]) };
        let sink = *rng.pick(if full { &[Stall::ThreeOfFour, Stall::Bernoulli(0.9)] } else { &Stall::SUITE[..6] });
        let pattern = Pattern { source, sink, seed };
        // Without the reset they would go on from what was there.
        let both = Workload::new(&[before.clone(), fresh].concat(), self.block.sequence());
        let mut b = batch(border, &both, pattern, slack);
        // Early cycles in turn; those that find it full, and late ones, anywhere in the first frames.
        let early = !full && i < 32;
        let start = POWER_ON_RESET + if early { i as u64 / 2 } else { 2 + rng.below(4 * slack + 16) };
        let cut = Workload::new(&before, |f| f.to_vec());
        let resume = border.sources.iter().zip(&cut.inputs).map(|(p, e)| e.beats(p)).collect();
        b.resets.push(Reset { start, length: 1 + rng.below(3), resume });
        for sink in &mut b.sinks {
            sink.expect = 0;
        }
        b.drain = b.watchdog;
        b.watchdog = 2 * b.drain;
        // A late reset finds the source already in the frames after: the prefix is of all of them.
        (b, Judge::Reset(start, both, after))
    }
}

/// The batches of a campaign, and what is expected of each.
pub struct Runs {
    /// In this order: the timing run, those with stalls, those with a reset.
    pub batches: Vec<Batch>,
    border: Border,
    judges: Vec<Judge>,
}

/// What a run of a campaign is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Nobody stalls: data and exact cycles.
    Timing,
    /// Data under stalls.
    Stalls,
    /// A reset in its middle.
    Reset,
}

impl Runs {
    /// What the `i`-th run is there for.
    pub fn purpose(&self, i: usize) -> Purpose {
        match self.judges[i] {
            Judge::Timing(..) => Purpose::Timing,
            Judge::Data(..) => Purpose::Stalls,
            Judge::Reset(..) => Purpose::Reset,
        }
    }

    /// The name of the `i`-th run, and what is wrong with what came of it.
    pub fn judge(&self, i: usize, run: &Run) -> (String, Vec<Finding>) {
        match &self.judges[i] {
            Judge::Data(pattern, work) => {
                let name = format!("source {:?}, sink {:?}, seed {}", pattern.source, pattern.sink, pattern.seed);
                (name, judge(run, &self.border, &work.outputs))
            }
            Judge::Reset(start, before, after) => {
                let found = judge_reset(run, &self.border, &before.outputs, &after.outputs, *start);
                (format!("reset in cycle {start}"), found)
            }
            Judge::Timing(work, contract) => {
                let mut found = judge(run, &self.border, &work.outputs);
                if let Some(t) = measured(run, &self.border, work) {
                    found.extend(judge_timing(&t, contract));
                }
                ("timing".into(), found)
            }
        }
    }
}

/// Timing of an unstalled run of equal frames.
fn measured(run: &Run, border: &Border, work: &Workload) -> Option<Timing> {
    let (port, frames) = border.sinks.first().zip(work.outputs.first())?;
    timing(&run.trace, frames.frames.first()?.len().div_ceil(port.shape.lanes as usize))
}

enum Judge {
    Data(Pattern, Workload),
    Reset(u64, Workload, Workload),
    Timing(Workload, Contract),
}
