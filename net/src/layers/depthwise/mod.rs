//! Depthwise convolution: each channel with its own kernel.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::depthwise;
use niello_gen::blocks::sliding_window::Order;
use niello_gen::num::{bits_for_range, Range};

use super::parts::{requantizers, terms, weighted, window, window_arrivals, window_lanes, window_pace};
use super::{At, Choice, Engine, Layer, NoEngine, Pace, Sums};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements, Recode, Window};

/// A depthwise convolution: `acc[c] = sum_t w[c][t] (x[c][t] - x_zero) + bias[c]` at every patch, then recoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Depthwise {
    /// The patches.
    pub window: Window,
    /// Zero point of the input; it stands outside of the image too.
    pub x_zero: i64,
    /// Channel by channel.
    pub weights: Vec<i64>,
    /// One for each channel.
    pub bias: Vec<i64>,
    /// How sums become codes.
    pub recode: Recode,
}

impl Layer for Depthwise {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let (channels, taps) = (self.window.channels as usize, self.window.taps() as usize);
        let (patch, n) = (element / channels, element % channels);
        let terms = terms(&self.window, patch, x[0], self.x_zero, n..n + 1, |tap, _| self.weights[n * taps + tap]);
        weighted(terms, self.bias[n], Some(&self.recode), n)
    }
    fn sums(&self) -> Option<Sums<'_>> {
        Some(Sums { weights: &self.weights, bias: &self.bias, x_zero: self.x_zero })
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        Some(&mut self.recode)
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Depthwise {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn pace(&self, _: Elements) -> Pace {
        window_pace(&self.window)
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let w = &self.window;
        let lanes = window_lanes(w, 1, at.target)?;
        let requant = requantizers(Some(&self.recode), w.channels, w.patches(), at.target)?;
        let multipliers = u64::from(lanes) + requant.multipliers;
        Some(Choice { lanes, requant: Some(requant), multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let w = &self.window;
        window(p, w, self.x_zero, Order::Channels, choice.lanes);
        let span = self.weights.iter().fold((0, 0), |(lo, hi), w| (*w.min(&lo), *w.max(&hi)));
        let config = depthwise::Config {
            channels: w.channels,
            lanes: p.lanes,
            taps: w.taps(),
            x_bits: p.now.bits,
            x_signed: p.now.signed,
            x_zero: self.x_zero,
            w_bits: bits_for_range(Range::new(span.0.into(), span.1.into()), true),
            pipeline: 1,
            weights: self.weights.clone(),
            bias: self.bias.clone(),
        };
        let Some(c) = p.check("depthwise", config) else { return };
        let acc = Elements { count: w.channels * w.patches() as u32, bits: c.derived().acc_bits, signed: true };
        let result = c.derived().result;
        p.stage("depthwise", (acc, p.lanes), self.weights.len() as u64 * w.patches(), c);
        p.vector = w.channels;
        p.recode(Some(&self.recode), result, choice);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        window_arrivals(&self.window, a)
    }
}
