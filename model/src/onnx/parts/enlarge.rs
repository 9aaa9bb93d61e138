//! A larger image of the same codes.

use super::windows::image;
use crate::error::{clean, ModelError};
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::constant::MAX_ELEMENTS;
use crate::onnx::layout::Layout;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::{Enlarge, Enlarging};
use niello_net::{DType, Op};

pub fn larger(scope: &mut Scope, at: &At, bound: Binding, by: Enlarging) {
    match &bound.kind {
        Kind::Plain(DType::F32) => return scope.never_quantized(at),
        Kind::Pending(p) => return scope.unquantized(at, &p.op.clone()),
        _ => {}
    }
    let signal = bound.layout.shape.len() == 2;
    if signal && matches!(by, Enlarging::DepthToSpace(_)) {
        return scope.refuse(at, "a sample has two dimensions", "samples of [channels, rows, columns]");
    }
    let Some(([height, width, channels], bound)) = image(scope, at, bound) else { return };
    if height.max(width).max(channels) > 8192 {
        let count = height.max(width).max(channels) as u64;
        return scope.errors.push(ModelError::TooLarge { place: at.place.clone(), count, limit: 8192 });
    }
    let e = Enlarge { height: height as u32, width: width as u32, channels: channels as u32, by };
    let [rows, cols, depth] = e.out().map(|n| n as usize);
    let count = rows as u64 * cols as u64 * depth as u64;
    if rows.max(cols) > 8192 || count > MAX_ELEMENTS {
        return scope.errors.push(ModelError::TooLarge { place: at.place.clone(), count, limit: MAX_ELEMENTS });
    }
    let layout = if signal { Layout::image(&[depth, cols]) } else { Layout::image(&[depth, rows, cols]) };
    let source =
        scope.layer(clean(at.output()), &at.op(), Op::from(e), bound.source, &layout, scope.dtype(bound.source));
    let bound = scope.behind(at, Binding { layout, source, kind: bound.kind });
    scope.put(at, bound);
}
