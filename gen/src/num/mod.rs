//! Numbers: bit vectors, widths, rounding and the frameworks' own integer primitives.
//!
//! This is the only room that golden models and generators share. Everything here is total, has no
//! state and is tested against known answers or a second formula.

mod bits;
pub mod float32;
pub mod gemmlowp;
pub mod minifloat;
mod prng;
pub mod requant;
mod rounding;
mod width;

pub use bits::Bits;
pub use prng::Prng;
pub use requant::{Requant, Scale};
pub use rounding::{nearest_in_24_bits, round_shift, Overflow, RealRounding, Rounding};
pub use width::{bits_for_count, bits_for_range, bits_for_unsigned, range_of, Range};
