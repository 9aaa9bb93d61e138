//! TFLite files. Profile `tflite-ref`: LiteRT's reference kernels (framework-rules.md 1).

mod elementwise;
mod image;
mod import;
mod schema;
mod shape;

pub use import::import;
