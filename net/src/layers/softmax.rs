//! A softmax of each row, a code a beat.

use niello_gen::blocks::softmax_lut;

use super::{At, Choice, Layer, Pace};
use crate::plan::{behind, Arrivals, Arrived, Pipeline};
use crate::Elements;

/// TFLite's int8 softmax of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoftmaxRow {
    /// Codes of a row.
    pub classes: u32,
    /// Of a code difference, to Q5.26.
    pub multiplier: i32,
    /// Left shift of the same.
    pub shift: u32,
}

impl SoftmaxRow {
    fn rows(&self, elements: u32) -> u64 {
        u64::from(elements / self.classes.max(1))
    }
}

impl Layer for SoftmaxRow {
    fn kind(&self) -> &'static str {
        "softmax"
    }
    /// Each row is read three times, and a reciprocal is taken.
    fn pace(&self, output: Elements) -> Pace {
        let cycles = self.rows(output.count) * (3 * u64::from(self.classes) + softmax_lut::RECIPROCAL);
        Pace { fewest: cycles, most: cycles }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let choice = Choice { lanes: 1, multipliers: 1, ..Choice::default() };
        (self.pace(at.output).fewest <= at.target).then_some(choice)
    }
    fn stages(&self, _: &Choice, p: &mut Pipeline) {
        p.by_pixels(self.classes);
        p.widen(1, "row");
        let (classes, multiplier, shift) = (self.classes, self.multiplier.into(), self.shift);
        p.add("softmax", (p.output(), 1), softmax_lut::Config { classes, multiplier, shift });
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = self.rows(a.output.count);
        Arrived::at(behind(&a.come(0, rows), a.work(rows)))
    }
}
