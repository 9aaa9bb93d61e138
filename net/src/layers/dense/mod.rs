//! Dense: a matrix times a vector.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use super::parts::{requantizers, weighted, Matrix};
use super::{At, Choice, Engine, Layer, NoEngine, Pace, Sums};
use crate::plan::{behind, Arrivals, Arrived, Pipeline};
use crate::{DType, Elements, Recode};

/// A dense layer: `acc[n] = sum_k w[n][k] (x[k] - x_zero) + bias[n]`, then recoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Zero point of the input.
    pub x_zero: i64,
    /// Row by row, zero points already subtracted.
    pub weights: Vec<i64>,
    /// One for each output.
    pub bias: Vec<i64>,
    /// None: the accumulators are the output.
    pub recode: Option<Recode>,
}

impl Dense {
    /// The matrix, for a number of vectors.
    pub(super) fn matrix(&self, patches: u64) -> Matrix<'_> {
        Matrix { groups: 1, x_zero: self.x_zero, weights: &self.weights, bias: &self.bias, patches }
    }

    /// Folding and requantizers for a number of vectors, whose elements come by so many channels.
    pub(super) fn choose_for(&self, patches: u64, channels: u32, at: &At) -> Option<Choice> {
        let matrix = self.matrix(patches);
        let folding = matrix.fold(at);
        let sparse = matrix.skip(channels, at, folding.as_ref());
        let (lanes, multipliers) = match sparse {
            Some(f) => (f.lanes, f.multipliers()),
            None => folding.map(|f| (f.simd, f.multipliers()))?,
        };
        let requant = requantizers(self.recode.as_ref(), self.bias.len() as u32, patches, at.target)?;
        let multipliers = multipliers + requant.multipliers;
        Some(Choice { lanes, folding, sparse, requant: Some(requant), multipliers })
    }

    /// The stages behind the vectors.
    pub(super) fn stages_for(&self, patches: u64, choice: &Choice, p: &mut Pipeline) {
        let matrix = self.matrix(patches);
        let result = match (choice.sparse, choice.folding) {
            (Some(f), _) => matrix.sparse_stage(p, f),
            (None, Some(f)) => matrix.stage(p, f),
            (None, None) => None,
        };
        let Some(result) = result else { return };
        p.recode(self.recode.as_ref(), result, choice);
    }
}

impl Layer for Dense {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let columns = x[0].len();
        let row = &self.weights[element * columns..(element + 1) * columns];
        let terms = row.iter().zip(x[0]).map(|(w, x)| (*w, x - self.x_zero)).collect();
        weighted(terms, self.bias[element], self.recode.as_ref(), element)
    }
    fn sums(&self) -> Option<Sums<'_>> {
        Some(Sums { weights: &self.weights, bias: &self.bias, x_zero: self.x_zero })
    }
    fn recode(&self) -> Option<&Recode> {
        self.recode.as_ref()
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        self.recode.as_mut()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Dense {
    fn codes(&self) -> Option<&Recode> {
        self.recode.as_ref()
    }
    fn pace(&self, _: Elements) -> Pace {
        let m = self.matrix(1);
        Pace { fewest: m.fewest_cycles(), most: m.most_cycles() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        self.choose_for(1, (self.weights.len() / self.bias.len().max(1)) as u32, at)
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        p.vector = p.now.count;
        self.stages_for(1, choice, p);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let pixels = a.pixels(0).max(1);
        let come = a.come(0, pixels);
        let ends: Vec<u64> = come.chunks(pixels as usize).filter_map(|t| t.last().copied()).collect();
        Arrived::at(behind(&ends, a.busy()))
    }
    fn is_vector(&self) -> bool {
        true
    }
    /// Vectors are held while the one before them is multiplied.
    fn holds_operands(&self) -> bool {
        true
    }
}
