//! Blocks that keep something from one frame for the next one.

pub mod gated_recurrence;
