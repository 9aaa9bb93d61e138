//! Random attention to the samples so far.

use super::CachedAttention;
use crate::layers::conv::random::detour;
use crate::layers::{Attention, Mask};
use crate::random::{Dialect, Maker};
use crate::DType;

/// Pixels are heads: queries and values are a value, keys what convolutions make of it.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    if m.dialect != Dialect::Dyadic || m.dtype(at) != DType::I8 {
        return None;
    }
    let [rows, columns, channels] = m.image(at);
    let other = if m.choices.chance(50) { detour(m, at)? } else { at };
    if m.dtype(other) != DType::I8 || rows * columns > 16 {
        return None;
    }
    let keys = *m.choices.pick(&[64, 20, 3, 1]);
    let divisors: Vec<u32> = (1..=channels).filter(|d| channels.is_multiple_of(*d)).collect();
    let attention = Attention {
        heads: rows * columns,
        queries: 1,
        keys,
        depth: channels,
        width: channels,
        rows_first: false,
        dtypes: [DType::I8, DType::I8],
        zeros: [0; 4],
        scale: f64::from(1 + m.choices.below(1 << 10) as u32) / 200_000.0,
        out_scale: f64::from(500 + m.choices.below(1 << 10) as u32) / 1000.0,
        precision: 16,
        mask: Mask::None,
        window: (1, 0),
    };
    let layer = CachedAttention {
        attention,
        sinks: m.choices.below(u64::from(keys)) as u32,
        group: *m.choices.pick(&divisors),
        cache_bits: *m.choices.pick(&[4, 4, 3, 1]),
    };
    layer.lanes(u64::MAX)?;
    m.layer(layer, vec![at, other, at], [rows, columns, channels], DType::I8)
}
