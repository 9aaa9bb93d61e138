use super::{Checked, Config};
use crate::blocks::sparse::code::Code;

/// Elements in whole beats, zeros behind the last one; how many there are, and the number of the first malformed block, from 1 on.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let code = Code { block: c.block, width: c.width, format: c.format };
    let bits: Vec<bool> = inputs[0].iter().flat_map(|byte| (0..8).map(move |i| byte >> i & 1 == 1)).collect();
    let decoded = code.decode(&bits, c.word);
    let mut elements: Vec<i64> = decoded
        .elements
        .iter()
        .map(|e| {
            let value = *e as i64;
            if c.signed && value >> (c.width - 1) == 1 {
                value - (1 << c.width)
            } else {
                value
            }
        })
        .collect();
    let modulus = 1i64 << c.report_bits;
    let count = elements.len() as i64 % modulus;
    while !elements.len().is_multiple_of(c.lanes as usize) {
        elements.push(0);
    }
    vec![elements, vec![count, decoded.malformed.map_or(0, |block| (block as i64 + 1).min(modulus - 1))]]
}
