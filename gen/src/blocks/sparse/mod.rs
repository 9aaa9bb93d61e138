//! Zeros that take no room and no time: codes of sparse tensors.

pub mod code;
pub mod cutter;
pub mod intersect_mac;
mod proofs;
pub mod sparse_decoder;
pub mod sparse_encoder;
pub mod sparse_lookup;
pub mod sparse_mac;
pub mod structured_mac;
pub mod threshold_sparsifier;

pub(crate) use proofs::obligations;
