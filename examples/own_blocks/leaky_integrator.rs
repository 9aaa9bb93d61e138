//! `leaky_integrator`: `y[n] = y[n-1] - floor(y[n-1] / 2^shift) + x[n]`, from 0 at the start of each frame.
//!
//! In a crate of one's own one file is enough; in niello's tree `rtl.rs`, `golden.rs`, `stimulus.rs` and `tests.rs` stand apart.
//! Contract for a frame of `n` elements: latency `n`, II `n`.

use niello::gen::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use niello::gen::hdl::{hw, Build};
use niello::gen::ir::{BeatShape, ModuleId};
use niello::gen::num::{Prng, Range};

niello::gen::config! {
    /// Settings of the block.
    pub struct Config {
        /// Bits of an element, two's complement.
        bits: u32 = 8, in 2..=24;
        /// A part in `2^shift` leaks away with each element.
        shift: u32 = 3, in 1..=12;
    }
}

impl Config {
    /// `|y| <= 2^shift * 2^(bits - 1) + 2^shift - 1`: there as much leaks away as comes in.
    fn most(&self) -> i128 {
        (1 << (self.shift + self.bits - 1)) + (1 << self.shift) - 1
    }

    fn out_bits(&self) -> u32 {
        self.bits + self.shift + 1
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "leaky_integrator",
        summary: "adds up a frame, and forgets",
        equation: "y[n] = y[n-1] - floor(y[n-1] / 2^shift) + x[n]",
    };
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }

    fn key(&self) -> String {
        format!("{}s{}", self.bits, self.shift)
    }

    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        let m = c.module(build);
        let s = m.stream_in("s_axis", BeatShape::new(1, c.bits, true), true);
        let out = m.stream_out("m_axis", BeatShape::new(1, c.out_bits(), true), true);

        m.section("one element in flight");
        let held = m.stage("out", out.ready());
        s.set_ready(held.free());
        held.fill(s.valid());
        let last = m.delay("out_last", s.fire(), s.last());
        let fresh = m.reg_b("fresh").reset(1);
        fresh.set_when(s.fire(), s.last());

        m.section("the integrator is the output register");
        let y = m.reg_s("y", c.out_bits()).reset(0);
        let before = fresh.q().pick(m.s(0, c.out_bits()), y.q());
        hw! {
            let leaked = before - (before >> c.shift);
            let sum = leaked + s.lane_s(0);
        }
        y.set_when(s.fire(), sum.proven(Range::new(-c.most(), c.most())).fits(c.out_bits()));
        out.drive(held.valid(), y.q().as_unsigned(), Some(last));
        m.finish()
    }

    /// Plain integers, nothing shared with the hardware.
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        let mut y = 0i64;
        let step = |x: &i64| {
            y = y - y.div_euclid(1 << c.shift) + x;
            y
        };
        vec![inputs[0].iter().map(step).collect()]
    }

    fn contract(_: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs[0].len() as u64;
        Contract { latency: n, ii: n }
    }

    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(6 + 2 * u64::from(c.out_bits()))
    }

    fn random(rng: &mut Prng) -> Self {
        Config { bits: rng.range(2, 10) as u32, shift: rng.range(1, 5) as u32 }
    }

    /// Elements with corners: a run of the least ones goes to the end of the range.
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        let (n, low) = (1 + rng.below(60), -(1i64 << (c.bits - 1)));
        let steady = rng.chance(0.3);
        vec![(0..n).map(|_| if steady || rng.chance(0.3) { low } else { rng.range(low, -low - 1) }).collect()]
    }
}

#[cfg(test)]
#[allow(non_snake_case)]
mod tests {
    use niello::gen::blocks::{entry, AnyBlock};
    use niello::testbench::campaign::Campaign;
    use niello::testbench::engine::tape::TapeEngine;

    use super::*;

    #[test]
    fn golden__is_the_sum_without_a_leak_at_first() {
        let c = Checked::new(Config::default()).unwrap();
        assert_eq!(Config::golden(&c, &[vec![3, 4, -1]]), [vec![3, 7, 6]]);
        assert_eq!(Config::golden(&c, &[vec![64, 0, 0]]), [vec![64, 56, 49]]);
    }

    /// Stalls, resets, exact cycles, on random configurations; `niello block verify` runs the same on Verilator and Icarus.
    #[test]
    fn rtl__equals_golden() {
        let block: Box<dyn AnyBlock> = entry::<Config>();
        for seed in 0..20 {
            let instance = block.random(&mut Prng::named(seed, "leaky_integrator")).unwrap();
            let design = instance.design().unwrap();
            let campaign = Campaign { block: &*instance, design: &design, seed };
            let o = campaign.run(&TapeEngine::default(), 10, 12).unwrap();
            assert!(o.findings.is_empty() && o.beats > 0, "seed {seed}: {:?}", o.findings);
        }
    }
}
