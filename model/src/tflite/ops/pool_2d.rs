//! MAX_POOL_2D and AVERAGE_POOL_2D. Rules: framework-rules.md 1.

use niello_gen::num::Scale;

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::weights::bounds;
use crate::tflite::parts::windows::{no_options, outputs_are, window, Options};
use niello_net::layers::Pool;
use niello_net::{Op, Recode, Window};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("AVERAGE_POOL_2D", 3, (1, 1), 5, pool),
    Builtin::of("MAX_POOL_2D", 3, (1, 1), 5, pool).built("without activation"),
];

/// On codes, with the input's quantization.
fn pool(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, kind, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let Some(o) = op.pool() else { return no_options(file, place, kind) };
    let (cx, cy) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    if cx != cy {
        file.quantization(place, "input and output of a pooling have different scales or zero points".into());
        return None;
    }
    let kernel = [o.filter_h(), o.filter_w()].map(|k| k.max(0) as u32);
    let stride = [o.stride_h(), o.stride_w()];
    let options = Options { kernel, stride, dilation: [1, 1], padding: o.padding() };
    let window = window(file, place, kind, x, y, &options)?;
    outputs_are(file, place, y, window.channels as usize)?;
    let (min, max) = bounds(file, place, o.activation(), &cy)?;
    let (lo, hi) = x.dtype.range();
    let average = kind.starts_with("AVERAGE");
    if window.taps() == 1 || (!average && (min, max) != (lo, hi)) {
        let why = if window.taps() == 1 { "a patch of one pixel" } else { "a fused activation" };
        file.unsupported(place, kind, why, "patches of two pixels or more, the activation in the layer before");
        return None;
    }
    let scales = if window.pads == [0; 4] { vec![Scale::MeanHalfAway(window.taps())] } else { divisors(&window) };
    let outside = if average { 0 } else { lo };
    let average = average.then_some(Recode { scales, zero_point: 0, min, max });
    Some(Op::from(Pool { window, average, outside, float32: None }))
}

/// For each patch, the mean over its taps inside of the image.
fn divisors(w: &Window) -> Vec<Scale> {
    let [rows, cols] = w.out();
    let inside = |at: u32, axis: usize, size: u32| {
        let taps = (0..w.kernel[axis]).map(|k| i64::from(at * w.stride[axis] + k) - i64::from(w.pads[axis]));
        taps.filter(|i| (0..i64::from(size)).contains(i)).count() as u32
    };
    let patch = |y: u32| (0..cols).map(move |x| inside(y, 0, w.height) * inside(x, 1, w.width));
    (0..rows).flat_map(patch).map(|n| Scale::MeanHalfAway(n.max(1))).collect()
}
