//! Add, Sub, Mul, Div, Max and Min of a tensor and one constant: functions of a code. Add, Mul, Max and Min of a tensor and a constant one.

use super::extremum::{which, OfConstant};
use super::weights::dequantized;
use crate::onnx::binding::{Binding, Kind, What};
use crate::onnx::kernels::{pending, takes_int8_or_passed};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};
use crate::onnx::waiting::{Fused, Seen, Target, Waiting};
use crate::spread::spread;
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::{Constant, FloatAdd, FloatMul, Pairing, Table};
use niello_net::{Codes, DType, Op};

/// A quantized constant beside a tensor of codes.
#[derive(Clone, Copy, Debug)]
pub struct Scalar {
    /// Of the tensor, and of the constant.
    pub codes: [Codes; 2],
    /// The constant's code.
    pub code: i64,
    /// The sum, not the product.
    pub sum: bool,
}

impl Waiting for Scalar {
    /// A code for each code of the tensor. ONNX Runtime takes the tensor as its first operand, wherever the constant stands.
    fn becomes(&self, target: &Target) -> Result<Fused, String> {
        let &Target { codes: to, bounds: (least, most), seen, .. } = target;
        let (lo, hi) = self.codes[0].dtype.range();
        let add = seen.sum(FloatAdd::new(self.codes, to, (least, most)));
        let mul = FloatMul { shift: seen.shift(to), ..FloatMul::new(self.codes, to, (least, most)) };
        let real = |i: usize, q: i64| (q - self.codes[i].zero) as f32 * self.codes[i].scale;
        let code = |q: i64| match (seen, self.sum) {
            (Seen::Reals, _) => {
                let (x, c) = (real(0, q), real(1, self.code));
                let v = if self.sum { x + c } else { x * c };
                quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype).clamp(least, most)
            }
            (_, true) => add.code(q, self.code),
            (_, false) => mul.code(q, self.code),
        };
        Ok(Op::from(Table { lowest: lo, entries: (lo..=hi).map(code).collect() }).into())
    }
}

/// A quantized constant tensor beside a tensor of codes.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Of the tensor, and of the constant.
    codes: [Codes; 2],
    /// The constant's codes, as the tensor's elements are stored, over and over.
    values: Vec<i64>,
    /// The sum, not the product.
    sum: bool,
    /// The constant is the kernel's first operand.
    first: bool,
}

impl Waiting for Beside {
    fn becomes(&self, target: &Target) -> Result<Fused, String> {
        let &Target { codes: to, bounds, seen, channels, .. } = target;
        let [tensor, constant] = self.codes;
        let operands = if self.first { [constant, tensor] } else { [tensor, constant] };
        let pairing = if self.sum {
            Pairing::FloatAdd(seen.sum(FloatAdd::new(operands, to, bounds)))
        } else {
            Pairing::FloatMul(FloatMul { shift: seen.shift(to), ..FloatMul::new(operands, to, bounds) })
        };
        let constant = Constant { codes: self.values.clone(), dtype: constant.dtype, first: self.first };
        Ok(pairing.beside(constant, channels).into())
    }
}

/// One value stands beside a run of elements: along the tensor's innermost dimension that is not one. Of such operands ONNX
/// Runtime's kernels take the other one first, as of one constant.
fn runs(shape: &[usize], dims: &[usize]) -> bool {
    let inner = dims.iter().rev().position(|d| *d != 1);
    inner.is_some_and(|k| shape.iter().rev().nth(k).is_none_or(|own| *own == 1))
}

