//! Every operator that is built. A new one is a file in `ops/` and a line here.

use super::builtin::Builtin;
use super::{names, ops};
use crate::supported::Supported;

const FILES: &[&[Builtin]] = &[
    ops::batch_matmul::OPERATORS,
    ops::concatenation::OPERATORS,
    ops::conv_2d::OPERATORS,
    ops::depthwise_conv_2d::OPERATORS,
    ops::enlarge::OPERATORS,
    ops::extremum::OPERATORS,
    ops::fully_connected::OPERATORS,
    ops::functions::OPERATORS,
    ops::mean::OPERATORS,
    ops::of_shapes::OPERATORS,
    ops::pad::OPERATORS,
    ops::pair::OPERATORS,
    ops::pool_2d::OPERATORS,
    ops::quantize::OPERATORS,
    ops::reduce_max::OPERATORS,
    ops::reshape::OPERATORS,
    ops::softmax::OPERATORS,
    ops::transpose::OPERATORS,
];

/// The operator of a code. None: it is not built.
pub fn builtin(code: i32) -> Option<&'static Builtin> {
    let name = names::operator(code)?;
    FILES.iter().flat_map(|file| file.iter()).find(|b| b.name == name)
}

/// Operators of TFLite files and what of each is built.
pub fn supported() -> Vec<Supported> {
    let row = |b: &Builtin| Supported { format: "TFLite", name: b.name, built: b.built };
    let mut rows: Vec<Supported> = FILES.iter().flat_map(|file| file.iter()).map(row).collect();
    rows.sort();
    rows
}
