//! Deliberately broken designs: each must be caught by the checker meant for it, on every engine. A checker
//! that cannot fail proves nothing.
#![allow(non_snake_case, missing_docs)]

mod common;

use niello_gen::blocks::Contract;
use niello_gen::hdl::{Bool, Build};
use niello_gen::ir::{BeatShape, ValidDesign};
use niello_gen::num::Range;
use niello_testbench::batch::{Batch, Breach, Fill, Reset, Stall};
use niello_testbench::campaign::{batch, Pattern, Workload};
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::{Compiled, Engine};
use niello_testbench::frames::{run, Frames, Settings};
use niello_testbench::scoreboard::{judge, judge_reset, judge_timing, timing, Finding};
use niello_testbench::streams::Border;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bug {
    None,
    PlusOneLsb,
    Dropped,
    Doubled,
    Swapped,
    Unstable,
    Withdrawn,
    WrongLast,
    LateReset,
    Slow,
    Stuck,
    BrokenClaim,
}

/// The beat, counted from reset, at which the bug shows.
const AT: u64 = 7;

/// A running sum within each frame, with one output register and one bug.
fn design(bug: Bug) -> ValidDesign {
    let build = Build::new();
    let m = build.module("nl_canary");
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, 8, false), true);
    let is = |b: Bug| m.bool(bug == b);
    let taken = m.reg_u("taken", 6).reset(0);
    let at = taken.q().eq(m.u(AT, 6));
    let full = m.reg_b("full").reset(0);
    let data = m.reg_u("data", 8);
    let last = m.reg_b("last");
    let held = m.reg_u("held", 9);
    let has_held = m.reg_b("has_held").reset(0);
    let waited = m.reg_b("waited").reset(0);
    let doubled = m.reg_b("doubled").reset(0);
    let pause = m.reg_b("pause").reset(0);

    let moves = full.q() & out.ready();
    let free = !full.q() | out.ready();
    let stuck = is(Bug::Stuck) & taken.q().gt(m.u(AT, 6));
    let keep = is(Bug::Doubled) & at & !doubled.q() & full.q();
    doubled.set((doubled.q() | (keep & out.ready())).pick(m.bool(true), m.bool(false)));
    let release = has_held.q() & free & taken.q().eq(m.u(AT + 2, 6));
    pause.set(s.fire() & is(Bug::Slow));
    s.set_ready(free & !keep & !release & !stuck & !pause.q());
    let take = s.fire();
    taken.set_when(take, (taken.q() + m.u(1, 1)).trunc(6));

    // The sum starts anew with each frame; the late-reset canary keeps it over a reset.
    let sum = if bug == Bug::LateReset { m.reg_u("sum", 8) } else { m.reg_u("sum", 8).reset(0) };
    let total = (sum.q() + s.data()).trunc(8);
    sum.set_when(take, s.last().pick(m.u(0, 8), total));
    let wrong = (total + (is(Bug::PlusOneLsb) & at).to_uint()).trunc(8);
    taken.q().proven(Range::new(0, if bug == Bug::BrokenClaim { AT.into() } else { 63 }));

    let hold = take & is(Bug::Swapped) & at;
    let drop = take & is(Bug::Dropped) & at;
    held.set_when(hold, m.concat(&[s.last().to_uint(), total]));
    has_held.set((hold | has_held.q()) & !release);
    full.set((take & !hold & !drop) | release | (full.q() & !moves) | (keep & full.q()));
    data.set_when(take | release, release.pick(held.q().trunc(8), wrong));
    last.set_when(take | release, release.pick(held.q().bit(8), s.last() ^ (is(Bug::WrongLast) & at)));
    waited.set(full.q() & !out.ready() & !waited.q());
    let shows = taken.q().gt(m.u(AT, 6));
    let flip: Bool = is(Bug::Unstable) & shows & waited.q();
    let valid = full.q() & !(is(Bug::Withdrawn) & shows & waited.q());
    out.drive(valid, data.q() ^ m.concat(&[m.u(0, 7), flip.to_uint()]), Some(last.q()));
    let id = m.finish();
    build.validate(id).unwrap_or_else(|e| panic!("{bug:?}: {e}"))
}

fn workload() -> Workload {
    let frames: Vec<Vec<Vec<i64>>> =
        (0..6).map(|f| vec![(0..5).map(|i| (37 * f + 11 * i + 3) % 256).collect()]).collect();
    Workload::new(&frames, |f| {
        let mut sum = 0;
        vec![f[0]
            .iter()
            .map(|x| {
                sum = (sum + x) % 256;
                sum
            })
            .collect()]
    })
}

