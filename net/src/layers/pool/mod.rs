//! Pooling: `sliding_window -> pool`, and what becomes of sums; a whole image has no window.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::pool::{self, Kind};
use niello_gen::blocks::sliding_window::Order;

use super::parts::{by_channel, list, requantizers, terms, window, window_arrivals, window_lanes, window_pace};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements, Recode, Window};

/// Pooling of codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The patches.
    pub window: Window,
    /// None: the largest code; else what becomes of the sum, with one scale or one for each patch.
    pub average: Option<Recode>,
    /// What stands outside of the image: the lowest code, or, of sums, the code that counts as zero and is subtracted from each tap.
    pub outside: i64,
    /// Sums in float32: the numbers that codes become, the lowest code's first. Each sum is rounded to 24 significant bits.
    pub float32: Option<Vec<i64>>,
}

impl Pool {
    /// Each patch has its own scale: it divides by the taps inside of the image.
    pub fn by_patch(&self) -> bool {
        self.average.as_ref().is_some_and(|r| r.scales.len() > 1)
    }

    fn kind(&self) -> Kind {
        match (&self.average, &self.float32) {
            (None, _) => Kind::Max,
            (_, None) => Kind::Sum,
            _ => Kind::Float32,
        }
    }
}

impl Layer for Pool {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let channels = self.window.channels as usize;
        let (patch, n) = (element / channels, element % channels);
        let zero = if self.average.is_some() { self.outside } else { 0 };
        let taps = terms(&self.window, patch, x[0], zero, n..n + 1, |_, _| 1);
        let taps: Vec<i64> = taps.into_iter().map(|(_, x)| x).collect();
        let sum = taps.iter().sum::<i64>();
        let what = if self.average.is_some() { format!("their sum {sum}") } else { "their maximum".into() };
        format!("taps {}; {what}", list(&taps))
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        by_channel(x[0], elements, self.window.channels)
    }
    fn recode(&self) -> Option<&Recode> {
        self.average.as_ref()
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        self.average.as_mut()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Pool {
    fn codes(&self) -> Option<&Recode> {
        self.average.as_ref()
    }
    fn pace(&self, _: Elements) -> Pace {
        window_pace(&self.window)
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let w = &self.window;
        let lanes = window_lanes(w, 1, at.target)?;
        // Every element has the scale of its patch: the image is one vector.
        let (outputs, patches) =
            if self.by_patch() { (w.channels * w.patches() as u32, 1) } else { (w.channels, w.patches()) };
        let requant = match &self.average {
            Some(r) => Some(requantizers(Some(r), outputs, patches, at.target)?),
            None => None,
        };
        Some(Choice { lanes, requant, multipliers: requant.map_or(0, |r| r.multipliers), ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let w = &self.window;
        let order = if w.is_global() { Order::Taps } else { Order::Channels };
        if w.is_global() {
            p.unbroken(choice.lanes, "in");
        } else {
            window(p, w, self.outside, order, choice.lanes);
        }
        if let Some(table) = &self.float32 {
            p.numbers("in", table);
        }
        let kind = Pool::kind(self);
        let start = if kind == Kind::Sum { -i64::from(w.taps()) * self.outside } else { 0 };
        let (channels, taps, lanes) = (w.channels, w.taps(), p.lanes);
        let (bits, signed) = (p.now.bits, p.now.signed);
        let config = pool::Config { channels, lanes, taps, bits, signed, kind, order, start };
        let Some(c) = p.check("pool", config) else { return };
        let s = *c.derived();
        let beat = c.out_beat(&s);
        let output = Elements { count: channels * w.patches() as u32, bits: beat.bits, signed: beat.signed };
        p.stage("pool", (output, lanes), 0, c);
        p.vector = channels;
        let Some(r) = &self.average else { return };
        if w.is_global() {
            p.hold_sums(channels, r, choice);
        }
        if self.by_patch() {
            let scales = r.scales.iter().flat_map(|s| vec![*s; channels as usize]).collect();
            p.vector = p.now.count;
            p.recode(Some(&Recode { scales, ..r.clone() }), s.result, choice);
            p.vector = if channels.is_multiple_of(p.lanes) { channels } else { p.vector };
        } else {
            p.recode(Some(r), s.result, choice);
        }
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        window_arrivals(&self.window, a)
    }
    fn ends_image(&self) -> bool {
        true
    }
}
