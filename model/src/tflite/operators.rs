//! Operators of the schema: codes, names, and what stands near those that are not built.

use super::names;
use super::schema::{Operator, OperatorCode, Tensor};
use crate::error::clean;

pub(super) const ADD: i32 = 0;
pub(super) const SUB: i32 = 41;
pub(super) const MUL: i32 = 18;
pub(super) const CONCATENATION: i32 = 2;
pub(super) const PAD: i32 = 34;
pub(super) const DEPTH_TO_SPACE: i32 = 5;
pub(super) const RESIZE_NEAREST_NEIGHBOR: i32 = 97;
pub(super) const PADV2: i32 = 60;
pub(super) const SQUEEZE: i32 = 43;
pub(super) const EXPAND_DIMS: i32 = 70;
pub(super) const MEAN: i32 = 40;
pub(super) const AVERAGE_POOL_2D: i32 = 1;
pub(super) const CONV_2D: i32 = 3;
pub(super) const DEPTHWISE_CONV_2D: i32 = 4;
pub(super) const FULLY_CONNECTED: i32 = 9;
pub(super) const MAX_POOL_2D: i32 = 17;
pub(super) const SOFTMAX: i32 = 25;
pub(super) const RESHAPE: i32 = 22;
pub(super) const SHAPE: i32 = 77;
pub(super) const STRIDED_SLICE: i32 = 45;
pub(super) const PACK: i32 = 83;
pub(super) const DEQUANTIZE: i32 = 6;
pub(super) const TRANSPOSE: i32 = 39;
pub(super) const QUANTIZE: i32 = 114;
pub(super) const RELU: i32 = 19;
pub(super) const RELU_N1_TO_1: i32 = 20;
pub(super) const RELU6: i32 = 21;
pub(super) const LEAKY_RELU: i32 = 98;
pub(super) const LOGISTIC: i32 = 14;
pub(super) const TANH: i32 = 28;
pub(super) const HARD_SWISH: i32 = 117;
const CUSTOM: i32 = 32;

/// Functions of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// Clamped as this fused activation does.
    Clamp(i8),
    LeakyRelu,
    Logistic,
    Tanh,
    HardSwish,
}

/// Where an operator stands, for messages.
pub(super) fn place(i: usize, op: &Operator, tensors: &[Tensor]) -> String {
    let out = op.outputs().first().and_then(|o| usize::try_from(*o).ok()).and_then(|o| tensors.get(o).copied());
    format!("operator {i} ({})", out.map(|t| clean(t.name())).unwrap_or_default())
}

/// Operators that are functions of a code.
pub(super) fn function(code: i32) -> Option<Function> {
    match code {
        RELU => Some(Function::Clamp(1)),
        RELU_N1_TO_1 => Some(Function::Clamp(2)),
        RELU6 => Some(Function::Clamp(3)),
        LEAKY_RELU => Some(Function::LeakyRelu),
        LOGISTIC => Some(Function::Logistic),
        TANH => Some(Function::Tanh),
        HARD_SWISH => Some(Function::HardSwish),
        _ => None,
    }
}

/// The code of an operator: a field of one byte in old files.
pub(super) fn code_of(row: &OperatorCode) -> i32 {
    row.code().max(row.deprecated_code().into())
}

/// The operator's name, for messages.
pub(super) fn operator_name(row: &OperatorCode) -> String {
    let code = code_of(row);
    match names::operator(code) {
        Some(_) if code == CUSTOM && row.custom_code().is_empty() => "a custom operator without a name".into(),
        Some(_) if code == CUSTOM => format!("custom operator {}", clean(row.custom_code())),
        Some(name) => name.into(),
        None => format!("an operator of a newer schema (code {code})"),
    }
}

pub(super) fn nearest(code: i32) -> &'static str {
    match names::operator(code).unwrap_or_default() {
        name if ["LSTM", "RNN", "SVDF"].iter().any(|r| name.contains(r)) => "a model without recurrence",
        "IF" | "WHILE" | "CALL_ONCE" => "one graph without control flow",
        _ => "convolutions, pooling, additions, products, concatenations, dense layers and functions of one code",
    }
}