fn reset_batch(border: &Border) -> (Batch, u64) {
    let work = workload();
    let mut b = batch(border, &work, Pattern { source: Stall::None, sink: Stall::None, seed: 3 }, 10);
    b.fill = Fill::Zeros;
    let start = 3 + 13;
    // In the middle of the third frame; the sources go on with the fourth.
    b.resets.push(Reset { start, length: 2, resume: vec![15] });
    b.sinks[0].expect = 0;
    (b, start)
}

fn findings(compiled: &mut dyn Compiled, border: &Border) -> Vec<Finding> {
    let work = workload();
    let patterns = [
        (Stall::None, Stall::None),
        (Stall::Bernoulli(0.3), Stall::Bernoulli(0.5)),
        (Stall::None, Stall::ThreeOfFour),
        (Stall::None, Stall::AfterValid),
    ];
    let mut batches: Vec<Batch> = patterns
        .iter()
        .map(|(source, sink)| batch(border, &work, Pattern { source: *source, sink: *sink, seed: 5 }, 10))
        .collect();
    batches.iter_mut().for_each(|b| b.fill = Fill::Zeros);
    let (reset, start) = reset_batch(border);
    batches.push(reset);
    let runs = compiled.run(&batches).unwrap();
    let mut found: Vec<Finding> = runs[..4].iter().flat_map(|r| judge(r, border, &work.outputs)).collect();
    let t = timing(&runs[0].trace, 5);
    found.extend(t.iter().flat_map(|t| judge_timing(t, &Contract { latency: 5, ii: 5 })));
    let all = workload();
    let mut after = workload();
    after.outputs[0].frames.drain(..3);
    found.extend(judge_reset(&runs[4], border, &all.outputs, &after.outputs, start));
    found
}

#[test]
fn canaries__each_is_caught_by_its_checker() {
    type Check = fn(&Finding) -> bool;
    let cases: [(Bug, Check); 11] = [
        (
            Bug::PlusOneLsb,
            |f| matches!(f, Finding::Value { frame: 1, beat: 2, got, expected, .. } if *got == (expected + 1) % 256),
        ),
        (Bug::Dropped, |f| matches!(f, Finding::Missing { got: 29, expected: 30, .. })),
        (Bug::Doubled, |f| matches!(f, Finding::Extra { got: 31, .. })),
        (Bug::Swapped, |f| matches!(f, Finding::Value { frame: 1, beat: 2, .. })),
        (Bug::Unstable, |f| matches!(f, Finding::Rule { rule: Breach::Unstable, .. })),
        (Bug::Withdrawn, |f| matches!(f, Finding::Rule { rule: Breach::Withdrawn, .. })),
        (Bug::WrongLast, |f| matches!(f, Finding::Last { frame: 1, beat: 2, got: true, .. })),
        (Bug::LateReset, |f| matches!(f, Finding::Value { .. })),
        (Bug::Slow, |f| matches!(f, Finding::Timing { .. })),
        (Bug::Stuck, |f| matches!(f, Finding::Hang { .. })),
        (Bug::BrokenClaim, |f| matches!(f, Finding::Contract { .. })),
    ];
    for engine in common::engines(true) {
        let run = |bug: Bug| {
            let d = design(bug);
            let border = Border::of(&d).unwrap();
            findings(&mut *engine.compile(&d).unwrap(), &border)
        };
        assert_eq!(run(Bug::None), [], "{}: the sound design", engine.name());
        for (bug, check) in cases {
            // Claims live in this process only; the sum without a reset starts as X in a four-state engine.
            if (bug == Bug::BrokenClaim && !["tape", "reference"].contains(&engine.name()))
                || (bug == Bug::LateReset && engine.name() == "icarus")
            {
                continue;
            }
            let found = run(bug);
            assert!(found.iter().any(check), "{}: {bug:?} gave {found:?}", engine.name());
        }
    }
}

/// Only the four-state engine can say that a payload depends on state that was never written.
#[test]
fn canaries__unknown_payload() {
    let build = Build::new();
    let m = build.module("nl_unknown");
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, 8, false), true);
    let never = m.reg_u("never", 8);
    never.set_when(s.valid() & s.last() & s.data().all(), s.data());
    s.set_ready(out.ready());
    out.drive(s.valid(), s.data() ^ never.q(), Some(s.last()));
    let id = m.finish();
    let d = build.validate(id).unwrap();
    let border = Border::of(&d).unwrap();
    let work = Workload::new(&[vec![vec![1, 2, 3]]], |f| f.to_vec());
    let b = batch(&border, &work, Pattern::FREE, 4);
    match niello_testbench::engine::icarus::IcarusEngine::find() {
        Ok(icarus) => {
            let run = icarus.compile(&d).unwrap().run(std::slice::from_ref(&b)).unwrap().remove(0);
            assert!(run.trace.breaches.iter().any(|b| b.2 == Breach::Unknown), "{:?}", run.trace.breaches);
        }
        Err(e) => niello_testkit::tool(&e.to_string()),
    }
    // Two-valued engines see it as a difference between two power-on fills.
    let tape = niello_testbench::engine::tape::TapeEngine::default();
    let with = |fill: Fill| tape.compile(&d).unwrap().run(&[Batch { fill, ..b.clone() }]).unwrap().remove(0).trace;
    assert_ne!(with(Fill::Zeros), with(Fill::Ones));
}

