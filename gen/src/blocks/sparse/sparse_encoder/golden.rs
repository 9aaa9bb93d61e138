use super::{Checked, Config};
use crate::blocks::sparse::code::Code;

/// The code in bytes of whole words, and its bits.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let code = Code { block: c.block, width: c.width, format: c.format };
    let mask = (1u64 << c.width) - 1;
    let elements: Vec<u64> = inputs[0].iter().map(|x| *x as u64 & mask).collect();
    let mut bits = code.encode(&elements);
    let length = bits.len() as i64;
    while !bits.len().is_multiple_of(c.word as usize) {
        bits.push(false);
    }
    let byte = |b: &[bool]| b.iter().zip(0..).map(|(bit, i)| i64::from(*bit) << i).sum();
    vec![bits.chunks(8).map(byte).collect(), vec![length]]
}
