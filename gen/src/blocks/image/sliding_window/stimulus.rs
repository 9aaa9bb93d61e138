use super::{Checked, Config, Order};
use crate::blocks::stimulus::elements;
use crate::num::{range_of, Prng};

/// Odd images, kernels up to the whole image, strides beyond the kernel, dilations, any padding that is legal.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let c = candidate(rng);
        if c.rules().is_empty() {
            return c;
        }
    }
}

fn candidate(rng: &mut Prng) -> Config {
    let size = |rng: &mut Prng, most: u64| 1 + rng.below(most) as u32;
    let (mut height, mut width) = (size(rng, 8), size(rng, 8));
    match rng.below(8) {
        0 => height = 1,
        1 => width = 1,
        _ => {}
    }
    let pixel = size(rng, 3);
    let lanes = size(rng, 3);
    let kernel = |rng: &mut Prng, n: u32| *rng.pick(&[1, 2, 3, 3, n]);
    let (kernel_h, kernel_w) = (kernel(rng, height), kernel(rng, width));
    let dilation = |rng: &mut Prng, k: u32| if k > 1 { *rng.pick(&[1, 1, 2, 3]) } else { 1 };
    let pads = rng.chance(0.6);
    let pad = |rng: &mut Prng| if pads { rng.below(3) as u32 } else { 0 };
    let (bits, signed) = (*rng.pick(&[1, 3, 8, 8, 16]), rng.chance(0.5));
    let value = range_of(bits, signed).map_or(0, |r| rng.range(r.lo as i64, r.hi as i64));
    let mut c = Config {
        height,
        width,
        channels: pixel * lanes,
        lanes,
        bits,
        signed,
        kernel_h,
        kernel_w,
        stride_h: *rng.pick(&[1, 1, 2, 3, 4]),
        stride_w: *rng.pick(&[1, 1, 2, 3, 4]),
        dilation_h: dilation(rng, kernel_h),
        dilation_w: dilation(rng, kernel_w),
        pad_top: pad(rng),
        pad_left: pad(rng),
        pad_bottom: pad(rng),
        pad_right: pad(rng),
        pad_value: 0,
        order: *rng.pick(Order::ALL),
        spare: if rng.chance(0.3) { rng.below(20) as u32 } else { 0 },
    };
    if c.pad_top + c.pad_left + c.pad_bottom + c.pad_right > 0 {
        c.pad_value = value;
    }
    c
}

/// Random pixels.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, u64::from(c.height) * u64::from(c.width) * u64::from(c.channels), c.bits, c.signed)]
}
