//! Codes and what they stand for.

use crate::DType;

/// A quantized tensor's type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Codes {
    /// Scale.
    pub scale: f32,
    /// Zero point.
    pub zero: i64,
    /// Type.
    pub dtype: DType,
}

impl Codes {
    /// What its codes are larger by as uint8.
    pub fn unsigned_shift(&self) -> i64 {
        self.dtype.unsigned_shift()
    }
}
