//! The embedded engine: the flattened design as a tape of word instructions, several independent runs in
//! lock step. No tool is needed, and a block is ready in well under a millisecond.
//!
//! A net of up to 64 bits is one word, a wider one several limbs, always zero-extended. Each word is kept
//! for all lanes side by side, so an instruction is a short loop over lanes that the compiler vectorizes;
//! the widest vector unit that the machine has is chosen at run time.

mod code;
mod compile;
mod exec;
mod faults;
mod memory;
mod wide;

use niello_gen::ir::{Flat, ValidDesign};
use niello_gen::num::Prng;

use super::{Compiled, Engine, EngineError, Run};
use crate::batch::{Batch, Fill};
use crate::drive::{drive, CycleModel};
use crate::streams::Border;
pub use code::Tape;
pub use faults::{RomFault, RomFaults};

/// The tape engine.
#[derive(Clone, Copy, Debug)]
pub struct TapeEngine {
    /// Check proven ranges and memory contracts in every cycle.
    pub checks: bool,
}

impl Default for TapeEngine {
    fn default() -> Self {
        TapeEngine { checks: true }
    }
}

/// Runs in lock step when there are more batches than one.
const LANES: usize = 16;

struct Prepared {
    tape: Tape,
    border: Border,
    checks: bool,
}

impl Engine for TapeEngine {
    fn name(&self) -> &'static str {
        "tape"
    }
    fn compile(&self, design: &ValidDesign) -> Result<Box<dyn Compiled>, EngineError> {
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        let tape = Tape::new(&Flat::new(design));
        Ok(Box::new(Prepared { tape, border, checks: self.checks }))
    }
}

impl Compiled for Prepared {
    fn run(&mut self, batches: &[Batch]) -> Result<Vec<Run>, EngineError> {
        let mut runs = Vec::with_capacity(batches.len());
        for group in batches.chunks(LANES) {
            match group.len() {
                1 => runs.extend(self.group::<1>(group)),
                2..=4 => runs.extend(self.group::<4>(group)),
                _ => runs.extend(self.group::<LANES>(group)),
            }
        }
        Ok(runs)
    }
}

impl Prepared {
    fn group<const L: usize>(&self, batches: &[Batch]) -> Vec<Run> {
        let fills: Vec<Fill> = batches.iter().map(|b| b.fill).collect();
        let mut machine = Machine::<L>::new(&self.tape, &fills, self.checks);
        let traces = drive(&mut machine, &self.border, batches);
        let faults = machine.faults.into_iter();
        traces.into_iter().zip(faults).map(|(trace, faults)| Run { trace, faults }).collect()
    }
}

/// The state of `L` lanes.
pub struct Machine<'t, const L: usize> {
    tape: &'t Tape,
    /// `tape.slots * L` words.
    state: Vec<u64>,
    /// RAM words, `depth * limbs * L` each; ROMs are shared in the tape.
    rams: Vec<Vec<u64>>,
    faults: Vec<Vec<String>>,
    checks: bool,
    /// For each of the first lanes, a damaged bit of a ROM.
    rom_faults: Vec<RomFault>,
}

impl<'t, const L: usize> Machine<'t, L> {
    /// Power-on. Lanes past the fills are filled with zeros.
    pub fn new(tape: &'t Tape, fills: &[Fill], checks: bool) -> Machine<'t, L> {
        let mut state = vec![0u64; tape.slots as usize * L];
        for (slot, value) in &tape.constants {
            state[*slot as usize * L..][..L].fill(*value);
        }
        let mut rams: Vec<Vec<u64>> = tape.mems.iter().map(|m| vec![0; m.ram_words() * L]).collect();
        for lane in 0..L {
            let fill = fills.get(lane).copied().unwrap_or(Fill::Zeros);
            let mut rng = Prng::new(if let Fill::Seed(s) = fill { s } else { 0 });
            let mut draw = |mask: u64| match fill {
                Fill::Zeros => 0,
                Fill::Ones => mask,
                Fill::Seed(_) => rng.next() & mask,
            };
            for (slot, mask) in &tape.power_on {
                state[*slot as usize * L + lane] = draw(*mask);
            }
            for (to, from) in &tape.same_at_power_on {
                state[*to as usize * L + lane] = state[*from as usize * L + lane];
            }
            for (ram, mem) in rams.iter_mut().zip(&tape.mems) {
                for (i, word) in ram.chunks_mut(L).enumerate() {
                    word[lane] = draw(mem.limb_mask(i % mem.limbs));
                }
            }
        }
        Machine { tape, state, rams, faults: vec![Vec::new(); L], checks, rom_faults: Vec::new() }
    }

    fn fault(&mut self, lane: usize, text: impl FnOnce() -> String) {
        if self.faults[lane].len() < 16 {
            let text = text();
            if !self.faults[lane].contains(&text) {
                self.faults[lane].push(text);
            }
        }
    }

    /// One cycle's combinational nets.
    pub fn settle_nets(&mut self) {
        exec::run::<L>(&self.tape.nets, &self.tape.wides, &mut self.state);
    }

    /// The rising edge.
    pub fn edge(&mut self) {
        if self.checks {
            self.check_claims();
        }
        self.read_and_write_memories();
        exec::run::<L>(&self.tape.edges, &self.tape.wides, &mut self.state);
    }

    fn check_claims(&mut self) {
        let tape = self.tape;
        for claim in &tape.claims {
            for lane in 0..L {
                let low = self.state[claim.slot as usize * L + lane];
                let value = if claim.signed {
                    let shift = 64 - claim.width;
                    i128::from(((low << shift) as i64) >> shift)
                } else {
                    i128::from(low)
                };
                let in_reset = self.state[tape.reset_slot as usize * L + lane] != 0;
                if !in_reset && (value < claim.lo || value > claim.hi) {
                    self.fault(lane, || format!("a value proven to lie in {}..={} was {value}", claim.lo, claim.hi));
                }
            }
        }
    }
}

impl<const L: usize> CycleModel for Machine<'_, L> {
    fn lanes(&self) -> usize {
        L
    }
    fn set_input(&mut self, lane: usize, input: usize, words: &[u64]) {
        let port = &self.tape.inputs[input];
        for (i, mask) in port.masks.iter().enumerate() {
            self.state[(port.slot as usize + i) * L + lane] = words[i] & mask;
        }
    }
    fn set_reset(&mut self, lane: usize, reset: bool) {
        self.state[self.tape.reset_slot as usize * L + lane] = u64::from(reset);
    }
    fn settle(&mut self) {
        self.settle_nets();
    }
    fn output(&self, lane: usize, output: usize, words: &mut [u64]) {
        let port = &self.tape.outputs[output];
        for (i, word) in words.iter_mut().enumerate().take(port.masks.len()) {
            *word = self.state[(port.slot as usize + i) * L + lane];
        }
    }
    fn clock(&mut self) {
        self.edge();
    }
}
