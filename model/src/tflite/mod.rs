//! TFLite files. Profiles: `tflite-ref`, LiteRT's reference kernels, and `tflite-xnnpack` (framework-rules.md 1).

#[macro_use]
mod table;
mod dense;
mod elementwise;
mod image;
mod import;
mod names;
mod operators;
mod options;
mod pair;
mod reduce;
mod reshape;
mod schema;
mod shape;
mod signature;
mod validate;
mod values;

pub use import::{import, Profile};
