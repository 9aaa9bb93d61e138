//! Every operator that is built. A new one is a file in `ops/` and a line here.

use super::operator::Operator;
use super::{niello, ops, qdq, qonnx};
use crate::supported::Supported;

/// Of ai.onnx, com.microsoft, QONNX and niello.
const FILES: &[&[Operator]] = &[
    ops::add::OPERATORS,
    ops::average_pool::OPERATORS,
    ops::batch_normalization::OPERATORS,
    ops::clamps::OPERATORS,
    ops::concat::OPERATORS,
    ops::constant::OPERATORS,
    ops::conv::OPERATORS,
    ops::depth_to_space::OPERATORS,
    ops::difference::OPERATORS,
    ops::extremum::OPERATORS,
    ops::functions::OPERATORS,
    ops::gemm::OPERATORS,
    ops::global_average_pool::OPERATORS,
    ops::matmul::OPERATORS,
    ops::max_pool::OPERATORS,
    ops::mul::OPERATORS,
    ops::normalization::OPERATORS,
    ops::pad::OPERATORS,
    ops::reduce_max::OPERATORS,
    ops::reduce_mean::OPERATORS,
    ops::reshape::OPERATORS,
    ops::resize::OPERATORS,
    ops::softmax::OPERATORS,
    ops::transpose::OPERATORS,
    qdq::OPERATORS,
    qonnx::OPERATORS,
    niello::OPERATORS,
];

/// One after the other.
pub fn operators() -> impl Iterator<Item = &'static Operator> {
    FILES.iter().flat_map(|file| file.iter())
}

/// An operator of ONNX files and what of it is built.
pub fn supported() -> Vec<Supported> {
    let row = |o: &Operator| Supported { format: o.domain.format(), name: o.name, built: o.built };
    // One that two domains have stands there once.
    let mut rows: Vec<Supported> = operators().map(row).collect();
    rows.sort();
    rows.dedup_by_key(|r| (r.format, r.name));
    rows
}
