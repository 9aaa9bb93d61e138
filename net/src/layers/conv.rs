//! Convolution: the dense layer at every patch.

use niello_gen::blocks::sliding_window::Order;

use super::parts::{self, window, window_arrivals, window_lanes, window_pace};
use super::{At, Choice, Dense, Layer, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{Elements, Recode, Window};

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
    fn kind(&self) -> &'static str {
        "convolution"
    }
    fn recode(&self) -> Option<&Recode> {
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
        let choice = self.dense.choose_for(w.patches(), at)?;
        let lanes = if w.is_pointwise() { choice.lanes } else { window_lanes(w, 1, at.target)? };
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
