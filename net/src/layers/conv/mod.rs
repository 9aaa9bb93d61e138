//! Convolution: the dense layer at every patch.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::sliding_window::Order;

use super::parts::{self, terms, weighted, window, window_arrivals, window_lanes, window_pace};
use super::{At, Choice, Dense, Engine, Layer, NoEngine, Pace, Sums};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements, Recode, Window};

/// A convolution: the dense layer at every patch, its taps outermost and channels innermost; outside of the image
/// stands the zero point.
#[derive(Clone, Debug, PartialEq)]
pub struct Conv {
    /// The patches.
    pub window: Window,
    /// What happens at each.
    pub dense: Dense,
}

impl Layer for Conv {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let d = &self.dense;
        let (outputs, depth) = (d.bias.len(), self.window.channels as usize);
        let (patch, n) = (element / outputs, element % outputs);
        let terms = terms(&self.window, patch, x[0], d.x_zero, 0..depth, |tap, k| {
            d.weights[(n * self.window.taps() as usize + tap) * depth + k]
        });
        weighted(terms, d.bias[n], d.recode.as_ref(), n)
    }
    fn sums(&self) -> Option<Sums<'_>> {
        Some(Sums { weights: &self.dense.weights, bias: &self.dense.bias, x_zero: self.dense.x_zero })
    }
    fn recode(&self) -> Option<&Recode> {
        self.dense.recode.as_ref()
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        self.dense.recode.as_mut()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Conv {
    fn codes(&self) -> Option<&Recode> {
        self.dense.recode.as_ref()
    }
    fn pace(&self, _: Elements) -> Pace {
        let (w, patches) = (&self.window, self.window.patches());
        let matrix = self.dense.matrix(patches);
        let rows = self.dense.bias.len() as u32;
        let results = if patches > 1 { patches * u64::from(rows / parts::most_lanes(rows)) } else { 1 };
        let window = window_pace(w);
        let fewest = if w.is_pointwise() { 1 } else { window.fewest };
        Pace { fewest: matrix.fewest_cycles().max(results).max(fewest), most: matrix.most_cycles().max(window.most) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let w = &self.window;
        let choice = self.dense.choose_for(w.patches(), w.channels, at)?;
        let mut lanes = if w.is_pointwise() { choice.lanes } else { window_lanes(w, 1, at.target)? };
        if let (Some(f), false) = (choice.sparse, w.is_pointwise()) {
            // Patches are taken as they come.
            lanes = lanes.max(f.lanes);
        }
        Some(Choice { lanes, ..choice })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        if self.window.is_pointwise() {
            p.by_pixels(self.window.channels);
        } else {
            window(p, &self.window, self.dense.x_zero, Order::Taps, choice.lanes);
        }
        self.dense.stages_for(self.window.patches(), choice, p);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        window_arrivals(&self.window, a)
    }
}
