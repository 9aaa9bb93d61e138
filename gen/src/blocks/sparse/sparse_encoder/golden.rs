use super::{Checked, Config};
use crate::blocks::sparse::code::bytes;

/// The code in bytes of whole words, and its bits.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mask = (1u64 << c.width) - 1;
    let elements: Vec<u64> = inputs[0].iter().map(|x| *x as u64 & mask).collect();
    let mut bits = c.code().encode(&elements);
    let length = bits.len() as i64;
    bits.resize(bits.len().next_multiple_of(c.word as usize), false);
    vec![bytes(&bits), vec![length]]
}
