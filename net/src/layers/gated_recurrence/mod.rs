//! A state that moves to what comes in as far as a gate lets it, element by element: an MLGRU's ([gated_recurrence]).
//!
//! Operands: gates `f`, not negative, in units of `2^-bits`; candidates `c`. With `v = c 2^up`, `h` the state before, zero after reset:
//! `y = v + floor((f (h - v) + 2^(bits - 1)) / 2^bits)`, which is kept. Rows of `channels` come one after the other; what the last row of a sample leaves is there
//! for the first one of the next.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::{gated_recurrence, BlockConfig, Checked};

use super::parts::{lanes, most_lanes, operand};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{together, Arrivals, Arrived, Pipeline, Spare};
use crate::{DType, Elements};

/// Elements of the state, and of gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatedRecurrence {
    /// Elements of a row.
    pub channels: u32,
    /// Bits of a gate.
    pub gate_bits: u32,
    /// Bits of the state behind a candidate's point.
    pub up: u32,
}

impl Layer for GatedRecurrence {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::next(self, x[0], x[1], &mut self.kept())
    }
    fn kept(&self) -> Vec<i64> {
        vec![0; self.channels as usize]
    }
    fn next(&self, x: &[&[i64]], kept: &mut Vec<i64>) -> Vec<i64> {
        golden::next(self, x[0], x[1], kept)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let no = |what: String| NoEngine {
            what,
            help: "unsigned gates, signed candidates, states of at most 24 bits".into(),
        };
        let [gate, candidate] = [0, 1].map(|k| operands.get(k).copied().unwrap_or(operands[0]));
        if gate.signed() || !candidate.signed() || gate.bits() != self.gate_bits {
            return Err(no(format!("gates of {} and candidates of {}", gate.name(), candidate.name())));
        }
        let rows = Rows { layer: *self, bits: candidate.bits() };
        Checked::new(rows.block(1)).map_err(|e| no(e.to_string()))?;
        Ok(Arc::new(rows))
    }
}

/// Its hardware, for candidates of so many bits.
#[derive(Clone, Copy, Debug)]
struct Rows {
    layer: GatedRecurrence,
    bits: u32,
}

impl Rows {
    fn block(&self, lanes: u32) -> gated_recurrence::Config {
        let GatedRecurrence { channels, gate_bits, up } = self.layer;
        gated_recurrence::Config { channels, lanes, gate_bits, bits: self.bits, up }
    }
    fn rows(&self, output: Elements) -> u64 {
        u64::from(output.count / self.layer.channels)
    }
    fn cycles(&self, output: Elements, lanes: u32) -> u64 {
        self.rows(output) * self.block(lanes).row_cycles()
    }
}

impl Engine for Rows {
    fn pace(&self, output: Elements) -> Pace {
        let most = most_lanes(self.layer.channels).min(64);
        let most = (1..=most).rev().find(|l| self.layer.channels.is_multiple_of(*l)).unwrap_or(1);
        Pace { fewest: self.cycles(output, most), most: self.cycles(output, 1) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let lanes = lanes(self.layer.channels, self.rows(at.output), at.target).filter(|l| *l <= 64)?;
        let block = Checked::new(self.block(lanes)).ok().filter(|_| self.cycles(at.output, lanes) <= at.target)?;
        let multipliers = gated_recurrence::Config::cost(&block).count_multipliers();
        Some(Choice { lanes, multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let tips = [0, 1].map(|k| {
            operand(p, k, self.layer.channels, choice.lanes);
            p.tip()
        });
        p.add("state", (p.output(), choice.lanes), self.block(choice.lanes));
        p.inputs_from(&tips);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = self.rows(a.output);
        let operands: Vec<Vec<u64>> = (0..2).map(|k| a.come(k, rows)).collect();
        let (done, waiting) = together(&operands, a.work(rows));
        let least = crate::plan::ahead(&operands, a.slow);
        Arrived { done, spare: Spare { operands: waiting, least, ..Spare::default() } }
    }
}
