//! A larger image; two of its rows are held.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::{depth_to_space, upsample};

use super::parts::{lanes, most_lanes, MOVED};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{by_rows, early, Arrivals, Arrived, Pipeline, Spare};
use crate::{DType, Elements};

/// An image that becomes larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enlarge {
    /// Rows of the image.
    pub height: u32,
    /// Pixels of a row.
    pub width: u32,
    /// Channels of a pixel.
    pub channels: u32,
    /// How.
    pub by: Enlarging,
}

/// How an image becomes larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enlarging {
    /// Every pixel becomes so many rows and columns of itself.
    Nearest([u32; 2]),
    /// Channels become squares of this size.
    DepthToSpace(u32),
}

impl Enlarge {
    /// Rows, pixels of a row and channels of the result.
    pub fn out(&self) -> [u32; 3] {
        match self.by {
            Enlarging::Nearest([h, w]) => [self.height * h, self.width * w, self.channels],
            Enlarging::DepthToSpace(n) => [self.height * n, self.width * n, self.channels / (n * n)],
        }
    }
}

impl Layer for Enlarge {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, _: &[&[i64]], _: usize) -> String {
        MOVED.into()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Enlarge {
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.out()[2])), most: output.count.into() }
    }
    /// Lanes divide the channels of the result.
    fn choose(&self, at: &At) -> Option<Choice> {
        let [rows, cols, channels] = self.out();
        let lanes = lanes(channels, u64::from(rows) * u64::from(cols), at.target)?;
        Some(Choice { lanes, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let Enlarge { height, width, channels, by } = *self;
        let lanes = choice.lanes;
        p.by_pixels(channels);
        p.widen(lanes, "pixel");
        p.wait(0, "in", channels);
        p.vector = p.now.count;
        let (bits, signed, output) = (p.now.bits, p.now.signed, p.output());
        match by {
            Enlarging::Nearest([factor_h, factor_w]) => {
                let config = upsample::Config { height, width, channels, lanes, bits, signed, factor_h, factor_w };
                p.add("upsample", (output, lanes), config);
            }
            Enlarging::DepthToSpace(size) => {
                let config = depth_to_space::Config { height, width, channels, lanes, bits, signed, size };
                p.add("depth_to_space", (output, lanes), config);
            }
        }
        p.vector = self.out()[2];
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let come = a.come(0, u64::from(self.height) * u64::from(self.width));
        let [rows, cols, _] = self.out();
        let of_row = [self.width.into(), u64::from(rows / self.height) * u64::from(cols)];
        let (done, taken) = by_rows(of_row, &come, a.work(u64::from(rows) * u64::from(cols)));
        Arrived { done, spare: Spare { operands: vec![early(&come, &taken)], ..Spare::default() } }
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}
