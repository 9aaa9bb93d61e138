//! Layers, one folder each: what a layer computes ([`Layer`]), and the hardware that it becomes ([`Engine`]): how many cycles it needs,
//! what it chooses at a target, which stages it adds, and when its pixels are there. Importers make layers, the golden execution runs
//! them, the planner sees engines; nobody else knows which there are.

mod attention;
mod bit_linear;
mod cached_attention;
mod concat;
mod conv;
mod dense;
mod depthwise;
mod enlarge;
mod extremum;
mod float_mean;
mod float_norm;
mod float_softmax;
mod gated_recurrence;
mod grouped;
mod i_layernorm;
mod matmul;
mod pad;
mod pair;
mod parts;
mod permute;
mod pool;
mod registry;
mod rotary;
mod shiftgelu;
mod shiftmax;
mod softmax;
mod table;

pub use attention::{Attention, Mask};
pub use bit_linear::BitLinear;
pub use cached_attention::CachedAttention;
pub use concat::Concat;
pub use conv::Conv;
pub use dense::Dense;
pub use depthwise::Depthwise;
pub use enlarge::{Enlarge, Enlarging};
pub use extremum::{Extremum, Which};
pub use float_mean::FloatMean;
pub use float_norm::{Affine, FloatNorm, NormKind};
pub use float_softmax::FloatSoftmax;
pub use gated_recurrence::GatedRecurrence;
pub use grouped::Grouped;
pub use i_layernorm::{ILayerNorm, Mean, Root};
pub use matmul::{Lies, MatMul};
pub use pad::Pad;
pub use pair::{Add, Constant, DyadicAdd, FloatAdd, FloatMul, Mul, Pair, Pairing, SquaredDifference};
pub use parts::{from_operands, MOST_LANES};
pub use permute::Permute;
pub use pool::Pool;
pub use registry::RANDOM;
pub use rotary::Rotary;
pub use shiftgelu::ShiftGelu;
pub use shiftmax::{Half, Numerator, ShiftExp, Shiftmax};
pub use softmax::{Form as SoftmaxForm, Softmax};
pub use table::{requantize_table, Table};

use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

use niello_gen::blocks::sparse_mvu;
use niello_gen::device::DeviceModel;

use crate::plan::{Arrivals, Arrived, Folding, Pipeline, Zeros};
use crate::{DType, Elements, Recode};

/// A layer over integers, with its framework's meaning.
pub trait Layer: Any + Debug + Send + Sync {
    /// The result of one sample, in plain loops. Operands and result are in the order of their elements.
    fn golden(&self, x: &[&[i64]]) -> Vec<i64>;

    /// What it keeps from one sample for the next one, as it is after reset. Empty: nothing.
    fn kept(&self) -> Vec<i64> {
        Vec::new()
    }

    /// The result of a sample behind others, and what is kept of it. [`Layer::golden`] is that of the first one.
    fn next(&self, x: &[&[i64]], _kept: &mut Vec<i64>) -> Vec<i64> {
        self.golden(x)
    }

    /// What led to one element of the result, in a line.
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        from_operands(x, element)
    }

    /// Which of so many elements of the result hang on marked elements of the operands, of which some are. All, unless the layer knows better.
    fn behind(&self, _x: &[&[bool]], elements: usize) -> Vec<bool> {
        vec![true; elements]
    }

    /// It moves the elements of its operand and computes nothing: a host does that at the borders as well.
    fn moves(&self) -> bool {
        false
    }

    /// Where each element of the result comes from, if it moves elements.
    fn order(&self) -> Option<Vec<usize>> {
        None
    }

    /// Weights, biases and the input's zero point, where it adds products.
    fn sums(&self) -> Option<Sums<'_>> {
        None
    }

    /// Its weights, row by row, if it has any.
    fn weights(&self) -> Option<&[i64]> {
        self.sums().map(|s| s.weights)
    }

    /// How its sums or products become codes, by the framework's own rule.
    fn recode(&self) -> Option<&Recode> {
        None
    }

    /// The same to be changed.
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        None
    }

    /// The framework computes it in float, and this is an integer form that comes near: a code may be the next one, seldom.
    fn is_near_float(&self) -> bool {
        false
    }

    /// The hardware that gives the same codes, for operands of these types.
    ///
    /// # Errors
    /// What no hardware does, and what helps.
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine>;
}

