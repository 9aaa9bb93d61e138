//! DEPTH_TO_SPACE and RESIZE_NEAREST_NEIGHBOR: a larger image of the same codes.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::shapes::says_its_shape;
use niello_net::layers::{Enlarge, Enlarging};
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("DEPTH_TO_SPACE", 2, (1, 1), 94, enlarge).built("block sizes 1 to 16"),
    Builtin::of("RESIZE_NEAREST_NEIGHBOR", 4, (2, 2), 74, resize_nearest)
        .built("whole factors 1 to 16, corners not aligned"),
];

fn resize_nearest(file: &mut File, c: &Call) -> Option<Op> {
    says_its_shape(file, c, |_, input, operand| {
        let size = operand.unwrap_or_default();
        resized(input, &size).ok_or_else(|| format!("{input:?} with rows and columns {size:?}"))
    })?;
    enlarge(file, c)
}

/// A larger image of the same codes: by whole factors, or of the channels.
fn enlarge(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, kind, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    if file.codes(place, input, x)? != file.codes(place, output, y)? {
        file.quantization(place, format!("input and output of {kind} have different scales or zero points"));
        return None;
    }
    let (&[height, width, channels], &[rows, cols, _]) = (&x.shape[..], &y.shape[..]) else {
        let why = format!("{:?} becomes {:?}", x.shape, y.shape);
        file.unsupported(place, kind, &why, "one image a sample");
        return None;
    };
    let factors = [rows / height.max(1), cols / width.max(1)].map(|f| f as u32);
    let by = match (op.depth_to_space(), op.resize_nearest()) {
        (Some(o), _) => Enlarging::DepthToSpace(o.size().clamp(0, 17) as u32),
        (_, Some(o)) if o.align_corners() == 0 => Enlarging::Nearest(factors),
        _ => Enlarging::Nearest([0, 0]),
    };
    let legal = match by {
        Enlarging::DepthToSpace(n) => (1..=16).contains(&n) && (channels as u32).is_multiple_of(n * n),
        Enlarging::Nearest(f) => f.iter().all(|f| (1..=16).contains(f)),
    };
    let e = Enlarge { height: height as u32, width: width as u32, channels: channels as u32, by };
    if !legal || height.max(width).max(channels) > 8192 || e.out().map(|n| n as usize) != y.shape[..] {
        let why = format!("{:?} becomes {:?}, or corners are aligned", x.shape, y.shape);
        file.unsupported(place, kind, &why, "whole factors up to 16, corners not aligned");
        return None;
    }
    Some(Op::from(e))
}

/// Other rows and columns of an image.
fn resized(input: &[i64], size: &[i64]) -> Option<Vec<i64>> {
    match (input, size) {
        (&[batch, _, _, channels], &[rows, cols]) => Some(vec![batch, rows, cols, channels]),
        _ => None,
    }
}
