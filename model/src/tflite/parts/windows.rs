//! Windows on images.

use crate::tflite::file::File;
use crate::window::{window as bounded, Described, Padding};
use niello_net::{Op, Value, Window};

/// What a window's options say: strides, dilations (down, across), padding SAME.
pub struct Options {
    /// Taps.
    pub kernel: [u32; 2],
    /// Between patches.
    pub stride: [i32; 2],
    /// Between taps.
    pub dilation: [i32; 2],
    /// SAME is 0, VALID is 1.
    pub padding: i8,
}

/// Where the taps lie; padding SAME puts the odd one behind.
pub fn window(file: &mut File, place: &str, kind: &str, x: &Value, y: &Value, o: &Options) -> Option<Window> {
    let (&[height, width, channels], 3) = (&x.shape[..], y.shape.len()) else {
        file.unsupported(place, kind, &format!("{:?} becomes {:?}", x.shape, y.shape), "one image a sample");
        return None;
    };
    let padding = match o.padding {
        0 => Padding::SameUpper,
        1 => Padding::Explicit([0; 4]),
        other => {
            file.inconsistent(place, format!("padding {other}: 0 and 1 are legal"));
            return None;
        }
    };
    let [stride, dilation] = [o.stride, o.dilation].map(|v| v.map(i64::from));
    let kernel = o.kernel.map(i64::from);
    let described = Described { image: [height, width, channels], kernel, stride, dilation, padding };
    let window = windowed(file, place, &described)?;
    let [rows, cols] = window.out();
    if y.shape[..2] != [rows as usize, cols as usize] {
        file.inconsistent(place, format!("a window of {:?} on {:?} gives {:?}", o.kernel, x.shape, y.shape));
        return None;
    }
    Some(window)
}

pub fn windowed(file: &mut File, place: &str, d: &Described) -> Option<Window> {
    bounded(d).map_err(|fault| file.errors.push(fault.at(place))).ok()
}

pub fn outputs_are(file: &mut File, place: &str, y: &Value, outputs: usize) -> Option<()> {
    let right = y.shape.last() == Some(&outputs);
    if !right {
        file.inconsistent(place, format!("{outputs} outputs for a result of {:?}", y.shape));
    }
    right.then_some(())
}

pub fn no_options(file: &mut File, place: &str, kind: &str) -> Option<Op> {
    file.inconsistent(place, format!("{kind} without its options"));
    None
}

pub fn bad_kernel(file: &mut File, place: &str, w: &Value) -> Option<Op> {
    file.inconsistent(place, format!("kernels {} of {:?}", w.dtype.name(), w.shape));
    None
}
