//! A product of two tensors, or of one and constants: `stream_fifo` for each operand, `eltwise`, `requant`.

use niello_gen::blocks::eltwise::{self, Kind};
use niello_gen::num::{bits_for_range, Range};

use crate::layers::parts::{ends, lanes, most_lanes, requantizers, Operands};
use crate::layers::{At, Choice, Engine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{Elements, Recode};

/// A product of two tensors, each without its zero point.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Zero points of the operands.
    pub zeros: [i64; 2],
    /// Codes of a constant second operand, over and over: whole pixels. Empty: it is a tensor.
    pub constants: Vec<i64>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
    /// How the product becomes a code.
    pub recode: Recode,
}

impl Engine for Product {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.channels)), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let pixels = u64::from(at.output.count / self.channels.max(1));
        let lanes = lanes(self.channels, pixels, at.target)?;
        let requant = requantizers(Some(&self.recode), self.channels, pixels, at.target)?;
        let multipliers = u64::from(lanes) + requant.multipliers;
        Some(Choice { lanes, requant: Some(requant), multipliers, ..Choice::default() })
    }
    /// Both operands as they are.
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let lanes = choice.lanes;
        let operands = Operands::as_they_are(p, self.channels, lanes);
        let Some(x) = operands.0.first().map(|t| t.now) else { return };
        let (lo, hi) = ends(&self.constants);
        let (lo, hi) = (lo.min(self.zeros[1]), hi.max(self.zeros[1]));
        let own = bits_for_range(Range::new(lo.into(), hi.into()), true);
        let (b_bits, b_signed) = operands.0.get(1).map_or((own, true), |y| (y.now.bits, y.now.signed));
        let config = eltwise::Config {
            lanes,
            kind: Kind::Mul,
            a_bits: x.bits,
            a_signed: x.signed,
            a_zero: self.zeros[0],
            b_bits,
            b_signed,
            b_zero: self.zeros[1],
            constants: self.constants.clone(),
        };
        let products = p.output().count.into();
        let Some(result) = operands.join(p, "product", config, products) else { return };
        p.recode(Some(&self.recode), result, choice);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        Operands::arrivals(a, a.operands(), u64::from(a.output.count / self.channels.max(1)))
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}

/// The products of codes without zero points, recoded.
pub fn run(r: &Recode, a: &[i64], b: &[i64]) -> Vec<i64> {
    let requant = r.requant(0);
    a.iter().zip(b).map(|(a, b)| requant.apply(a * b)).collect()
}
