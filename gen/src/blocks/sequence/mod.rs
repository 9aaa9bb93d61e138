//! Blocks that keep something from one frame for the next one.

pub mod gated_recurrence;
pub mod kv_cache;
