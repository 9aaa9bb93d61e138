//! DEPTHWISE_CONV_2D. Rules: framework-rules.md 1.

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::weights::{fits_32_bits, kernel, scaled, Scaled};
use crate::tflite::parts::windows::{bad_kernel, no_options, outputs_are, window, Options};
use niello_net::layers::{Conv, Dense, Depthwise, Grouped};
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("DEPTHWISE_CONV_2D", 7, (2, 3), 2, depthwise)
    .built("several kernels a channel, strides, dilations, both paddings, fused activations")
    .optional(2)];

/// As CONV_2D; kernels lie `[1][ky][kx][channel]`.
fn depthwise(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let kind = "DEPTHWISE_CONV_2D";
    let Some(o) = op.depthwise() else { return no_options(file, place, kind) };
    let (w_index, w) = kernel(file, c)?;
    let [1, kh, kw, channels] = w.shape[..] else { return bad_kernel(file, place, &w) };
    let options = Options {
        kernel: [kh as u32, kw as u32],
        stride: [o.stride_h(), o.stride_w()],
        dilation: [o.dilation_h(), o.dilation_w()],
        padding: o.padding(),
    };
    let window = window(file, place, kind, x, y, &options)?;
    outputs_are(file, place, y, channels)?;
    let Scaled { weights: given, bias, recode, x_zero } = scaled(file, c, (w_index, &w), o.activation(), 3)?;
    // Channel by channel.
    let taps = kh * kw;
    let weights: Vec<i64> =
        (0..channels).flat_map(|c| (0..taps).map(move |t| t * channels + c)).map(|i| given[i]).collect();
    fits_32_bits(file, place, &weights, &bias, x_zero, x.dtype)?;
    if window.channels == 1 {
        // One channel under several kernels is a dense convolution.
        let dense = Dense { x_zero, weights, bias, recode: Some(recode) };
        return Some(Op::from(Conv { window, dense }));
    }
    if !channels.is_multiple_of(window.channels as usize) {
        return bad_kernel(file, place, &w);
    }
    if window.channels as usize != channels {
        // Several kernels for each channel: a group each.
        return Some(Op::from(Grouped { window, groups: window.channels, x_zero, weights, bias, recode }));
    }
    Some(Op::from(Depthwise { window, x_zero, weights, bias, recode }))
}
