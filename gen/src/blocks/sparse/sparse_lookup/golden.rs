use super::{Checked, Config};
use crate::blocks::sparse::code::bits;

/// Elements by their indices, whether each is outside, and what is said of the table.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let decoded = c.code().decode(&bits(&inputs[0]), c.word);
    let most = u64::from(c.block) * u64::from(c.blocks);
    let size = (decoded.elements.len() as u64).min(most);
    let mut served = vec![0u64; size as usize];
    let mut malformed = decoded.malformed;
    let mut values = 0;
    for (b, block) in (0..).zip(&decoded.blocks) {
        let mut none = b >= u64::from(c.blocks);
        for (n, (i, value)) in (0..).zip(&block.entries) {
            if block.pairs.is_some() && n >= c.pairs {
                none = true;
                continue;
            }
            if values < c.values && b < u64::from(c.blocks) {
                served[(b * u64::from(c.block) + i) as usize] = *value;
            }
            none |= values >= c.values;
            values += 1;
        }
        if none {
            malformed = Some(malformed.map_or(b, |first| first.min(b)));
        }
    }
    let found = |i: &i64| served.get(*i as usize);
    let y = inputs[1].iter().map(|i| c.code().number(*found(i).unwrap_or(&0), c.signed)).collect();
    let outside = inputs[1].iter().map(|i| i64::from(found(i).is_none())).collect();
    vec![y, outside, vec![size as i64, malformed.map_or(0, |b| b as i64 + 1)]]
}
