//! Operators of the schema: codes, names, and what stands near those that are not built.

use super::elementwise::Function;
use super::schema::{Model, Operator};
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

/// Operators that are functions of a code.
pub(super) fn function(code: i32) -> Option<Function> {
    match code {
        19 => Some(Function::Clamp(1)),
        20 => Some(Function::Clamp(2)),
        21 => Some(Function::Clamp(3)),
        98 => Some(Function::LeakyRelu),
        14 => Some(Function::Logistic),
        28 => Some(Function::Tanh),
        117 => Some(Function::HardSwish),
        _ => None,
    }
}

/// The operator's name in the schema, for messages.
pub(super) fn operator_name(code: i32, op: &Operator, model: &Model) -> String {
    let known = [
        (0, "ADD"),
        (1, "AVERAGE_POOL_2D"),
        (2, "CONCATENATION"),
        (3, "CONV_2D"),
        (4, "DEPTHWISE_CONV_2D"),
        (5, "DEPTH_TO_SPACE"),
        (6, "DEQUANTIZE"),
        (9, "FULLY_CONNECTED"),
        (14, "LOGISTIC"),
        (16, "LSTM"),
        (17, "MAX_POOL_2D"),
        (18, "MUL"),
        (19, "RELU"),
        (20, "RELU_N1_TO_1"),
        (21, "RELU6"),
        (22, "RESHAPE"),
        (25, "SOFTMAX"),
        (28, "TANH"),
        (34, "PAD"),
        (39, "TRANSPOSE"),
        (40, "MEAN"),
        (41, "SUB"),
        (43, "SQUEEZE"),
        (45, "STRIDED_SLICE"),
        (47, "EXP"),
        (60, "PADV2"),
        (70, "EXPAND_DIMS"),
        (77, "SHAPE"),
        (83, "PACK"),
        (97, "RESIZE_NEAREST_NEIGHBOR"),
        (98, "LEAKY_RELU"),
        (114, "QUANTIZE"),
        (117, "HARD_SWISH"),
    ];
    match known.iter().find(|k| k.0 == code) {
        Some((_, name)) => name.to_string(),
        None if code == 32 => {
            let codes = model.operator_codes();
            format!(
                "custom operator {}",
                codes.get(op.opcode_index() as usize).map(|c| clean(c.custom_code())).unwrap_or_default()
            )
        }
        None => format!("operator {code}"),
    }
}

pub(super) fn nearest(code: i32) -> &'static str {
    match code {
        16 => "a model without recurrence",
        _ => "convolutions, pooling, additions, products, concatenations, dense layers and functions of one code",
    }
}
