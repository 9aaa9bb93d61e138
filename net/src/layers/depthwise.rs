//! Depthwise convolution: each channel with its own kernel.

use niello_gen::blocks::depthwise;
use niello_gen::blocks::sliding_window::Order;
use niello_gen::num::{bits_for_range, Range};

use super::parts::{requantizers, window, window_arrivals, window_lanes, window_pace};
use super::{At, Choice, Layer, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{Elements, Recode, Window};

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
    fn kind(&self) -> &'static str {
        "depthwise convolution"
    }
    fn recode(&self) -> Option<&Recode> {
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
        Some(Choice { lanes, folding: None, requant: Some(requant), multipliers })
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
        let Some(c) = p.check(config) else { return };
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
