//! CONV_2D. Rules: framework-rules.md 1.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::weights::{kernel, scaled, Scaled};
use crate::tflite::parts::windows::{bad_kernel, no_options, outputs_are, window, Options};
use niello_net::layers::{Conv, Dense, Grouped};
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("CONV_2D", 8, (3, 3), 1, conv)
    .built("groups, strides, dilations, both paddings, fused activations")
    .optional(2)];

/// `clamp(double_rounding(acc * m) + zero)`, `m = s_in * s_w[n] / s_out` in binary64; uint8: `s_in * s_w` in binary32 first.
fn conv(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let kind = "CONV_2D";
    let Some(o) = op.conv() else { return no_options(file, place, kind) };
    let (w_index, w) = kernel(file, c)?;
    let [outputs, kh, kw, depth] = w.shape[..] else { return bad_kernel(file, place, &w) };
    let options = Options {
        kernel: [kh as u32, kw as u32],
        stride: [o.stride_h(), o.stride_w()],
        dilation: [o.dilation_h(), o.dilation_w()],
        padding: o.padding(),
    };
    let window = window(file, place, kind, x, y, &options)?;
    let channels = window.channels as usize;
    let groups = channels / depth.max(1);
    if depth == 0 || !channels.is_multiple_of(depth) || !outputs.is_multiple_of(groups) {
        file.inconsistent(place, format!("{outputs} kernels of {depth} channels on {channels} channels"));
        return None;
    }
    outputs_are(file, place, y, outputs)?;
    let Scaled { weights, bias, recode, x_zero } = scaled(file, c, (w_index, &w), o.activation(), 0)?;
    if groups > 1 {
        return Some(Op::from(Grouped { window, groups: groups as u32, x_zero, weights, bias, recode }));
    }
    let dense = Dense { x_zero, weights, bias, recode: Some(recode) };
    Some(Op::from(Conv { window, dense }))
}
