//! What can be wrong with a model or its data (E1xx). All of it is reported at once.

use niello_gen::fault::{Explained, Fault};

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum ModelError {
    Unsupported {
        place: String,
        op: String,
        why: String,
        nearest: String,
    },
    Malformed {
        what: String,
    },
    /// Damaged, or of a version that is not known.
    File {
        what: String,
        help: String,
    },
    Inconsistent {
        place: String,
        what: String,
    },
    Quantization {
        place: String,
        what: String,
        help: String,
    },
    TooLarge {
        place: String,
        count: u64,
        limit: u64,
    },
    Data {
        what: String,
        help: String,
    },
    Read {
        path: String,
        what: String,
    },
}

impl ModelError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            ModelError::Unsupported { place, op, why, nearest } => {
                Fault::new("E101", format!("{op} is not supported: {why}")).at(place).help(nearest)
            }
            ModelError::Malformed { what } => {
                Fault::new("E102", format!("the file is neither a TFLite nor an ONNX model: {what}"))
                    .help("check that it was copied whole")
            }
            ModelError::File { what, help } => Fault::new("E102", what).help(help),
            ModelError::Inconsistent { place, what } => {
                Fault::new("E103", what).at(place).help("the model contradicts itself, export it again")
            }
            ModelError::Quantization { place, what, help } => Fault::new("E104", what).at(place).help(help),
            ModelError::TooLarge { place, count, limit } => {
                Fault::new("E105", format!("{count} elements, at most {limit} are supported"))
                    .at(place)
                    .help("split the model")
            }
            ModelError::Data { what, help } => Fault::new("E106", what).help(help),
            ModelError::Read { path, what } => {
                Fault::new("E107", format!("cannot read {path}: {what}")).help("check the path")
            }
        }
    }
}

niello_gen::coded!(ModelError);

impl From<niello_net::WrongSample> for ModelError {
    fn from(e: niello_net::WrongSample) -> ModelError {
        ModelError::Data { what: e.what, help: e.help }
    }
}

/// Text of a model file made fit for one line of a terminal.
pub fn clean(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let mut s: String = short.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    if text.chars().count() > 60 {
        s.push_str("...");
    }
    s
}

/// What the codes of this stage mean.
pub const CODES: &[Explained] = &[
    Explained { code: "E101", title: "not supported", text: "The model uses an operator, an element type, a shape or a part of its format that this version does not build. The line names the node, why, and the nearest form that is built. `niello check --list` shows what is built of each format; `niello check MODEL` shows all such places of a model at once, before anything is built." },
    Explained { code: "E102", title: "no model, or a damaged one", text: "The file is neither a TFLite flatbuffer nor an ONNX message, is cut off or changed, or says that it is of a version that is not known. Copy it again as a whole, or export it for a version that the line names." },
    Explained { code: "E103", title: "the model contradicts itself", text: "A name that nothing defines, an operand too many, shapes that do not fit, an attribute that the operator does not have: the framework would refuse the file too. Export the model again, or mend the tool that changed it." },
    Explained { code: "E104", title: "quantization that cannot be used", text: "A scale or zero point is missing, computed, not positive, or of a shape or type that the framework's kernels do not take; sums could leave the 32 bits of the framework's accumulator; or a layer has no hardware for its types. Quantize the model again, all of it, with constant scales." },
    Explained { code: "E105", title: "too large", text: "A tensor, image or window is beyond what niello plans for. The line says how large it is and what the most is." },
    Explained { code: "E106", title: "data that do not fit", text: "A .npy file is damaged, or does not hold what is needed: samples of the model's type and shape, results of the same samples, one class a sample, integers of a stream's width." },
    Explained { code: "E107", title: "a file that cannot be read", text: "The path is wrong, is no plain file, is larger than 1 GiB, or its permissions forbid reading." },
];
