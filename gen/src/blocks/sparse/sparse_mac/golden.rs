use super::{Checked, Config};
use crate::blocks::sparse::code::bits;

/// Sums of the rows that the code says, and what is said of the code.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (groups, group, cols) = (u64::from(c.groups()), u64::from(c.group), u64::from(c.cols));
    let decoded = c.code().decode(&bits(&inputs[0]), c.word);
    let most = u64::from(c.m) * groups;
    let size = (decoded.elements.len() as u64).min(most);
    let all = most / u64::from(c.block);
    let beyond = (decoded.blocks.len() as u64 > all).then_some(all);
    let malformed = [decoded.malformed, beyond].into_iter().flatten().min();
    let element = |i: u64, k: u64| -> i64 {
        let at = i * groups + k / group;
        let pattern = if at < size { decoded.elements[at as usize] } else { 0 };
        let pattern = pattern >> (k % group * u64::from(c.a_bits)) & ((1 << c.a_bits) - 1);
        if c.a_signed && pattern >> (c.a_bits - 1) == 1 {
            pattern as i64 - (1 << c.a_bits)
        } else {
            pattern as i64
        }
    };
    let mut sums = Vec::new();
    for i in 0..c.m.into() {
        for j in 0..u64::from(c.n) {
            // In its tile, the beat of its group, its column, its place in the group.
            let b = |k: u64| {
                inputs[1][((((j / cols) * groups + k / group) * cols + j % cols) * group + k % group) as usize]
            };
            sums.push((0..c.k.into()).map(|k| element(i, k) * b(k)).sum());
        }
    }
    vec![sums, vec![size as i64, malformed.map_or(0, |b| b as i64 + 1)]]
}
