//! Layers of one block that is no product: borders, larger images, softmax.

use super::builder::Builder;
use super::{cost, Enlarge, Enlarging, Layer, Pad, Permute, SoftmaxRow};
use niello_gen::blocks::{depth_to_space, pad, permute, softmax_lut, upsample};

impl Builder<'_> {
    /// Row by row, a code a beat.
    pub(super) fn softmax(&mut self, i: usize, layer: &Layer, s: &SoftmaxRow) {
        self.by_pixels(i, layer, s.classes);
        self.widen(i, layer, 1, "row");
        let config = softmax_lut::Config { classes: s.classes, multiplier: s.multiplier.into(), shift: s.shift };
        self.add(i, layer, "softmax", (layer.output, 1), config);
    }

    /// An image with a border.
    pub(super) fn pad(&mut self, i: usize, layer: &Layer, p: &Pad) {
        let w = &p.window;
        let Some(lanes) = cost::window_lanes(w, self.target) else { return };
        self.by_pixels(i, layer, w.channels);
        self.widen(i, layer, lanes, "pixel");
        self.wait(i, layer, 0, "in", w.channels);
        self.vector = self.now.count;
        let [top, left, bottom, right] = w.pads;
        let config = pad::Config {
            height: w.height,
            width: w.width,
            channels: w.channels,
            lanes,
            bits: self.now.bits,
            signed: self.now.signed,
            top,
            left,
            bottom,
            right,
            value: p.value,
        };
        self.add(i, layer, "pad", (layer.output, lanes), config);
        self.vector = w.channels;
    }

    /// Elements in another order; two rows of what moves are held.
    pub(super) fn permute(&mut self, i: usize, layer: &Layer, p: &Permute) {
        let Some(lanes) = cost::permute_lanes(p, layer.output.count, self.target) else { return };
        let [before, after] = p.pixels();
        self.by_pixels(i, layer, before);
        self.widen(i, layer, lanes, "pixel");
        self.wait(i, layer, 0, "in", before);
        self.vector = self.now.count;
        let list = |v: &[u32]| v.iter().map(|d| i64::from(*d)).collect();
        let (bits, signed) = (self.now.bits, self.now.signed);
        let config = permute::Config { dims: list(&p.dims), order: list(&p.order), lanes, bits, signed };
        self.add(i, layer, "permute", (layer.output, lanes), config);
        self.vector = after;
    }

    /// An image that becomes larger; two of its rows are held.
    pub(super) fn enlarge(&mut self, i: usize, layer: &Layer, e: &Enlarge) {
        let Some(lanes) = cost::enlarge_lanes(e, self.target) else { return };
        self.by_pixels(i, layer, e.channels);
        self.widen(i, layer, lanes, "pixel");
        self.wait(i, layer, 0, "in", e.channels);
        self.vector = self.now.count;
        let (bits, signed) = (self.now.bits, self.now.signed);
        let Enlarge { height, width, channels, by } = *e;
        match by {
            Enlarging::Nearest([factor_h, factor_w]) => {
                let config = upsample::Config { height, width, channels, lanes, bits, signed, factor_h, factor_w };
                self.add(i, layer, "upsample", (layer.output, lanes), config);
            }
            Enlarging::DepthToSpace(size) => {
                let config = depth_to_space::Config { height, width, channels, lanes, bits, signed, size };
                self.add(i, layer, "depth_to_space", (layer.output, lanes), config);
            }
        }
        self.vector = e.out()[2];
    }
}
