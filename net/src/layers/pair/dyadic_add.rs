//! The sum of two tensors in dyadic numbers, each operand rounded on its own: a residual of I-ViT (operators.md 1.5).
//!
//! `y = clamp(round_half_even(a m_a / 2^e_a) + round_half_even(b m_b / 2^e_b))`, exact.

use niello_gen::num::{bits_for_range, Range, Scale};

use crate::{DType, Recode};

/// What operands are multiplied by, and the clamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DyadicAdd {
    /// Multiplier and right shift of each operand.
    pub multipliers: [(i64, u32); 2],
    /// Lowest and highest code.
    pub bounds: (i64, i64),
}

/// Most bits of an operand's share.
const MOST_BITS: u32 = 17;

impl DyadicAdd {
    /// An operand's share of the sum.
    pub fn share(&self, operand: usize) -> Scale {
        let (multiplier, shift) = self.multipliers[operand];
        Scale::HalfEven { multiplier, shift }
    }

    /// An operand of this type: its share, of which nothing is clamped. None: it needs more than 17 bits.
    pub fn recode(&self, operand: usize, dtype: DType) -> Option<(Recode, Range)> {
        let share = self.share(operand);
        let (lo, hi) = dtype.range();
        let (min, max) = (share.apply(lo), share.apply(hi));
        let range = Range::new(min.into(), max.into());
        (bits_for_range(range, true) <= MOST_BITS)
            .then(|| (Recode { scales: vec![share], zero_point: 0, min, max }, range))
    }

    /// What becomes of the sum.
    pub fn clamp(&self) -> Recode {
        let scales = vec![Scale::HalfUp { multiplier: 1, shift: 0 }];
        Recode { scales, zero_point: 0, min: self.bounds.0, max: self.bounds.1 }
    }
}

pub fn run(p: &DyadicAdd, a: &[i64], b: &[i64]) -> Vec<i64> {
    let share = |x: i64, (m, e): (i64, u32)| -> i64 {
        let (product, unit) = (i128::from(x) * i128::from(m), 1i128 << e);
        let (floor, twice) = (product.div_euclid(unit), 2 * product.rem_euclid(unit));
        let up = twice > unit || (twice == unit && floor % 2 != 0);
        (floor + i128::from(up)) as i64
    };
    let sum = |(a, b): (&i64, &i64)| share(*a, p.multipliers[0]) + share(*b, p.multipliers[1]);
    a.iter().zip(b).map(sum).map(|y| y.clamp(p.bounds.0, p.bounds.1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// I-ViT's own numbers.
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn dyadic_add__follows_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_requant.json");
        let text = std::fs::read_to_string(path).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut compared = 0;
        for v in json["vectors"].as_array().unwrap().iter().filter(|v| v.get("identity").is_some()) {
            let int = |k: &str| v[k].as_i64().unwrap();
            let list = |k: &str| v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect::<Vec<i64>>();
            let multipliers = [(int("m"), int("e") as u32), (int("m_id"), int("e_id") as u32)];
            let half = 1 << (int("out_bits") - 1);
            let p = DyadicAdd { multipliers, bounds: (-half, half - 1) };
            assert_eq!(run(&p, &list("acc"), &list("identity")), list("out"), "{v}");
            compared += list("out").len();
        }
        assert!(compared >= 100, "{compared}");
    }

    /// What hardware is made from gives the golden's shares, ties among them.
    #[test]
    fn dyadic_add__shares_are_those_of_its_requantizers() {
        let dtype = DType::Bits { bits: 10, signed: true };
        for multipliers in [[(1, 2), (3, 1)], [(1_234_567_891, 31), (1_073_741_824, 32)]] {
            let p = DyadicAdd { multipliers, bounds: (-400, 300) };
            let x: Vec<i64> = (-512..512).collect();
            for operand in 0..2 {
                let (recode, range) = p.recode(operand, dtype).unwrap();
                let mut operands = [vec![0; x.len()], vec![0; x.len()]];
                operands[operand] = x.clone();
                for (x, y) in x.iter().zip(run(&p, &operands[0], &operands[1])) {
                    let share = recode.requant(0).apply(*x);
                    assert!(range.lo <= share.into() && i128::from(share) <= range.hi);
                    assert_eq!(p.clamp().requant(0).apply(share), y);
                }
            }
        }
        let wide = DyadicAdd { multipliers: [(1 << 8, 1), (1, 1)], bounds: (-128, 127) };
        assert!(wide.recode(0, DType::I16).is_none());
    }
}
