//! MAXIMUM and MINIMUM.

use crate::tflite::builtin::{Builtin, Call, Takes};
use crate::tflite::file::File;
use crate::tflite::parts::pairs::{operands, spread_operands, Operands};
use niello_net::layers::{Extremum, Which};
use niello_net::Op;

const BUILT: &str =
    "two tensors of one shape, an image and a value for each channel, a tensor and a constant; of one scale";

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("MAXIMUM", 4, (2, 2), 39, extremum).takes(Takes::Pair).before(spread_operands).built(BUILT),
    Builtin::of("MINIMUM", 4, (2, 2), 39, extremum).takes(Takes::Pair).before(spread_operands).built(BUILT),
];

/// Of codes. The kernel looks at no scale: only where all are one, the larger code is that of the larger real.
fn extremum(file: &mut File, c: &Call) -> Option<Op> {
    let Operands { codes: [a, b, y], constant, channels } = operands(file, c)?;
    if a != y || b != y {
        let what = format!("operands and result of {} have different scales or zero points", c.kind);
        file.quantization(c.place, what);
        return None;
    }
    let which = if c.kind == "MAXIMUM" { Which::Largest } else { Which::Smallest };
    let constants = constant.map_or_else(Vec::new, |c| c.codes);
    Some(Op::from(Extremum { which, constants, channels }))
}
