//! A sum of two tensors, or of one and constants, each rounded on its own: `stream_fifo -> requant` for each operand, `eltwise`, and a clamp.

use niello_gen::blocks::eltwise;
use niello_gen::num::{bits_for_range, range_of, Range};

use crate::layers::parts::{digit, ends, lanes, most_lanes, operand, Operands};
use crate::layers::{At, Choice, Engine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{Elements, Recode};

/// Shares of the operands, which are added.
#[derive(Clone, Debug, PartialEq)]
pub struct DyadicSum {
    /// How each tensor's codes become its share, and what that reaches.
    pub shares: Vec<(Recode, Range)>,
    /// Shares of a constant second operand, over and over: whole pixels. Empty: it is a tensor.
    pub constants: Vec<i64>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
    /// What becomes of the sum.
    pub clamp: Recode,
}

impl DyadicSum {
    fn digits(&self, output: Elements, lanes: u32, target: u64) -> Vec<u32> {
        let beats = u64::from(output.count / lanes);
        self.shares.iter().map(|(r, _)| digit(r, beats, target)).collect()
    }
}

impl Engine for DyadicSum {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.clamp)
    }
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.channels)), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let lanes = lanes(self.channels, u64::from(at.output.count / self.channels.max(1)), at.target)?;
        let at_once = self.digits(at.output, lanes, at.target).into_iter().filter(|d| *d == 0).count() as u64;
        Some(Choice { lanes, multipliers: u64::from(lanes) * at_once, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let (lanes, output) = (choice.lanes, p.output());
        let digits = self.digits(output, lanes, p.target());
        let (mut operands, mut ranges) = (Vec::new(), Vec::new());
        for (k, ((share, reach), digit)) in self.shares.iter().zip(digits).enumerate() {
            let name = operand(p, k, self.channels, lanes);
            let Some(codes) = range_of(p.now.bits, p.now.signed) else { return };
            let wide = Elements { bits: bits_for_range(*reach, true), signed: true, ..p.now };
            p.requantize(&format!("{name}_requant"), share, codes, wide, digit);
            operands.push(p.tip());
            ranges.push(*reach);
        }
        let (lo, hi) = ends(&self.constants);
        let constants = Range::new(lo.into(), hi.into());
        let b = ranges.get(1).copied().unwrap_or(constants);
        let result = Range::new(ranges[0].lo + b.lo, ranges[0].hi + b.hi);
        let [a_bits, b_bits] = [ranges[0], b].map(|r| bits_for_range(r, true));
        let config =
            eltwise::Config { lanes, a_bits, b_bits, constants: self.constants.clone(), ..eltwise::Config::default() };
        Operands(operands).join(p, "sum", config, 0);
        p.requantize("clamp", &self.clamp, result, output, 1);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        Operands::arrivals(a, a.operands(), u64::from(a.output.count / self.channels.max(1)))
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}
