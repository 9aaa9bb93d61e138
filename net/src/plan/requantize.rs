//! Sums become codes: `requant`, or `threshold` where codes are counted.

use super::Pipeline;
use crate::layers::Choice;
use crate::{Elements, Recode};
use niello_gen::blocks::{requant, threshold};
use niello_gen::num::{Range, Requant};

impl Pipeline<'_> {
    /// Accumulators of this range become codes, on the lanes that were chosen; without a function they leave as they are.
    pub fn recode(&mut self, r: Option<&Recode>, result: Range, choice: &Choice) {
        let Some(chosen) = choice.requant.filter(|c| c.lanes > 0) else { return };
        self.widen(chosen.lanes, "acc");
        let Some(r) = r else { return };
        self.requantize("requant", r, result, self.output(), chosen.digit);
    }

    /// What the last stage gives, in this range, becomes codes of the type of `output`, on as many lanes.
    pub fn requantize(&mut self, role: &str, r: &Recode, result: Range, output: Elements, digit: u32) {
        let lanes = self.lanes;
        let r = &*r.simplified();
        let config = requant::Config {
            channels: self.vector,
            lanes: self.lanes,
            acc_bits: self.now.bits.max(2),
            acc_min: result.lo as i64,
            acc_max: result.hi as i64,
            out_bits: output.bits,
            out_signed: output.signed,
            scales: r.scales.clone(),
            zero_point: r.zero_point,
            offsets: Vec::new(),
            min: r.min,
            max: r.max,
            digit,
        };
        let found = if r.by_counting() { None } else { Some(self.known.check(self.node, role, config)) };
        let found = match found {
            Some(found) if found.is_ok() || !r.is_real() => found,
            // A real function without a fixed point for its thresholds has them compared.
            _ => return self.count(r, result, output),
        };
        let Some(c) = self.checked(found) else { return };
        self.stage(role, (output, lanes), 0, c);
    }

    /// Thresholds, one set for each requantizer that differs from the others.
    fn count(&mut self, r: &Recode, result: Range, output: Elements) {
        let mut kinds: Vec<Requant> = Vec::new();
        let set_of = |channel: usize| {
            let own = r.requant(channel);
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
            out_bits: output.bits,
            out_signed: output.signed,
            lowest: r.min,
            steps: (r.max - r.min) as u32,
            thresholds: thresholds.concat(),
            which: if named { which } else { Vec::new() },
        };
        let Some(c) = self.check("threshold", config) else { return };
        let lanes = self.lanes;
        self.stage("threshold", (output, lanes), 0, c);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{lower, Goal};
    use crate::layers::Dense;
    use crate::{Elements, Network, Placed, Recode};
    use niello_gen::device::DeviceModel;
    use niello_gen::num::{RealRounding, Scale};

    /// The last block of a dense layer whose sums become codes in this way.
    fn recoded(rounding: RealRounding, min: i64, max: i64) -> &'static str {
        let affine = |n: i64| Scale::Affine { gain: 0.037, offset: 0.21 * n as f64, rounding };
        scaled((0..3).map(affine).collect(), min, max)
    }

    /// The same of any scales.
    fn scaled(scales: Vec<Scale>, min: i64, max: i64) -> &'static str {
        let count = scales.len();
        let recode = Recode { scales, zero_point: 0, min, max };
        let weights = (0..2 * count as i64).map(|i| i * 7 - 20).collect();
        let dense = Dense { x_zero: 0, weights, bias: vec![0; count], recode: Some(recode) };
        let output = Elements { count: count as u32, bits: 8, signed: true };
        let node = Placed { name: "l0".into(), engine: Arc::new(dense), inputs: vec![0], output };
        let input = Elements { count: 2, bits: 8, signed: true };
        let network = Network { name: "net".into(), profile: "test".into(), input, nodes: vec![node] };
        lower(network, Goal::TargetIi(6), &DeviceModel::PLAIN).unwrap().stages.pop().unwrap().block.about().name
    }

    #[test]
    fn recode__counts_few_codes_and_what_has_no_line() {
        let half_even = RealRounding::HalfEven;
        assert_eq!(recoded(half_even, -8, 7), "threshold", "16 codes");
        assert_eq!(recoded(half_even, -8, 8), "requant", "17 codes");
        assert_eq!(recoded(RealRounding::ToZero, -100, 100), "threshold", "two lines");
        assert_eq!(recoded(half_even, 5, 5), "requant", "one code");
    }

    /// Ties of many channels, which float64 rounds each in its own way: no bits of a multiplier keep all of them.
    #[test]
    fn recode__counts_where_no_fixed_point_gives_ties() {
        let parts = [738.0, 648.0, 741.0, 1080.0, 337.0, 786.0, 1195.0, 1192.0, 419.0, 580.0, 355.0, 447.0];
        let scales = |n: usize| parts[..n].iter().map(|g| Scale::RealHalfAway(g / 3000.0)).collect();
        assert_eq!(scaled(scales(1), -128, 127), "requant");
        assert_eq!(scaled(scales(12), -128, 127), "threshold");
    }
}
