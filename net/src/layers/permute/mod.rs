//! Elements in another order; two rows of what moves are held.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::permute;

use super::parts::{lanes, most_lanes, MOVED};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{by_rows, early, Arrivals, Arrived, Pipeline, Spare};
use crate::{DType, Elements};

/// Elements in another order: dimension `k` of the result is dimension `order[k]` of the operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permute {
    /// Of the operand, outermost first.
    pub dims: Vec<u32>,
    /// For each dimension of the result.
    pub order: Vec<u32>,
}

impl Permute {
    /// Of a shape and the order of its dimensions.
    pub fn new(dims: &[usize], order: &[usize]) -> Permute {
        let list = |v: &[usize]| v.iter().map(|d| *d as u32).collect();
        Permute { dims: list(dims), order: list(order) }
    }

    /// Elements of the innermost dimension, before and after.
    pub fn pixels(&self) -> [u32; 2] {
        let last = |k: Option<usize>| k.and_then(|k| self.dims.get(k)).copied().unwrap_or(1);
        [last(self.dims.len().checked_sub(1)), last(self.order.last().map(|k| *k as usize))]
    }

    /// The innermost dimension stays innermost.
    pub fn keeps_pixels(&self) -> bool {
        self.order.last().is_none_or(|k| *k as usize + 1 == self.dims.len())
    }

    /// Rows that stay where they are.
    pub fn rows(&self) -> u64 {
        let still = permute::still(self.order.iter().map(|k| *k as usize));
        self.dims.iter().take(still).map(|d| u64::from(*d)).product()
    }

    /// Lanes divide this: an innermost dimension that stays.
    fn common(&self) -> u32 {
        if self.keeps_pixels() {
            self.pixels()[0]
        } else {
            1
        }
    }
}

impl Layer for Permute {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::order(self).into_iter().map(|i| x[0][i]).collect()
    }
    fn explain(&self, _: &[&[i64]], _: usize) -> String {
        MOVED.into()
    }
    fn behind(&self, x: &[&[bool]], _: usize) -> Vec<bool> {
        golden::order(self).into_iter().map(|i| x[0][i]).collect()
    }
    fn moves(&self) -> bool {
        true
    }
    fn order(&self) -> Option<Vec<usize>> {
        Some(golden::order(self))
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Permute {
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.common())), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let lanes = lanes(self.common(), u64::from(at.output.count / self.common()), at.target)?;
        Some(Choice { lanes, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let lanes = choice.lanes;
        let [before, after] = self.pixels();
        p.by_pixels(before);
        p.widen(lanes, "pixel");
        p.wait(0, "in", before);
        p.vector = p.now.count;
        let list = |v: &[u32]| v.iter().map(|d| i64::from(*d)).collect();
        let (bits, signed) = (p.now.bits, p.now.signed);
        let config = permute::Config { dims: list(&self.dims), order: list(&self.order), lanes, bits, signed };
        p.add("permute", (p.output(), lanes), config);
        p.vector = after;
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let pixels = self.pixels().map(|n| u64::from(a.output.count / n.max(1)));
        let come = a.come(0, pixels[0]);
        let (done, taken) = by_rows(pixels.map(|n| n / self.rows()), &come, a.work(pixels[1]));
        Arrived { done, spare: Spare { operands: vec![early(&come, &taken)], ..Spare::default() } }
    }
}
