//! What several layers choose and build alike.

mod explain;
mod lanes;
mod matrix;
mod pair;
mod requantize;
mod rows;
mod shift_exp;
mod skipped;
mod stored;
mod window;

pub use explain::{by_channel, from_operands, list, terms, weighted, MOVED};
pub use lanes::{lanes, most_lanes, MOST_LANES};
pub use matrix::Matrix;
pub use pair::{ends, operand, Operands};
pub use requantize::{digit, requantizers};
pub use rows::{by_row, clamp, from_row, signed, RowEngine, RowLayer};
pub use shift_exp::{Half, Numerator, ShiftExp};
pub use stored::stored_arrivals;
pub use window::{arrivals as window_arrivals, lanes as window_lanes, pace as window_pace, passes, stage as window};
