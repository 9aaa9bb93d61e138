//! Blocks that hold, copy, widen, join and reorder beats: no arithmetic.

pub mod concat;
pub mod fork;
pub mod permute;
pub mod replay;
pub mod skid_buffer;
pub mod stream_fifo;
pub mod width_converter;
