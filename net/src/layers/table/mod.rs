//! A function of each element, by a table, on the lanes that come.

mod golden;
pub(in crate::layers) mod random;
mod requantize;

pub use requantize::requantize_table;

use std::sync::Arc;

use niello_gen::blocks::lut;

use super::parts::MOST_LANES;
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements};

/// An elementwise table: entry 0 belongs to the lowest input code.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The lowest input code.
    pub lowest: i64,
    /// One output code for each input code.
    pub entries: Vec<i64>,
}

/// Widest code that a table has an entry for.
const MOST_BITS: u32 = 12;

impl Layer for Table {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn behind(&self, x: &[&[bool]], _: usize) -> Vec<bool> {
        x[0].to_vec()
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        if operands[0].bits() > MOST_BITS {
            let what = format!("a function of codes of {}", operands[0].name());
            return Err(NoEngine {
                what,
                help: format!("codes of at most {MOST_BITS} bits: each has its entry in a table"),
            });
        }
        Ok(self)
    }
}

impl Engine for Table {
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: output.count.div_ceil(MOST_LANES).into(), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let lanes = u64::from(at.output.count).div_ceil(at.target.max(1)) as u32;
        (lanes <= MOST_LANES).then_some(Choice { lanes, ..Choice::default() })
    }
    fn stages(&self, _: &Choice, p: &mut Pipeline) {
        let output = p.output();
        let config = lut::Config {
            in_bits: p.now.bits,
            in_signed: p.now.signed,
            out_bits: output.bits,
            out_signed: output.signed,
            lanes: p.lanes,
            table: self.entries.clone(),
        };
        p.add("lut", (output, p.lanes), config);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        Arrived::at(a.same(0))
    }
    fn is_vector(&self) -> bool {
        true
    }
    fn takes_any_lanes(&self) -> bool {
        true
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}
