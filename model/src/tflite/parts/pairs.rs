//! Two operands side by side: tensors of one shape, an image and a value for each channel, or a tensor and a constant.

use crate::spread::spread;
use crate::tflite::builtin::{Around, Call};
use crate::tflite::file::File;
use niello_net::layers::{Constant, Enlarge, Enlarging};
use niello_net::{Codes, Node, Op, Value};

/// What stands side by side.
pub struct Operands {
    /// Of both operands and the result: one type.
    pub codes: [Codes; 3],
    /// The operand that is no tensor of the graph.
    pub constant: Option<Constant>,
    /// Channels of a pixel.
    pub channels: u32,
}

/// The operands of a node, which fit each other. None: an error is noted.
pub fn operands(file: &mut File, c: &Call) -> Option<Operands> {
    let &Call { place, kind, inputs, output, .. } = c;
    let (inputs, y) = ([inputs[0], inputs[1]], &c.y);
    let [a, b] = [file.value(inputs[0])?, file.value(inputs[1])?];
    let fixed = (0..2).find(|k| file.is_constant(inputs[*k]));
    let fits = |x: &Value| x.shape == y.shape || spreads(&x.shape, &y.shape);
    let small = y.shape.iter().all(|d| *d <= 8192);
    if fixed.is_none() && (!fits(&a) || !fits(&b) || (a.shape != y.shape && b.shape != y.shape) || !small) {
        let why = format!("{:?} and {:?} become {:?}: a broadcast", a.shape, b.shape, y.shape);
        file.unsupported(place, kind, &why, "two tensors of one shape, or an image and a value for each channel");
        return None;
    }
    let (ca, cb, cy) =
        (file.codes(place, inputs[0], &a)?, file.codes(place, inputs[1], &b)?, file.codes(place, output, y)?);
    if ca.dtype != cy.dtype || cb.dtype != cy.dtype {
        file.inconsistent(place, format!("operands and result of {kind} have different types"));
        return None;
    }
    let (codes, channels) = ([ca, cb, cy], y.shape.last().map_or(1, |c| *c as u32));
    let Some(k) = fixed else { return Some(Operands { codes, constant: None, channels }) };
    let (constant, tensor) = if k == 0 { (&a, &b) } else { (&b, &a) };
    let values = file.constant(place, inputs[k], constant)?;
    let order: Vec<usize> = (0..y.elements()).collect();
    let pixel = y.shape.last().copied().unwrap_or(1);
    let whole = tensor.shape == y.shape || (spreads(&tensor.shape, &y.shape) && small);
    let found = whole.then(|| spread(&values, &constant.shape, &y.shape, &order, pixel)).flatten();
    let Some(found) = found else {
        let why = format!("{:?} and a constant of {:?} become {:?}", tensor.shape, constant.shape, y.shape);
        file.unsupported(place, kind, &why, "a constant that spreads to the tensor's shape");
        return None;
    };
    let constant = Some(Constant { codes: found, dtype: cy.dtype, first: k == 0 });
    Some(Operands { codes, constant, channels })
}

/// Operands that have one value for each channel, spread over the pixels of the result: the operand's number, and the
/// node that comes in front.
pub fn spread_operands(file: &mut File, a: &Around) -> Vec<(usize, Node)> {
    let &Around { inputs, values, output, nodes: before, .. } = a;
    let Some(y) = file.value(output) else { return Vec::new() };
    let mut found = Vec::new();
    let computed: Vec<i32> = inputs.iter().copied().filter(|t| !file.is_constant(*t)).collect();
    for (k, input) in computed.iter().enumerate().take(values.len()) {
        let Some(x) = file.value(*input).filter(|x| spreads(&x.shape, &y.shape)) else { continue };
        let name = format!("{}_spread{}", y.name, before + found.len());
        let output = Value { name: name.clone(), shape: y.shape.clone(), dtype: x.dtype };
        let op = Op::from(spreading(&x.shape, &y.shape));
        let (kind, inputs) = ("BROADCAST".into(), vec![values[k]]);
        found.push((k, Node { name, kind, op, inputs, output, float_in_framework: false }));
    }
    found
}

/// One value for each channel, beside an image of more pixels; or one for each row of channels.
fn spreads(one: &[usize], image: &[usize]) -> bool {
    matches!((one, image), ([1, 1, c], [h, w, channels]) if c == channels && h * w > 1) || spreads_rows(one, image)
}

fn spreads_rows(one: &[usize], image: &[usize]) -> bool {
    matches!((one, image), ([rows @ .., 1], [of @ .., channels]) if rows == of && *channels > 1)
}

/// What spreads values so: pixels become many, or values pixels of as many channels.
fn spreading(one: &[usize], image: &[usize]) -> Enlarge {
    let size = |dims: &[usize]| dims.iter().product::<usize>() as u32;
    if spreads_rows(one, image) {
        let channels = image.last().map_or(1, |c| *c as u32);
        return Enlarge { height: size(one), width: 1, channels: 1, by: Enlarging::Nearest([1, channels]) };
    }
    let by = Enlarging::Nearest([image[0] as u32, image[1] as u32]);
    Enlarge { height: 1, width: 1, channels: image[2] as u32, by }
}
