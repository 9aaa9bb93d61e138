//! BATCH_MATMUL, int8: products of two computed tensors, or of one and a constant.
//!
//! `y = clamp(mbqm(sum over k of (a - z1) (b - z2), q(f32(s1 s2) / s3)) + z3)`, as the reference kernel does; of constants `tflite-xnnpack` has its own
//! rule (the sweep and `tflite_models__equal_xnnpack` compare both with LiteRT).

use niello_gen::num::gemmlowp::quantize_multiplier;
use niello_gen::num::Scale;

use crate::error::clean;
use crate::tflite::builtin::{Around, Builtin, Call, Takes};
use crate::tflite::file::File;
use crate::tflite::parts::weights::fits_32_bits;
use crate::tflite::profile::Profile;
use crate::tflite::schema::Operator;
use crate::window::MOST;
use niello_net::layers::{Conv, Dense, Lies, MatMul, Permute};
use niello_net::{Codes, DType, Node, Op, Recode, Value, Window};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("BATCH_MATMUL", 4, (2, 2), 101, batch_matmul)
    .takes(Takes::Pair)
    .before(turned)
    .built("int8: two computed tensors of the same leading dimensions or of a single second one, or a computed one and constants for all")];

/// What is multiplied: `heads` products of `rows` x `depth` and `depth` x `columns`.
struct Sizes {
    heads: usize,
    rows: usize,
    depth: usize,
    columns: usize,
}

/// `adj_x` and `adj_y`: the last two dimensions of an operand have changed places.
fn adjoint(op: &Operator) -> [bool; 2] {
    op.batch_matmul().map_or([false; 2], |o| [o.adj_x(), o.adj_y()])
}

/// Sizes of shapes that fit each other. None: they do not.
fn sizes(a: &[usize], b: &[usize], [adj_x, adj_y]: [bool; 2]) -> Option<Sizes> {
    let (lead_a, lead_b) = (a.split_last_chunk::<2>()?, b.split_last_chunk::<2>()?);
    let ([rows, depth], [own, columns]) = (swapped(*lead_a.1, adj_x), swapped(*lead_b.1, adj_y));
    let (first, second) = (lead_a.0.iter().product::<usize>(), lead_b.0.iter().product::<usize>());
    let same = lead_a.0 == lead_b.0;
    ((same || second == 1) && depth == own).then_some(match same {
        true => Sizes { heads: first, rows, depth, columns },
        false => Sizes { heads: 1, rows: first * rows, depth, columns },
    })
}

fn swapped([a, b]: [usize; 2], swap: bool) -> [usize; 2] {
    if swap {
        [b, a]
    } else {
        [a, b]
    }
}

