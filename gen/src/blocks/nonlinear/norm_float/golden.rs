use super::{Checked, Config, Kind};

/// Row by row: the mean, the mean of squares, its root, the inverse of that, products.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let (low, high) =
        if c.signed { (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1) } else { (0, (1 << c.bits) - 1) };
    let (least, most) = match c.out_signed {
        true => (-1i128 << (c.out_bits - 1), (1i128 << (c.out_bits - 1)) - 1),
        false => (0, (1i128 << c.out_bits) - 1),
    };
    let (p, f) = (c.precision, c.precision - c.bits);
    // A norm is below the root of the longest row's length, and of a power of two that is no smaller than 4.
    let mut fraction = p - 2;
    while 4i64.pow(p - fraction) < i64::from(c.columns) {
        fraction -= 1;
    }
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let here: Vec<i64> = row.iter().copied().filter(|x| (low..=high).contains(x)).collect();
        let n = here.len() as i64;
        let middle = match c.kind {
            Kind::Layer => nearest_even(here.iter().sum::<i64>() << f, n),
            Kind::Rms => c.zero << f,
        };
        let mut squares = 0i128;
        for x in &here {
            let y = (x << f) - middle;
            squares += i128::from(y) * i128::from(y);
        }
        // Of a row of nothing each `y` is 0, whatever its spread.
        let spread = squares / i128::from(n.max(1)) + i128::from(c.epsilon);
        let root = isqrt(spread << (2 * p - 12));
        let ones = (1i128 << (2 * p)) - 1;
        let inverse = if root == 0 { ones } else { ((1i128 << (3 * p - 7)) / root).min(ones) };
        for (i, x) in row.iter().enumerate() {
            let y = if (low..=high).contains(x) { (x << f) - middle } else { 0 };
            let down = 2 * p - 1 - fraction;
            let t = (((i128::from(y) * inverse) >> (down - 1)) + 1) >> 1;
            let t = t.clamp(-(1 << p), (1 << p) - 1);
            let of =
                |list: &[i64]| i128::from(if list.len() == 1 { list[0] } else { list.get(i).copied().unwrap_or(0) });
            let sum = t * of(&c.gains()) + of(&c.offsets());
            let y = (sum + ((1 << c.shift) >> 1)) >> c.shift;
            out.push(y.clamp(least, most) as i64);
        }
    }
    vec![out]
}

fn nearest_even(sum: i64, n: i64) -> i64 {
    if n == 0 {
        return 0;
    }
    let (floor, twice_rest) = (sum.div_euclid(n), 2 * sum.rem_euclid(n));
    floor + i64::from(twice_rest > n || (twice_rest == n && floor % 2 != 0))
}

fn isqrt(v: i128) -> i128 {
    let (mut low, mut high) = (0i128, 1 << 40);
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
