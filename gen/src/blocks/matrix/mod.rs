//! Products of a matrix of constants with vectors.

pub mod mvu;