fn batch_matmul(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, kind, op, inputs, output, .. } = c;
    let (a, b, y) = (file.value(inputs[0])?, file.value(inputs[1])?, &c.y);
    if [&a, &b, y].iter().any(|v| v.dtype != DType::I8) {
        let why = format!("{} and {} become {}", a.dtype.name(), b.dtype.name(), y.dtype.name());
        file.unsupported(place, kind, &why, "int8 tensors");
        return None;
    }
    let found = sizes(&a.shape, &b.shape, adjoint(op)).filter(|_| !file.is_constant(inputs[0]));
    let Some(s) = found else {
        let why = format!("{:?} and {:?} become {:?}", a.shape, b.shape, y.shape);
        file.unsupported(place, kind, &why, "computed matrices and a matrix for each of them, or one for all");
        return None;
    };
    if s.heads * s.rows * s.columns != y.elements() {
        file.inconsistent(place, format!("{:?} and {:?} become {:?}", a.shape, b.shape, y.shape));
        return None;
    }
    let [ca, cb, cy] =
        [file.codes(place, inputs[0], &a)?, file.codes(place, inputs[1], &b)?, file.codes(place, output, y)?];
    let constant = file.is_constant(inputs[1]);
    let ratio = f64::from(ca.scale * cb.scale) / f64::from(cy.scale);
    let fixed = quantize_multiplier(ratio).map(|(multiplier, shift)| Scale::TfliteDouble { multiplier, shift });
    // XNNPACK takes constants without a zero point, as those of a dense layer; all else is left to the reference kernel.
    let float = Scale::Float32HalfEven(ca.scale * cb.scale / cy.scale);
    let scale = if constant && cb.zero == 0 && file.profile == Profile::Xnnpack { Some(float) } else { fixed };
    let Some(scale) = scale.filter(Scale::is_legal) else {
        file.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
        return None;
    };
    let (min, max) = y.dtype.range();
    let recode = Recode { scales: vec![scale], zero_point: cy.zero, min, max };
    if constant {
        return by_constants(file, c, &b, &s, [ca, cb], recode);
    }
    let [heads, rows, depth, columns] = [s.heads, s.rows, s.depth, s.columns].map(|n| n as u32);
    let reach = |c: &Codes| (c.zero + 128).max(127 - c.zero);
    if i64::from(depth) * reach(&ca) * reach(&cb) > i32::MAX.into() {
        file.quantization(place, format!("sums of {depth} products can leave 32 bits, where TFLite wraps"));
        return None;
    }
    let lies = Lies { columns_last: !adjoint(op)[1], heads_between: false };
    let zeros = [ca.zero, cb.zero];
    Some(Op::from(MatMul { heads, rows, depth, columns, rows_first: false, lies, zeros, recode }))
}

/// One matrix of constants for all rows: those are the pixels of an image of one row.
fn by_constants(file: &mut File, c: &Call, b: &Value, s: &Sizes, [ca, cb]: [Codes; 2], recode: Recode) -> Option<Op> {
    if s.heads > 1 || s.rows as i64 > MOST {
        let why = format!("{} products of {} rows with constants", s.heads, s.rows);
        file.unsupported(c.place, c.kind, &why, "one matrix of constants for at most 8192 rows");
        return None;
    }
    let values = file.constant(c.place, c.inputs[1], b)?;
    let columns_last = !adjoint(c.op)[1];
    let at = |j: usize, k: usize| if columns_last { k * s.columns + j } else { j * s.depth + k };
    let row = |j: usize| (0..s.depth).map(move |k| (j, k));
    let weights: Vec<i64> = (0..s.columns).flat_map(row).map(|(j, k)| values[at(j, k)] - cb.zero).collect();
    let bias = vec![0; s.columns];
    fits_32_bits(file, c.place, &weights, &bias, ca.zero, DType::I8)?;
    let [width, channels] = [s.rows, s.depth].map(|n| n as u32);
    let (one, pads) = ([1, 1], [0; 4]);
    let window = Window { height: 1, width, channels, kernel: one, stride: one, dilation: one, pads };
    let dense = Dense { x_zero: ca.zero, weights, bias, recode: Some(recode) };
    Some(Op::from(Conv { window, dense }))
}

/// `adj_x`: the first operand's rows come as columns; they are moved in front of it.
fn turned(file: &mut File, a: &Around) -> Vec<(usize, Node)> {
    let constant = a.inputs.first().is_some_and(|t| file.is_constant(*t));
    let x =
        a.inputs.first().and_then(|t| file.value(*t)).filter(|x| adjoint(a.op)[0] && !constant && x.shape.len() > 1);
    let Some(x) = x else { return Vec::new() };
    let n = x.shape.len();
    let steps: Vec<usize> = (0..n - 2).chain([n - 1, n - 2]).collect();
    let shape = steps.iter().map(|s| x.shape[*s]).collect();
    let name = format!("{}_turned{}", clean(&x.name), a.nodes);
    let output = Value { name: name.clone(), shape, dtype: x.dtype };
    let op = Op::from(Permute::new(&x.shape, &steps));
    let inputs = vec![a.values[0]];
    vec![(0, Node { name, kind: "TRANSPOSE".into(), op, inputs, output, float_in_framework: false })]
}
