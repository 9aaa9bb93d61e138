//! Between blocks: other numbers of lanes, vectors that become other ones, bursts that wait.

use niello_gen::blocks::{stream_fifo, width_converter};

use super::Pipeline;
use crate::layers::{Choice, MOST_LANES};
use crate::{Elements, Recode};

impl Pipeline<'_> {
    /// Vectors are pixels from here on: lanes divide their channels.
    pub fn by_pixels(&mut self, channels: u32) {
        let unbroken = self.vector.is_multiple_of(self.lanes.max(1)) && channels.is_multiple_of(self.lanes.max(1));
        if self.vector != channels && !unbroken {
            let lanes = (self.lanes.min(channels)..=channels).find(|d| channels.is_multiple_of(*d));
            self.unbroken(lanes.unwrap_or(channels), "pixel");
        }
        self.vector = channels;
    }

    /// The frame is one vector from here on, without padding lanes between the vectors that it was; lanes divide it.
    pub fn unbroken(&mut self, lanes: u32, role: &str) {
        if !self.vector.is_multiple_of(lanes) {
            // Beats will hold elements of two old vectors: their padding lanes go first.
            if !self.vector.is_multiple_of(self.lanes) {
                let tight = (self.lanes..=self.vector).find(|d| self.vector.is_multiple_of(*d)).unwrap_or(1);
                let tight = if tight > MOST_LANES { 1 } else { tight };
                self.widen(tight, "tight");
            }
            self.vector = self.now.count;
        }
        self.widen(lanes, role);
        self.vector = self.now.count;
    }

    /// Sums of a whole image leave in a burst: where requantizers take fewer lanes, or several cycles for each, they wait.
    pub fn hold_sums(&mut self, channels: u32, recode: &Recode, choice: &Choice) {
        let next = choice.requant.map_or(self.lanes, |r| r.lanes);
        let serial = !recode.by_counting() && choice.requant.is_some_and(|r| r.digit > 0);
        let depth = channels.div_ceil(self.lanes);
        if (next >= self.lanes && !serial) || depth < 2 {
            return;
        }
        let Elements { bits, signed, .. } = self.now;
        let (now, lanes) = (self.now, self.lanes);
        self.add("sums_fifo", (now, lanes), stream_fifo::Config { bits, lanes, signed, depth });
    }

    /// Changes the number of lanes, if they differ.
    pub fn widen(&mut self, lanes: u32, role: &str) {
        if self.lanes == lanes {
            return;
        }
        let Elements { bits, signed, .. } = self.now;
        let config =
            width_converter::Config { bits, signed, in_lanes: self.lanes, out_lanes: lanes, elements: self.vector };
        self.add(&format!("{role}_width"), (self.now, lanes), config);
    }
}
