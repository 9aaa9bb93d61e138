//! SOFTMAX and LOG_SOFTMAX over the last dimension. Rules: framework-rules.md 1; tensorflow/lite `reference/log_softmax.h`.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use niello_net::layers::Softmax;
use niello_net::{DType, Op};

/// Classes whose sum of exponentials fits into 32 bits, whatever they are.
const MOST_CLASSES: usize = 4095;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("SOFTMAX", 4, (1, 1), 9, softmax)
        .built("int8 and uint8: by the host, by the hardware up to 511 classes, or left out"),
    Builtin::of("LOG_SOFTMAX", 2, (1, 1), 36, log_softmax).built("int8 and uint8: by the host, or left out"),
];

/// int8 to int8 with scale 1/256 and zero point -128, uint8 to uint8 with zero point 0.
fn softmax(file: &mut File, c: &Call) -> Option<Op> {
    let beta = c.op.softmax().map_or(1.0, |o| o.beta());
    rows(file, c, beta, |s| s)
}

/// int8 to int8 with scale 16/256 and zero point 127, uint8 to uint8 with zero point 255.
fn log_softmax(file: &mut File, c: &Call) -> Option<Op> {
    rows(file, c, 1.0, Softmax::of_logarithms)
}

/// Of rows of one type and of the scale that the kernel demands.
fn rows(file: &mut File, c: &Call, beta: f32, form: impl Fn(Softmax) -> Softmax) -> Option<Op> {
    let &Call { place, kind: name, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let (cx, cy) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    if x.dtype != y.dtype || !matches!(x.dtype, DType::I8 | DType::U8) {
        let why = format!("{} becomes {}", x.dtype.name(), y.dtype.name());
        file.unsupported(place, name, &why, "int8 to int8 or uint8 to uint8");
        return None;
    }
    if x.shape != y.shape {
        file.inconsistent(place, format!("the softmax of {:?} is {:?}", x.shape, y.shape));
        return None;
    }
    let classes = *x.shape.last().unwrap_or(&1);
    if classes > MOST_CLASSES {
        let why = format!("{classes} classes: of a flat row the sum of TFLite's kernel leaves 32 bits");
        file.unsupported(place, name, &why, "at most 4,095 classes, or --logits, which leaves it out");
        return None;
    }
    let Some(s) = Softmax::new(classes as u32, beta, cx.scale) else {
        let what = format!("beta {beta} and scale {} are beyond the fixed point of the kernel", cx.scale);
        file.quantization(place, what);
        return None;
    };
    let s = form(if x.dtype == DType::U8 { s.of_unsigned() } else { s });
    if cy.zero != s.zero() || f64::from(cy.scale) != s.out_scale() {
        let what = format!("{name}'s result has scale {} and zero point {}", cy.scale, cy.zero);
        file.quantization(place, format!("{what}, LiteRT demands 1/{} and {}", 1.0 / s.out_scale(), s.zero()));
        return None;
    }
    Some(Op::from(s))
}
