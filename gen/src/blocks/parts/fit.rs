//! Saturation by a look at the upper bits: no carry runs through the lower ones.

use crate::hdl::{Mod, SInt, UInt};

/// `v` clamped to what `bits` hold, two's complement if `signed`. `name` is the sign's, as every bit below has it where `v` lies beyond.
pub fn fit<'m>(m: &'m Mod<'_>, name: &str, v: SInt<'m>, bits: u32, signed: bool) -> UInt<'m> {
    let own = bits + u32::from(!signed);
    let wide = v.at_width(v.width().max(own)).as_unsigned();
    let negative = wide.bit(wide.width() - 1);
    let most = (!negative).named(format!("{name}_most"));
    let inside = wide.trunc(bits);
    if wide.width() == own && signed {
        return inside;
    }
    let upper = wide.slice(bits - u32::from(signed), wide.width() - bits + u32::from(signed));
    let ends = match signed {
        // The sign, and its opposite in each bit below.
        true if bits == 1 => negative.to_uint(),
        true => m.concat(&[negative.to_uint(), most.repeat(bits - 1)]),
        false => most.repeat(bits),
    };
    let beyond = if signed { upper.any() & !upper.all() } else { upper.any() };
    beyond.pick(ends, inside)
}
