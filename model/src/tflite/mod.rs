//! TFLite files. Profile `tflite-ref`: LiteRT's reference kernels (framework-rules.md 1).

mod image;
mod import;
mod schema;

pub use import::import;
