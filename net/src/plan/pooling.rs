//! Pooling: `sliding_window -> pool`, and what becomes of sums; a whole image has no window.

use super::builder::Builder;
use super::{cost, Elements, Layer, Pool, Recode};
use niello_gen::blocks::pool::{self, Kind};
use niello_gen::blocks::sliding_window::Order;

impl Builder<'_> {
    pub(super) fn pool(&mut self, i: usize, layer: &Layer, p: &Pool) {
        let w = &p.window;
        let order = if w.is_global() { Order::Taps } else { Order::Channels };
        if w.is_global() {
            let Some(lanes) = cost::window_lanes(w, self.target) else { return };
            self.unbroken(i, layer, lanes, "in");
        } else {
            self.window(i, layer, w, p.outside, order, cost::window_lanes(w, self.target));
        }
        if let Some(table) = &p.float32 {
            self.numbers(i, layer, "in", table);
        }
        let kind = match (&p.average, &p.float32) {
            (None, _) => Kind::Max,
            (_, None) => Kind::Sum,
            _ => Kind::Float32,
        };
        let start = if kind == Kind::Sum { -i64::from(w.taps()) * p.outside } else { 0 };
        let (channels, taps, lanes) = (w.channels, w.taps(), self.lanes);
        let (bits, signed) = (self.now.bits, self.now.signed);
        let config = pool::Config { channels, lanes, taps, bits, signed, kind, order, start };
        let Some(c) = self.check(layer, config) else { return };
        let s = *c.derived();
        let beat = c.out_beat(&s);
        let output = Elements { count: channels * w.patches() as u32, bits: beat.bits, signed: beat.signed };
        self.stage(i, layer, "pool", (output, lanes), 0, c);
        self.vector = channels;
        if w.is_global() && p.average.is_some() {
            self.hold_sums(i, layer, channels, p.average.as_ref());
        }
        match &p.average {
            Some(r) if p.by_patch() => {
                // Every element has the scale of its patch: the image is one vector.
                let scales = r.scales.iter().flat_map(|s| vec![*s; channels as usize]).collect();
                self.vector = self.now.count;
                self.recode(i, layer, Some(&Recode { scales, ..r.clone() }), s.result, 1);
                self.vector = if channels.is_multiple_of(self.lanes) { channels } else { self.vector };
            }
            Some(r) => self.recode(i, layer, Some(r), s.result, w.patches()),
            None => {}
        }
    }
}
