//! Attention.

pub mod hashed_attention;
pub mod one_pass_attention;
pub mod rotary;
