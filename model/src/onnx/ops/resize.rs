//! Resize (nearest) and Upsample by whole factors.

use crate::onnx::names::{FLOAT32, INT64};
use crate::onnx::operator::{since, Definition, Operator};
use crate::onnx::parts::enlarge::larger;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::Enlarging;

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Resize", &[since(10, (2, 2), "mode:s"), since(11, (3, 4), "coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i extrapolation_value:f mode:s nearest_mode:s"), since(13, (1, 4), "coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i extrapolation_value:f mode:s nearest_mode:s"), since(18, (1, 4), "antialias:i axes:I coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i extrapolation_value:f keep_aspect_ratio_policy:s mode:s nearest_mode:s")], resize).built("nearest, factors 1 to 16 of rows and columns").lists(&[(2, FLOAT32), (3, INT64)]),
    Operator::onnx("Upsample", &[since(7, (1, 1), "mode:s scales:F!"), since(9, (2, 2), "mode:s"), Definition { since: 10, inputs: (2, 2), outputs: 0, attributes: "mode:s" }], resize).built("nearest, factors 1 to 16 of rows and columns").lists(&[(1, FLOAT32)]),
];

/// Every pixel becomes a rectangle: wherever the file's rule of coordinates says just that.
fn resize(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let upsample = at.node.op_type == "Upsample";
    let floats = |i: usize| scope.constants.get(at.input(i)).map(|c| c.floats.clone()).filter(|f| !f.is_empty());
    let ints = |i: usize| scope.constants.get(at.input(i)).map(|c| c.ints.clone()).filter(|f| !f.is_empty());
    let shape = bound.layout.shape.clone();
    if !upsample && floats(2).is_some() && ints(3).is_some() {
        return scope.inconsistent(at, "scales and sizes say both how large it becomes");
    }
    let whole = |f: f32| (f.fract() == 0.0 && (1.0..=16.0).contains(&f)).then_some(f as u32);
    let factors: Option<Vec<u32>> = match (floats(if upsample { 1 } else { 2 }), ints(3)) {
        (Some(scales), _) => scales.iter().map(|f| whole(*f)).collect(),
        (None, Some(sizes)) if sizes.len() == shape.len() + 1 && sizes[0] == 1 => {
            let ratio = |(size, old): (&i64, &usize)| whole(*size as f32 / *old as f32);
            std::iter::once(Some(1)).chain(sizes[1..].iter().zip(&shape).map(ratio)).collect()
        }
        _ => None,
    };
    let by = match factors.as_deref() {
        Some([1, 1, h, w]) if shape.len() == 3 => Some([*h, *w]),
        Some([1, 1, w]) if shape.len() == 2 => Some([1, *w]),
        _ => None,
    };
    let stretched = at.text("keep_aspect_ratio_policy", "stretch") == "stretch";
    let nearest = at.text("mode", "nearest") == "nearest" && at.ints("axes").is_none() && stretched;
    match by.filter(|f| nearest && f.iter().all(|f| repeats(at, *f, upsample))) {
        Some(f) => larger(scope, at, bound, Enlarging::Nearest(f)),
        None => {
            let why = "other than whole factors of nearest pixels";
            scope.refuse(at, why, "mode nearest, factors 1 to 16 of rows and columns");
        }
    }
}

/// With these rules of coordinates, pixel `o` of the result is pixel `o / factor`.
fn repeats(at: &At, factor: u32, upsample: bool) -> bool {
    let (default, rounding) = if upsample { ("asymmetric", "floor") } else { ("half_pixel", "round_prefer_floor") };
    let coordinates = at.text("coordinate_transformation_mode", default);
    let rounding = at.text("nearest_mode", rounding);
    // One period tells: pixels repeat with the factor.
    (0..2 * factor).all(|o| {
        let f = factor as f32;
        let x = match coordinates.as_str() {
            "asymmetric" => o as f32 / f,
            "half_pixel" | "pytorch_half_pixel" | "half_pixel_symmetric" => (o as f32 + 0.5) / f - 0.5,
            _ => return false,
        };
        let nearest = match rounding.as_str() {
            "floor" => x.floor(),
            "ceil" => x.ceil(),
            "round_prefer_floor" => (x - 0.5).ceil(),
            "round_prefer_ceil" => (x + 0.5).floor(),
            _ => return false,
        };
        nearest.max(0.0) as u32 == o / factor
    })
}
