//! When rows of a product are there.

use super::MatMul;
use crate::layers::parts::stored_arrivals;
use crate::plan::{Arrivals, Arrived};

/// A row of one operand waits until its head's other operand is stored.
pub fn of(l: &MatMul, a: &Arrivals) -> Arrived {
    let ([outer, inner], heads) = (l.sides().map(u64::from), u64::from(l.heads));
    let (rows, outer) = (l.all_rows(), outer * heads);
    let streams = a.ends(0, rows, rows * u64::from(l.depth));
    let stored = a.ends(1, outer, outer * inner);
    // Frames of the buffer in an image.
    let frames = u64::from(l.heads / l.held());
    stored_arrivals(a, &streams, &[stored], frames, [rows, outer])
}