/// An operand is one constant, quantized or not. False: none is.
pub fn with_constant(scope: &mut Scope, at: &At) -> bool {
    for i in 0..2 {
        let name = at.input(i);
        if scope.bindings.contains_key(name) {
            continue;
        }
        if let Some(c) = scope.constants.get(name).cloned() {
            match c.floats[..] {
                _ if raises_rank(scope, at, 1 - i, &c.shape) => constant_operand(scope, at),
                [v] if c.dtype == DType::F32 => with_real(scope, at, 1 - i, v),
                _ => constant_operand(scope, at),
            }
            return true;
        }
        if scope.producers.contains_key(name) {
            with_code(scope, at, i);
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
fn with_real(scope: &mut Scope, at: &At, tensor: usize, c: f32) {
    let Some(bound) = scope.binding(at, tensor) else { return };
    let op = at.node.op_type.as_str();
    let first = tensor == 0;
    let function = move |v: f32| match (op, first) {
        ("Add", _) => v + c,
        ("Mul", _) => v * c,
        // What is no number stays none.
        ("Max" | "Min", _) if c.is_nan() => c,
        ("Max", _) => v.max(c),
        ("Min", _) => v.min(c),
        ("Sub", true) => v - c,
        ("Sub", false) => c - v,
        (_, true) => v / c,
        (_, false) => c / v,
    };
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

fn with_code(scope: &mut Scope, at: &At, i: usize) {
    let Some((codes, bound)) = scope.operand(at, 1 - i) else { return };
    let Some(q) = dequantized(scope, at, i) else { return };
    let ([scale], [zero]) = (&q.scales[..], &q.zeros[..]) else { return constant_operand(scope, at) };
    if raises_rank(scope, at, 1 - i, &q.codes.shape) {
        return constant_operand(scope, at);
    }
    let constant = Codes { scale: *scale, zero: *zero, dtype: q.codes.dtype };
    let what = match (at.node.op_type.as_str(), &q.codes.ints[..]) {
        ("Add" | "Mul", [code]) => {
            What::from(Scalar { codes: [codes, constant], code: *code, sum: at.node.op_type == "Add" })
        }
        // There is no kernel of codes: the difference or quotient of reals, in float32.
        (_, [code]) => return with_real(scope, at, 1 - i, (code - zero) as f32 * scale),
        ("Add" | "Mul", _) => {
            let values = (&q.codes.ints[..], &q.codes.shape[..]);
            let Some(what) = beside(scope, at, [codes, constant], &bound, values, i) else { return };
            what.into()
        }
        (op, _) => {
            let Some(which) = which(op) else { return constant_operand(scope, at) };
            let values = (&q.codes.ints[..], &q.codes.shape[..]);
            let Some(values) = spread_over(scope, at, &bound, values) else { return };
            let reals = values.into_iter().map(|code| (code - zero) as f32 * scale).collect();
            OfConstant { which, codes, reals }.into()
        }
    };
    let mut pending = pending(scope, at, vec![bound.source], what);
    pending.kernel.push(constant.dtype);
    let exact = pending.what.waiting().is_moved();
    pending.float = !exact && (takes_int8_or_passed(scope, at) || constant.dtype == DType::I8);
    scope.wait(at, bound.layout, bound.source, pending);
}

/// QLinearAdd and QLinearMul with a constant at input `i` (0 or 3).
pub fn qlinear_with_constant(scope: &mut Scope, at: &At, i: usize) {
    let Some((codes, bound)) = scope.integer_operand(at, 3 - i, 4 - i) else { return };
    let Some(constant) = scope.codes(at, i + 1, i + 2) else { return };
    let found = scope.constants.get(at.input(i)).filter(|c| c.dtype == constant.dtype).cloned();
    let found = found.filter(|c| !raises_rank(scope, at, 3 - i, &c.shape));
    let Some(found) = found else { return constant_operand(scope, at) };
    let Some(to) = scope.codes(at, 6, 7) else { return };
    let sum = at.node.op_type == "QLinearAdd";
    let what = match found.ints[..] {
        [code] => What::from(Scalar { codes: [codes, constant], code, sum }),
        _ => {
            let values = (&found.ints[..], &found.shape[..]);
            let Some(what) = beside(scope, at, [codes, constant], &bound, values, i / 3) else { return };
            what.into()
        }
    };
    let pending = pending(scope, at, vec![bound.source], what);
    fuse(scope, at, pending, bound.layout, to);
}

/// A sum or product of a tensor with a constant one at input `i`; `place` of the two operands. None: an error is noted.
fn beside(
    scope: &mut Scope,
    at: &At,
    codes: [Codes; 2],
    bound: &Binding,
    constant: (&[i64], &[usize]),
    place: usize,
) -> Option<Beside> {
    let values = spread_over(scope, at, bound, constant)?;
    let sum = at.node.op_type.ends_with("Add");
    let first = sum && place == 0 && !runs(constant.1, &bound.layout.shape);
    Some(Beside { codes, values, sum, first })
}

/// A constant tensor's values as the elements beside it are stored, over and over. None: an error is noted.
fn spread_over(scope: &mut Scope, at: &At, bound: &Binding, constant: (&[i64], &[usize])) -> Option<Vec<i64>> {
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
