//! Products of two computed tensors: their dimensions are heads, rows, columns and what is added over, as they are stored.

use crate::onnx::binding::{Binding, Pending};
use crate::onnx::kernels::pending;
use crate::onnx::layout::Layout;
use crate::onnx::scope::{At, Scope};
use crate::onnx::waiting::{is_power, Fused, Target, Unserved, Waiting};
use niello_gen::num::{RealRounding, Scale};
use niello_net::layers::{Lies, MatMul};
use niello_net::{Codes, Op, Recode};

/// Kinds of dimensions.
const HEADS: usize = 0;
const ROWS: usize = 1;
const DEPTH: usize = 2;
const COLUMNS: usize = 3;

/// The product, its scales beside it.
#[derive(Clone, Debug)]
struct Matrices {
    codes: [Codes; 2],
    /// A factor of the result.
    alpha: f32,
    heads: u32,
    rows: u32,
    depth: u32,
    columns: u32,
    rows_first: bool,
    lies: Lies,
}

/// What waits for a scale, its layout and its operands. None: an error is noted.
pub fn matrices(
    scope: &mut Scope,
    at: &At,
    [(a_codes, a), (b_codes, b)]: [(Codes, Binding); 2],
    alpha: f32,
) -> Option<(Layout, Pending)> {
    let [a_kinds, b_kinds] = kinds(scope, at, &a.layout.shape, &b.layout.shape)?;
    let size = |layout: &Layout, kinds: &[usize], kind: usize| -> u32 {
        layout.shape.iter().zip(kinds).filter(|(_, k)| **k == kind).map(|(d, _)| *d as u32).product()
    };
    let (heads, rows) = (size(&a.layout, &a_kinds, HEADS), size(&a.layout, &a_kinds, ROWS));
    let (depth, columns) = (size(&a.layout, &a_kinds, DEPTH), size(&b.layout, &b_kinds, COLUMNS));
    let reach = |c: &Codes| {
        let (lo, hi) = c.dtype.range();
        (c.zero - lo).max(hi - c.zero)
    };
    if i64::from(depth) * reach(&a_codes) * reach(&b_codes) > i32::MAX.into() {
        scope.refuse(at, &format!("sums of {depth} products overflow 32 bits"), "fewer columns of the first operand");
        return None;
    }
    let b = arranged(scope, b, &b_kinds, |runs| lies(runs).is_some(), &[HEADS, DEPTH, COLUMNS]);
    let lies = b.layout.runs(&b_kinds).and_then(|runs| lies(&runs))?;
    // Rows of all heads alternate only where the other operand's heads lie between its dimensions.
    let between = lies.heads_between || heads == 1;
    let streams = |runs: &[usize]| match runs {
        [HEADS, ROWS, DEPTH] | [HEADS, ROWS] | [HEADS, DEPTH] | [ROWS, DEPTH] | [HEADS] | [ROWS] | [DEPTH] | [] => true,
        [ROWS, HEADS, DEPTH] | [ROWS, HEADS] => between,
        _ => false,
    };
    let a = arranged(scope, a, &a_kinds, streams, &[HEADS, ROWS, DEPTH]);
    let rows_first = a.layout.runs(&a_kinds)?.starts_with(&[ROWS, HEADS]);
    let layout = a.layout.with_last_of(&b.layout);
    let codes = [a_codes, b_codes];
    let matrices = Matrices { codes, alpha, heads, rows, depth, columns, rows_first, lies };
    let float = [&a, &b].iter().any(|o| o.kept() || o.passed());
    let mut pending = pending(scope, at, vec![a.source, b.source], matrices);
    pending.float = float;
    Some((layout, pending))
}

/// Each dimension's kind, of both operands. Leading dimensions of both are heads, those of the first one alone are rows.
fn kinds(scope: &mut Scope, at: &At, a: &[usize], b: &[usize]) -> Option<[Vec<usize>; 2]> {
    let (m, n) = (a.len(), b.len());
    let matrices = m >= 2 && n >= 2 && m >= n && (m == n || scope.one_sample);
    // Dimensions in front, from the last one on.
    let front = |k: usize| (a[m - 3 - k], if k + 3 <= n { b[n - 3 - k] } else { 1 });
    if !matrices || (0..m.saturating_sub(2)).map(front).any(|(x, y)| y != x && y != 1) {
        let why = format!("operands of {a:?} and {b:?}");
        scope.refuse(at, &why, "two tensors of matrices, with the same leading dimensions or a single second one");
        return None;
    }
    if a[m - 1] != b[n - 2] {
        scope.inconsistent(at, format!("rows of {} by columns of {}", a[m - 1], b[n - 2]));
        return None;
    }
    let kind = |k: usize| if front(k).1 == front(k).0 { HEADS } else { ROWS };
    let lead = |dims: usize| (0..dims - 2).rev().map(kind).collect::<Vec<usize>>();
    let (mut first, mut second) = (lead(m), lead(n));
    first.extend([ROWS, DEPTH]);
    second.extend([DEPTH, COLUMNS]);
    Some([first, second])
}

/// How the second operand's dimensions lie, in runs of kinds.
fn lies(runs: &[usize]) -> Option<Lies> {
    let (columns_last, heads_between) = match runs {
        [HEADS, DEPTH, COLUMNS] | [DEPTH, COLUMNS] | [HEADS, COLUMNS] | [COLUMNS] | [HEADS] | [] => (true, false),
        [HEADS, COLUMNS, DEPTH] | [COLUMNS, DEPTH] | [HEADS, DEPTH] | [DEPTH] => (false, false),
        [DEPTH, HEADS, COLUMNS] | [DEPTH, HEADS] => (true, true),
        [COLUMNS, HEADS, DEPTH] | [COLUMNS, HEADS] => (false, true),
        _ => return None,
    };
    Some(Lies { columns_last, heads_between })
}

/// As it is stored, where that `fits`; else moved to the plain order.
fn arranged(
    scope: &mut Scope,
    x: Binding,
    kinds: &[usize],
    fits: impl Fn(&[usize]) -> bool,
    plain: &[usize],
) -> Binding {
    if x.layout.runs(kinds).is_some_and(|runs| fits(&runs)) {
        return x;
    }
    let order = x.layout.by_kind(kinds, plain);
    scope.arrange(x, order)
}

impl Waiting for Matrices {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let Codes { scale, zero, .. } = to.codes;
        let worth = self.alpha * self.codes[0].scale * self.codes[1].scale;
        let real = to.rounding != RealRounding::HalfEven || zero % 2 != 0;
        let (gain, offset) = (f64::from(worth) / f64::from(scale), zero as f64);
        let (scale, zero_point) = match to.zero_inside && real {
            true => (Scale::Affine { gain, offset, rounding: to.rounding }, 0),
            false => (Scale::Float32HalfEven(worth / scale), zero),
        };
        let recode = Recode { scales: vec![scale], zero_point, min: to.bounds.0, max: to.bounds.1 };
        let Matrices { heads, rows, depth, columns, rows_first, lies, .. } = *self;
        let zeros = self.codes.map(|c| c.zero);
        Ok(Op::from(MatMul { heads, rows, depth, columns, rows_first, lies, zeros, recode }).into())
    }

    fn is_exact(&self, to: f32, _rounding: RealRounding) -> bool {
        self.alpha == 1.0 && self.codes.iter().all(|c| is_power(c.scale)) && is_power(to)
    }

    fn rounds(&self, _rounding: RealRounding, _zero: i64) -> Result<(), Unserved> {
        Ok(())
    }
}
