use super::{Checked, Config, Order};

/// The defining equation.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let x = &inputs[0];
    let (h, w) = (i64::from(c.height), i64::from(c.width));
    let rows = (c.height + c.pad_top + c.pad_bottom - (c.kernel_h - 1) * c.dilation_h - 1) / c.stride_h + 1;
    let cols = (c.width + c.pad_left + c.pad_right - (c.kernel_w - 1) * c.dilation_w - 1) / c.stride_w + 1;
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            let value = |ky: u32, kx: u32, channel: u32| {
                let iy = i64::from(oy * c.stride_h + ky * c.dilation_h) - i64::from(c.pad_top);
                let ix = i64::from(ox * c.stride_w + kx * c.dilation_w) - i64::from(c.pad_left);
                if iy < 0 || iy >= h || ix < 0 || ix >= w {
                    return c.pad_value;
                }
                x[((iy * w + ix) * i64::from(c.channels) + i64::from(channel)) as usize]
            };
            let taps = || (0..c.kernel_h).flat_map(|ky| (0..c.kernel_w).map(move |kx| (ky, kx)));
            match c.order {
                Order::Taps => {
                    for (ky, kx) in taps() {
                        out.extend((0..c.channels).map(|channel| value(ky, kx, channel)));
                    }
                }
                Order::Channels => {
                    for first in (0..c.channels).step_by(c.lanes as usize) {
                        for (ky, kx) in taps() {
                            out.extend((first..first + c.lanes).map(|channel| value(ky, kx, channel)));
                        }
                    }
                }
            }
        }
    }
    vec![out]
}
