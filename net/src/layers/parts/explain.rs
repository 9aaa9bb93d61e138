//! What led to an element, in words.

use crate::window::inside;
use crate::{Recode, Window};

/// Terms that are written out.
const SHOWN: usize = 9;

/// Of layers that move elements.
pub const MOVED: &str = "an element that moved";

/// The operands' own elements at the same place.
pub fn from_operands(x: &[&[i64]], element: usize) -> String {
    let codes: Vec<String> = x.iter().filter_map(|t| t.get(element)).map(ToString::to_string).collect();
    format!("from {}", codes.join(" and "))
}

/// An image's elements by channel: those of channels of which any is marked.
pub fn by_channel(x: &[bool], elements: usize, channels: u32) -> Vec<bool> {
    let channels = channels.max(1) as usize;
    if !x.len().is_multiple_of(channels) {
        return vec![true; elements];
    }
    let touched: Vec<bool> = (0..channels).map(|c| x.iter().skip(c).step_by(channels).any(|b| *b)).collect();
    (0..elements).map(|i| touched[i % channels]).collect()
}

/// Weight and operand of every tap inside of the image.
pub fn terms(
    w: &Window,
    patch: usize,
    x: &[i64],
    zero: i64,
    channels: std::ops::Range<usize>,
    weight: impl Fn(usize, usize) -> i64,
) -> Vec<(i64, i64)> {
    let cols = w.out()[1];
    let (oy, ox) = (patch as u32 / cols, patch as u32 % cols);
    let mut found = Vec::new();
    for tap in 0..w.taps() {
        let (ky, kx) = (tap / w.kernel[1], tap % w.kernel[1]);
        let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
        let (Some(iy), Some(ix)) = (iy, ix) else { continue };
        let pixel = ((iy * w.width + ix) * w.channels) as usize;
        for (k, c) in channels.clone().enumerate() {
            found.push((weight(tap as usize, k), x[pixel + c] - zero));
        }
    }
    found
}

/// The products, their sum, and its code.
pub fn weighted(terms: Vec<(i64, i64)>, bias: i64, recode: Option<&Recode>, output: usize) -> String {
    let acc = bias + terms.iter().map(|(w, x)| w * x).sum::<i64>();
    let shown: Vec<String> = terms.iter().take(SHOWN).map(|(w, x)| format!("{w}*{x}")).collect();
    let more = if terms.len() > SHOWN { format!(" + ... ({} terms)", terms.len()) } else { String::new() };
    let code = recode.map_or(String::new(), |r| {
        let r = r.requant(output);
        format!(", {} with zero point {} gives {}", r.scale.name(), r.zero_point, r.apply(acc))
    });
    format!("acc = {bias} + {}{more} = {acc}{code}", shown.join(" + "))
}

/// The first few.
pub fn list(values: &[i64]) -> String {
    let shown: Vec<String> = values.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = if values.len() > SHOWN { format!(", ... ({})", values.len()) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
