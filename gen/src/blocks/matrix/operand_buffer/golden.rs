use super::{Checked, Config};

/// The defining loops.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let groups = c.outer.div_ceil(c.banks);
    let sizes = [groups, c.middle, c.beats, c.times];
    let turns = |k: usize| sizes[c.order[k] as usize];
    let mut out = Vec::new();
    for i0 in 0..turns(0) {
        for i1 in 0..turns(1) {
            for i2 in 0..turns(2) {
                for i3 in 0..turns(3) {
                    // Group, middle index, beat, repetition.
                    let mut at = [0; 4];
                    for (k, i) in c.order.iter().zip([i0, i1, i2, i3]) {
                        at[*k as usize] = i;
                    }
                    beat(c, &inputs[0], at, &mut out);
                }
            }
        }
    }
    vec![out]
}

fn beat(c: &Config, x: &[i64], [group, middle, beat, _]: [u32; 4], out: &mut Vec<i64>) {
    let element = |p: u32, l: u32| {
        let o = group * c.banks + p;
        let word = (o * c.middle + middle) * c.beats + beat;
        if o < c.outer {
            x[(word * c.lanes + l) as usize]
        } else {
            0
        }
    };
    if c.across {
        for l in 0..c.lanes {
            (0..c.banks).for_each(|p| out.push(element(p, l)));
        }
    } else {
        for p in 0..c.banks {
            (0..c.lanes).for_each(|l| out.push(element(p, l)));
        }
    }
}
