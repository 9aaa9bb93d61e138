use super::{Checked, Config};

/// Row by row: a maximum, exponentials and their sum, a division, products.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let (low, high) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let mut max = low;
        for x in row {
            if (low..=high).contains(x) {
                max = max.max(*x);
            }
        }
        let mut exps = Vec::new();
        let mut sum = 0i64;
        for x in row {
            let e = if (low..=high).contains(x) { quantized(c, exp(c, x - max)) } else { 0 };
            sum += e;
            exps.push(e);
        }
        let factor = if sum == 0 { 0 } else { (1i64 << 32) / sum };
        for e in exps {
            out.push((e * factor) >> (32 - c.out_bits));
        }
    }
    vec![out]
}

/// I-BERT's exponential of a code that is not above zero.
pub fn exp(c: &Config, x: i64) -> i128 {
    let (n, q0) = (i64::from(c.octaves), -i64::from(c.q_ln2));
    let x = x.max(n * q0);
    let z = x / q0;
    let r = i128::from(x - z * q0);
    let polynomial = (r + i128::from(c.q_b)) * r + i128::from(c.q_c);
    (polynomial << (n - z)).max(0)
}

/// `QuantAct` of 16 bits: rounded half to even.
pub fn quantized(c: &Config, exp: i128) -> i64 {
    let product = exp * i128::from(c.multiplier);
    let mut e = product >> c.shift;
    let twice_the_rest = 2 * (product - (e << c.shift));
    let one = 1i128 << c.shift;
    if twice_the_rest > one || (twice_the_rest == one && e % 2 == 1) {
        e += 1;
    }
    e.min(32767) as i64
}
