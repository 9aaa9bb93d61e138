//! REDUCE_MAX along neighbouring dimensions. Rules: framework-rules.md 1.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::reduced::axes;
use crate::tflite::parts::windows::windowed;
use crate::window::reduction;
use niello_net::layers::Pool;
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] =
    &[Builtin::of("REDUCE_MAX", 3, (2, 2), 27, reduce_max).built("along neighbouring dimensions")];

/// `y[o][i] = max over r of x[o][r][i]`, of codes.
fn reduce_max(file: &mut File, c: &Call) -> Option<Op> {
    let (axes, dims) = axes(file, c)?;
    let rank = dims.len() as i64;
    let (Some(&first), Some(&last)) = (axes.first(), axes.last()) else {
        file.unsupported(c.place, c.kind, "the maximum along no dimension", "nothing instead");
        return None;
    };
    if first < 0 || last >= rank {
        file.inconsistent(c.place, format!("axes {axes:?} of {rank} dimensions"));
        return None;
    }
    // The batch, dimension 0, is none of a sample's.
    if first == 0 || last - first + 1 != axes.len() as i64 || c.x.shape.len() + 1 != dims.len() {
        let why = format!("the maximum along axes {axes:?} of {dims:?}");
        file.unsupported(c.place, c.kind, &why, "neighbouring dimensions behind the batch");
        return None;
    }
    let (from, to) = (file.codes(c.place, c.input, &c.x)?, file.codes(c.place, c.output, &c.y)?);
    if from != to {
        file.quantization(c.place, "input and output of a maximum have different scales or zero points".into());
        return None;
    }
    let (before, rest) = c.x.shape.split_at(first as usize - 1);
    let (run, behind) = rest.split_at(axes.len());
    let (outer, inner): (usize, usize) = (before.iter().product(), behind.iter().product());
    if c.y.elements() != outer * inner {
        file.inconsistent(c.place, format!("the maximum of {:?} along {axes:?} is {:?}", c.x.shape, c.y.shape));
        return None;
    }
    if run.iter().product::<usize>() == 1 {
        return Some(Op::Reshape);
    }
    let window = windowed(file, c.place, &reduction(outer, run, inner))?;
    Some(Op::from(Pool { window, average: None, outside: c.x.dtype.range().0, float32: None }))
}
