//! ONNX files, QDQ and QOperator. Profile `ort-int`: ONNX Runtime's integer kernels (framework-rules.md 2).

mod border;
mod concat;
mod constant;
mod conv;
mod dense;
mod elementwise;
mod flow;
mod import;
mod layout;
mod pair;
mod pool;
mod proto;
mod shape;

pub use import::import;
