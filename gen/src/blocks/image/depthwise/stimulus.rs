use super::{Checked, Config};
use crate::blocks::stimulus::{constants, elements};
use crate::num::{range_of, Prng};

/// Lanes that divide and such that do not, one tap, zero points, given and drawn kernels.
pub fn config(rng: &mut Prng) -> Config {
    let channels = 1 + rng.below(9) as u32;
    let taps = *rng.pick(&[1, 2, 4, 9, 9, 15]);
    let (x_bits, w_bits) = (*rng.pick(&[1, 4, 8, 8, 16]), *rng.pick(&[1, 2, 4, 8, 8, 16]));
    let x_signed = rng.chance(0.5);
    let x = range_of(x_bits, x_signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
    let n = u64::from(channels) * u64::from(taps);
    Config {
        channels,
        lanes: 1 + rng.below(channels.min(5).into()) as u32,
        taps,
        x_bits,
        x_signed,
        x_zero: *rng.pick(&[0, x.0, x.1, rng.clone().range(x.0, x.1)]),
        w_bits,
        pipeline: rng.below(2) as u32,
        weights: if rng.chance(0.3) { Vec::new() } else { constants(rng, n, w_bits, true) },
        bias: match rng.below(3) {
            0 => Vec::new(),
            1 => vec![rng.range(-5000, 5000); channels as usize],
            _ => (0..channels).map(|_| rng.range(-200_000, 200_000)).collect(),
        },
    }
}

/// Random patches; sometimes the one that drives every sum to its extreme.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let l = c.derived();
    let n = u64::from(l.groups) * u64::from(c.taps) * u64::from(c.lanes);
    let mut x = elements(rng, n, c.x_bits, c.x_signed);
    if rng.chance(0.3) {
        let r = range_of(c.x_bits, c.x_signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
        let (up, down) = if rng.chance(0.5) { (r.1, r.0) } else { (r.0, r.1) };
        let (taps, lanes) = (c.taps as usize, c.lanes as usize);
        for (at, v) in x.iter_mut().enumerate() {
            let (channel, t) = (at / (lanes * taps) * lanes + at % lanes, at / lanes % taps);
            let w = l.weights.get(channel * taps + t).copied().unwrap_or(0);
            *v = if w > 0 { up } else { down };
        }
    }
    vec![x]
}
