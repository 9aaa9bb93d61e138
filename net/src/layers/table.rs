//! A function of each element, by a table, on the lanes that come.

use niello_gen::blocks::lut;

use super::parts::MOST_LANES;
use super::{At, Choice, Layer, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::Elements;

/// An elementwise table: entry 0 belongs to the lowest input code.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One output code for each input code.
    pub entries: Vec<i64>,
}

impl Layer for Table {
    fn kind(&self) -> &'static str {
        "table"
    }
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
    fn takes_any_lanes(&self) -> bool {
        true
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}
