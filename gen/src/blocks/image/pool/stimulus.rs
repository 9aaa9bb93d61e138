use super::{Checked, Config, Kind, Order};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Both kinds and orders, lanes that divide and such that do not.
pub fn config(rng: &mut Prng) -> Config {
    let channels = 1 + rng.below(8) as u32;
    let kind = *rng.pick(Kind::ALL);
    Config {
        channels,
        lanes: 1 + rng.below(channels.min(4).into()) as u32,
        taps: *rng.pick(&[2, 3, 4, 9, 25]),
        bits: *rng.pick(if kind == Kind::Float32 { &[8, 22, 26, 33, 40] } else { &[1, 2, 8, 8, 17] }),
        signed: rng.chance(0.5),
        kind,
        order: *rng.pick(Order::ALL),
        start: if kind == Kind::Sum && rng.chance(0.4) { rng.range(-3000, 3000) } else { 0 },
    }
}

/// Random elements, a third of them corners; sometimes one value throughout. Sums that are rounded see elements of every
/// magnitude, so that each place where rounding begins, and its ties, are met.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = c.derived().groups as u64 * u64::from(c.taps) * u64::from(c.lanes);
    let x = elements(rng, n, c.bits, c.signed);
    vec![match rng.below(5) {
        0 => vec![x[0]; x.len()],
        1..4 if c.kind == Kind::Float32 => {
            // The running sum stays large while what is added ends just above, at or below half a unit of its last place.
            let least = c.bits.saturating_sub(if rng.chance(0.5) { 2 } else { 6 });
            x.iter()
                .map(|x| if rng.chance(0.5) { large(c, rng, least) } else { x >> rng.below(c.bits.into()) })
                .collect()
        }
        _ => x,
    }]
}

/// An element whose leading one stands at bit `least` or above, with random bits below.
fn large(c: &Checked<Config>, rng: &mut Prng, least: u32) -> i64 {
    let top = c.bits - u32::from(c.signed);
    let place = rng.range(least.min(top - 1).into(), i64::from(top) - 1);
    let magnitude = (1i64 << place) | (rng.range(0, i64::MAX) & ((1i64 << place) - 1));
    if c.signed && rng.chance(0.3) {
        -magnitude
    } else {
        magnitude
    }
}
