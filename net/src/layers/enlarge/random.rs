//! Random enlargements.

use super::{Enlarge, Enlarging};
use crate::random::Maker;

/// Up to two rows and three columns of each pixel, or squares of the channels, where they make some.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let ([height, width, channels], dtype) = (m.image(at), m.dtype(at));
    let squares = channels.is_multiple_of(4) && m.choices.chance(60);
    let by = if squares {
        Enlarging::DepthToSpace(2)
    } else {
        Enlarging::Nearest([1 + m.choices.below(2) as u32, 1 + m.choices.below(3) as u32])
    };
    let layer = Enlarge { height, width, channels, by };
    m.layer(layer, vec![at], layer.out(), dtype)
}
