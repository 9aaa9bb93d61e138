//! ONNX files, QDQ, QOperator and QONNX. Profiles: `ort-int`, ONNX Runtime's integer kernels (framework-rules.md 2),
//! `ort-float`, where a layer comes near to what it computes in float, and `qonnx`.
//!
//! A file is read in order: `validate` says what is wrong with it, `import` walks its nodes, each built by the operator's own file in
//! `ops`, which stands in the `registry`. What names stand for lies in a `scope`: codes, reals, or an operator that waits
//! (`waiting`) until a dialect (`qdq`, `qoperator`, `qonnx`) says of what scale its codes are.

mod annotation;
mod binding;
mod constant;
#[cfg(test)]
mod damage;
mod definition;
mod ends;
mod import;
mod kernels;
mod known;
mod layout;
mod logits;
mod names;
mod niello;
mod operands;
mod operator;
mod ops;
mod parameters;
mod parts;
mod proto;
mod qdq;
mod qonnx;
mod qoperator;
mod registry;
mod reorder;
mod scope;
mod squares;
mod validate;
mod waiting;

pub use import::{import, import_without};
pub use registry::supported;
