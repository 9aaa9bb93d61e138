use super::{Checked, Config};
use crate::blocks::sparse::code::bits;

/// Lines of an operand, zeros where the code has none, and what is said of the code.
fn lines(c: &Config, b: bool, input: &[i64]) -> (Vec<Vec<i64>>, Vec<i64>) {
    let (code, lines, signed) = match b {
        false => (c.codes()[0], c.m, c.a_signed),
        true => (c.codes()[1], c.n, c.b_signed),
    };
    let decoded = code.decode(&bits(input), c.word);
    let most = lines as usize * c.k as usize;
    let blocks = (most / c.block as usize) as u64;
    let beyond = (decoded.blocks.len() as u64 > blocks).then_some(blocks);
    let malformed = [decoded.malformed, beyond].into_iter().flatten().min();
    let mut elements: Vec<i64> = decoded.elements.iter().map(|p| code.number(*p, signed)).collect();
    elements.truncate(most);
    let said = vec![elements.len() as i64, malformed.map_or(0, |b| b as i64 + 1)];
    elements.resize(most, 0);
    (elements.chunks(c.k as usize).map(<[i64]>::to_vec).collect(), said)
}

/// The sums, and what is said of both codes.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (rows, a) = lines(c, false, &inputs[0]);
    let (columns, b) = lines(c, true, &inputs[1]);
    let mut sums = Vec::new();
    for row in &rows {
        for column in &columns {
            sums.push((0..c.k as usize).map(|k| row[k] * column[k]).sum());
        }
    }
    vec![sums, a, b]
}
