//! QOperator: operators that take codes and give codes, with scales and zero points beside them. Each is read in the file of its
//! operator; what waits gets its scale at once.

use niello_gen::num::RealRounding;

use super::binding::Pending;
use super::layout::Layout;
use super::scope::{At, Scope};
use super::waiting::{Seen, Target};
use niello_net::Codes;

/// The operator becomes a layer with codes as its result, as ONNX Runtime's kernel of codes computes it.
pub fn fuse(scope: &mut Scope, at: &At, p: Pending, layout: Layout, codes: Codes) {
    let channels = layout.stored().last().map_or(1, |c| *c as u32);
    let (bounds, rounding) = (codes.dtype.range(), RealRounding::HalfEven);
    let to = Target { codes, bounds, rounding, zero_inside: false, seen: Seen::Codes, channels };
    let float = p.float;
    scope.fuse(at, p, layout, &to, float);
}
