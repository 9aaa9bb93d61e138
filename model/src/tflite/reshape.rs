//! RESHAPE, SQUEEZE, EXPAND_DIMS, RESIZE_NEAREST_NEIGHBOR: operands and options say what shape comes out, and the output's tensor says
//! it again. LiteRT goes by the former.

use super::import::File;
use super::operators::*;
use super::schema::Operator;
use niello_net::DType;

impl File<'_> {
    /// The output's shape is what the operator makes. None: an error is noted.
    pub(super) fn says_its_shape(&mut self, place: &str, kind: &str, code: i32, op: &Operator) -> Option<()> {
        let dims = |t: Option<&i32>| self.tensors.get(*t? as usize).map(|t| t.shape());
        let (input, output) = (dims(op.inputs().first())?, dims(op.outputs().first())?);
        let operand = op.inputs().get(1).copied().filter(|t| *t != -1);
        // Computed for a batch of any size: the tensors say how it is for one.
        if code == RESHAPE && operand.is_some_and(|t| self.shapes.contains(&t)) {
            return Some(());
        }
        let operand = match operand {
            Some(t) => {
                let v = self.value(t)?;
                if !matches!(v.dtype, DType::I32 | DType::I64) {
                    self.inconsistent(place, format!("a shape of {}", v.dtype.name()));
                    return None;
                }
                Some(self.constant(place, t, &v)?)
            }
            None => None,
        };
        let input: Vec<i64> = input.into_iter().map(i64::from).collect();
        let made = match code {
            RESHAPE => {
                let options = || op.reshape().map(|o| o.new_shape().into_iter().map(i64::from).collect());
                let shape: Vec<i64> = operand.or_else(options).unwrap_or_default();
                reshaped(&input, &shape).ok_or_else(|| format!("{input:?} as {shape:?}"))
            }
            SQUEEZE => {
                let axes = op.squeeze().map(|o| o.squeeze_dims()).unwrap_or_default();
                squeezed(&input, &axes).ok_or_else(|| format!("{input:?} without dimensions {axes:?}"))
            }
            EXPAND_DIMS => {
                let axes = operand.unwrap_or_default();
                expanded(&input, &axes).ok_or_else(|| format!("{input:?} with dimensions {axes:?} more"))
            }
            _ => {
                let size = operand.unwrap_or_default();
                resized(&input, &size).ok_or_else(|| format!("{input:?} with rows and columns {size:?}"))
            }
        };
        let what = match made {
            Ok(shape) if shape.iter().copied().eq(output.iter().map(|d| i64::from(*d))) => return Some(()),
            Ok(shape) => format!("{kind} makes {shape:?}, its output has {output:?}"),
            Err(what) => format!("{kind} of {what}"),
        };
        self.inconsistent(place, what);
        None
    }
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

/// Other rows and columns of an image.
fn resized(input: &[i64], size: &[i64]) -> Option<Vec<i64>> {
    match (input, size) {
        (&[batch, _, _, channels], &[rows, cols]) => Some(vec![batch, rows, cols, channels]),
        _ => None,
    }
}