/// A register between two streams whose flag no reset clears: a beat that waits in it comes out after the reset.
fn forgetful(forgets: bool) -> ValidDesign {
    let build = Build::new();
    let m = build.module("nl_forgetful");
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, 8, false), true);
    let full = if forgets { m.reg_b("full") } else { m.reg_b("full").reset(0) };
    let free = !full.q() | out.ready();
    s.set_ready(free);
    full.set_when(free, s.valid());
    let (data, last) = (m.delay("data", s.fire(), s.data()), m.delay("last", s.fire(), s.last()));
    out.drive(full.q(), data, Some(last));
    let top = m.finish();
    build.validate(top).unwrap()
}

/// Frames need not be equally long: what a reset cuts off is counted in their own beats.
#[test]
fn canaries__resets_among_frames_of_varying_length() {
    let frame = |f: i64| -> Vec<i64> { (0..1 + 17 * f % 29).map(|i| (31 * f + 7 * i) % 256).collect() };
    let frames: Vec<Vec<i64>> = (0..40).map(frame).collect();
    let frames = Frames { inputs: frames.clone(), outputs: frames, sequences: None };
    let findings = |forgets: bool, seed: u64| {
        let pattern = Pattern { source: Stall::None, sink: Stall::ThreeOfFour, seed };
        let settings = Settings { pattern, slack: 10, per_batch: 8, resets: 12 };
        run(&TapeEngine::default(), &forgetful(forgets), &frames, &settings, |_| {}).unwrap().findings
    };
    for seed in 0..8 {
        assert_eq!(findings(false, seed), [], "seed {seed}: a sound design");
        assert!(!findings(true, seed).is_empty(), "seed {seed}: a reset leaves a beat behind, and nobody sees it");
    }
}

/// A run without frames, without beats or with frames that have no partner is no success.
#[test]
fn canaries__nothing_compared() {
    let settings = Settings { pattern: Pattern::FREE, slack: 10, per_batch: 4, resets: 2 };
    let found = |inputs: &[Vec<i64>], outputs: &[Vec<i64>]| {
        let frames = Frames { inputs: inputs.to_vec(), outputs: outputs.to_vec(), sequences: None };
        run(&TapeEngine::default(), &forgetful(false), &frames, &settings, |_| {}).unwrap().findings
    };
    let frame = [vec![1, 2, 3]];
    assert_eq!(found(&frame, &frame), []);
    for (inputs, outputs) in [(&[][..], &[][..]), (&frame[..], &[][..]), (&frame[..], &[vec![]][..])] {
        assert_eq!(found(inputs, outputs), [Finding::Nothing], "{inputs:?} {outputs:?}");
    }
}

/// The runs of a network that are cut off by a reset can fail: where nothing else is wrong, they find what a reset leaves behind.
#[test]
fn canaries__resets_of_networks() {
    let frames: Vec<Vec<i64>> = (0..6).map(|f| (0..9).map(|i| (31 * f + 7 * i) % 256).collect()).collect();
    let frames = Frames { inputs: frames.clone(), outputs: frames, sequences: None };
    let findings = |forgets: bool, seed: u64, resets: usize| {
        let pattern = Pattern { source: Stall::None, sink: Stall::ThreeOfFour, seed };
        let settings = Settings { pattern, slack: 10, per_batch: 6, resets };
        run(&TapeEngine::default(), &forgetful(forgets), &frames, &settings, |_| {}).unwrap().findings
    };
    // Seeds at which the flag happens to be clear at power-on: without resets in the middle nothing shows.
    let clear: Vec<u64> = (0..16).filter(|seed| findings(true, *seed, 0).is_empty()).collect();
    assert!(clear.len() > 2, "{clear:?}");
    for seed in clear {
        assert!(!findings(true, seed, 8).is_empty(), "seed {seed}: a reset leaves a beat behind, and nobody sees it");
        assert!(findings(false, seed, 8).is_empty(), "seed {seed}: {:?}", findings(false, seed, 8));
    }
}
