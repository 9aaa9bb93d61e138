//! A border around an image.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::pad;

use super::parts::{by_channel, window_lanes, window_pace, MOVED};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{bordered, waiting, Arrivals, Arrived, Pipeline, Spare, INSIDE};
use crate::{DType, Elements, Window};

/// An image with a border of one value: windows of one pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct Pad {
    /// The kernel is one pixel, the stride one.
    pub window: Window,
    /// Outside of the image.
    pub value: i64,
}

impl Layer for Pad {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, _: &[&[i64]], _: usize) -> String {
        MOVED.into()
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        by_channel(x[0], elements, self.window.channels)
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Pad {
    fn pace(&self, _: Elements) -> Pace {
        window_pace(&self.window)
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        Some(Choice { lanes: window_lanes(&self.window, 1, at.target)?, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let (w, lanes) = (&self.window, choice.lanes);
        p.by_pixels(w.channels);
        p.widen(lanes, "pixel");
        p.wait(0, "in", w.channels);
        p.vector = p.now.count;
        let [top, left, bottom, right] = w.pads;
        let config = pad::Config {
            height: w.height,
            width: w.width,
            channels: w.channels,
            lanes,
            bits: p.now.bits,
            signed: p.now.signed,
            top,
            left,
            bottom,
            right,
            value: self.value,
        };
        p.add("pad", (p.output(), lanes), config);
        p.vector = w.channels;
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let w = &self.window;
        let come = a.come(0, u64::from(w.height) * u64::from(w.width));
        let (done, taken) = bordered(w, a.images, &come, a.work(w.patches()));
        // Pixels wait while the border passes.
        let operands = vec![(waiting(&come, &taken) + INSIDE) as u32];
        Arrived { done, spare: Spare { operands, ..Spare::default() } }
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}
