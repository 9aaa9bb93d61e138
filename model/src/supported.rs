//! What of each format is built, as the registries of the importers say it.

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Supported {
    /// TFLite, ONNX or QONNX.
    pub format: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What of it is built, in a few words; empty: all.
    pub built: &'static str,
}
