//! Operators whose operands and options say what shape comes out; the output's tensor says it again. LiteRT goes by the former.

use crate::tflite::builtin::Call;
use crate::tflite::file::File;
use crate::tflite::schema::Operator;
use niello_net::DType;

/// A shape of an operand's shape, of a constant operand, of options. None of what, otherwise.
pub type Made = fn(&Operator, &[i64], Option<Vec<i64>>) -> Result<Vec<i64>, String>;

/// The output's shape is what the operator makes. None: an error is noted.
pub fn says_its_shape(file: &mut File, c: &Call, made: Made) -> Option<()> {
    let &Call { place, kind, op, .. } = c;
    let dims = |t: Option<&i32>| file.tensors.get(*t? as usize).map(|t| t.shape());
    let (input, output) = (dims(op.inputs().first())?, dims(op.outputs().first())?);
    let operand = op.inputs().get(1).copied().filter(|t| *t != -1);
    let operand = match operand {
        Some(t) => {
            let v = file.value(t)?;
            if !matches!(v.dtype, DType::I32 | DType::I64) {
                file.inconsistent(place, format!("a shape of {}", v.dtype.name()));
                return None;
            }
            Some(file.constant(place, t, &v)?)
        }
        None => None,
    };
    let input: Vec<i64> = input.into_iter().map(i64::from).collect();
    let what = match made(op, &input, operand) {
        Ok(shape) if shape.iter().copied().eq(output.iter().map(|d| i64::from(*d))) => return Some(()),
        Ok(shape) => format!("{kind} makes {shape:?}, its output has {output:?}"),
        Err(what) => format!("{kind} of {what}"),
    };
    file.inconsistent(place, what);
    None
}

/// As many elements come out as go in.
pub fn same_elements(file: &mut File, c: &Call) -> Option<()> {
    if c.x.elements() != c.y.elements() {
        file.inconsistent(c.place, format!("{} elements become {}", c.x.elements(), c.y.elements()));
        return None;
    }
    Some(())
}
