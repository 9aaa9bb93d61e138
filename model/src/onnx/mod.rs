//! ONNX files, QDQ, QOperator and QONNX. Profiles: `ort-int`, ONNX Runtime's integer kernels (framework-rules.md 2), and `qonnx`.

mod annotation;
mod bias;
mod border;
mod concat;
mod constant;
mod conv;
mod dense;
mod elementwise;
mod enlarge;
mod flow;
mod import;
mod kernels;
mod layout;
mod pair;
mod pool;
mod proto;
mod qonnx;
mod reorder;
mod scalar;
mod shape;

pub use import::import;
