//! What a host computes at the borders: floats to codes and back, as the frameworks do it.

mod quant;
mod quantize;
mod softmax;

pub use quant::{rounding, Quant};
pub use quantize::{dequantize, quantize, FloatRounding};
pub use softmax::softmax;
