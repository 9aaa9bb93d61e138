//! From a network of integer layers to block instances: folding, stream widths, the top module.
//!
//! A network is a graph of layers over integers; frameworks are already behind us. Each layer says which blocks it becomes, folded so
//! that every one takes at most the target's cycles a frame; `mvu` buffers two vectors, so layers overlap without
//! further FIFOs and the whole has the initiation interval of its slowest stage. Where a result has several takers, a `fork` copies it,
//! and a `stream_fifo` holds what the shorter way brings too early.

mod arrivals;
mod fold;
mod interval;
mod known;
mod lower;
mod pipeline;
mod requantize;
mod resources;
mod schedule;
mod stage;
mod top;
mod widths;
mod within;

pub use arrivals::{ahead, behind, bordered, by_rows, early, together, waiting, Arrivals, Arrived, Spare, INSIDE};
pub use fold::{fastest, fold, fold_dividing, Folding};
pub use lower::{lower, Goal};
pub use pipeline::{Pipeline, Tip};
pub use resources::Budget;
pub use stage::{Plan, Stage, Tap};

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
