//! Random transpositions.

use super::Permute;
use crate::random::Maker;

/// Two or three dimensions of an image change places.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (dims, dtype) = (m.image(at), m.dtype(at));
    let order = *m.choices.pick(&[[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]);
    let shape = order.map(|k| dims[k]);
    m.layer(Permute::new(&dims.map(|d| d as usize), &order), vec![at], shape, dtype)
}
