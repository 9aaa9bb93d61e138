//! Random convolutions in groups.

use super::Grouped;
use crate::random::Maker;

/// Any window; every divisor of the channels is a number of groups, one to three outputs each.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let window = m.window(at, true);
    let divisors: Vec<u32> = (1..=window.channels).rev().filter(|n| window.channels.is_multiple_of(*n)).collect();
    let groups = *m.choices.pick(&divisors);
    let outputs = groups * (1 + m.choices.below(3) as u32);
    let terms = window.taps() * (window.channels / groups);
    let dtype = m.dtype(at);
    let x_zero = m.zero(dtype);
    let (weights, reach) = m.weights(outputs * terms, terms, at);
    let bias = m.bias(outputs, reach);
    let dtype = m.result_type();
    let recode = m.recode(outputs, reach, dtype);
    let [rows, cols] = window.out();
    m.layer(Grouped { window, groups, x_zero, weights, bias, recode }, vec![at], [rows, cols, outputs], dtype)
}
