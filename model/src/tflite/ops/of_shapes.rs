//! SHAPE, STRIDED_SLICE, PACK of shapes: how a batch of any size is reshaped. The file's tensors say besides what comes of it.

use crate::tflite::builtin::{Builtin, Call, Takes, ANY};
use crate::tflite::file::File;
use crate::tflite::operators::nearest;
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("SHAPE", 1, (1, 1), 55, of_values).takes(Takes::Shapes).built("of a batch of any size"),
    Builtin::of("STRIDED_SLICE", 8, (4, 4), 32, of_values).takes(Takes::Shapes).built("of shapes"),
    Builtin::of("PACK", 5, (1, ANY), 59, of_values).takes(Takes::Shapes).built("of shapes"),
];

/// On anything else than shapes.
fn of_values(file: &mut File, c: &Call) -> Option<Op> {
    let why = "this version does not build it";
    file.unsupported(c.place, c.kind, why, nearest(c.kind));
    None
}
