//! Rotary position embedding: pairs of neighbours are turned by angles of their place ([rotary]).
//!
//! Of pair `n` of a sample: `y[2n] = clamp(floor((x[2n] c[n] - x[2n + 1] s[n] + h) / 2h))`, `y[2n + 1] = clamp(floor((x[2n] s[n] + x[2n + 1] c[n] + h) / 2h))`,
//! `h = 2^(fraction - 1)`; to the type of the operand.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::{rotary, BlockConfig, Checked};

use super::parts::{lanes, signed};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{behind, Arrivals, Arrived, Pipeline};
use crate::{DType, Elements};

/// Cosines and sines of each pair, in the order of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotary {
    /// Elements of a pixel, an even number: lanes divide them.
    pub columns: u32,
    /// Bits of cosines behind the point.
    pub fraction: u32,
    /// One for each pair of a sample.
    pub cosines: Vec<i64>,
    /// The same.
    pub sines: Vec<i64>,
    /// Type of the operand, and of the result.
    pub dtype: DType,
}

impl Rotary {
    fn rows(&self) -> u32 {
        2 * self.cosines.len() as u32 / self.columns
    }
    fn block(&self, lanes: u32) -> rotary::Config {
        let (columns, rows, bits, fraction) = (self.columns, self.rows(), self.dtype.bits(), self.fraction);
        let (cosines, sines) = (self.cosines.clone(), self.sines.clone());
        rotary::Config { columns, rows, lanes, bits, fraction, cosines, sines }
    }
    /// Even lanes that divide the columns, the fewest that are fast enough.
    fn lanes(&self, target: u64) -> Option<u32> {
        lanes(self.columns / 2, self.rows().into(), target).map(|pairs| 2 * pairs).filter(|l| *l <= 64)
    }
}

impl Layer for Rotary {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn behind(&self, x: &[&[bool]], _: usize) -> Vec<bool> {
        x[0].chunks(2).flat_map(|pair| [pair.iter().any(|b| *b); 2]).collect()
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        signed(operands)?;
        let no = |what: String| NoEngine { what, help: "pairs of codes of at most 16 bits, and cosines of 16".into() };
        if operands[0] != self.dtype {
            return Err(no(format!("codes of {}", operands[0].name())));
        }
        Checked::new(self.block(2)).map_err(|e| no(e.to_string()))?;
        Ok(self)
    }
}

impl Engine for Rotary {
    fn pace(&self, output: Elements) -> Pace {
        let most = (1..=self.columns.min(64))
            .rev()
            .find(|l| l.is_multiple_of(2) && self.columns.is_multiple_of(*l))
            .unwrap_or(2);
        Pace { fewest: u64::from(output.count / most), most: u64::from(output.count / 2) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let lanes = self.lanes(at.target)?;
        let block = Checked::new(self.block(lanes)).ok()?;
        let multipliers = rotary::Config::cost(&block).count_multipliers();
        Some(Choice { lanes, multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        p.by_pixels(self.columns);
        p.widen(choice.lanes, "pairs");
        let vector = p.vector;
        // A frame has all turns once.
        p.vector = self.columns * self.rows();
        p.add("rotary", (p.output(), choice.lanes), self.block(choice.lanes));
        p.vector = vector;
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = u64::from(self.rows());
        Arrived::at(behind(&a.come(0, rows), a.work(rows)))
    }
}
