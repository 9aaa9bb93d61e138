//! TFLite files. Profiles: `tflite-ref`, LiteRT's reference kernels, and `tflite-xnnpack` (framework-rules.md 1).

mod elementwise;
mod image;
mod import;
mod operators;
mod pair;
mod schema;
mod shape;

pub use import::{import, Profile};
