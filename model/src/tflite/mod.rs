//! TFLite files. Profiles: `tflite-ref`, LiteRT's reference kernels, and `tflite-xnnpack` (framework-rules.md 1).
//!
//! A flatbuffer is verified and read by `schema`; `validate` says what is wrong with it, `import` walks its operators, each built by
//! its own file in `ops`, which stands in the `registry`.

#[macro_use]
mod table;
mod builtin;
mod file;
mod import;
mod names;
mod operators;
mod ops;
mod options;
mod parts;
mod primitives;
mod profile;
mod registry;
mod schema;
mod validate;
mod values;

pub use import::import;
pub use profile::Profile;
pub use registry::supported;
