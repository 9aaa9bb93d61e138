//! How sums become codes: how many requantizers side by side, and how much of their multiplier in a cycle.

use niello_gen::blocks::requant::form;

use super::lanes;
use crate::layers::Requantizers;
use crate::Recode;

/// More bits a cycle are not cheaper than a multiplier.
const DIGITS: [u32; 4] = [1, 2, 4, 8];

/// For `outputs` sums at each of `patches` places. None: no lanes are fast enough. Without a function sums leave on as many lanes.
pub fn requantizers(r: Option<&Recode>, outputs: u32, patches: u64, target: u64) -> Option<Requantizers> {
    let lanes = match patches {
        1 => u64::from(outputs).div_ceil(target.max(1)) as u32,
        _ => lanes(outputs, patches, target).or(r.is_none().then_some(0))?,
    };
    let Some(r) = r else { return Some(Requantizers { lanes, digit: 0, multipliers: 0 }) };
    let r = r.simplified();
    let digit = digit(&r, patches * u64::from(outputs.div_ceil(lanes.max(1))), target);
    let multipliers = if r.by_counting() || digit > 0 { 0 } else { lanes.into() };
    Some(Requantizers { lanes, digit, multipliers })
}

/// Bits of the multiplier in a cycle for so many beats; 0: all at once.
pub fn digit(r: &Recode, beats: u64, target: u64) -> u32 {
    let bits = form::most_multiplier_bits(&r.scales);
    DIGITS.into_iter().find(|d| beats * u64::from(bits.div_ceil(*d)) <= target).unwrap_or(0)
}
