//! Flatten, Reshape, Squeeze, Unsqueeze and Identity: other names for the same elements.

use crate::onnx::binding::{Binding, Kind};
use crate::onnx::layout::Layout;
use crate::onnx::names::INT64;
use crate::onnx::operator::{since, Operator};
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Flatten", &[since(7, (1, 1), "axis:i")], reshape).built("axis 1"),
    Operator::onnx("Identity", &[since(7, (1, 1), "")], reshape),
    Operator::onnx("Reshape", &[since(7, (2, 2), ""), since(14, (2, 2), "allowzero:i")], reshape)
        .built("constant shapes")
        .lists(&[(1, INT64)]),
    Operator::onnx("Squeeze", &[since(7, (1, 1), "axes:I"), since(13, (1, 2), "")], reshape).lists(&[(1, INT64)]),
    Operator::onnx("Unsqueeze", &[since(7, (1, 1), "axes:I!"), since(13, (2, 2), "")], reshape).lists(&[(1, INT64)]),
];

/// The elements of a sample stay in the file's order.
fn reshape(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let op = at.node.op_type.as_str();
    let old = &bound.layout.shape;
    let total = bound.layout.elements();
    if let Some(what) = contradiction(scope, at, old) {
        return scope.inconsistent(at, what);
    }
    let shape = match op {
        "Identity" => Some(old.clone()),
        "Flatten" => (at.int("axis", 1) == 1).then(|| vec![total]),
        "Squeeze" | "Unsqueeze" => new_axes(scope, at, old),
        _ => new_shape(scope, at, total),
    };
    let Some(shape) = shape else {
        let why = "it mixes samples, or its shape is not constant";
        return scope.unsupported(&at.place, op, why, "a constant shape [N or 1 or -1, ...]; Flatten of axis 1");
    };
    let layout = match bound.layout.reshaped(&shape) {
        Some(layout) => layout,
        None if matches!(bound.kind, Kind::Pending(_)) => {
            let why = "it moves elements between an operator and its QuantizeLinear";
            return scope.unsupported(&at.place, op, why, "the QuantizeLinear first");
        }
        // Channels stand last: elements have to move before they can be counted in another way.
        None => {
            let order = bound.layout.channels_first();
            let moved = scope.arrange(bound.clone(), order);
            let layout = Layout::plain(&shape);
            let bound = scope.behind(at, Binding { layout, ..moved });
            return scope.put(at, bound);
        }
    };
    let bound = Binding { layout, ..bound };
    let bound = if op == "Identity" { bound } else { scope.behind(at, bound) };
    scope.put(at, bound);
}

/// Why no shape of this kind can come of samples of shape `old`, with their batch in front.
fn contradiction(scope: &Scope, at: &At, old: &[usize]) -> Option<String> {
    let rank = old.len() as i64 + 1;
    match at.node.op_type.as_str() {
        "Flatten" => {
            let axis = at.int("axis", 1);
            (!(-rank..=rank).contains(&axis)).then(|| format!("axis {axis} of {rank} dimensions"))
        }
        "Squeeze" | "Unsqueeze" => {
            let axes = axes(scope, at)?;
            let more = if at.node.op_type == "Unsqueeze" { axes.len() as i64 } else { 0 };
            let mut known: Vec<i64> = axes.iter().map(|a| a.rem_euclid(rank + more)).collect();
            known.sort();
            known.dedup();
            let whole = |a: &i64| old.get(*a as usize - 1) == Some(&1);
            let fits = axes.iter().all(|a| (-rank - more..rank + more).contains(a)) && known.len() == axes.len();
            let ones = more > 0 || known.iter().all(|a| *a == 0 || whole(a));
            (!fits || !ones).then(|| format!("axes {axes:?} of {rank} dimensions, one sample is {old:?}"))
        }
        "Reshape" => impossible(scope, at, old),
        _ => None,
    }
}

/// Why a Reshape's operand is no shape of these elements.
fn impossible(scope: &Scope, at: &At, old: &[usize]) -> Option<String> {
    let given = scope.constants.get(at.input(1))?;
    let dims = &given.ints;
    let what = format!("{dims:?} for samples of {old:?}");
    let copied = |i: usize| old.get(i.wrapping_sub(1)).copied();
    let zeros = at.int("allowzero", 0) != 0;
    let open = dims.iter().filter(|d| **d == -1).count();
    let far = |(i, d): (usize, &i64)| *d == 0 && (zeros || i > old.len());
    if given.shape.len() != 1 || open > 1 || dims.iter().any(|d| *d < -1) || dims.iter().enumerate().any(far) {
        return Some(what);
    }
    // Of one sample the total is known, and of any number of them where the batch stays.
    let (lead, total) = (*dims.first()?, old.iter().product::<usize>() as i64);
    let entry = |(i, d): (usize, &i64)| if *d == 0 { copied(i).map_or(1, |n| n as i64) } else { *d };
    let mut entries = dims.iter().enumerate().map(entry).filter(|d| *d != -1);
    let product = entries.try_fold(1i64, |a, d| a.checked_mul(d));
    let fits = product.is_some_and(|p| if open == 1 { total % p == 0 } else { total == p });
    ((scope.one_sample || lead == 0) && !fits).then_some(what)
}

/// The axes that a Squeeze or Unsqueeze names.
fn axes(scope: &Scope, at: &At) -> Option<Vec<i64>> {
    match at.ints("axes") {
        Some(axes) => Some(axes.to_vec()),
        None => Some(scope.constants.get(at.input(1))?.ints.clone()),
    }
}

/// The shape of one sample after a Reshape: the leading entry is the batch.
fn new_shape(scope: &Scope, at: &At, total: usize) -> Option<Vec<usize>> {
    let dims = &scope.constants.get(at.input(1))?.ints;
    let (lead, rest) = dims.split_first()?;
    if !matches!(lead, -1..=1) {
        return None;
    }
    let known: i64 = rest.iter().filter(|d| **d > 0).try_fold(1i64, |a, d| a.checked_mul(*d))?;
    let open = rest.iter().filter(|d| **d == -1).count();
    if rest.iter().any(|d| *d == 0 || *d < -1) || open > 1 || known <= 0 || total as i64 % known != 0 {
        return None;
    }
    let fill = total as i64 / known;
    let shape: Vec<usize> = rest.iter().map(|d| if *d == -1 { fill as usize } else { *d as usize }).collect();
    (shape.iter().product::<usize>() == total).then_some(shape)
}

/// Dimensions of one that go or come; the batch is dimension 0 and stays.
fn new_axes(scope: &Scope, at: &At, old: &[usize]) -> Option<Vec<usize>> {
    let axes = axes(scope, at)?;
    let grows = at.node.op_type == "Unsqueeze";
    let rank = (old.len() + 1 + if grows { axes.len() } else { 0 }) as i64;
    let axes: Option<std::collections::BTreeSet<usize>> = axes
        .iter()
        .map(|a| if *a < 0 { a + rank } else { *a })
        .map(|a| (1..rank).contains(&a).then_some(a as usize))
        .collect();
    let axes = axes?;
    if !grows {
        let goes = |i: &usize| axes.contains(&(i + 1));
        let whole = (0..old.len()).filter(goes).all(|i| old[i] == 1);
        return whole.then(|| (0..old.len()).filter(|i| !goes(i)).map(|i| old[i]).collect());
    }
    let mut rest = old.iter();
    (1..rank as usize).map(|i| if axes.contains(&i) { Some(1) } else { rest.next().copied() }).collect()
}
