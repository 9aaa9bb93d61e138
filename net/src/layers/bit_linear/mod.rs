//! BitLinear of a MatMul-free language model: RMSNorm, the quantizer of a token, ternary weights ([absmax_quantize], [row_gain], [row_scale]).
//!
//! Of each row `x`: `M = max(max |x|, 1)`, `R = floor(127 2^F / M)`, `F = bits of x + 8`, `q = floor((x R + 2^(F - 1)) / 2^F)`;
//! `acc[n] = sum over k of w[n][k] q[k]`; `G = floor(max |x| 2^15 / max(floor(sqrt(sum of x^2)), 1))`; `y[n] = recode(acc[n] G)`. The norm has no gain and no epsilon, and is
//! part of `G`: `acc G` is worth `sqrt(columns) / (127 2^15)` times the weights' scale.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::{absmax_quantize, row_gain, row_scale, stream_fifo, BlockConfig, Checked};
use niello_gen::num::Range;

use super::parts::{requantizers, signed, weighted, Matrix};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{behind, Arrivals, Arrived, Folding, Pipeline};
use crate::{DType, Elements, Recode};

/// Bits of a code, and of a gain behind its point.
const CODE_BITS: u32 = 8;
const FRACTION: u32 = 15;
/// Gains that wait for their rows' sums.
const ROWS_ON_THEIR_WAY: u32 = 8;

/// A ternary matrix, and what becomes of its sums.
#[derive(Clone, Debug, PartialEq)]
pub struct BitLinear {
    /// Row by row: -1, 0 or 1.
    pub weights: Vec<i64>,
    /// Rows.
    pub outputs: u32,
    /// Bits of an element of `x`.
    pub x_bits: u32,
    /// Of sums times gains, one scale or one for each output.
    pub recode: Recode,
}

impl BitLinear {
    fn columns(&self) -> u32 {
        self.weights.len() as u32 / self.outputs.max(1)
    }
}

impl Layer for BitLinear {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn weights(&self) -> Option<&[i64]> {
        Some(&self.weights)
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let (columns, n) = (self.columns() as usize, element % self.outputs as usize);
        let start = element / self.outputs as usize * columns;
        let (codes, gain) = golden::codes(&x[0][start..start + columns], self.x_bits);
        let terms = self.weights[n * columns..(n + 1) * columns].iter().copied().zip(codes).collect();
        format!("{}, times {gain}", weighted(terms, 0, None, n))
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        let (columns, outputs) = (self.columns() as usize, self.outputs as usize);
        (0..elements).map(|i| x[0][i / outputs * columns..][..columns].iter().any(|b| *b)).collect()
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        Some(&mut self.recode)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        signed(operands)?;
        let no = |what: String| NoEngine { what, help: "rows of at most 4096 codes of at most 16 bits".into() };
        let ternary = Ternary { bias: vec![0; self.outputs as usize], layer: (*self).clone() };
        if operands[0].bits() != self.x_bits || self.x_bits > 16 {
            return Err(no(format!("codes of {}", operands[0].name())));
        }
        Checked::new(ternary.quantizer(1)).map_err(|e| no(e.to_string()))?;
        Checked::new(ternary.gain(1)).map_err(|e| no(e.to_string()))?;
        Ok(Arc::new(ternary))
    }
}

/// Its hardware.
#[derive(Clone, Debug)]
struct Ternary {
    layer: BitLinear,
    /// Zeros.
    bias: Vec<i64>,
}

