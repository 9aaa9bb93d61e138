//! Random attention.

use super::{Attention, Mask};
use crate::layers::conv::random::detour;
use crate::random::{Dialect, Maker};

/// Pixels attend to each other: queries are a value, keys what convolutions make of it, values either of them.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    if m.dialect != Dialect::Dyadic || m.dtype(at).bits() > 8 {
        return None;
    }
    let other = if m.choices.chance(50) { detour(m, at)? } else { at };
    if m.dtype(other) != m.dtype(at) {
        return None;
    }
    let [height, width, channels] = m.image(at);
    let pixels = height * width;
    let divisors: Vec<u32> = (1..=pixels).filter(|d| pixels.is_multiple_of(*d)).collect();
    let heads = if m.choices.chance(50) { *m.choices.pick(&divisors) } else { 1 };
    let rows_first = m.choices.chance(40);
    let mask = *m.choices.pick(&[Mask::None, Mask::Causal, Mask::Window]);
    let mask = if rows_first && heads > 1 { Mask::None } else { mask };
    let window = (1 + m.choices.below(4) as u32, m.choices.below(3) as u32);
    let inputs = vec![at, other, if m.choices.chance(50) { at } else { other }];
    let (x, y) = (m.dtype(at), m.result_type());
    let zeros = [x, x, x, y].map(|t| if m.choices.chance(50) { m.zero(t) } else { 0 });
    let rows = pixels / heads;
    let scale = f64::from(1 + m.choices.below(1 << 10) as u32) / 200_000.0;
    let out_scale = f64::from(500 + m.choices.below(1 << 10) as u32) / 1000.0;
    let dtypes = [x, y];
    let (queries, keys, depth, width) = (rows, rows, channels, channels);
    let precision = *m.choices.pick(&[16, 12]);
    let layer = Attention {
        heads,
        queries,
        keys,
        depth,
        width,
        rows_first,
        dtypes,
        zeros,
        scale,
        out_scale,
        precision,
        mask,
        window,
    };
    let shape = m.image(at);
    m.layer(layer, inputs, shape, y)
}
