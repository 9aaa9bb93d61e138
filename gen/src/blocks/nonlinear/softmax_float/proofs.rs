use super::{golden, Config};
use crate::blocks::proofs::{softmax_lane, Obligations};

pub fn obligations() -> Obligations {
    let lane = |(bits, scale, fraction)| {
        let c = Config { bits, scale, fraction, ..Config::default() };
        let settings = format!("bits={bits} scale={scale} fraction={fraction}");
        softmax_lane("softmax_float", &settings, bits, &c, |x| golden::exp(&c, x))
    };
    [(8, 0.0625, 17), (8, 0.11, 8), (5, 0.5, 12)].into_iter().map(lane).collect()
}
