//! Products of a number with one that is wider than a multiplier takes.

use crate::hdl::{Bool, Mod, SInt, UInt};

/// Bits of the wide factor that the first multiplier takes.
pub const LOW: u32 = 17;

/// `y factor`, one cycle later: a register behind each part's multiplier, and the sum of both.
pub fn wide<'m>(m: &'m Mod<'_>, k: u32, run: Bool<'m>, y: SInt<'m>, factor: UInt<'m>) -> SInt<'m> {
    let low = m.delay(&format!("low{k}"), run, y * factor.trunc(LOW.min(factor.width())).to_signed());
    if factor.width() <= LOW {
        return low;
    }
    let high = factor.slice(LOW, factor.width() - LOW).to_signed();
    let high = m.delay(&format!("high{k}"), run, y * high);
    let upper = (high + (low >> LOW)).called(format!("upper{k}"));
    m.concat(&[upper.as_unsigned(), low.as_unsigned().trunc(LOW)]).as_signed()
}
