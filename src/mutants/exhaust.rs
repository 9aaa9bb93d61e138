//! Every frame that a configuration can have, on a mutant that random frames do not tell from the block.

use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use niello_testbench::batch::{Batch, Stall};
use niello_testbench::campaign::{batch, Pattern, Workload};
use niello_testbench::engine::verilator::Selectable;
use niello_testbench::engine::EngineError;
use niello_testbench::scoreboard::judge;
use niello_testbench::streams::Border;

use crate::instances::Any;

/// All frames, in order and without stalls, then in another order with stalls on both sides: what one frame leaves behind
/// meets another one.
pub struct Exhaust<'a> {
    model: &'a Selectable,
    border: Border,
    runs: Vec<(Batch, Workload)>,
}

impl Exhaust<'_> {
    /// None for a configuration with too many frames. The block without a fault must pass.
    pub fn new<'a>(instance: &dyn Instance, design: &ValidDesign, model: &'a Selectable) -> Any<Option<Exhaust<'a>>> {
        let Some(mut frames) = instance.every_frame() else { return Ok(None) };
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        let mut rng = Prng::named(0, "exhaust");
        let stalls = Pattern { source: Stall::Bernoulli(0.1), sink: Stall::Bernoulli(0.3), seed: rng.next() };
        let mut runs = Vec::new();
        for pattern in [Pattern::FREE, stalls] {
            let work = Workload::new(&frames, instance.sequence());
            let contract = instance.contract(&frames[0]);
            runs.push((batch(&border, &work, pattern, contract.latency + contract.ii), work));
            for i in (1..frames.len()).rev() {
                frames.swap(i, rng.below(i as u64 + 1) as usize);
            }
        }
        let exhaust = Exhaust { model, border, runs };
        if exhaust.tells(0)? {
            return Err("the block without any fault fails on all its frames".into());
        }
        Ok(Some(exhaust))
    }

    /// Whether any frame tells a mutant from the block.
    pub fn tells(&self, variant: u64) -> Result<bool, EngineError> {
        for (batch, work) in &self.runs {
            let run = self.model.run(variant, batch)?;
            if !judge(&run, &self.border, &work.outputs).is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