impl Ternary {
    fn rows(&self, output: Elements) -> u64 {
        u64::from(output.count / self.layer.outputs)
    }
    fn matrix(&self, rows: u64) -> Matrix<'_> {
        Matrix { groups: 1, x_zero: 0, weights: &self.layer.weights, bias: &self.bias, patches: rows }
    }
    fn quantizer(&self, lanes: u32) -> absmax_quantize::Config {
        let (columns, bits) = (self.layer.columns(), self.layer.x_bits);
        absmax_quantize::Config { columns, lanes, bits, out_bits: CODE_BITS }
    }
    fn gain(&self, lanes: u32) -> row_gain::Config {
        row_gain::Config { columns: self.layer.columns(), lanes, bits: self.layer.x_bits, fraction: FRACTION }
    }
    /// Cycles of a row in front of the matrix.
    fn row_cycles(&self, lanes: u32) -> u64 {
        self.quantizer(lanes).row_cycles().max(self.gain(lanes).row_cycles())
    }
    /// Lanes in front of the matrix: the fewest that are fast enough.
    fn lanes(&self, rows: u64, target: u64) -> Option<u32> {
        let columns = self.layer.columns();
        (1..=columns.min(64)).find(|l| columns.is_multiple_of(*l) && rows * self.row_cycles(*l) <= target)
    }
    fn most_lanes(&self) -> u32 {
        let columns = self.layer.columns();
        (1..=columns.min(64)).rev().find(|l| columns.is_multiple_of(*l)).unwrap_or(1)
    }
    /// Sums times gains, on the lanes of the matrix's results.
    fn scale(&self, acc_bits: u32, lanes: u32) -> row_scale::Config {
        row_scale::Config { columns: self.layer.outputs, lanes, a_bits: acc_bits, b_bits: FRACTION + 1 }
    }
    fn stages_behind(&self, f: Folding, gains: crate::plan::Tip, choice: &Choice, p: &mut Pipeline) {
        let rows = self.rows(p.output());
        let Some(sums) = self.matrix(rows).stage(p, f) else { return };
        // No more lanes than what recodes takes.
        let lanes = choice.requant.map_or(1, |r| r.lanes).max(1);
        p.widen(lanes, "acc");
        let sums_at = p.tip();
        let config = self.scale(p.now.bits, lanes);
        let products = Elements { bits: config.out_bits(), signed: true, ..p.now };
        p.add("scale", (products, lanes), config);
        p.inputs_from(&[sums_at, gains]);
        let most = 1i128 << FRACTION;
        p.recode(Some(&self.layer.recode), Range::new(sums.lo * most, sums.hi * most), choice);
    }
}

impl Engine for Ternary {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.layer.recode)
    }
    fn pace(&self, output: Elements) -> Pace {
        let rows = self.rows(output);
        let m = self.matrix(rows);
        let front = |lanes: u32| rows * self.row_cycles(lanes);
        Pace {
            fewest: m.fewest_cycles().max(front(self.most_lanes())).max(2 * rows),
            most: m.most_cycles().max(front(1)),
        }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let rows = self.rows(at.output);
        let lanes = self.lanes(rows, at.target)?;
        let folding = self.matrix(rows).fold(&At { x_bits: CODE_BITS, ..*at })?;
        let requant = requantizers(Some(&self.layer.recode), self.layer.outputs, rows, at.target)?;
        let cost = |c: Option<niello_gen::blocks::Cost>| c.map_or(0, |c| c.count_multipliers());
        let quantizer = Checked::new(self.quantizer(lanes)).ok().map(|c| absmax_quantize::Config::cost(&c));
        let gain = Checked::new(self.gain(lanes)).ok().map(|c| row_gain::Config::cost(&c));
        let multipliers =
            folding.multipliers() + requant.multipliers + cost(quantizer) + cost(gain) + u64::from(requant.lanes);
        Some(Choice { lanes, folding: Some(folding), requant: Some(requant), multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let Some(folding) = choice.folding else { return };
        let columns = self.layer.columns();
        p.by_pixels(columns);
        p.widen(choice.lanes, "row");
        let row = p.tip();
        let rows = self.rows(p.output()) as u32;
        let gains = Elements { count: rows, bits: FRACTION + 1, signed: false };
        p.add("gain", (gains, 1), self.gain(choice.lanes));
        // Rows that are on their way through the quantizer and the matrix.
        let fifo = stream_fifo::Config { bits: FRACTION + 1, lanes: 1, signed: false, depth: ROWS_ON_THEIR_WAY };
        p.vector = 1;
        p.add("gain_fifo", (gains, 1), fifo);
        let gains = p.tip();
        p.go_on_at(row);
        let codes = Elements { bits: CODE_BITS, signed: true, ..p.now };
        p.add("quantize", (codes, choice.lanes), self.quantizer(choice.lanes));
        self.stages_behind(folding, gains, choice, p);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = self.rows(a.output);
        Arrived::at(behind(&a.come(0, rows), a.work(rows)))
    }
}
