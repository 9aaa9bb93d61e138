//! How sums become codes.

use niello_gen::num::{Requant, Scale};

/// So many codes at most have their thresholds compared: four bits.
const FEW_CODES: i64 = 16;

/// How accumulators become codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Recode {
    /// One scale, or one for each output.
    pub scales: Vec<Scale>,
    /// Added after the rounding.
    pub zero_point: i64,
    /// Lowest code.
    pub min: i64,
    /// Highest code.
    pub max: i64,
}

impl Recode {
    /// Codes are found by counting thresholds, without a multiplier: where no line meets them, or where they are few.
    pub fn by_counting(&self) -> bool {
        match self.scales[0] {
            Scale::Float32Mean { .. } => true,
            Scale::Affine { .. } | Scale::Float32Sum { .. } | Scale::HalfEven { .. } => self.max - self.min < FEW_CODES,
            _ => false,
        }
    }

    /// Where no fixed point gives its codes, thresholds do: of real functions. What overflows 32 bits on the way is none.
    pub fn is_real(&self) -> bool {
        !matches!(self.scales[0], Scale::TfliteDouble { .. } | Scale::HalfUp { .. } | Scale::Floor { .. })
    }

    /// The requantizer of an output.
    pub fn requant(&self, output: usize) -> Requant {
        let scale = self.scales[output % self.scales.len()];
        Requant { scale, zero_point: self.zero_point, min: self.min, max: self.max }
    }

    /// One code for everything is no function to be found.
    pub fn simplified(&self) -> std::borrow::Cow<'_, Recode> {
        if self.min == self.max {
            let scales = vec![Scale::Floor { multiplier: 0, shift: 1 }];
            return std::borrow::Cow::Owned(Recode { scales, ..self.clone() });
        }
        std::borrow::Cow::Borrowed(self)
    }
}
