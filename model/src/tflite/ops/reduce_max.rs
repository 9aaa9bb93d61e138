//! REDUCE_MAX along neighbouring dimensions. Rules: framework-rules.md 1.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::reduced::{runs, Runs};
use crate::tflite::parts::windows::windowed;
use crate::window::reduction;
use niello_net::layers::Pool;
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] =
    &[Builtin::of("REDUCE_MAX", 3, (2, 2), 27, reduce_max).built("along neighbouring dimensions")];

/// `y[o][i] = max over r of x[o][r][i]`, of codes.
fn reduce_max(file: &mut File, c: &Call) -> Option<Op> {
    let Runs { outer, run, inner } = runs(file, c, "maximum")?;
    let (from, to) = (file.codes(c.place, c.input, &c.x)?, file.codes(c.place, c.output, &c.y)?);
    if from != to {
        file.quantization(c.place, "input and output of a maximum have different scales or zero points".into());
        return None;
    }
    if run.iter().product::<usize>() == 1 {
        return Some(Op::Reshape);
    }
    let window = windowed(file, c.place, &reduction(outer, &run, inner))?;
    Some(Op::from(Pool { window, average: None, outside: c.x.dtype.range().0, float32: None }))
}
