//! niello's models: importers of TFLite and ONNX files. They give the graph of niello-net, whose golden execution is the only oracle of a
//! model.
#![cfg_attr(test, allow(non_snake_case))]

pub mod error;
mod network;
pub mod npy;
pub mod onnx;
pub mod saturating;
mod spread;
pub mod supported;
pub mod tflite;
mod window;

pub use error::ModelError;
pub use network::network;
pub use niello_net::{behind_float, DType, Graph, Node, Op, Tensor, Value};

use niello_gen::ir::Reports;

/// Largest model file that is read.
pub const MAX_FILE: u64 = 1 << 30;

/// Imports a model: the format is told by the file's contents, not by its name.
///
/// # Errors
/// E101 to E105: all that is wrong with the file, or not supported.
pub fn import(name: &str, bytes: &[u8]) -> Result<Graph, Reports<ModelError>> {
    import_as(name, bytes, tflite::Profile::default())
}

/// The same without a softmax at the end, where there is one: the results are the codes in front of it. And whether there was one.
///
/// # Errors
/// All that is wrong with the file, or not supported.
pub fn import_logits(name: &str, bytes: &[u8], profile: tflite::Profile) -> Result<(Graph, bool), Reports<ModelError>> {
    if bytes.len() >= 8 && &bytes[4..8] == b"TFL3" {
        let mut graph = tflite::import(name, bytes, profile)?;
        let cut = graph.cut_softmax();
        return Ok((graph, cut));
    }
    onnx::import_without(name, bytes, true)
}

/// The same; a TFLite file with the arithmetic of a profile.
///
/// # Errors
/// As [`import`].
pub fn import_as(name: &str, bytes: &[u8], profile: tflite::Profile) -> Result<Graph, Reports<ModelError>> {
    if bytes.len() >= 8 && &bytes[4..8] == b"TFL3" {
        tflite::import(name, bytes, profile)
    } else {
        onnx::import(name, bytes)
    }
}
