//! Random poolings.

use niello_gen::num::Scale;

use super::Pool;
use crate::random::{Dialect, Maker};
use crate::{inside, Recode, Window};

/// Largest codes, or means in the dialect's way: TFLite's reference kernels divide by the taps inside of the image.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let mut window = m.window(at, false);
    let (lo, hi) = m.dtype(at).range();
    if window.taps() == 1 {
        return None;
    }
    let (mut dtype, mut outside, mut average) = (m.dtype(at), lo, None);
    if m.choices.chance(50) {
        if m.dialect == Dialect::TfliteRef {
            outside = 0;
            average = Some(Recode { scales: divisors(&window), zero_point: 0, min: lo, max: hi });
        } else {
            window.pads = [0; 4];
            outside = m.zero(dtype);
            dtype = m.result_type();
            let reach = 0.7 * f64::from(window.taps()) * (hi - lo) as f64 / 2.0;
            let mut recode = m.recode(1, reach, dtype);
            recode.scales.truncate(1);
            average = Some(recode);
        }
    }
    let [rows, cols] = window.out();
    let channels = window.channels;
    m.layer(Pool { window, average, outside, float32: None }, vec![at], [rows, cols, channels], dtype)
}

/// For each patch, the mean over its taps inside of the image; one for all where it is the same.
fn divisors(w: &Window) -> Vec<Scale> {
    let [rows, cols] = w.out();
    let along = |at: u32, axis: usize, size: u32| {
        (0..w.kernel[axis]).filter(|k| inside(at * w.stride[axis] + k, w.pads[axis], size).is_some()).count() as u32
    };
    if w.pads == [0; 4] {
        return vec![Scale::MeanHalfAway(w.taps())];
    }
    let patches = (0..rows).flat_map(|y| (0..cols).map(move |x| (y, x)));
    patches.map(|(y, x)| Scale::MeanHalfAway((along(y, 0, w.height) * along(x, 1, w.width)).max(1))).collect()
}
