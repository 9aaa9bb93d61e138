//! The larger or the smaller one of two codes at each place: of two tensors of one shape, or of one and constants.
//!
//! `y[i] = max(a[i], b[i])` or `y[i] = min(a[i], b[i])`. Both operands have the scale and the zero point of the result: codes are then
//! ordered as what they stand for.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::eltwise::{self, Kind};

use super::parts::{lanes, most_lanes, Operands};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements};

/// Which one of two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The larger one.
    Largest,
    /// The smaller one.
    Smallest,
}

/// One of two codes, by their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extremum {
    /// Which one.
    pub which: Which,
    /// Codes of a constant over and over: whole pixels. Empty: it is a tensor. Where it stands makes no difference.
    pub constants: Vec<i64>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
}

impl Layer for Extremum {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0], x.get(1).copied().unwrap_or(&self.constants))
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        if x.iter().any(|o| o.len() != elements) {
            return vec![true; elements];
        }
        (0..elements).map(|i| x.iter().any(|o| o[i])).collect()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Extremum {
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.channels)), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let pixels = u64::from(at.output.count / self.channels.max(1));
        let lanes = lanes(self.channels, pixels, at.target)?;
        Some(Choice { lanes, ..Choice::default() })
    }
    /// Both operands as they are, what comes too early in a FIFO.
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let lanes = choice.lanes;
        let operands = Operands::as_they_are(p, self.channels, lanes);
        let Elements { bits, signed, .. } = p.now;
        let config = eltwise::Config {
            lanes,
            kind: match self.which {
                Which::Largest => Kind::Max,
                Which::Smallest => Kind::Min,
            },
            a_bits: bits,
            a_signed: signed,
            b_bits: bits,
            b_signed: signed,
            constants: self.constants.clone(),
            ..eltwise::Config::default()
        };
        operands.join(p, "extremum", config, 0);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        Operands::arrivals(a, a.operands(), u64::from(a.output.count / self.channels.max(1)))
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{Extremum, Layer, Which};

    /// The second formula: sorted pairs.
    #[test]
    fn extremum__is_an_end_of_the_sorted_pair() {
        let (a, b) = (vec![-128, 5, 5, 127, 0, -3], vec![127, 5, 4, -128, -1, 0]);
        let of = |which, constants: &[i64], x: &[&[i64]]| {
            Extremum { which, constants: constants.to_vec(), channels: 2 }.golden(x)
        };
        let sorted = |b: &[i64], end: usize| -> Vec<i64> {
            let pair = |i: usize| {
                let mut pair = [a[i], b[i % b.len()]];
                pair.sort();
                pair[end]
            };
            (0..a.len()).map(pair).collect()
        };
        for (which, end) in [(Which::Smallest, 0), (Which::Largest, 1)] {
            assert_eq!(of(which, &[], &[&a, &b]), sorted(&b, end));
            assert_eq!(of(which, &[1, -4], &[&a]), sorted(&[1, -4], end));
            assert_eq!(of(which, &[], &[&a, &a]), a);
        }
    }

    #[test]
    fn extremum__marks_stay_where_they_are() {
        let e = Extremum { which: Which::Largest, constants: Vec::new(), channels: 1 };
        assert_eq!(e.behind(&[&[true, false, false], &[false, false, true]], 3), [true, false, true]);
    }
}
