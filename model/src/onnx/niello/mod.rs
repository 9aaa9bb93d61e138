//! Operators of the domain `niello`: integers to integers, requantized by dyadic numbers. What they mean is written in docs/onnx-domain.md.

mod add;
mod attention;
mod bit_linear;
mod cached_attention;
mod dyadic;
mod gated_recurrence;
mod layer_norm;
mod matmul;
mod reduce_mean;
mod rotary;
mod shift_gelu;
mod shiftmax;
mod table;
#[cfg(test)]
mod tests;

use super::operator::{since, Domain, Operator};

const fn own(operator: Operator) -> Operator {
    Operator { domain: Domain::Niello, ..operator }
}

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    own(Operator::onnx("Add", &[since(1, (2, 2), "multiplier:I! shift:I! bits:i")], add::add)),
    own(Operator::onnx(
        "Attention",
        &[since(1, (3, 3), "scale:f! out_scale:f mask:s window:i sinks:i precision:i bits:i")],
        attention::attention,
    )),
    own(Operator::onnx("BitLinear", &[since(1, (2, 2), "multiplier:I! shift:I! bits:i")], bit_linear::bit_linear)),
    own(Operator::onnx(
        "CachedAttention",
        &[since(1, (3, 3), "scale:f! out_scale:f precision:i bits:i tokens:i! sinks:i group:i cache_bits:i")],
        cached_attention::cached_attention,
    )),
    own(Operator::onnx("GatedRecurrence", &[since(1, (2, 2), "up:i")], gated_recurrence::gated_recurrence)),
    own(Operator::onnx(
        "LayerNorm",
        &[since(1, (1, 2), "mean:s root:s start:i iterations:i drop:i numerator:s multiplier:I! shift:I! bits:i")],
        layer_norm::layer_norm,
    )),
    own(Operator::onnx("MatMul", &[since(1, (2, 3), "multiplier:I! shift:I! bits:i")], matmul::matmul)
        .built("constants of int8 with a bias, or two computed tensors")),
    own(Operator::onnx("Mul", &[since(1, (2, 2), "multiplier:I! shift:I! bits:i")], add::mul)),
    own(Operator::onnx(
        "ReduceMean",
        &[since(1, (1, 1), "axes:I! keepdims:i multiplier:I! shift:I! bits:i")],
        reduce_mean::reduce_mean,
    )),
    own(Operator::onnx("Rotary", &[since(1, (3, 3), "fraction:i")], rotary::rotary)),
    own(Operator::onnx(
        "ShiftGelu",
        &[since(
            1,
            (1, 1),
            "inverse_scale:i! octaves:i half:s numerator:s sigmoid_bits:i multiplier:I! shift:I! bits:i",
        )],
        shift_gelu::shift_gelu,
    )),
    own(Operator::onnx(
        "Shiftmax",
        &[since(1, (1, 1), "inverse_scale:i! octaves:i half:s numerator:s bits:i")],
        shiftmax::shiftmax,
    )),
    own(Operator::onnx("Table", &[since(1, (2, 2), "")], table::table)),
];
