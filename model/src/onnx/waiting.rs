//! What waits for its scale: an operator between dequantized operands and the quantizer behind it. Each says in its own file which
//! layer it becomes; the dialects say of what scale, and how it is rounded.

use std::fmt::Debug;

use niello_gen::num::RealRounding;

use niello_net::layers::{FloatAdd, Table};
use niello_net::{Codes, Op};

/// Codes that an operator's result becomes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Scale, zero point and type.
    pub codes: Codes,
    /// The least and the most code.
    pub bounds: (i64, i64),
    /// How reals are rounded.
    pub rounding: RealRounding,
    /// The zero point is added to reals, which are rounded then: a sum's offset too.
    pub zero_inside: bool,
    /// On what kernels compute it.
    pub seen: Seen,
    /// Elements of a pixel of the result, as it is stored.
    pub channels: u32,
}

/// A layer, and tables in front of its operands.
pub struct Fused {
    /// The layer.
    pub op: Op,
    /// A table in front of each operand, where one is needed; empty: of none.
    pub in_front: Vec<Option<Table>>,
}

impl From<Op> for Fused {
    fn from(op: Op) -> Fused {
        Fused { op, in_front: Vec::new() }
    }
}

/// Why a rounding is not built, and what is.
pub type Unserved = (&'static str, &'static str);

/// An operator that waits.
pub trait Waiting: Debug {
    /// The layer that gives codes.
    ///
    /// # Errors
    /// What is wrong with its scales.
    fn becomes(&self, to: &Target) -> Result<Fused, String>;

    /// Its float32 arithmetic is exact, for results of scale `to`: nobody rounds but the quantizer, in this way.
    fn is_exact(&self, _to: f32, _rounding: RealRounding) -> bool {
        false
    }

    /// Whether its reals can be rounded so, with this zero point.
    ///
    /// # Errors
    /// Why not.
    fn rounds(&self, rounding: RealRounding, _zero: i64) -> Result<(), Unserved> {
        match rounding {
            RealRounding::HalfEven => Ok(()),
            _ => Err(OTHER_ROUNDING),
        }
    }

    /// What the host computes of the operand's reals, where the model ends with its result: its codes, and the operator.
    fn of_reals(&self) -> Option<(Codes, Op)> {
        None
    }

    /// Kernels of codes and of reals give the same.
    fn is_moved(&self) -> bool {
        false
    }
}

/// Where only one rounding is built.
pub const OTHER_ROUNDING: Unserved = (
    "it is rounded in another way than half to even",
    "rounding_mode ROUND; behind AveragePool, patches inside of the image or count_include_pad",
);

/// On what sums, products and averages are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Codes, as the file has them.
    Codes,
    /// Codes, uint8 for int8.
    Unsigned,
    /// What they stand for.
    Reals,
}

impl Seen {
    /// What the zero point of the result is larger by, inside of the rounding.
    pub fn shift(self, to: Codes) -> i64 {
        match self {
            Seen::Codes => 0,
            Seen::Unsigned => to.unsigned_shift(),
            Seen::Reals => -to.zero,
        }
    }

    /// The sum; of reals only where some fixed point gives its codes.
    pub fn sum(self, add: FloatAdd) -> FloatAdd {
        let reals = FloatAdd { of_reals: true, ..add };
        match self {
            Seen::Unsigned => add.unsigned(),
            Seen::Reals if reals.shares().is_some() => reals,
            _ => add,
        }
    }
}

/// A power of two, which float32 multiplies without rounding.
pub fn is_power(s: f32) -> bool {
    s.is_normal() && s.to_bits() & 0x7f_ffff == 0
}
