//! Runs a design whose inner results leave through streams of their own, and compares every one of them: the first mismatch in the
//! order of computation is where a fault lies.

use niello_gen::ir::ValidDesign;

use crate::batch::{Stall, Status};
use crate::campaign::{batch, Pattern, Workload};
use crate::engine::{Engine, EngineError, Run};
use crate::frames::Settings;
use crate::scoreboard::{health, Expected, Finding};
use crate::streams::{Border, StreamPort};

/// What must be seen on one stream.
#[derive(Clone, Debug, Default)]
pub struct Probe {
    /// Elements of each frame.
    pub frames: Vec<Vec<i64>>,
    /// Vectors of a frame, each with padding lanes at its end.
    pub vectors: u64,
}

impl Probe {
    /// Every vector, as a frame of its own: that is how beats are packed.
    fn packed(&self, frames: std::ops::Range<usize>) -> Expected {
        let vector = |f: &Vec<i64>| f.len().div_ceil(self.vectors.max(1) as usize).max(1);
        Expected { frames: self.frames[frames].iter().flat_map(|f| f.chunks(vector(f)).map(<[i64]>::to_vec)).collect() }
    }
}

/// The first element that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Among all frames.
    pub frame: usize,
    /// In the frame.
    pub element: usize,
    /// In the frame.
    pub beat: usize,
    /// In the beat.
    pub lane: usize,
    /// Of its run.
    pub cycle: u64,
    /// From the engine.
    pub got: i64,
    /// From the golden model.
    pub expected: i64,
}

/// What was seen on one stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Elements compared.
    pub compared: u64,
    /// Those that differ, or never came.
    pub differ: u64,
    /// The first one of these that came.
    pub first: Option<Mismatch>,
}

/// Runs `inputs` and compares the streams of the border, in its order, with `probes`; the last one is the design's own output.
/// Only that one stalls. Gives what was seen on each, and what broke a rule of streams.
///
/// # Errors
/// E50x: the engine cannot run the design.
pub fn run(
    engine: &dyn Engine,
    design: &ValidDesign,
    inputs: &[Vec<i64>],
    probes: &[Probe],
    s: &Settings,
    mut progress: impl FnMut(usize),
) -> Result<(Vec<Seen>, Vec<Finding>), EngineError> {
    let border = Border::of(design).ok_or(EngineError::Ports)?;
    if border.sources.len() != 1 || border.sinks.len() != probes.len() {
        return Err(EngineError::Ports);
    }
    let main = border.sinks.iter().position(|s| s.name == "m_axis").unwrap_or(0);
    let mut compiled = engine.compile(design)?;
    let (mut seen, mut found) = (vec![Seen::default(); probes.len()], Vec::new());
    let size = s.per_batch.max(1);
    let starts: Vec<usize> = (0..inputs.len()).step_by(size).collect();
    for group in starts.chunks(16) {
        let range = |start: usize| start..(start + size).min(inputs.len());
        let work = |start: &usize| Workload {
            inputs: vec![Expected { frames: inputs[range(*start)].to_vec() }],
            outputs: probes.iter().map(|p| p.packed(range(*start))).collect(),
        };
        let works: Vec<Workload> = group.iter().map(work).collect();
        let batches: Vec<_> = works
            .iter()
            .map(|w| {
                let mut b = batch(&border, w, s.pattern, s.slack);
                for (_, sink) in b.sinks.iter_mut().enumerate().filter(|(k, _)| *k != main) {
                    (sink.stall, sink.after_valid) = (Stall::None.bitmap(0), false);
                }
                b
            })
            .collect();
        for (run, start) in compiled.run(&batches)?.iter().zip(group) {
            for (k, (port, probe)) in border.sinks.iter().zip(probes).enumerate() {
                compare(run, k, port, probe, range(*start), &mut seen[k]);
            }
            found.extend(health(run, &border));
        }
        progress(group.last().map_or(0, |start| range(*start).end));
    }
    if seen.iter().any(|s| s.compared == 0) {
        found.insert(0, Finding::Nothing);
    }
    found.truncate(16);
    Ok((seen, found))
}

/// Runs `frames` frames of zeros, unstalled, and gives the cycles in which beats moved on every stream but the design's own output,
/// in the border's order. `elements`: of a frame in and out. None: the design stands still.
///
/// # Errors
/// E50x: the engine cannot run the design.
pub fn cycles(
    engine: &dyn Engine,
    design: &ValidDesign,
    frames: usize,
    elements: [usize; 2],
    slack: u64,
) -> Result<Option<Vec<Vec<u64>>>, EngineError> {
    let border = Border::of(design).ok_or(EngineError::Ports)?;
    let zeros = |n: usize| Expected { frames: vec![vec![0; n]; frames] };
    let own = |s: &StreamPort| s.name == "m_axis";
    let outputs = border.sinks.iter().map(|s| if own(s) { zeros(elements[1]) } else { Expected::default() }).collect();
    let work = Workload { inputs: vec![zeros(elements[0])], outputs };
    let run = engine.compile(design)?.run(&[batch(&border, &work, Pattern::FREE, slack)])?;
    let Some(run) = run.into_iter().next().filter(|r| r.trace.status == Status::Done) else {
        return Ok(None);
    };
    let streams = border.sinks.iter().zip(run.trace.received);
    Ok(Some(streams.filter(|(s, _)| !own(s)).map(|(_, r)| r.cycles).collect()))
}

/// Beat by beat, vector by vector.
fn compare(run: &Run, k: usize, port: &StreamPort, probe: &Probe, frames: std::ops::Range<usize>, seen: &mut Seen) {
    let received = &run.trace.received[k];
    let mut beats = received.words.chunks(port.words()).zip(&received.cycles);
    for frame in frames {
        let elements = &probe.frames[frame];
        let vector = elements.len().div_ceil(probe.vectors.max(1) as usize).max(1);
        let (mut element, mut beat) = (0, 0);
        for part in elements.chunks(vector).flat_map(|v| v.chunks(port.shape.lanes as usize)) {
            let came = beats.next().map(|(words, cycle)| (port.unpack(words), *cycle));
            for (lane, expected) in part.iter().enumerate() {
                seen.compared += 1;
                let got = came.as_ref().map(|(values, cycle)| (values[lane], *cycle));
                if got.is_none_or(|g| g.0 != *expected) {
                    seen.differ += 1;
                    let mismatch = got.map(|(got, cycle)| Mismatch {
                        frame,
                        element: element + lane,
                        beat,
                        lane,
                        cycle,
                        got,
                        expected: *expected,
                    });
                    seen.first = seen.first.or(mismatch);
                }
            }
            element += part.len();
            beat += 1;
        }
    }
}
