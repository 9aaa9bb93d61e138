//! Convolution in groups of channels.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::sliding_window::Order;

use super::parts::{
    most_lanes, passes, requantizers, terms, weighted, window, window_arrivals, window_lanes, window_pace, Matrix,
};
use super::{At, Choice, Engine, Layer, NoEngine, Pace, Sums};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements, Recode, Window};

/// A convolution in groups of channels: kernels lie `[output][ky][kx][channel of the group]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped {
    /// The patches.
    pub window: Window,
    /// Groups: they divide channels and outputs.
    pub groups: u32,
    /// Zero point of the input; it stands outside of the image too.
    pub x_zero: i64,
    /// Output by output.
    pub weights: Vec<i64>,
    /// One for each output.
    pub bias: Vec<i64>,
    /// How sums become codes.
    pub recode: Recode,
}

impl Grouped {
    /// Outputs of a group.
    pub fn rows(&self) -> u32 {
        self.bias.len() as u32 / self.groups.max(1)
    }

    /// Channels of a group.
    pub fn depth(&self) -> u32 {
        self.window.channels / self.groups.max(1)
    }

    /// The matrices, with columns in some order.
    fn matrix<'a>(&'a self, weights: &'a [i64]) -> Matrix<'a> {
        let patches = self.window.patches();
        Matrix { groups: self.groups, x_zero: self.x_zero, weights, bias: &self.bias, patches }
    }
}

impl Layer for Grouped {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let (outputs, depth) = (self.bias.len(), self.depth() as usize);
        let (patch, n) = (element / outputs, element % outputs);
        let first = n / self.rows() as usize * depth;
        let terms = terms(&self.window, patch, x[0], self.x_zero, first..first + depth, |tap, k| {
            self.weights[(n * self.window.taps() as usize + tap) * depth + k]
        });
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

impl Engine for Grouped {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn pace(&self, _: Elements) -> Pace {
        let (w, outputs) = (&self.window, self.bias.len() as u32);
        let matrix = self.matrix(&self.weights);
        let results = w.patches() * u64::from(outputs / most_lanes(outputs));
        Pace {
            fewest: matrix.fewest_cycles().max(results).max(passes(w, self.depth())),
            most: matrix.most_cycles().max(window_pace(w).most),
        }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let w = &self.window;
        let lanes = window_lanes(w, self.groups, at.target)?;
        let folding = self.matrix(&self.weights).fold(at)?;
        let requant = requantizers(Some(&self.recode), self.bias.len() as u32, w.patches(), at.target)?;
        let multipliers = folding.multipliers() + requant.multipliers;
        Some(Choice { lanes, folding: Some(folding), requant: Some(requant), multipliers, ..Choice::default() })
    }
    /// Patches come group by group, each with its own matrix.
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let (taps, depth) = (self.window.taps(), self.depth());
        window(p, &self.window, self.x_zero, Order::Channels, choice.lanes);
        p.vector = taps * depth;
        // A beat of channels comes with all its taps before the next one.
        let lanes = p.lanes.max(1);
        let place = |b: u32| (0..taps).flat_map(move |t| (0..lanes).map(move |l| t * depth + b * lanes + l));
        let order: Vec<u32> = (0..depth / lanes).flat_map(place).collect();
        let row = |r: &[i64]| order.iter().map(|k| r[*k as usize]).collect::<Vec<i64>>();
        let weights: Vec<i64> = self.weights.chunks((taps * depth) as usize).flat_map(row).collect();
        let Some(folding) = choice.folding else { return };
        let Some(result) = self.matrix(&weights).stage(p, folding) else { return };
        p.recode(Some(&self.recode), result, choice);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        window_arrivals(&self.window, a)
    }
}