impl dyn Layer {
    /// The layer, if it is of that type.
    pub fn of<L: Layer>(&self) -> Option<&L> {
        (self as &dyn Any).downcast_ref()
    }

    /// The same to be changed.
    pub fn of_mut<L: Layer>(&mut self) -> Option<&mut L> {
        (self as &mut dyn Any).downcast_mut()
    }
}

/// Why a layer has no hardware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoEngine {
    /// What is not met.
    pub what: String,
    /// What helps.
    pub help: String,
}

/// What sums of products are made of.
#[derive(Clone, Copy, Debug)]
pub struct Sums<'a> {
    /// Row by row.
    pub weights: &'a [i64],
    /// One for each row.
    pub bias: &'a [i64],
    /// Zero point of the operand.
    pub x_zero: i64,
}

impl Sums<'_> {
    /// A row whose sum can leave 32 bits, where the frameworks' accumulators wrap. Codes of `dtype` come in.
    pub fn overflowing_row(&self, dtype: DType) -> Option<usize> {
        let Sums { weights, bias, x_zero } = *self;
        let columns = (weights.len() / bias.len().max(1)).max(1);
        let (lo, hi) = dtype.range();
        let (lo, hi) = (i128::from(lo) - i128::from(x_zero), i128::from(hi) - i128::from(x_zero));
        weights.chunks(columns).zip(bias).position(|(row, bias)| {
            let ends = |w: &i64| (i128::from(*w) * lo, i128::from(*w) * hi);
            let low: i128 = row.iter().map(|w| ends(w).0.min(ends(w).1)).sum();
            let high: i128 = row.iter().map(|w| ends(w).0.max(ends(w).1)).sum();
            let bias = i128::from(*bias);
            bias + low < i32::MIN.into() || bias + high > i32::MAX.into()
        })
    }
}

/// The hardware of a layer, as the planner sees it.
pub trait Engine: Any + Debug + Send + Sync {
    /// How its sums or products become codes; none: they do not, or there are none.
    fn codes(&self) -> Option<&Recode> {
        None
    }

    /// The fewest and the most cycles a frame of so many results that any choice takes, requantizers left out of the most.
    fn pace(&self, output: Elements) -> Pace;

    /// Lanes, folding and requantizers with the fewest multipliers that need at most the target's cycles. None: no choice is fast enough.
    fn choose(&self, at: &At) -> Option<Choice>;

    /// Adds its stages to a pipeline that stands at its first operand.
    fn stages(&self, choice: &Choice, p: &mut Pipeline);

    /// When the pixels of its result are there, and what waits in front of it.
    fn arrivals(&self, a: &Arrivals) -> Arrived;

    /// Nothing of a pixel leaves before all of one has come.
    fn needs_whole_pixels(&self) -> bool {
        true
    }

    /// It works on whatever beats come: what stands behind it says how the border's are.
    fn takes_any_lanes(&self) -> bool {
        false
    }

    /// It takes operands at its own pace, whatever happens to its results.
    fn holds_operands(&self) -> bool {
        false
    }

    /// It takes all of an image before what it gives is taken.
    fn ends_image(&self) -> bool {
        false
    }

    /// Its frames are vectors: the last beat of one is the network's.
    fn is_vector(&self) -> bool {
        false
    }
}

/// Cycles a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// With as much hardware as the layer can use.
    pub fewest: u64,
    /// With one lane of everything.
    pub most: u64,
}

/// Where a layer chooses.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// What the layer gives.
    pub output: Elements,
    /// Bits of what it takes.
    pub x_bits: u32,
    /// Cycles a frame at most.
    pub target: u64,
    /// Chooses among foldings of as many multipliers by block RAMs, and says what zeros that are skipped are worth.
    pub device: &'a DeviceModel,
    /// What becomes of weights that are zero.
    pub zeros: Zeros,
}

/// What a layer chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Elements a beat of what its first block takes.
    pub lanes: u32,
    /// Of its matrix.
    pub folding: Option<Folding>,
    /// Of its matrix, where only what is not zero is multiplied.
    pub sparse: Option<sparse_mvu::Folding>,
    /// What makes codes of its sums.
    pub requant: Option<Requantizers>,
    /// All multipliers.
    pub multipliers: u64,
}

/// Requantizers side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requantizers {
    /// Codes a beat.
    pub lanes: u32,
    /// Bits of the multiplier in a cycle, which then needs no multiplier; 0: all at once.
    pub digit: u32,
    /// Multipliers.
    pub multipliers: u64,
}
