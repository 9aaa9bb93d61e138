//! QUANTIZE and DEQUANTIZE: at the model's ends, and between codes of two scales.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::shapes::same_elements;
use niello_net::host::FloatRounding;
use niello_net::layers::{requantize_table, Table};
use niello_net::{DType, Op};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("DEQUANTIZE", 9, (1, 1), 38, dequantize).built("at the end"),
    Builtin::of("QUANTIZE", 6, (1, 1), 89, quantize).built("at the beginning, and of 8-bit codes"),
];

fn quantize(file: &mut File, c: &Call) -> Option<Op> {
    same_elements(file, c)?;
    let to = if c.x.dtype == DType::F32 { Some(file.codes(c.place, c.output, &c.y)?) } else { None };
    if let Some(to) = to {
        return Some(Op::Quantize { scale: to.scale, zero: to.zero, rounding: FloatRounding::HalfAway });
    }
    let (from, to) = (file.codes(c.place, c.input, &c.x)?, file.codes(c.place, c.output, &c.y)?);
    match requantize_table(from, to) {
        Some(entries) if from.dtype.bits() == 8 => Some(Op::from(Table { lowest: from.dtype.range().0, entries })),
        _ => {
            file.unsupported(c.place, c.kind, "only 8-bit tensors are requantized", "int8 or uint8 tensors");
            None
        }
    }
}

fn dequantize(file: &mut File, c: &Call) -> Option<Op> {
    same_elements(file, c)?;
    let from = file.codes(c.place, c.input, &c.x)?;
    Some(Op::Dequantize { scales: vec![from.scale], zero: from.zero, bias: Vec::new() })
}
