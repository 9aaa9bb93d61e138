use super::{golden, Config};
use crate::blocks::proofs::{softmax_lane, Obligations};

pub fn obligations() -> Obligations {
    let c = Config::default();
    let exp = |x| golden::quantized(&c, golden::exp(&c, x));
    Ok(vec![softmax_lane("softmax_ibert", "as it is without settings", c.bits, &c, exp)?])
}
