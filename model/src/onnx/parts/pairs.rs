//! Two tensors side by side in one order, one of them spread over the other's pixels where it has one value for each channel.

use super::binary::Binary;
use super::constant_operand::{qlinear_with_constant, with_constant};
use super::windows::image;
use crate::error::{clean, ModelError};
use crate::onnx::binding::{Binding, Kind, Pending, Real};
use crate::onnx::kernels::{pending, takes_int8_or_passed};
use crate::onnx::layout::Layout;
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::{Enlarge, Enlarging};
use niello_net::{Codes, Op};

/// Two computed tensors, or one and a constant, behind DequantizeLinears.
pub fn pair(scope: &mut Scope, at: &At, of: &Binary) {
    if with_constant(scope, at, &of.constant) || of_one_code(scope, at, of) {
        return;
    }
    let (Some(a), Some(b)) = (scope.operand(at, 0), scope.operand(at, 1)) else { return };
    let Some((bound, mut pending)) = joined(scope, at, [a, b], of) else { return };
    // On some machines, and in some graphs on all.
    pending.float = !pending.what.waiting().is_moved() && takes_int8_or_passed(scope, at);
    scope.wait(at, bound.layout, bound.source, pending);
}

/// Of two functions of the same codes, as `x sigmoid(x)`: one function. False: they are not that.
fn of_one_code(scope: &mut Scope, at: &At, of: &Binary) -> bool {
    let bound = |i: usize| scope.bindings.get(at.input(i)).cloned();
    let (Some(a), Some(b)) = (bound(0), bound(1)) else { return false };
    let (Kind::Real(x), Kind::Real(y)) = (&a.kind, &b.kind) else { return false };
    let plain = x.function.is_none() && y.function.is_none();
    if plain || a.source != b.source || a.layout != b.layout {
        return false;
    }
    let values: Vec<f32> = x.values().into_iter().zip(y.values()).map(|(a, b)| (of.constant.reals)(a, b)).collect();
    if values.iter().any(|v| v.is_nan()) {
        scope.quantization(at, "it makes something that is no number of a code");
        return true;
    }
    let real = Real { function: Some((at.op(), values)), ..x.clone() };
    scope.put(at, Binding { kind: Kind::Real(real), ..a });
    true
}

/// QLinearAdd and QLinearMul: A, its scale and zero point, B, its own, the result's.
pub fn qlinear_pair(scope: &mut Scope, at: &At, of: &Binary) {
    if let Some(i) = [0, 3].into_iter().find(|i| scope.constants.contains_key(at.input(*i))) {
        return qlinear_with_constant(scope, at, i, &of.constant);
    }
    let (Some(a), Some(b)) = (scope.integer_operand(at, 0, 1), scope.integer_operand(at, 3, 4)) else { return };
    let Some(to) = scope.codes(at, 6, 7) else { return };
    let Some((bound, pending)) = joined(scope, at, [a, b], of) else { return };
    fuse(scope, at, pending, bound.layout, to);
}

/// Both operands in one order.
fn joined(scope: &mut Scope, at: &At, [a, b]: [(Codes, Binding); 2], of: &Binary) -> Option<(Binding, Pending)> {
    let ((a, x), (b, y)) = (a, b);
    let mut codes = [a, b];
    let (x, y) = match (spreads(&x, &y), spreads(&y, &x)) {
        (true, _) => {
            // Of an operand with one value for a run of elements the kernel takes the other one first.
            codes.swap(0, 1);
            let x = spread(scope, at, x, &y.layout.shape)?;
            (y, x)
        }
        (_, true) => {
            let y = spread(scope, at, y, &x.layout.shape)?;
            (x, y)
        }
        _ => (x, y),
    };
    let (x, y) = side_by_side(scope, at, x, y)?;
    let pending = pending(scope, at, vec![x.source, y.source], (of.tensors)(codes));
    Some((x, pending))
}

/// Two tensors of one shape, stored in one order. None: an error is noted.
pub fn side_by_side(scope: &mut Scope, at: &At, x: Binding, y: Binding) -> Option<(Binding, Binding)> {
    // What is stored as the file sees it moves, and not what a convolution gave: it may stand at the model's end.
    let keep_y = x.layout.is_plain() && !y.layout.is_plain();
    match (y.layout.like(&x.layout).filter(|_| !keep_y), x.layout.like(&y.layout)) {
        (Some((layout, order)), _) => Some((x, scope.arrange(Binding { layout, ..y }, order))),
        (_, Some((layout, order))) => Some((scope.arrange(Binding { layout, ..x }, order), y)),
        _ => {
            let why = format!("operands of {:?} and {:?}: a broadcast", x.layout.shape, y.layout.shape);
            scope.refuse(at, &why, "two tensors of one shape");
            None
        }
    }
}

/// One value a channel, at every pixel.
fn spread(scope: &mut Scope, at: &At, bound: Binding, shape: &[usize]) -> Option<Binding> {
    let ([_, _, channels], bound) = image(scope, at, bound)?;
    let (width, height) = (*shape.last()?, if shape.len() == 3 { shape[1] } else { 1 });
    if height.max(width).max(channels) > 8192 {
        let (count, limit) = (height.max(width).max(channels) as u64, 8192);
        scope.errors.push(ModelError::TooLarge { place: at.place.clone(), count, limit });
        return None;
    }
    let layout = Layout::image(shape);
    let name = format!("{}_spread{}", clean(at.output()), scope.nodes.len());
    let by = Enlarging::Nearest([height as u32, width as u32]);
    let op = Op::from(Enlarge { height: 1, width: 1, channels: channels as u32, by });
    let source = scope.layer(name, &at.op(), op, bound.source, &layout, scope.dtype(bound.source));
    Some(Binding { layout, source, ..bound })
}

/// This one has a value for each channel, the other one an image of them.
fn spreads(one: &Binding, other: &Binding) -> bool {
    let (a, b) = (&one.layout.shape, &other.layout.shape);
    a != b && a.len() == b.len() && a.len() >= 2 && a[0] == b[0] && a[1..].iter().all(|d| *d == 1)
}
