//! `niello.Attention`: heads of scaled dot-product attention in one pass over the keys.

use super::dyadic::{choice, codes, number, result};
use crate::error::clean;
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::{Attention, Mask};
use niello_net::{DType, Node, Op, Value};

/// Kinds of dimensions.
const HEADS: usize = 0;
const ROWS: usize = 1;
const INNER: usize = 2;

/// Reads a node.
pub fn attention(scope: &mut Scope, at: &At) {
    let mut operands = Vec::new();
    for i in 0..3 {
        let Some(found) = codes(scope, at, i) else { return };
        operands.push(found);
    }
    let Some(dtype) = result(scope, at) else { return };
    let shapes: Vec<Vec<usize>> = operands.iter().map(|o| o.1.layout.shape.clone()).collect();
    let Some(sizes) = sizes(scope, at, &shapes) else { return };
    let kinds: Vec<usize> = if shapes[0].len() == 3 { vec![HEADS, ROWS, INNER] } else { vec![ROWS, INNER] };
    let heads_between = |b: &Binding| b.layout.runs(&kinds).is_some_and(|r| r.starts_with(&[ROWS, HEADS]));
    let types = [operands[0].0.dtype, dtype];
    let Some(layer) = settings(scope, at, sizes, types) else { return };
    // A mask counts the queries of a head.
    let rows_first = layer.mask == Mask::None && sizes[0] > 1 && operands.iter().all(|o| heads_between(&o.1));
    let bounds: Vec<Binding> = operands.into_iter().map(|o| o.1).collect();
    let bounds: Vec<Binding> = match rows_first {
        true => bounds,
        false => bounds.into_iter().map(|b| plain(scope, b, &kinds)).collect(),
    };
    let layout = bounds[0].layout.with_last_of(&bounds[2].layout);
    let output = Value { name: clean(at.output()), shape: layout.stored(), dtype };
    let op = Op::from(Attention { rows_first, ..layer });
    let (name, kind, inputs) = (clean(at.output()), at.op(), bounds.iter().map(|b| b.source).collect());
    let source = scope.push(Node { name, kind, op, inputs, output, float_in_framework: false });
    scope.put(at, Binding { layout, source, kind: Kind::Plain(dtype) });
}

/// Heads, queries, keys, depth and width. None: an error is noted.
fn sizes(scope: &mut Scope, at: &At, shapes: &[Vec<usize>]) -> Option<[u32; 5]> {
    let found = match shapes {
        [q, k, v] => match (&q[..], &k[..], &v[..]) {
            ([n, d], [m, e], [l, w]) if d == e && m == l => Some([1, *n, *m, *d, *w]),
            ([h, n, d], [g, m, e], [f, l, w]) if d == e && m == l && h == g && h == f => Some([*h, *n, *m, *d, *w]),
            _ => None,
        },
        _ => None,
    };
    if found.is_none() {
        let why = format!("queries, keys and values of {shapes:?}");
        scope.refuse(at, &why, "[n, d], [m, d] and [m, w], or the same with as many heads in front of each");
    }
    found.map(|f| f.map(|n| n as u32))
}

/// What attributes say. None: an error is noted.
pub fn settings(
    scope: &mut Scope,
    at: &At,
    [heads, queries, keys, depth, width]: [u32; 5],
    dtypes: [DType; 2],
) -> Option<Attention> {
    let masks = [("none", Mask::None), ("causal", Mask::Causal), ("window", Mask::Window)];
    let mask = choice(scope, at, "mask", &masks)?;
    let window = (number(scope, at, "window", 1, 1..=65536)?, number(scope, at, "sinks", 0, 0..=65536)?);
    let precision = number(scope, at, "precision", 16, 6..=17)?;
    let (scale, out_scale) = (f64::from(at.float("scale", 0.0)), f64::from(at.float("out_scale", 1.0)));
    if !(scale.is_finite() && scale > 0.0 && out_scale.is_finite() && out_scale > 0.0) {
        scope.inconsistent(at, format!("scale {scale}, out_scale {out_scale}: they are positive"));
        return None;
    }
    let zeros = [0; 4];
    let rows_first = false;
    Some(Attention {
        heads,
        queries,
        keys,
        depth,
        width,
        rows_first,
        dtypes,
        zeros,
        scale,
        out_scale,
        precision,
        mask,
        window,
    })
}

/// Stored head by head, row by row.
fn plain(scope: &mut Scope, x: Binding, kinds: &[usize]) -> Binding {
    let order = x.layout.by_kind(kinds, &[HEADS, ROWS, INNER]);
    scope.arrange(x, order)
}
