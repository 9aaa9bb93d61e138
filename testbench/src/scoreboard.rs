//! Compares what came out with what the golden model expects, and the cycles with the contract.

use niello_gen::blocks::Contract;

use crate::batch::{Breach, Status, Trace};
use crate::engine::Run;
use crate::streams::{Border, StreamPort};

/// What a checker found. Each canary of the test suite is caught by the checker named here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Finding {
    /// Scoreboard: an element differs.
    Value { stream: String, frame: usize, beat: usize, lane: usize, cycle: u64, got: i64, expected: i64 },
    /// Scoreboard: fewer beats than expected.
    Missing { stream: String, got: usize, expected: usize },
    /// Scoreboard: a beat after the last expected one.
    Extra { stream: String, cycle: u64, got: usize, expected: usize },
    /// Scoreboard: the last mark is at the wrong beat.
    Last { stream: String, frame: usize, beat: usize, cycle: u64, got: bool },
    /// Stream monitor: a rule of the handshake was broken.
    Rule { stream: String, cycle: u64, rule: Breach },
    /// Watchdog: nothing moved any more.
    Hang { cycle: u64 },
    /// Timing: latency or II differ from the contract.
    Timing { what: &'static str, got: u64, expected: u64 },
    /// The design broke a contract of its own (a proven range, a memory access).
    Contract { what: String },
    /// The run could not have failed: no frame, or no beat, was there to compare.
    Nothing,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Finding::Value { stream, frame, beat, lane, cycle, got, expected } => {
                write!(
                    f,
                    "{stream}: frame {frame}, beat {beat}, lane {lane}, cycle {cycle}: {got} instead of {expected}"
                )
            }
            Finding::Missing { stream, got, expected } => write!(f, "{stream}: {got} beats instead of {expected}"),
            Finding::Extra { stream, cycle, got, expected } => {
                write!(f, "{stream}: {got} beats instead of {expected}, the first too many in cycle {cycle}")
            }
            Finding::Last { stream, frame, beat, cycle, got } => {
                let which = if *got { "set" } else { "missing" };
                write!(f, "{stream}: frame {frame}, beat {beat}, cycle {cycle}: last is {which}")
            }
            Finding::Rule { stream, cycle, rule } => write!(f, "{stream}: cycle {cycle}: {rule:?}"),
            Finding::Hang { cycle } => write!(f, "nothing moved any more after cycle {cycle}"),
            Finding::Timing { what, got, expected } => write!(f, "{what} is {got} cycles instead of {expected}"),
            Finding::Contract { what } => f.write_str(what),
            Finding::Nothing => f.write_str("nothing was compared: no beat was expected"),
        }
    }
}

/// The frames expected at one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Elements of each frame.
    pub frames: Vec<Vec<i64>>,
}

impl Expected {
    /// Beats of all frames.
    pub fn beats(&self, port: &StreamPort) -> usize {
        self.frames.iter().map(|f| f.len().div_ceil(port.shape.lanes as usize)).sum()
    }
}

/// Findings kept for one run.
const MAX_FINDINGS: usize = 8;

/// Judges one run without resets in its middle: all data, all marks, the stream rules, no hang.
pub fn judge(run: &Run, border: &Border, expected: &[Expected]) -> Vec<Finding> {
    let mut found = health(run, border);
    for ((port, received), expected) in border.sinks.iter().zip(&run.trace.received).zip(expected) {
        let beats: Vec<(&[u64], u64)> =
            received.words.chunks(port.words()).zip(received.cycles.iter().copied()).collect();
        // Beats that are missing or too many come first: they explain the values that follow.
        let mut values = Vec::new();
        let complete = compare(port, &beats, expected, &mut values);
        if complete < beats.len() {
            let (stream, cycle) = (port.name.clone(), beats[complete].1);
            found.push(Finding::Extra { stream, cycle, got: beats.len(), expected: complete });
        } else if beats.len() < expected.beats(port) {
            found.push(Finding::Missing {
                stream: port.name.clone(),
                got: beats.len(),
                expected: expected.beats(port),
            });
        }
        found.extend(values);
    }
    found.truncate(MAX_FINDINGS);
    found
}

