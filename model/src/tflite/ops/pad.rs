//! PAD and PADV2: codes that stand around an image.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::windows::windowed;
use crate::window::{Described, Padding};
use niello_net::layers::Pad;
use niello_net::{DType, Op};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("PAD", 6, (2, 2), 22, pad).built("constant rows and columns around an image"),
    Builtin::of("PADV2", 6, (3, 3), 43, pad).built("constant rows and columns around an image"),
];

/// Rows and columns around an image, of the zero point or, PADV2, of a constant.
fn pad(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, kind, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let (cx, cy) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    if cx != cy {
        file.quantization(place, "input and output of a padding have different scales or zero points".into());
        return None;
    }
    let inputs = op.inputs();
    let index = inputs.get(1).copied().unwrap_or(-1);
    let counts = file.value(index)?;
    let counts = if counts.dtype == DType::I32 { file.constant(place, index, &counts)? } else { Vec::new() };
    let (&[height, width, channels], &[0, 0, top, bottom, left, right, 0, 0]) = (&x.shape[..], &counts[..]) else {
        let why = format!("{counts:?} around {:?}", x.shape);
        file.unsupported(place, kind, &why, "constant rows and columns around one image");
        return None;
    };
    let value = match inputs.get(2).copied() {
        Some(i) => {
            let v = file.value(i)?;
            if file.codes(place, i, &v)? != cy {
                let what = "the value of a padding has another type, scale or zero point than the result";
                file.quantization(place, what.into());
                return None;
            }
            match file.constant(place, i, &v)?[..] {
                [code] => code,
                _ => {
                    file.inconsistent(place, format!("a padding of {:?} values", v.shape));
                    return None;
                }
            }
        }
        None => cx.zero,
    };
    let (one, padding) = ([1, 1], Padding::Explicit([top, left, bottom, right]));
    let described = Described { image: [height, width, channels], kernel: one, stride: one, dilation: one, padding };
    let window = windowed(file, place, &described)?;
    let [rows, cols] = window.out().map(|n| n as usize);
    if y.shape != [rows, cols, channels] {
        file.inconsistent(place, format!("{:?} with {counts:?} around it is {:?}", x.shape, y.shape));
        return None;
    }
    Some(Op::from(Pad { window, value }))
}
