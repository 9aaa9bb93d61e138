//! Windows on images, as both formats describe them: what is legal, and what is too large.

use crate::error::ModelError;
use niello_net::Window;

/// Most elements of all patches of an image.
const MAX_PATCH_ELEMENTS: u64 = 1 << 30;

/// Most pixels of an image.
const MAX_PIXELS: u64 = 1 << 22;

/// Most taps along an axis, stride, dilation, padding.
pub const MOST: i64 = 1024;

/// Most rows, pixels of a row, channels.
const MOST_SIZE: usize = 8192;

/// What a file says; pairs are down and across.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Rows, pixels of a row, channels.
    pub image: [usize; 3],
    pub kernel: [i64; 2],
    pub stride: [i64; 2],
    pub dilation: [i64; 2],
    pub padding: Padding,
}

/// Outside of the image.
#[derive(Clone, Copy, Debug)]
pub enum Padding {
    /// Top, left, bottom, right.
    Explicit([i64; 4]),
    /// As many patches as strides; the odd one behind.
    SameUpper,
    /// The odd one in front.
    SameLower,
    /// As explicit, and patches may hang over the end as long as they begin inside.
    Ceil([i64; 4]),
}

/// Why there is no window.
#[derive(Debug)]
pub enum Fault {
    Inconsistent(String),
    /// What, and what is built.
    Unsupported(String, String),
    TooLarge {
        count: u64,
        limit: u64,
    },
}

impl Fault {
    /// As a fault of the model, at a place of it.
    pub fn at(self, place: &str) -> ModelError {
        let place = place.to_string();
        match self {
            Fault::Inconsistent(what) => ModelError::Inconsistent { place, what },
            Fault::Unsupported(op, nearest) => {
                let why = "line buffers are planned for less".into();
                ModelError::Unsupported { place, op, why, nearest }
            }
            Fault::TooLarge { count, limit } => ModelError::TooLarge { place, count, limit },
        }
    }
}

/// The window, if everything is in bounds.
pub fn window(d: &Described) -> Result<Window, Fault> {
    let [height, width, channels] = d.image;
    let pixels = height as u64 * width as u64;
    if pixels > MAX_PIXELS || height > MOST_SIZE || width > MOST_SIZE || channels > MOST_SIZE {
        return Err(Fault::TooLarge { count: pixels.max(channels as u64), limit: MAX_PIXELS.min(MOST_SIZE as u64) });
    }
    let numbers = d.kernel.iter().chain(&d.stride).chain(&d.dilation);
    let described = format!("kernel {:?}, stride {:?}, dilation {:?}", d.kernel, d.stride, d.dilation);
    if numbers.clone().any(|v| *v < 1) {
        return Err(Fault::Inconsistent(described));
    }
    if numbers.clone().any(|v| *v > MOST) {
        return Err(Fault::Unsupported(described, format!("1 to {MOST} along each axis")));
    }
    let size = [height as i64, width as i64];
    // Between the taps of one tap there is nothing.
    let dilation = [0, 1].map(|i| if d.kernel[i] == 1 { 1 } else { d.dilation[i] });
    let extent = [0, 1].map(|i| (d.kernel[i] - 1) * dilation[i] + 1);
    let ends = [0, 1].map(|i| sides(d.padding, i, size[i], extent[i], d.stride[i]));
    let pads = [ends[0].0, ends[1].0, ends[0].1, ends[1].1];
    if !pads.iter().all(|p| (0..=MOST).contains(p)) {
        return Err(Fault::Unsupported(format!("a border of {pads:?}"), format!("0 to {MOST} on each side")));
    }
    if (0..2).any(|i| extent[i] > size[i] + ends[i].0 + ends[i].1) {
        return Err(Fault::Inconsistent(format!("a window of {extent:?} pixels on {height} x {width}")));
    }
    let pair = |v: [i64; 2]| v.map(|v| v as u32);
    let window = Window {
        height: height as u32,
        width: width as u32,
        channels: channels as u32,
        kernel: pair(d.kernel),
        stride: pair(d.stride),
        dilation: pair(dilation),
        pads: pads.map(|p| p as u32),
    };
    let [rows, cols] = window.out();
    if window.patches() > MAX_PIXELS || rows as usize > MOST_SIZE || cols as usize > MOST_SIZE {
        return Err(Fault::TooLarge { count: window.patches(), limit: MAX_PIXELS });
    }
    let count = window.patches().saturating_mul(window.taps().into()).saturating_mul(channels as u64);
    if count > MAX_PATCH_ELEMENTS {
        return Err(Fault::TooLarge { count, limit: MAX_PATCH_ELEMENTS });
    }
    Ok(window)
}

/// What is reduced along neighbouring dimensions: of `outer` x `run` x `inner` elements, the patches lie below each other, and each
/// holds a whole `run`. One patch has rows, so that more pixels fit.
pub fn reduction(outer: usize, run: &[usize], inner: usize) -> Described {
    let n: usize = run.iter().product();
    let width = if outer == 1 { *run.last().unwrap_or(&1) } else { n };
    let (height, rows) = if outer == 1 { (n / width.max(1), n / width.max(1)) } else { (outer, 1) };
    let (kernel, one) = ([rows as i64, width as i64], [1, 1]);
    let padding = Padding::Explicit([0; 4]);
    Described { image: [height, width, inner], kernel, stride: one, dilation: one, padding }
}

/// Padding in front and behind, along an axis.
fn sides(padding: Padding, axis: usize, size: i64, extent: i64, stride: i64) -> (i64, i64) {
    let same = ((size + stride - 1) / stride - 1) * stride + extent - size;
    let half = same.max(0) / 2;
    match padding {
        Padding::Explicit(p) => (p[axis], p[axis + 2]),
        Padding::SameUpper => (half, same.max(0) - half),
        Padding::SameLower => (same.max(0) - half, half),
        Padding::Ceil(p) => {
            let span = size + p[axis] + p[axis + 2] - extent;
            let mut more = (span.max(0) + stride - 1) / stride;
            if more * stride >= size + p[axis] {
                more -= 1;
            }
            (p[axis], (more * stride + extent - size - p[axis]).max(p[axis + 2].min(0)).max(0))
        }
    }
}
