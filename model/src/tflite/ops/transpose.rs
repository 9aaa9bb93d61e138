//! TRANSPOSE.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use niello_net::layers::Permute;
use niello_net::{DType, Op};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("TRANSPOSE", 9, (2, 2), 26, transpose).built("the batch stays first")];

/// Dimensions that change places; the batch stays.
fn transpose(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, input, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let index = op.inputs().get(1).copied().unwrap_or(-1);
    let perm = file.value(index).filter(|p| p.dtype == DType::I32 && file.is_constant(index));
    let Some(perm) = perm else {
        file.unsupported(place, "TRANSPOSE", "its permutation is not constant", "a constant int32 permutation");
        return None;
    };
    let perm = file.constant(place, index, &perm)?;
    // A batch of one is no dimension of a value.
    let lead = file.tensors.get(input as usize).map_or(0, |t| t.shape().len()) - x.shape.len();
    let mut sorted = perm.clone();
    sorted.sort();
    let legal = sorted.iter().copied().eq(0..(x.shape.len() + lead) as i64);
    if !legal || perm.iter().take(lead).any(|p| *p != 0) {
        let why = format!("permutation {perm:?} of {} dimensions", x.shape.len() + lead);
        file.unsupported(place, "TRANSPOSE", &why, "a permutation that leaves the batch where it is");
        return None;
    }
    let steps: Vec<usize> = perm[lead..].iter().map(|p| *p as usize - lead).collect();
    if y.dtype != x.dtype || steps.iter().map(|s| x.shape[*s]).ne(y.shape.iter().copied()) {
        file.inconsistent(place, format!("{:?} becomes {:?} by {perm:?}", x.shape, y.shape));
        return None;
    }
    Some(Op::from(Permute::new(&x.shape, &steps)))
}
