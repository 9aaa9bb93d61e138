//! Graph -> the planner's network, with the model's own words where there is none.

use niello_gen::ir::Reports;
use niello_net::{hardware, Graph, Network, NoHardware};

use crate::error::ModelError;

/// The layers that become hardware: everything between the border's float nodes.
///
/// # Errors
/// All nodes that have none (E101, E104).
pub fn network(g: &Graph) -> Result<Network, Reports<ModelError>> {
    let said = |e: NoHardware| match e {
        NoHardware::Float { place, kind } => ModelError::Unsupported {
            place,
            op: kind,
            why: "float values inside the model".into(),
            nearest: "quantize the whole model, so that floats stand at its ends only".into(),
        },
        NoHardware::Layer { place, why } => ModelError::Quantization { place, what: why.what, help: why.help },
    };
    hardware(g).map_err(|Reports(errors)| Reports(errors.into_iter().map(said).collect()))
}
