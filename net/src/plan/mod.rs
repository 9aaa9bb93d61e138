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
pub use fold::{fastest, fold, fold_dividing, fold_within, Folding};
pub use lower::{lower, lower_with, Goal, Zeros};
pub use pipeline::{Pipeline, Tip};
pub use resources::Budget;
pub use stage::{Plan, Stage, Tap};

use niello_gen::blocks::ConfigError;
use niello_gen::fault::{Explained, Fault};

/// A network that cannot be built as asked (E2xx).
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum PlanError {
    TooFast { layer: String, target: u64, best: u64 },
    TooFew { budget: u64, least: u64 },
    Over { what: &'static str, least: u64, most: u64 },
    Empty,
    Takers { stage: String, takers: usize, most: usize },
    Config { layer: String, source: ConfigError },
}

impl PlanError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            PlanError::TooFast { layer, target, best } => {
                Fault::new("E201", format!("no folding reaches an initiation interval of {target} cycles"))
                    .at(layer)
                    .help(format!("the fastest is {best}, give --target-ii {best} or more"))
            }
            PlanError::TooFew { budget, least } => Fault::new("E202", format!("{budget} multipliers are too few"))
                .help(format!(
                    "one for each product unit and requantizer makes {least}, give --max-multipliers {least} or more"
                )),
            PlanError::Over { what, least, most } => {
                Fault::new("E206", format!("{most} {what} are given, the smallest plan takes {least}"))
                    .help(format!("give {least} or more, or a smaller model"))
            }
            PlanError::Empty => Fault::new("E203", "the network has no layer to build")
                .help("a dense layer or a table is needed between input and output"),
            PlanError::Takers { stage, takers, most } => {
                Fault::new("E205", format!("{stage} is taken {takers} times, {most} are the most"))
                    .help("chain the sums, or copy the tensor in the model")
            }
            PlanError::Config { layer, source } => {
                let Fault { code, place, what, help } = source.fault();
                let place = place.map_or(String::new(), |p| format!("{p}: "));
                Fault { code: "E204", place: Some(layer.clone()), what: format!("{code} {place}{what}"), help }
            }
        }
    }
}

niello_gen::coded!(PlanError);

/// What the codes of this stage mean.
pub const CODES: &[Explained] = &[
    Explained { code: "E201", title: "too fast", text: "No folding of a layer reaches the initiation interval that was asked for: with every multiplier in parallel it still takes more cycles. The line names the fastest." },
    Explained { code: "E202", title: "too few multipliers", text: "Every layer that multiplies needs one multiplier at least, and so does its requantizer. The line says how many the whole network needs." },
    Explained { code: "E203", title: "nothing to build", text: "Between the model's input and output stands nothing that becomes hardware." },
    Explained { code: "E204", title: "a block that cannot be configured", text: "A layer leads to a configuration of a block that is not legal: most often sums or products that would be wider than 64 bits. The line says which setting, as E3xx would." },
    Explained { code: "E205", title: "taken too often", text: "More layers take a result than one stream can be copied for." },
    Explained { code: "E206", title: "over budget", text: "The smallest plan takes more multipliers, block RAMs or tables of the device than were allowed." },
];
