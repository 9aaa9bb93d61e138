//! ONNX files, QDQ, QOperator and QONNX. Profiles: `ort-int`, ONNX Runtime's integer kernels (framework-rules.md 2), and `qonnx`.

mod annotation;
mod attributes;
mod bias;
mod border;
mod concat;
mod constant;
mod conv;
#[cfg(test)]
mod damage;
mod dense;
mod elementwise;
mod ends;
mod enlarge;
mod flow;
mod import;
mod kernels;
mod known;
mod layout;
mod logits;
mod names;
mod pair;
mod parameters;
mod pool;
mod proto;
mod qonnx;
mod reorder;
mod scalar;
mod shape;
mod validate;

pub use import::{import, import_without};
