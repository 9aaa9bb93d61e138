//! `niello.CachedAttention`: a token's attention to the tokens so far, whose keys and values are kept in few bits.

use super::attention::settings;
use super::dyadic::{codes, number, result};
use crate::error::clean;
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::CachedAttention;
use niello_net::{Node, Op, Value};

/// Reads a node.
pub fn cached_attention(scope: &mut Scope, at: &At) {
    let (mut bounds, mut shapes, mut types) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..3 {
        let Some((x, bound)) = codes(scope, at, i) else { return };
        let Some(dims) = rows(scope, at, &bound, -1, false) else { return };
        shapes.push(bound.layout.shape.clone());
        let Some((bound, _)) = last(scope, at, bound, dims) else { return };
        types.push(x.dtype);
        bounds.push(bound);
    }
    let Some(dtype) = result(scope, at) else { return };
    let [heads, depth, width] = match (&shapes[0][..], &shapes[1][..], &shapes[2][..]) {
        ([h, d], [g, e], [f, w]) if h == g && h == f && d == e => [*h, *d, *w].map(|n| n as u32),
        _ => {
            let why = format!("queries, keys and values of {shapes:?}");
            return scope.refuse(at, &why, "a token of [h, d], [h, d] and [h, w]");
        }
    };
    let Some(tokens) = number(scope, at, "tokens", 0, 1..=65536) else { return };
    let Some(attention) = settings(scope, at, [heads, 1, tokens, depth, width], [types[0], dtype]) else { return };
    let Some(sinks) = number(scope, at, "sinks", 0, 0..=i64::from(tokens) - 1) else { return };
    let Some(group) = number(scope, at, "group", depth.into(), 1..=i64::from(depth)) else { return };
    let Some(cache_bits) = number(scope, at, "cache_bits", 4, 1..=4) else { return };
    if !depth.is_multiple_of(group) || !width.is_multiple_of(group) {
        let what = format!("a group of {group}: groups divide keys of {depth} and values of {width}");
        return scope.inconsistent(at, what);
    }
    if types.iter().any(|t| *t != types[0] || !t.signed()) {
        let why =
            format!("queries, keys and values of {}, {} and {}", types[0].name(), types[1].name(), types[2].name());
        return scope.refuse(at, &why, "signed codes of one type");
    }
    let layout = bounds[0].layout.with_last_of(&bounds[2].layout);
    let output = Value { name: clean(at.output()), shape: layout.stored(), dtype };
    let op = Op::from(CachedAttention { attention, sinks, group, cache_bits });
    let (name, kind, inputs) = (clean(at.output()), at.op(), bounds.iter().map(|b: &Binding| b.source).collect());
    let source = scope.push(Node { name, kind, op, inputs, output, float_in_framework: false });
    scope.put(at, Binding { layout, source, kind: Kind::Plain(dtype) });
}
