//! `niello.Add` and `niello.Mul`: two tensors of one shape, or one and a constant that spreads over it.

use super::dyadic::{codes, numbers, recode, result};
use super::matmul::constant;
use crate::error::clean;
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::parts::constant_operand::spread_over;
use crate::onnx::parts::pairs::side_by_side;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::{Constant, DyadicAdd, Pairing};
use niello_net::{DType, Node, Value};

/// Reads an Add.
pub fn add(scope: &mut Scope, at: &At) {
    let Some(dtype) = result(scope, at) else { return };
    let Some(found) = numbers(scope, at, &[2]) else { return };
    let sum = DyadicAdd { multipliers: [found[0], found[1]], bounds: dtype.range() };
    pair(scope, at, Pairing::DyadicAdd(sum), dtype);
}

/// Reads a Mul.
pub fn mul(scope: &mut Scope, at: &At) {
    let Some(dtype) = result(scope, at) else { return };
    let Some(recode) = recode(scope, at, 1, dtype) else { return };
    pair(scope, at, Pairing::DyadicMul(recode), dtype);
}

fn pair(scope: &mut Scope, at: &At, pairing: Pairing, dtype: DType) {
    match [0, 1].map(|i| scope.bindings.contains_key(at.input(i))) {
        [true, true] => of_two(scope, at, pairing, dtype),
        [first, _] => beside(scope, at, pairing, dtype, usize::from(!first)),
    }
}

fn of_two(scope: &mut Scope, at: &At, pairing: Pairing, dtype: DType) {
    let (Some((_, a)), Some((_, b))) = (codes(scope, at, 0), codes(scope, at, 1)) else { return };
    let Some((a, b)) = side_by_side(scope, at, a, b) else { return };
    let channels = a.layout.stored().last().map_or(1, |c| *c as u32);
    let op = pairing.of_tensors(channels);
    let output = Value { name: clean(at.output()), shape: a.layout.stored(), dtype };
    let (name, kind, inputs) = (clean(at.output()), at.op(), vec![a.source, b.source]);
    let source = scope.push(Node { name, kind, op, inputs, output, float_in_framework: false });
    scope.put(at, Binding { layout: a.layout, source, kind: Kind::Plain(dtype) });
}

/// The computed operand is number `tensor`.
fn beside(scope: &mut Scope, at: &At, pairing: Pairing, dtype: DType, tensor: usize) {
    let Some((_, bound)) = codes(scope, at, tensor) else { return };
    let Some((values, shape)) = constant(scope, at, 1 - tensor) else { return };
    let Some(codes) = spread_over(scope, at, &bound, (&values, &shape)) else { return };
    let own = scope.constants.get(at.input(1 - tensor)).map_or(DType::I8, |c| c.dtype);
    let channels = bound.layout.stored().last().map_or(1, |c| *c as u32);
    let op = pairing.beside(Constant { codes, dtype: own, first: tensor == 1 }, channels);
    scope.node_of(at, &at.op(), op, bound.source, bound.layout, niello_net::Codes { scale: 1.0, zero: 0, dtype });
}
