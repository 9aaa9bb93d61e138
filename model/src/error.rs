//! What can be wrong with a model or its data (E1xx). All of it is reported at once.

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[allow(missing_docs)]
pub enum ModelError {
    #[error("E101 {place}: {op} is not supported: {why}; help: {nearest}")]
    Unsupported { place: String, op: String, why: String, nearest: String },
    #[error("E102 the file is neither a TFLite nor an ONNX model: {what}; help: check that it was copied whole")]
    Malformed { what: String },
    /// Damaged, or of a version that is not known.
    #[error("E102 {what}; help: {help}")]
    File { what: String, help: String },
    #[error("E103 {place}: {what}; help: the model contradicts itself, export it again")]
    Inconsistent { place: String, what: String },
    #[error("E104 {place}: {what}; help: {help}")]
    Quantization { place: String, what: String, help: String },
    #[error("E105 {place}: {count} elements, at most {limit} are supported; help: split the model")]
    TooLarge { place: String, count: u64, limit: u64 },
    #[error("E106 {what}; help: {help}")]
    Data { what: String, help: String },
    #[error("E107 cannot read {path}: {what}; help: check the path")]
    Read { path: String, what: String },
}

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
