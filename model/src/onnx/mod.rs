//! ONNX files, QDQ and QOperator. Profile `ort-int`: ONNX Runtime's integer kernels (framework-rules.md 2).

mod constant;
mod dense;
mod import;
mod proto;

pub use import::import;
