//! The dimensions that a reduction goes over.

use crate::tflite::builtin::Call;
use crate::tflite::file::File;
use niello_net::DType;

/// Axes and dimensions of the operand, both with the batch, which is no dimension of a sample; axes in order, each once.
pub fn axes(file: &mut File, c: &Call) -> Option<(Vec<i64>, Vec<i32>)> {
    let index = c.op.inputs().get(1).copied().unwrap_or(-1);
    let axes = file.value(index)?;
    if axes.dtype != DType::I32 {
        file.inconsistent(c.place, format!("axes of type {}", axes.dtype.name()));
        return None;
    }
    let mut axes = file.constant(c.place, index, &axes)?;
    let dims = file.tensors.get(c.input as usize).map(|t| t.shape()).unwrap_or_default();
    axes.iter_mut().filter(|a| **a < 0).for_each(|a| *a += dims.len() as i64);
    axes.sort();
    axes.dedup();
    Some((axes, dims))
}
