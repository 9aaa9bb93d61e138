//! Profiles of TFLite files.

/// Whose arithmetic: LiteRT gives four answers to one file (framework-rules.md 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The reference kernels: `tflite-ref`.
    #[default]
    Reference,
    /// What a Python user's interpreter computes: XNNPACK's rule for convolutions and dense layers, the reference kernels' for
    /// the rest: `tflite-xnnpack`.
    Xnnpack,
}

impl Profile {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Reference => "tflite-ref",
            Profile::Xnnpack => "tflite-xnnpack",
        }
    }
}
