//! Attention.

pub mod one_pass_attention;
pub mod rotary;
