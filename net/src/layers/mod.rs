//! Layers, one folder each: what a layer computes, how many cycles it needs, what it chooses at a target, which stages it becomes, and
//! when its pixels are there. The planner sees a layer only through [`Layer`].

mod add;
mod concat;
mod conv;
mod dense;
mod depthwise;
mod enlarge;
mod grouped;
mod mul;
mod pad;
mod parts;
mod permute;
mod pool;
mod softmax;
mod table;

pub use add::Sum;
pub use concat::Concat;
pub use conv::Conv;
pub use dense::Dense;
pub use depthwise::Depthwise;
pub use enlarge::{Enlarge, Enlarging};
pub use grouped::Grouped;
pub use mul::Product;
pub use pad::Pad;
pub use permute::Permute;
pub use pool::Pool;
pub use softmax::SoftmaxRow;
pub use table::Table;

pub use parts::MOST_LANES;

use std::any::Any;
use std::fmt::Debug;

use niello_gen::device::DeviceModel;

use crate::plan::{Arrivals, Arrived, Folding, Pipeline};
use crate::{Elements, Recode};

/// A layer over integers.
pub trait Layer: Any + Debug + Send + Sync {
    /// What it is called.
    fn kind(&self) -> &'static str;

    /// How its sums or products become codes; none: they do not, or there are none.
    fn recode(&self) -> Option<&Recode> {
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
}

impl dyn Layer {
    /// The layer, if it is of that type.
    pub fn of<L: Layer>(&self) -> Option<&L> {
        (self as &dyn Any).downcast_ref()
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
    /// Chooses among foldings of as many multipliers by block RAMs; none: any of them.
    pub device: Option<&'a DeviceModel>,
}

/// What a layer chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Elements a beat of what its first block takes.
    pub lanes: u32,
    /// Of its matrix.
    pub folding: Option<Folding>,
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
