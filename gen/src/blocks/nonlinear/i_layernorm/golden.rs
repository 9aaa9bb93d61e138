use super::{Checked, Config, Mean, Root};
use crate::blocks::shiftmax::Numerator;

/// Row by row: the mean, the sum of squares, its root, the quotient, products.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let (low, high) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
    let one = match c.numerator {
        Numerator::Less => (1i64 << 31) - 1,
        Numerator::Whole => 1 << 31,
    };
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let here: Vec<i64> = row.iter().copied().filter(|x| (low..=high).contains(x)).collect();
        let mean = mean(c, here.iter().sum(), here.len() as i64);
        let mut squares = 0i64;
        for x in &here {
            let y = (x - mean) >> c.shift;
            squares += y * y;
        }
        let factor = one / (root(c, squares) << c.shift);
        for (i, x) in row.iter().enumerate() {
            let y = if (low..=high).contains(x) { x - mean } else { 0 };
            let z = (i128::from(y) * i128::from(factor)) >> 1;
            out.push(z as i64 + c.bias.get(i).copied().unwrap_or(0));
        }
    }
    vec![out]
}

fn mean(c: &Config, sum: i64, n: i64) -> i64 {
    if n == 0 || c.mean == Mean::None {
        return 0;
    }
    if c.mean == Mean::Zero {
        return sum / n;
    }
    let (floor, twice_rest) = (sum.div_euclid(n), 2 * sum.rem_euclid(n));
    floor + i64::from(twice_rest > n || (twice_rest == n && floor % 2 != 0))
}

/// One at least: what divides is never zero.
pub(super) fn root(c: &Config, v: i64) -> i64 {
    let bits = 64 - v.leading_zeros();
    let mut k = match c.root {
        Root::Floor => return isqrt(v).max(1),
        Root::Newton => 1i64 << c.start,
        Root::NewtonHalf => 1 << bits.div_ceil(2),
    };
    for _ in 0..c.iterations {
        k = ((k + v / k) >> 1).max(1);
    }
    k
}

fn isqrt(v: i64) -> i64 {
    let (mut low, mut high) = (0i64, 1 << 31);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle * middle <= v {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
