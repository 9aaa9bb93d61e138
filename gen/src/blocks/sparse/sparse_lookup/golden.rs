use super::{Checked, Config};

/// Elements by their indices, whether each is outside, and what is said of the table.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let bits: Vec<bool> = inputs[0].iter().flat_map(|byte| (0..8).map(move |i| byte >> i & 1 == 1)).collect();
    let decoded = c.code().decode(&bits, c.word);
    let most = u64::from(c.block) * u64::from(c.blocks);
    let size = (decoded.elements.len() as u64).min(most);
    let mut served = vec![0u64; size as usize];
    let mut malformed = decoded.malformed;
    let mut values = 0;
    for (b, (coordinates, entries)) in (0..).zip(&decoded.blocks) {
        let mut none = b >= u64::from(c.blocks);
        for (n, (i, value)) in (0..).zip(entries) {
            if *coordinates && n >= c.pairs {
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
    let signed = |v: u64| {
        let v = v as i64;
        if c.signed && v >> (c.width - 1) == 1 {
            v - (1 << c.width)
        } else {
            v
        }
    };
    let found = |i: &i64| served.get(*i as usize);
    let y = inputs[1].iter().map(|i| signed(*found(i).unwrap_or(&0))).collect();
    let outside = inputs[1].iter().map(|i| i64::from(found(i).is_none())).collect();
    vec![y, outside, vec![size as i64, malformed.map_or(0, |b| b as i64 + 1)]]
}
