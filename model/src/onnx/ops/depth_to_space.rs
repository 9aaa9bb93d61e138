//! DepthToSpace: channels become pixels.

use crate::error::clean;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::enlarge::larger;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::Enlarging;

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "DepthToSpace",
    &[since(7, (1, 1), "blocksize:i!"), since(11, (1, 1), "blocksize:i! mode:s")],
    depth_to_space,
)
.built("mode DCR; CRD behind a Conv; blocksize 1 to 16")];

/// Mode DCR: the channels of a square lie apart from each other. CRD, where they lie beside each other, is the same behind a Conv
/// whose outputs have another order.
fn depth_to_space(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let size = at.int("blocksize", 0);
    let channels = bound.layout.shape.first().copied().unwrap_or(0) as i64;
    let beside = at.text("mode", "DCR") == "CRD";
    if size < 1 || (size <= 16 && channels % (size * size) != 0) {
        return scope.inconsistent(at, format!("blocksize {size} of {channels} channels"));
    }
    if !(beside || at.text("mode", "DCR") == "DCR") || size > 16 {
        let why = format!("mode {}, blocksize {size} of {channels} channels", clean(&at.text("mode", "DCR")));
        return scope.unsupported(&at.place, "DepthToSpace", &why, "mode DCR or CRD, a blocksize of 1 to 16");
    }
    larger(scope, at, bound, Enlarging::DepthToSpace(size as u32));
    if beside && size > 1 && scope.bindings.contains_key(at.output()) {
        scope.beside.push((scope.nodes.len(), at.place.clone()));
    }
}