/// Everything but the data: stream rules, hang, the design's own contracts.
pub fn health(run: &Run, border: &Border) -> Vec<Finding> {
    let rule = |(cycle, sink, rule): &(u64, usize, Breach)| Finding::Rule {
        stream: border.sinks.get(*sink).map(|s| s.name.clone()).unwrap_or_default(),
        cycle: *cycle,
        rule: *rule,
    };
    let mut found: Vec<Finding> = run.trace.breaches.iter().take(2).map(rule).collect();
    found.extend(run.faults.iter().take(2).map(|what| Finding::Contract { what: what.clone() }));
    if run.trace.status != Status::Done {
        found.push(Finding::Hang { cycle: run.trace.cycles });
    }
    found
}

/// Compares beats with the frames in order; stops at the end of either. Returns the beats compared.
fn compare(port: &StreamPort, beats: &[(&[u64], u64)], expected: &Expected, found: &mut Vec<Finding>) -> usize {
    let lanes = port.shape.lanes as usize;
    let mut at = 0;
    for (frame, elements) in expected.frames.iter().enumerate() {
        let n = elements.len().div_ceil(lanes);
        for beat in 0..n {
            let Some((words, cycle)) = beats.get(at) else { return at };
            at += 1;
            let got = port.unpack(words);
            // Lanes past the end of the frame are padding: not compared.
            for (lane, want) in elements[beat * lanes..].iter().take(lanes).enumerate() {
                if got[lane] != *want && found.len() < MAX_FINDINGS {
                    let (stream, got, expected) = (port.name.clone(), got[lane], *want);
                    found.push(Finding::Value { stream, frame, beat, lane, cycle: *cycle, got, expected });
                }
            }
            if port.last.is_some() && port.is_last(words) != (beat + 1 == n) && found.len() < MAX_FINDINGS {
                let (stream, got) = (port.name.clone(), port.is_last(words));
                found.push(Finding::Last { stream, frame, beat, cycle: *cycle, got });
            }
        }
    }
    at
}

/// Judges a run whose reset at `reset` (with the frames before and after it given): what was delivered
/// before is a prefix of the expectation, and after it everything starts fresh.
pub fn judge_reset(run: &Run, border: &Border, before: &[Expected], after: &[Expected], reset: u64) -> Vec<Finding> {
    let mut found = health(run, border);
    for (k, (port, received)) in border.sinks.iter().zip(&run.trace.received).enumerate() {
        let beats: Vec<(&[u64], u64)> =
            received.words.chunks(port.words()).zip(received.cycles.iter().copied()).collect();
        let split = beats.iter().position(|b| b.1 >= reset).unwrap_or(beats.len());
        let mut values = Vec::new();
        let prefix = compare(port, &beats[..split], &before[k], &mut values);
        if prefix < split {
            let (stream, cycle) = (port.name.clone(), beats[prefix].1);
            found.push(Finding::Extra { stream, cycle, got: split, expected: prefix });
        }
        let rest = compare(port, &beats[split..], &after[k], &mut values);
        let (got, expected) = (beats.len() - split, after[k].beats(port));
        if got < expected {
            found.push(Finding::Missing { stream: port.name.clone(), got, expected });
        } else if rest < got {
            let (stream, cycle) = (port.name.clone(), beats[split + rest].1);
            found.push(Finding::Extra { stream, cycle, got, expected });
        }
        found.extend(values);
    }
    found.truncate(MAX_FINDINGS);
    found
}

/// Exact timing of an unstalled run of equal frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Of the first frame.
    pub latency: u64,
    /// Distance of the last two frames' last beats; none with one frame. (At the input, buffers would hide a slow
    /// stage for many frames.)
    pub ii: Option<u64>,
}

/// Measures a trace of equal frames: `beats_out` are those of one frame on the first sink.
pub fn timing(trace: &Trace, beats_out: usize) -> Option<Timing> {
    let delivered = &trace.received.first()?.cycles;
    let accepted = trace.accepted.iter().filter_map(|a| a.first()).min()?;
    let ends: Vec<u64> = delivered.chunks_exact(beats_out.max(1)).map(|f| f[f.len() - 1]).collect();
    let ii = match ends[..] {
        [.., a, b] => Some(b - a),
        _ => None,
    };
    Some(Timing { latency: ends.first()? - accepted, ii })
}

/// Compares measured timing with a contract.
pub fn judge_timing(t: &Timing, contract: &Contract) -> Vec<Finding> {
    let mut found = Vec::new();
    if t.latency != contract.latency {
        found.push(Finding::Timing { what: "latency", got: t.latency, expected: contract.latency });
    }
    if let Some(ii) = t.ii.filter(|ii| *ii != contract.ii) {
        found.push(Finding::Timing { what: "II", got: ii, expected: contract.ii });
    }
    found
}
