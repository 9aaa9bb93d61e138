//! What moves between layers.

/// A list of integers of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elements {
    /// How many.
    pub count: u32,
    /// Bits of each.
    pub bits: u32,
    /// Two's complement.
    pub signed: bool,
}
