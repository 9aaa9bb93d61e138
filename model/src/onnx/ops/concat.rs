//! Concat and QLinearConcat along the channels.

use crate::onnx::binding::Binding;
use crate::onnx::kernels::{pending, takes_int8_or_passed};
use crate::onnx::layout::Layout;
use crate::onnx::operator::{since, Operator, ANY};
use crate::onnx::parts::recoded::recoded;
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};
use crate::onnx::waiting::{Fused, Target, Waiting};
use niello_net::layers::Concat;
use niello_net::{Codes, Op};

/// Most operands of a concatenation.
const MOST_OPERANDS: usize = 16;

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Concat", &[since(7, (1, ANY), "axis:i!")], concat).built("2 to 16 tensors along the channels"),
    Operator::microsoft("QLinearConcat", &[since(1, (3, ANY), "axis:i!")], qlinear_concat)
        .built("2 to 16 tensors along the channels"),
];

fn concat(scope: &mut Scope, at: &At) {
    let operands: Option<Vec<(Codes, Binding)>> = (0..at.node.input.len()).map(|i| scope.operand(at, i)).collect();
    let Some((layout, inputs, beside)) = operands.and_then(|o| side_by_side(scope, at, o)) else { return };
    let mut pending = pending(scope, at, inputs, beside);
    // On some machines, and in some graphs on all.
    pending.float = takes_int8_or_passed(scope, at);
    scope.wait(at, layout, 0, pending);
}

/// The result's scale and zero point, then each operand with its own.
fn qlinear_concat(scope: &mut Scope, at: &At) {
    if at.node.input.len() % 3 != 2 || at.node.input.iter().any(String::is_empty) {
        return scope
            .inconsistent(at, format!("{} inputs: each operand has a scale and a zero point", at.node.input.len()));
    }
    let Some(to) = scope.codes(at, 0, 1) else { return };
    let count = at.node.input.len().saturating_sub(2) / 3;
    let operands: Option<Vec<(Codes, Binding)>> =
        (0..count).map(|k| scope.integer_operand(at, 2 + 3 * k, 3 + 3 * k)).collect();
    let Some((layout, inputs, beside)) = operands.and_then(|o| side_by_side(scope, at, o)) else { return };
    let pending = pending(scope, at, inputs, beside);
    fuse(scope, at, pending, layout, to);
}

/// Operands in the order of images, channels last.
fn side_by_side(
    scope: &mut Scope,
    at: &At,
    operands: Vec<(Codes, Binding)>,
) -> Option<(Layout, Vec<usize>, SideBySide)> {
    let first = operands.first()?.1.layout.shape.clone();
    let rank = first.len() as i64 + 1;
    let given = at.has("axis");
    let axis = if given { at.int("axis", 1) } else { rank };
    if !(-rank..rank).contains(&axis) && given {
        scope.inconsistent(at, format!("axis {axis} of {rank} dimensions"));
        return None;
    }
    let others_agree = operands.iter().all(|(_, f)| f.layout.shape.get(1..) == first.get(1..));
    if !(axis == 1 || axis == 1 - rank) || !(2..=MOST_OPERANDS).contains(&operands.len()) || !others_agree {
        let shapes: Vec<_> = operands.iter().map(|(_, f)| f.layout.shape.clone()).collect();
        let why = format!("axis {axis} of {shapes:?}");
        scope.refuse(at, &why, "2 to 16 operands along their channels, axis 1");
        return None;
    }
    let (mut inputs, mut parts, mut channels) = (Vec::new(), Vec::new(), 0);
    for (codes, bound) in operands {
        let own = bound.layout.shape[0];
        let order = bound.layout.channels_last();
        inputs.push(scope.arrange(bound, order).source);
        parts.push((codes, own as u32));
        channels += own;
    }
    let shape: Vec<usize> = std::iter::once(channels).chain(first[1..].iter().copied()).collect();
    Some((Layout::image(&shape), inputs, SideBySide(parts)))
}

/// Operands side by side: their codes and channels.
#[derive(Clone, Debug)]
struct SideBySide(Vec<(Codes, u32)>);

impl Waiting for SideBySide {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let in_front = self.0.iter().map(|(from, _)| recoded(*from, to.codes, to.bounds)).collect();
        let op = Op::from(Concat { channels: self.0.iter().map(|o| o.1).collect() });
        Ok(Fused { op, in_front })
    }

    fn is_moved(&self) -> bool {
        true
    }
}
