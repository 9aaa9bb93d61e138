//! The dimensions that a reduction goes over.

use crate::onnx::binding::Binding;
use crate::onnx::layout::Layout;
use crate::onnx::parts::windows::windowed;
use crate::onnx::scope::{At, Scope};
use crate::window::reduction;
use niello_net::Window;

/// Axes of a node, an attribute or a constant operand, in order; the batch is number 0.
fn axes(scope: &Scope, at: &At, bound: &Binding) -> Vec<i64> {
    let given = at.ints("axes").map(<[i64]>::to_vec);
    let axes = given.or_else(|| scope.constants.get(at.input(1)).map(|c| c.ints.clone())).unwrap_or_default();
    let rank = bound.layout.shape.len() as i64 + 1;
    let mut axes: Vec<i64> = axes.iter().map(|a| if *a < 0 { a + rank } else { *a }).collect();
    axes.sort_unstable();
    axes
}

/// It goes over all rows and columns of an image: the batch is the first dimension in the file, the channels are the second.
pub fn is_of_image(scope: &Scope, at: &At, bound: &Binding) -> bool {
    let rank = bound.layout.shape.len() as i64 + 1;
    rank >= 3 && axes(scope, at, bound).into_iter().eq(2..rank)
}

/// The patches that become one element each, and what is left; a patch of one pixel where nothing is reduced. None: an error is noted.
pub fn reduced(scope: &mut Scope, at: &At, bound: &Binding) -> Option<(Window, Layout)> {
    let (axes, rank) = (axes(scope, at, bound), bound.layout.shape.len() as i64 + 1);
    let all = axes.is_empty() && at.int("noop_with_empty_axes", 0) == 0;
    if all || axes.first() == Some(&0) {
        scope.refuse(at, "it goes over all samples", "dimensions behind the batch");
        return None;
    }
    if axes.iter().any(|a| !(0..rank).contains(a)) || axes.windows(2).any(|a| a[0] == a[1]) {
        scope.inconsistent(at, format!("axes {axes:?} of {rank} dimensions"));
        return None;
    }
    let dims: Vec<usize> = axes.iter().map(|a| *a as usize - 1).collect();
    let Some((outer, run, inner, layout)) = bound.layout.reduced(&dims, at.int("keepdims", 1) != 0) else {
        let why = format!("it goes over dimensions {axes:?} of {rank}, between which others are stored");
        scope.refuse(at, &why, "neighbouring dimensions, of images those behind the channels");
        return None;
    };
    // Nothing moves where no dimension has more than one entry, however large the tensor is.
    let (outer, inner) = if run.is_empty() { (1, 1) } else { (outer, inner) };
    Some((windowed(scope, at, &reduction(outer, &run, inner))?, layout))
}
