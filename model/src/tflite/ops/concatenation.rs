//! CONCATENATION along the channels. Rules: framework-rules.md 1.

use crate::tflite::builtin::{Around, Builtin, Call, Takes, ANY};
use crate::tflite::file::File;
use niello_net::layers::{Concat, Table};
use niello_net::{DType, Node, Op, Value};

/// Most operands of a concatenation.
const MOST_OPERANDS: usize = 16;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("CONCATENATION", 7, (1, ANY), 10, concatenation)
    .takes(Takes::All)
    .before(rescaled)
    .built("2 to 16 tensors along the channels")];

/// Along the last dimension; the codes are copied.
fn concatenation(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, inputs, output, .. } = c;
    let y = &c.y;
    let Some(o) = op.concatenation() else {
        file.inconsistent(place, "CONCATENATION without its options".into());
        return None;
    };
    let rank = file.tensors.get(output as usize).map_or(0, |t| t.shape().len()) as i32;
    let kind = "CONCATENATION";
    if !(-rank..rank).contains(&o.axis()) {
        file.inconsistent(place, format!("axis {} of {rank} dimensions", o.axis()));
        return None;
    }
    if o.activation() != 0 || o.axis().rem_euclid(rank.max(1)) != rank - 1 || inputs.len() > MOST_OPERANDS {
        let why = format!("axis {} of {rank}, {} operands, activation {}", o.axis(), inputs.len(), o.activation());
        file.unsupported(place, kind, &why, "up to 16 operands along the channels, without activation");
        return None;
    }
    let cy = file.codes(place, output, y)?;
    let mut channels = Vec::new();
    for i in inputs {
        let x = file.value(*i)?;
        // The kernel rescales uint8: those come through their tables.
        if file.codes(place, *i, &x)? != cy && y.dtype != DType::U8 {
            let what = "operands of a concatenation have other scales or zero points than the result";
            file.quantization(place, what.into());
            return None;
        }
        let split = |v: &Value| v.shape.split_last().map(|(c, pixels)| (*c, pixels.to_vec()));
        let (Some((own, pixels)), Some((_, all))) = (split(&x), split(y)) else { return None };
        if pixels != all {
            file.inconsistent(place, format!("{:?} becomes part of {:?}", x.shape, y.shape));
            return None;
        }
        channels.push(own as u32);
    }
    if channels.iter().sum::<u32>() as usize != *y.shape.last().unwrap_or(&0) || channels.len() < 2 {
        file.inconsistent(place, format!("operands of {channels:?} channels give {:?}", y.shape));
        return None;
    }
    Some(Op::from(Concat { channels }))
}

/// uint8 operands of a CONCATENATION with other scales than the result: the operand's number, and the node that comes in front.
/// In float32, with `c = s_in (1 / s_out)`, `b = -z_in c`: `y = clamp(round_half_away(x c + b) + z_out)`.
fn rescaled(file: &mut File, a: &Around) -> Vec<(usize, Node)> {
    let &Around { place, inputs, values, output, nodes: before, .. } = a;
    let mut found = Vec::new();
    let Some(y) = file.value(output).filter(|y| y.dtype == DType::U8) else { return found };
    let Some(to) = file.codes(place, output, &y) else { return found };
    for (k, input) in inputs.iter().enumerate() {
        let Some(x) = file.value(*input).filter(|x| x.dtype == DType::U8) else { continue };
        let Some(from) = file.codes(place, *input, &x).filter(|c| *c != to) else { continue };
        let scale = from.scale * (1.0 / to.scale);
        let bias = -from.zero as f32 * scale;
        if [0.0, 255.0].iter().any(|q| (q * scale + bias).abs() >= 2f32.powi(31)) {
            file.quantization(place, format!("an operand leaves 32 bits in codes of scale {}", to.scale));
            return found;
        }
        let code = |q: i64| (((q as f32 * scale + bias).round() as i64).saturating_add(to.zero)).clamp(0, 255);
        let name = format!("{}_rescaled{}", y.name, before + found.len());
        let output = Value { name: name.clone(), ..x };
        let (op, kind, inputs) = (
            Op::from(Table { lowest: 0, entries: (0..256).map(code).collect() }),
            "CONCATENATION".into(),
            vec![values[k]],
        );
        found.push((k, Node { name, kind, op, inputs, output, float_in_framework: false }));
    }
    found
}
