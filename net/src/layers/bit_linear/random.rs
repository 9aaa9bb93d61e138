//! Random ternary matrices.

use super::BitLinear;
use crate::random::{Dialect, Maker};

/// Of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let [height, width, columns] = m.image(at);
    if m.dialect != Dialect::Dyadic {
        return None;
    }
    let outputs = 1 + m.choices.below(6) as u32;
    let weights = m.choices.numbers(outputs * columns, 1);
    let dtype = m.result_type();
    let recode = m.recode(outputs, 127.0 * 32768.0 * f64::from(columns).sqrt() / 2.0, dtype);
    let layer = BitLinear { weights, outputs, x_bits: m.dtype(at).bits(), recode };
    m.layer(layer, vec![at], [height, width, outputs], dtype)
}
