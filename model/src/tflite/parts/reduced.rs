//! The dimensions that a reduction goes over.

use crate::tflite::builtin::Call;
use crate::tflite::file::File;
use niello_net::DType;

/// A sample as `[outer][run][inner]`, of which the run's dimensions go.
pub struct Runs {
    /// Elements outside of them.
    pub outer: usize,
    /// Their own dimensions.
    pub run: Vec<usize>,
    /// Elements inside of them.
    pub inner: usize,
}

/// What is reduced: neighbouring dimensions behind the batch. `what` it is, for messages. None: an error is noted.
pub fn runs(file: &mut File, c: &Call, what: &str) -> Option<Runs> {
    let (axes, dims) = axes(file, c)?;
    let rank = dims.len() as i64;
    let (Some(&first), Some(&last)) = (axes.first(), axes.last()) else {
        file.unsupported(c.place, c.kind, &format!("the {what} along no dimension"), "nothing instead");
        return None;
    };
    if first < 0 || last >= rank {
        file.inconsistent(c.place, format!("axes {axes:?} of {rank} dimensions"));
        return None;
    }
    // The batch, dimension 0, is none of a sample's.
    if first == 0 || last - first + 1 != axes.len() as i64 || c.x.shape.len() + 1 != dims.len() {
        let why = format!("the {what} along axes {axes:?} of {dims:?}");
        file.unsupported(c.place, c.kind, &why, "neighbouring dimensions behind the batch");
        return None;
    }
    let (before, rest) = c.x.shape.split_at(first as usize - 1);
    let (run, behind) = rest.split_at(axes.len());
    let (outer, inner): (usize, usize) = (before.iter().product(), behind.iter().product());
    if c.y.elements() != outer * inner {
        file.inconsistent(c.place, format!("the {what} of {:?} along {axes:?} is {:?}", c.x.shape, c.y.shape));
        return None;
    }
    Some(Runs { outer, run: run.to_vec(), inner })
}

/// Axes and dimensions of the operand, both with the batch, which is no dimension of a sample; axes in order, each once.
fn axes(file: &mut File, c: &Call) -> Option<(Vec<i64>, Vec<i32>)> {
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
