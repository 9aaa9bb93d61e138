//! From a network of integer layers to block instances: folding, stream widths, the top module.
//!
//! A network is a graph of layers over integers; frameworks are already behind us. Each dense layer becomes
//! `mvu -> width_converter -> requant -> width_converter`, folded onto `pe x simd` multipliers so that every
//! layer takes at most the target's cycles a frame. `mvu` buffers two vectors, so layers overlap without
//! further FIFOs and the whole has the initiation interval of its slowest stage. A convolution has a `sliding_window` in front,
//! a depthwise one `depthwise` in the place of `mvu`, one in groups an `mvu` with a matrix for each; pooling is `sliding_window -> pool`, with a `requant` behind averages.
//! An addition is a `lut` on each operand, `eltwise`, `requant`; where a result has several takers, a `fork` copies it, and a
//! `stream_fifo` holds what the shorter way brings too early. A concatenation is a `concat`, a border a `pad`,
//! a larger image an `upsample` or a `depth_to_space`, another order a `permute`, a softmax a `softmax_lut`.

mod builder;
mod cost;
mod fold;
mod lower;
mod moves;
mod network;
mod pair;
mod pooling;
mod recode;
mod resources;
mod schedule;
mod top;
mod widths;
mod within;

pub use fold::{fold, Folding};
pub use lower::{lower, Goal, Plan, Stage, Tap};
pub use network::{
    Concat, Conv, Dense, Depthwise, Elements, Enlarge, Enlarging, Grouped, Layer, LayerOp, Network, Pad, Permute, Pool,
    Product, Recode, SoftmaxRow, Sum, Table, Window,
};
pub use resources::Budget;

use niello_gen::blocks::ConfigError;

/// A network that cannot be built as asked (E2xx).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs)]
pub enum PlanError {
    #[error("E201 {layer}: no folding reaches an initiation interval of {target} cycles; help: the fastest is {best}, give --target-ii {best} or more")]
    TooFast { layer: String, target: u64, best: u64 },
    #[error("E202 {budget} multipliers are too few; help: one for each product unit and requantizer makes {least}, give --max-multipliers {least} or more")]
    TooFew { budget: u64, least: u64 },
    #[error(
        "E206 {most} {what} are given, the smallest plan takes {least}; help: give {least} or more, or a smaller model"
    )]
    Over { what: &'static str, least: u64, most: u64 },
    #[error(
        "E203 the network has no layer to build; help: a dense layer or a table is needed between input and output"
    )]
    Empty,
    #[error("E205 {stage} is taken {takers} times, {most} are the most; help: chain the sums, or copy the tensor in the model")]
    Takers { stage: String, takers: usize, most: usize },
    #[error("E204 {layer}: {source}")]
    Config { layer: String, source: ConfigError },
}
