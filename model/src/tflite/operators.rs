//! Operators of a file, for messages: where they stand, their names, and what stands near those that are not built.

use super::names;
use super::schema::{Operator, OperatorCode, Tensor};
use crate::error::clean;

const CUSTOM: i32 = 32;

/// Where an operator stands, for messages.
pub fn place(i: usize, op: &Operator, tensors: &[Tensor]) -> String {
    let out = op.outputs().first().and_then(|o| usize::try_from(*o).ok()).and_then(|o| tensors.get(o).copied());
    format!("operator {i} ({})", out.map(|t| clean(t.name())).unwrap_or_default())
}

/// The code of an operator: a field of one byte in old files.
pub fn code_of(row: &OperatorCode) -> i32 {
    row.code().max(row.deprecated_code().into())
}

/// The operator's name, for messages.
pub fn operator_name(row: &OperatorCode) -> String {
    let code = code_of(row);
    match names::operator(code) {
        Some(_) if code == CUSTOM && row.custom_code().is_empty() => "a custom operator without a name".into(),
        Some(_) if code == CUSTOM => format!("custom operator {}", clean(row.custom_code())),
        Some(name) => name.into(),
        None => format!("an operator of a newer schema (code {code})"),
    }
}

/// What a model can have instead of an operator.
pub fn nearest(kind: &str) -> &'static str {
    match kind {
        name if ["LSTM", "RNN", "SVDF"].iter().any(|r| name.contains(r)) => "a model without recurrence",
        "IF" | "WHILE" | "CALL_ONCE" => "one graph without control flow",
        _ => "convolutions, pooling, additions, products, concatenations, dense layers and functions of one code",
    }
}
