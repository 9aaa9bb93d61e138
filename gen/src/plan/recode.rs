//! Sums become codes: `requant`, or `threshold` where codes are counted.

use super::builder::{Builder, Cost};
use super::{cost, Layer, Recode, StageBlock};
use crate::blocks::{requant, threshold, Checked};
use crate::num::{Range, Requant};

impl Builder {
    /// Accumulators become codes, on as few lanes as the target allows.
    pub(super) fn recode(&mut self, i: usize, layer: &Layer, r: Option<&Recode>, result: Range, patches: u64) {
        let Some(lanes) = cost::requant_lanes(self.vector, patches, self.target) else { return };
        self.widen(i, layer, lanes, "acc");
        let Some(r) = r else { return };
        let config = requant::Config {
            channels: self.vector,
            lanes: self.lanes,
            acc_bits: self.now.bits.max(2),
            acc_min: result.lo as i64,
            acc_max: result.hi as i64,
            out_bits: layer.output.bits,
            out_signed: layer.output.signed,
            scales: r.scales.clone(),
            zero_point: r.zero_point,
            offsets: Vec::new(),
            min: r.min,
            max: r.max,
        };
        // A real function without a line through its thresholds has them compared.
        let counted = r.by_counting() || (r.is_affine() && Checked::new(config.clone()).is_err());
        if counted {
            return self.count(i, layer, r, result);
        }
        let Some(c) = self.check(layer, config) else { return };
        let constants = c.derived().multipliers.len() as u64;
        let memory = if constants > 1 { constants * u64::from(c.derived().multiplier_bits()) } else { 0 };
        let cost = Cost { memory, multipliers: lanes.into(), products: 0 };
        self.stage(i, layer, "requant", layer.output, lanes, cost, c, StageBlock::Requant);
    }

    /// Thresholds, one set for each requantizer that differs from the others.
    fn count(&mut self, i: usize, layer: &Layer, r: &Recode, result: Range) {
        let mut kinds: Vec<Requant> = Vec::new();
        let set_of = |output: usize| {
            let own = r.requant(output);
            kinds.iter().position(|k| *k == own).unwrap_or_else(|| {
                kinds.push(own);
                kinds.len() - 1
            })
        };
        let which: Vec<i64> = (0..r.scales.len()).map(set_of).map(|set| set as i64).collect();
        let never = 1i64 << (self.now.bits.max(2) - 1);
        let set = |k: &Requant| (r.min + 1..=r.max).map(|code| k.threshold(code, result).unwrap_or(never)).collect();
        let thresholds: Vec<Vec<i64>> = kinds.iter().map(set).collect();
        // One set for all, or each channel its own, need no names.
        let named = kinds.len() > 1 && kinds.len() < self.vector as usize;
        let config = threshold::Config {
            channels: self.vector,
            lanes: self.lanes,
            acc_bits: self.now.bits.max(2),
            out_bits: layer.output.bits,
            out_signed: layer.output.signed,
            lowest: r.min,
            steps: (r.max - r.min).max(1) as u32,
            thresholds: thresholds.concat(),
            which: if named { which } else { Vec::new() },
        };
        let Some(c) = self.check(layer, config) else { return };
        let cost = Cost { memory: c.derived().memory_bits(&c), ..Cost::default() };
        let lanes = self.lanes;
        self.stage(i, layer, "threshold", layer.output, lanes, cost, c, |c| StageBlock::Threshold(Box::new(c)));
    }
}
