//! Matrices as users give them: how many values, and that each has its type.

use crate::blocks::ConfigError;
use crate::num::range_of;

/// What a block's matrix has to be.
pub(super) struct Given {
    /// Whose it is.
    pub block: &'static str,
    /// Rows, one bias each.
    pub rows: u64,
    /// Elements.
    pub size: u64,
    /// Bits, sign and zero point of the vectors' elements.
    pub x: (u32, bool, i64),
    /// Of the matrix's.
    pub w: (u32, bool, i64),
}

impl Given {
    /// What is wrong with weights and biases.
    pub fn errors(&self, weights: &[i64], bias: &[i64]) -> Vec<ConfigError> {
        let block = self.block;
        let mut errors = Vec::new();
        for (field, found, needed, help) in [
            ("weights", weights.len(), self.size, "give a value for each column of each row, row by row"),
            ("bias", bias.len(), self.rows, "give one value for each row"),
        ] {
            if found as u64 != needed {
                errors.push(ConfigError::Count { block, field, found, expected: needed.to_string(), help });
            }
        }
        let fits =
            |v: i64, (bits, signed, _): (u32, bool, i64)| range_of(bits, signed).is_some_and(|r| r.contains(v.into()));
        if let Some(value) = weights.iter().copied().find(|w| !fits(*w, self.w)) {
            errors.push(ConfigError::DoesNotFit { block, field: "weights", value, bits: self.w.0 });
        }
        for (field, of) in [("x_zero", self.x), ("w_zero", self.w)] {
            if !fits(of.2, of) {
                errors.push(ConfigError::DoesNotFit { block, field, value: of.2, bits: of.0 });
            }
        }
        errors
    }
}
