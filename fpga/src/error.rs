//! What can go wrong with tools (E52x).

/// A failed flow.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum SynthError {
    #[error("E521 {tool} was not found; help: {help}")]
    Missing { tool: String, help: String },
    #[error("E522 {tool} failed: {what}; help: the run is kept in {folder}")]
    Failed { tool: String, what: String, folder: String },
    #[error("E523 {tool} wrote a report that niello cannot read: {what}; help: the run is kept in {folder}")]
    Garbled { tool: String, what: String, folder: String },
    #[error("E524 cannot use {path}: {what}; help: check the disk and its permissions")]
    Io { path: String, what: String },
}

impl SynthError {
    /// An input/output error at a path.
    pub fn io(path: &std::path::Path, e: &std::io::Error) -> SynthError {
        SynthError::Io { path: path.display().to_string(), what: e.to_string() }
    }
}
