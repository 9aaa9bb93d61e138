//! Random rows of a GELU by shifts.

use super::ShiftGelu;
use crate::layers::shiftmax::random::exponential;
use crate::random::{Dialect, Maker};

/// Of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let shape = m.image(at);
    if m.dialect != Dialect::Dyadic {
        return None;
    }
    let exp = exponential(m, 23);
    let sigmoid_bits = *m.choices.pick(&[8, 12]);
    let reach = 2f64.powi(m.dtype(at).bits() as i32 + sigmoid_bits as i32 - 2);
    let dtype = m.result_type();
    let recode = m.recode(1, reach, dtype);
    m.layer(ShiftGelu { columns: shape[2], exp, sigmoid_bits, recode }, vec![at], shape, dtype)
}
