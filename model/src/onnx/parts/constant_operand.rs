//! An operand that is constant: one real or code, which makes a function of the other operand's codes, or a tensor of codes.

use super::binary::{Beside, ConstantTensor, WithConstant};
use super::weights::dequantized;
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::kernels::{pending, takes_int8_or_passed};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};
use crate::spread::spread;
use niello_net::{Codes, DType};

/// One value stands beside a run of elements: along the tensor's innermost dimension that is not one. Of such operands ONNX
/// Runtime's kernels take the other one first, as of one constant.
fn runs(shape: &[usize], dims: &[usize]) -> bool {
    let inner = dims.iter().rev().position(|d| *d != 1);
    inner.is_some_and(|k| shape.iter().rev().nth(k).is_none_or(|own| *own == 1))
}

/// An operand is one constant, quantized or not. False: none is.
pub fn with_constant(scope: &mut Scope, at: &At, of: &WithConstant) -> bool {
    for i in 0..2 {
        let name = at.input(i);
        if scope.bindings.contains_key(name) {
            continue;
        }
        if let Some(c) = scope.constants.get(name).cloned() {
            match c.floats[..] {
                _ if raises_rank(scope, at, 1 - i, &c.shape) => constant_operand(scope, at),
                [v] if c.dtype == DType::F32 => with_real(scope, at, 1 - i, v, of),
                _ => constant_operand(scope, at),
            }
            return true;
        }
        if scope.producers.contains_key(name) {
            with_code(scope, at, i, of);
            return true;
        }
    }
    false
}

/// A constant with more dimensions than the tensor at input `tensor` gives the result all of them.
fn raises_rank(scope: &Scope, at: &At, tensor: usize, shape: &[usize]) -> bool {
    scope.bindings.get(at.input(tensor)).is_some_and(|bound| shape.len() > bound.layout.shape.len() + 1)
}

/// A float beside dequantized codes: float32 arithmetic of each code's real.
fn with_real(scope: &mut Scope, at: &At, tensor: usize, c: f32, of: &WithConstant) {
    let Some(bound) = scope.binding(at, tensor) else { return };
    let (reals, first) = (of.reals, tensor == 0);
    let function = move |v: f32| if first { reals(v, c) } else { reals(c, v) };
    match &bound.kind {
        Kind::Real(r) => {
            let real = r.then(at.op(), function);
            if real.values().iter().any(|v| v.is_nan()) {
                return scope.quantization(at, "it makes something that is no number of a code");
            }
            scope.put(at, Binding { kind: Kind::Real(real), ..bound });
        }
        Kind::Pending(p) => scope.unquantized(at, &p.op.clone()),
        Kind::Plain(_) => scope.never_quantized(at),
    }
}

fn with_code(scope: &mut Scope, at: &At, i: usize, of: &WithConstant) {
    let Some((codes, bound)) = scope.operand(at, 1 - i) else { return };
    let Some(q) = dequantized(scope, at, i) else { return };
    let ([scale], [zero]) = (&q.scales[..], &q.zeros[..]) else { return constant_operand(scope, at) };
    if raises_rank(scope, at, 1 - i, &q.codes.shape) {
        return constant_operand(scope, at);
    }
    let constant = Codes { scale: *scale, zero: *zero, dtype: q.codes.dtype };
    let codes = [codes, constant];
    let found = match q.codes.ints[..] {
        [code] => Some(Beside::One { codes, code }),
        _ => None,
    };
    let what = match (found.and_then(of.codes), &q.codes.ints[..]) {
        (Some(what), _) => what,
        // There is no kernel of codes: float32 arithmetic of reals.
        (None, [code]) => return with_real(scope, at, 1 - i, (code - zero) as f32 * scale, of),
        (None, _) => {
            let values = (&q.codes.ints[..], &q.codes.shape[..]);
            let Some(constant) = constant_tensor(scope, at, codes, &bound, values, i) else { return };
            let Some(what) = (of.codes)(Beside::Tensor(constant)) else { return constant_operand(scope, at) };
            what
        }
    };
    let mut pending = pending(scope, at, vec![bound.source], what);
    pending.kernel.push(constant.dtype);
    let exact = pending.what.waiting().is_moved();
    pending.float = !exact && (takes_int8_or_passed(scope, at) || constant.dtype == DType::I8);
    scope.wait(at, bound.layout, bound.source, pending);
}

/// A form of com.microsoft with a constant at input `i` (0 or 3).
pub fn qlinear_with_constant(scope: &mut Scope, at: &At, i: usize, of: &WithConstant) {
    let Some((codes, bound)) = scope.integer_operand(at, 3 - i, 4 - i) else { return };
    let Some(constant) = scope.codes(at, i + 1, i + 2) else { return };
    let found = scope.constants.get(at.input(i)).filter(|c| c.dtype == constant.dtype).cloned();
    let found = found.filter(|c| !raises_rank(scope, at, 3 - i, &c.shape));
    let Some(found) = found else { return constant_operand(scope, at) };
    let Some(to) = scope.codes(at, 6, 7) else { return };
    let codes = [codes, constant];
    let beside = match found.ints[..] {
        [code] => Beside::One { codes, code },
        _ => {
            let values = (&found.ints[..], &found.shape[..]);
            let Some(constant) = constant_tensor(scope, at, codes, &bound, values, i / 3) else { return };
            Beside::Tensor(constant)
        }
    };
    let Some(what) = (of.codes)(beside) else { return constant_operand(scope, at) };
    let pending = pending(scope, at, vec![bound.source], what);
    fuse(scope, at, pending, bound.layout, to);
}

/// A constant tensor at input `place` of two. None: an error is noted.
fn constant_tensor(
    scope: &mut Scope,
    at: &At,
    codes: [Codes; 2],
    bound: &Binding,
    constant: (&[i64], &[usize]),
    place: usize,
) -> Option<ConstantTensor> {
    let values = spread_over(scope, at, bound, constant)?;
    let first = place == 0 && !runs(constant.1, &bound.layout.shape);
    Some(ConstantTensor { codes, values, first })
}

/// A constant tensor's values as the elements beside it are stored, over and over. None: an error is noted.
pub fn spread_over(scope: &mut Scope, at: &At, bound: &Binding, constant: (&[i64], &[usize])) -> Option<Vec<i64>> {
    let (values, shape) = constant;
    // The batch is no dimension of a layout.
    let dims: Vec<usize> = std::iter::once(1).chain(bound.layout.shape.iter().copied()).collect();
    let pixel = bound.layout.stored().last().copied().unwrap_or(1);
    let found = spread(values, shape, &dims, &bound.layout.indices(), pixel);
    if found.is_none() {
        let why = format!("a constant of {shape:?} and a tensor of {:?}", bound.layout.shape);
        scope.refuse(at, &why, "a constant that spreads to the tensor's shape");
    }
    found
}

fn constant_operand(scope: &mut Scope, at: &At) {
    scope.refuse(at, "an operand is a constant tensor that is not quantized as a whole, is subtracted or divided, or has more dimensions",
        "Add, Mul, Max or Min of a constant with one scale, or of two tensors that the model computes",
    );
}
