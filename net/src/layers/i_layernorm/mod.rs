//! The integer layer norms of I-ViT and I-BERT, bit for bit, and what becomes of them ([i_layernorm]).
//!
//! `z[i] = ((x[i] - mu) floor(K / k) >> 1) + bias[i]`, `mu` near the mean, `k` near the root of the sum of squares; `y[i] = recode[i](z[i])`: a channel's
//! gain is part of its recoding. Rows of run-time length have their mean over all that is there; here a row is `columns` long.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::i_layernorm;
pub use niello_gen::blocks::i_layernorm::{Mean, Root};
use niello_gen::num::Range;

use super::parts::{by_row, from_row, signed, Numerator, RowEngine, RowLayer};
use super::{Choice, Engine, Layer, NoEngine};
use crate::plan::Pipeline;
use crate::{DType, Elements, Recode};

/// Rows, how their norms are found, and what becomes of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ILayerNorm {
    /// Elements of a row.
    pub columns: u32,
    /// Rounding of the mean.
    pub mean: Mean,
    /// How the root is found.
    pub root: Root,
    /// Of `newton`: it starts at `2^start`.
    pub start: u32,
    /// Newton's steps.
    pub iterations: u32,
    /// What is divided by the root.
    pub numerator: Numerator,
    /// Bits dropped of a distance before it is squared.
    pub shift: u32,
    /// Added to norms, one for each element of a row or one.
    pub bias: Vec<i64>,
    /// Of norms, one scale for each element of a row or one.
    pub recode: Recode,
}

impl Layer for ILayerNorm {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        from_row(x, element, self.columns)
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        by_row(x[0], elements, self.columns)
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        Some(&mut self.recode)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        signed(operands)?;
        RowEngine::of(Rows { layer: (*self).clone(), bits: operands[0].bits() })
    }
}

/// Of operands of so many bits.
#[derive(Clone, Debug)]
struct Rows {
    layer: ILayerNorm,
    bits: u32,
}

impl Rows {
    /// Bits of a norm with its bias.
    fn norm_bits(&self) -> u32 {
        32 + u32::from(self.layer.shift > 0)
    }
}

impl RowLayer for Rows {
    type Block = i_layernorm::Config;
    const ROLE: &'static str = "layernorm";
    fn columns(&self) -> u32 {
        self.layer.columns
    }
    fn block(&self, lanes: u32) -> i_layernorm::Config {
        let ILayerNorm { columns, mean, root, start, iterations, numerator, shift, .. } = self.layer;
        let defaults = i_layernorm::Config::default();
        let bias = match self.layer.bias[..] {
            [0] => Vec::new(),
            [one] => vec![one; columns as usize],
            _ => self.layer.bias.clone(),
        };
        i_layernorm::Config {
            columns,
            lanes,
            bits: self.bits,
            mean,
            root,
            // What has no effect has its default.
            start: if root == Root::Newton { start } else { defaults.start },
            iterations: if root == Root::Floor { defaults.iterations } else { iterations },
            shift,
            numerator,
            bias,
            ..defaults
        }
    }
    fn row_cycles(block: &i_layernorm::Config) -> u64 {
        block.row_cycles()
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.layer.recode)
    }
    fn gives(&self, output: Elements) -> Elements {
        Elements { bits: self.norm_bits(), signed: true, ..output }
    }
    fn behind(&self, p: &mut Pipeline, choice: &Choice) {
        let most = 1i128 << (self.norm_bits() - 1);
        p.recode(Some(&self.layer.recode), Range::new(-most, most - 1), choice);
    }
}
