//! A block of your own, in one file: a leaky integrator `y[n] = y[n-1] - floor(y[n-1] / 8) + x[n]`, written in
//! the DSL, printed as Verilog and run against a golden model with stalls on both sides.
//!
//! ```
//! cargo run --release --example custom_block
//! ```
#![allow(clippy::print_stdout)]

use niello::gen::emit::verilog;
use niello::gen::hdl::{hw, Build};
use niello::gen::ir::{BeatShape, DesignError, Reports, ValidDesign};
use niello::gen::num::{Prng, Range};
use niello::testbench::batch::Stall;
use niello::testbench::campaign::Pattern;
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::engine::Engine;
use niello::testbench::frames::{self, Frames, Settings};

/// The hardware: one sample a cycle, the integrator is the output register.
fn integrator() -> Result<ValidDesign, Reports<DesignError>> {
    let build = Build::new();
    let m = build.module("leaky_integrator");
    m.header("computes", "y[n] = y[n-1] - floor(y[n-1] / 8) + x[n], from 0 at the start of a frame");
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, 12, true), true);

    m.section("one sample in flight");
    let valid = m.reg_b("valid").reset(0);
    let free = !valid.q() | out.ready();
    s.set_ready(free);
    valid.set_when(free, s.valid());
    let last = m.delay("last", s.fire(), s.last());
    let fresh = m.reg_b("fresh").reset(1);
    fresh.set_when(s.fire(), s.last());

    m.section("the integrator; |y| never exceeds 8 * 128 + 7, so 12 bits are enough");
    let y = m.reg_s("y", 12).reset(0);
    let before = fresh.q().pick(m.s(0, 12), y.q());
    hw! {
        let leaked = before - (before >> 3);
        let sum = leaked + s.lane_s(0);
    }
    y.set_when(s.fire(), sum.proven(Range::new(-2048, 2047)).fits(12));
    out.drive(valid.q(), y.q().as_unsigned(), Some(last));
    let id = m.finish();
    build.validate(id)
}

/// The golden model: plain integers, nothing shared with the hardware.
fn golden(x: &[i64]) -> Vec<i64> {
    let mut y = 0i64;
    x.iter()
        .map(|x| {
            y = y - y.div_euclid(8) + x;
            y
        })
        .collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let design = integrator()?;
    for file in verilog(&design) {
        println!("{}", file.text);
    }
    let mut rng = Prng::new(1);
    let inputs: Vec<Vec<i64>> = (0..100)
        .map(|_| (0..1 + rng.below(200)).map(|_| if rng.chance(0.5) { -128 } else { rng.range(-128, 127) }).collect())
        .collect();
    let outputs = inputs.iter().map(|x| golden(x)).collect();
    let pattern = Pattern { source: Stall::Bernoulli(0.3), sink: Stall::Bernoulli(0.5), seed: 7 };
    let settings = Settings { pattern, slack: 8, per_batch: 10, resets: 2 };
    let engine: &dyn Engine = &TapeEngine::default();
    let o = frames::run(engine, &design, &Frames { inputs, outputs, ..Frames::default() }, &settings, |_| {})?;
    println!("{} beats compared on the {} engine, {} mismatches", o.beats, engine.name(), o.mismatches);
    for f in &o.findings {
        println!("{f}");
    }
    if o.findings.is_empty() {
        Ok(())
    } else {
        Err("the hardware differs from its golden model".into())
    }
}
