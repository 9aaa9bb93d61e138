//! Between blocks: other numbers of lanes, vectors that become other ones, bursts that wait.

use super::builder::Builder;
use super::{cost, Elements, Layer, Recode};
use niello_gen::blocks::{stream_fifo, width_converter};

impl Builder<'_> {
    /// Vectors are pixels from here on: lanes divide their channels.
    pub(super) fn by_pixels(&mut self, i: usize, layer: &Layer, channels: u32) {
        let unbroken = self.vector.is_multiple_of(self.lanes.max(1)) && channels.is_multiple_of(self.lanes.max(1));
        if self.vector != channels && !unbroken {
            let lanes = (self.lanes.min(channels)..=channels).find(|d| channels.is_multiple_of(*d));
            self.unbroken(i, layer, lanes.unwrap_or(channels), "pixel");
        }
        self.vector = channels;
    }

    /// The frame is one vector from here on, without padding lanes between the vectors that it was; lanes divide it.
    pub(super) fn unbroken(&mut self, i: usize, layer: &Layer, lanes: u32, role: &str) {
        if !self.vector.is_multiple_of(lanes) {
            // Beats will hold elements of two old vectors: their padding lanes go first.
            if !self.vector.is_multiple_of(self.lanes) {
                let tight = (self.lanes..=self.vector).find(|d| self.vector.is_multiple_of(*d)).unwrap_or(1);
                let tight = if tight > cost::MOST_LANES { 1 } else { tight };
                self.widen(i, layer, tight, "tight");
            }
            self.vector = self.now.count;
        }
        self.widen(i, layer, lanes, role);
        self.vector = self.now.count;
    }

    /// Sums of a whole image leave in a burst: where requantizers take fewer lanes, or several cycles for each, they wait.
    pub(super) fn hold_sums(&mut self, i: usize, layer: &Layer, channels: u32, recode: Option<&Recode>) {
        let next = cost::requant_lanes(channels, 1, self.target).unwrap_or(self.lanes);
        let serial =
            recode.is_some_and(|r| !r.by_counting() && cost::requant_digit(r, channels, 1, next, self.target) > 0);
        let depth = channels.div_ceil(self.lanes);
        if (next >= self.lanes && !serial) || depth < 2 {
            return;
        }
        let Elements { bits, signed, .. } = self.now;
        let (now, lanes) = (self.now, self.lanes);
        let config = stream_fifo::Config { bits, lanes, signed, depth };
        self.add(i, layer, "sums_fifo", (now, lanes), config);
    }

    /// Changes the number of lanes, if they differ.
    pub(super) fn widen(&mut self, i: usize, layer: &Layer, lanes: u32, role: &str) {
        if self.lanes == lanes {
            return;
        }
        let Elements { bits, signed, .. } = self.now;
        let config =
            width_converter::Config { bits, signed, in_lanes: self.lanes, out_lanes: lanes, elements: self.vector };
        self.add(i, layer, &format!("{role}_width"), (self.now, lanes), config);
    }
}
