//! The mean, the sum of squares, its root, a quotient, and a product for each element (operators.md 1.4, 2.1).

use super::{ILayerNorm, Mean, Root};
use crate::layers::parts::Numerator;

/// Row by row: norms in units of `sqrt(columns) / 2^30`.
pub fn norms(n: &ILayerNorm, x: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(x.len());
    let columns = i64::from(n.columns.max(1));
    for row in x.chunks(columns as usize) {
        let sum: i64 = row.iter().sum();
        let middle = match n.mean {
            Mean::None => 0,
            Mean::Zero => sum / columns,
            Mean::Nearest => {
                let (floor, twice) = (sum.div_euclid(columns), 2 * sum.rem_euclid(columns));
                floor + i64::from(twice > columns || (twice == columns && floor & 1 == 1))
            }
        };
        let squares: i64 = row.iter().map(|q| ((q - middle) >> n.shift).pow(2)).sum();
        let whole = if n.numerator == Numerator::Whole { 1i64 << 31 } else { (1 << 31) - 1 };
        let quotient = whole / (root(n, squares) << n.shift);
        for (i, q) in row.iter().enumerate() {
            let z = (i128::from(q - middle) * i128::from(quotient)) >> 1;
            out.push(z as i64 + n.bias[i % n.bias.len()]);
        }
    }
    out
}

/// Near the root of `v`, by Newton's steps; 1 at least.
fn root(n: &ILayerNorm, v: i64) -> i64 {
    let mut k = match n.root {
        Root::Floor => return (v as u64).isqrt().max(1) as i64,
        Root::Newton => 1 << n.start,
        Root::NewtonHalf => 1i64 << (64 - v.leading_zeros()).div_ceil(2),
    };
    for _ in 0..n.iterations {
        k = ((k + v / k) / 2).max(1);
    }
    k
}

/// The same as codes.
pub fn run(n: &ILayerNorm, x: &[i64]) -> Vec<i64> {
    let columns = n.columns.max(1) as usize;
    norms(n, x).into_iter().enumerate().map(|(i, z)| n.recode.requant(i % columns).apply(z)).collect()
}

#[cfg(test)]
mod tests {
    use niello_gen::num::Scale;

    use super::*;
    use crate::Recode;

    /// I-ViT's definitions on exact integers.
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn i_layernorm__follows_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_layernorm.json");
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut compared = 0;
        for v in json["vectors"].as_array().unwrap() {
            let list = |k: &str| v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect::<Vec<i64>>();
            for (key, numerator) in [("out", Numerator::Less), ("out_const_2p31", Numerator::Whole)] {
                let scales = vec![Scale::HalfEven { multiplier: 1, shift: 1 }];
                let n = ILayerNorm {
                    columns: list("x").len() as u32,
                    mean: Mean::Nearest,
                    root: Root::Newton,
                    start: 16,
                    iterations: 10,
                    numerator,
                    shift: 0,
                    bias: list("bias_int"),
                    recode: Recode { scales, zero_point: 0, min: -128, max: 127 },
                };
                assert_eq!(norms(&n, &list("x")), list(key), "{} {key}", v["id"]);
                compared += list(key).len();
            }
        }
        assert!(compared > 5_000, "{compared} elements");
    }
}
