use super::{Checked, Config};

/// The slots, each with its token as it is read.
pub struct Cache {
    slots: Vec<Vec<i64>>,
    tokens: usize,
}

impl Cache {
    /// Empty.
    pub fn new(c: &Config) -> Cache {
        Cache { slots: vec![vec![0; c.width as usize]; c.tokens as usize], tokens: 0 }
    }

    /// One more token: all slots.
    pub fn next(&mut self, c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        let (most, sinks) = (c.tokens as usize, c.sinks as usize);
        let slot = if self.tokens < most { self.tokens } else { sinks + (self.tokens - sinks) % (most - sinks) };
        self.tokens += 1;
        self.slots[slot] = inputs[0].chunks(c.group as usize).flat_map(|group| kept(c, group)).collect();
        let head = (c.width / c.heads) as usize;
        let mut out = Vec::new();
        for h in 0..c.heads as usize {
            for slot in &self.slots {
                out.extend(&slot[h * head..(h + 1) * head]);
            }
        }
        vec![out]
    }
}

/// A group, stored and read.
fn kept(c: &Config, group: &[i64]) -> Vec<i64> {
    let levels = (1i64 << c.cache_bits) - 1;
    let mut lo = group[0];
    let mut hi = group[0];
    for x in group {
        lo = lo.min(*x);
        hi = hi.max(*x);
    }
    let step = 16 * (hi - lo) / levels;
    let mut out = Vec::new();
    for x in group {
        if step == 0 {
            out.push(lo);
            continue;
        }
        let code = ((16 * (x - lo) + step / 2) / step).min(levels);
        out.push(lo + (code * step + 8) / 16);
    }
    out
}
