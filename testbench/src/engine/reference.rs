//! The IR's own definition as an engine: slow, for tests of the others.

use niello_gen::ir::eval::Reference;
use niello_gen::ir::{Flat, ValidDesign};
use niello_gen::num::Prng;

use super::{Compiled, Engine, EngineError, Run};
use crate::batch::{Batch, Fill};
use crate::drive::{drive, CycleModel};
use crate::streams::Border;

/// The reference engine.
pub struct ReferenceEngine;

struct Prepared {
    flat: Flat,
    border: Border,
}

impl Engine for ReferenceEngine {
    fn name(&self) -> &'static str {
        "reference"
    }
    fn compile(&self, design: &ValidDesign) -> Result<Box<dyn Compiled>, EngineError> {
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        Ok(Box::new(Prepared { flat: Flat::new(design), border }))
    }
}

struct Stepper {
    model: Reference,
    reset: bool,
    faults: Vec<String>,
}

impl CycleModel for Stepper {
    fn lanes(&self) -> usize {
        1
    }
    fn set_input(&mut self, _: usize, input: usize, words: &[u64]) {
        self.model.set_input(input, words);
    }
    fn set_reset(&mut self, _: usize, reset: bool) {
        self.reset = reset;
    }
    fn settle(&mut self) {
        self.model.settle();
    }
    fn output(&self, _: usize, output: usize, words: &mut [u64]) {
        for (to, from) in words.iter_mut().zip(self.model.output(output).words()) {
            *to = from;
        }
    }
    fn clock(&mut self) {
        self.faults.extend(self.model.clock(self.reset).iter().map(|v| format!("{v:?}")));
    }
}

impl Compiled for Prepared {
    fn run(&mut self, batches: &[Batch]) -> Result<Vec<Run>, EngineError> {
        let run = |batch: &Batch| {
            let mut rng = Prng::new(match batch.fill {
                Fill::Seed(s) => s,
                _ => 0,
            });
            let fill = || match batch.fill {
                Fill::Zeros => 0,
                Fill::Ones => u64::MAX,
                Fill::Seed(_) => rng.next(),
            };
            let mut stepper = Stepper { model: Reference::new(&self.flat, fill), reset: false, faults: Vec::new() };
            let trace = drive(&mut stepper, &self.border, std::slice::from_ref(batch)).remove(0);
            stepper.faults.truncate(16);
            Run { trace, faults: stepper.faults }
        };
        Ok(batches.iter().map(run).collect())
    }
}
