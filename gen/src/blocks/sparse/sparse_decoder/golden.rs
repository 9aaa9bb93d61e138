use super::{Checked, Config};
use crate::blocks::sparse::code::bits;

/// Elements in whole beats, zeros behind the last one; how many there are, and the number of the first malformed block, from 1 on.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let decoded = c.code().decode(&bits(&inputs[0]), c.word);
    let mut elements: Vec<i64> = decoded.elements.iter().map(|e| c.code().number(*e, c.signed)).collect();
    let modulus = 1i64 << c.report_bits;
    let count = elements.len() as i64 % modulus;
    elements.resize(elements.len().next_multiple_of(c.lanes as usize), 0);
    vec![elements, vec![count, decoded.malformed.map_or(0, |block| (block as i64 + 1).min(modulus - 1))]]
}
