use super::{golden, Config, Half};
use crate::blocks::proofs::{softmax_lane, Obligations};

pub fn obligations() -> Obligations {
    let scales = [(8, 16, 15, Half::Floor), (7, 5, 23, Half::Keep), (6, 3, 15, Half::Keep), (6, 100, 15, Half::Floor)];
    let lane = |(bits, inverse_scale, octaves, half)| {
        let c = Config { bits, inverse_scale, octaves, half, ..Config::default() };
        let settings = format!("bits={bits} inverse_scale={inverse_scale} octaves={octaves} half={}", half.text());
        softmax_lane("shiftmax", &settings, bits, &c, |x| golden::exp(&c, x))
    };
    scales.into_iter().map(lane).collect()
}
