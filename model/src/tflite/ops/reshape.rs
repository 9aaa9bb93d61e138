//! RESHAPE, SQUEEZE, EXPAND_DIMS: other names for the same elements.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::shapes::{same_elements, says_its_shape};
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("RESHAPE", 1, (1, 2), 17, reshape).built("also of a batch of any size"),
    Builtin::of("SQUEEZE", 2, (1, 1), 30, squeeze),
    Builtin::of("EXPAND_DIMS", 1, (2, 2), 52, expand_dims),
];

/// Of a batch of any size a shape is computed: the tensors say how it is for one.
fn reshape(file: &mut File, c: &Call) -> Option<Op> {
    let operand = c.op.inputs().get(1).copied();
    if !operand.is_some_and(|t| file.shapes.contains(&t)) {
        says_its_shape(file, c, |op, input, operand| {
            let options = || op.reshape().map(|o| o.new_shape().into_iter().map(i64::from).collect());
            let shape: Vec<i64> = operand.or_else(options).unwrap_or_default();
            reshaped(input, &shape).ok_or_else(|| format!("{input:?} as {shape:?}"))
        })?;
    }
    renamed(file, c)
}

fn squeeze(file: &mut File, c: &Call) -> Option<Op> {
    says_its_shape(file, c, |op, input, _| {
        let axes = op.squeeze().map(|o| o.squeeze_dims()).unwrap_or_default();
        squeezed(input, &axes).ok_or_else(|| format!("{input:?} without dimensions {axes:?}"))
    })?;
    renamed(file, c)
}

fn expand_dims(file: &mut File, c: &Call) -> Option<Op> {
    says_its_shape(file, c, |_, input, operand| {
        let axes = operand.unwrap_or_default();
        expanded(input, &axes).ok_or_else(|| format!("{input:?} with dimensions {axes:?} more"))
    })?;
    renamed(file, c)
}

/// The same elements of the same type.
fn renamed(file: &mut File, c: &Call) -> Option<Op> {
    same_elements(file, c)?;
    if c.x.dtype != c.y.dtype {
        file.inconsistent(c.place, format!("{} becomes {}", c.x.dtype.name(), c.y.dtype.name()));
        return None;
    }
    Some(Op::Reshape)
}

/// One dimension may be left open, as -1.
fn reshaped(input: &[i64], shape: &[i64]) -> Option<Vec<i64>> {
    let total = product(input)?;
    let open = shape.iter().filter(|d| **d == -1).count();
    let known = product(shape.iter().filter(|d| **d != -1))?;
    if open > 1 || known < 1 || shape.iter().any(|d| *d < -1) || total % known != 0 || (open == 0 && total != known) {
        return None;
    }
    Some(shape.iter().map(|d| if *d == -1 { total / known } else { *d }).collect())
}

fn product<'a>(dims: impl IntoIterator<Item = &'a i64>) -> Option<i64> {
    dims.into_iter().try_fold(1i64, |n, d| n.checked_mul(*d))
}

/// Without the named dimensions, which have one entry; without names, without all of those.
fn squeezed(input: &[i64], axes: &[i32]) -> Option<Vec<i64>> {
    let rank = input.len() as i64;
    let named: Vec<i64> = axes.iter().map(|a| i64::from(*a)).map(|a| if a < 0 { a + rank } else { a }).collect();
    let goes = |i: usize| if named.is_empty() { input[i] == 1 } else { named.contains(&(i as i64)) };
    if named.iter().any(|a| input.get(*a as usize) != Some(&1)) {
        return None;
    }
    Some((0..input.len()).filter(|i| !goes(*i)).map(|i| input[i]).collect())
}

/// A dimension of one more.
fn expanded(input: &[i64], axes: &[i64]) -> Option<Vec<i64>> {
    let &[axis] = axes else { return None };
    let rank = input.len() as i64;
    let at = usize::try_from(if axis < 0 { axis + rank + 1 } else { axis }).ok().filter(|a| *a <= input.len())?;
    let mut made = input.to_vec();
    made.insert(at, 1);
    Some(made)
}
