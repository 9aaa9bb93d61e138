//! A row's maximum, and for each code two exponentials and a quotient (operators.md 1.3).

use super::ShiftGelu;

/// Row by row: `x` times its sigmoid.
pub fn products(g: &ShiftGelu, x: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(x.len());
    for row in x.chunks(g.columns.max(1) as usize) {
        let top = row.iter().max().copied().unwrap_or(0);
        let under = g.exp.exp(-top);
        for q in row {
            let e = g.exp.exp(q - top);
            let share = i128::from(e) * i128::from(g.exp.quotient(e + under));
            out.push(q * (share >> (32 - g.sigmoid_bits)) as i64);
        }
    }
    out
}

/// The same as codes.
pub fn run(g: &ShiftGelu, x: &[i64]) -> Vec<i64> {
    let requant = g.recode.requant(0);
    products(g, x).into_iter().map(|y| requant.apply(y)).collect()
}

#[cfg(test)]
mod tests {
    use niello_gen::num::Scale;

    use super::super::{Half, Numerator, ShiftExp};
    use super::*;
    use crate::Recode;

    /// I-ViT's definitions on exact integers.
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn shiftgelu__follows_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_shiftgelu.json");
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut compared = 0;
        for v in json["vectors"].as_array().unwrap() {
            let list = |k: &str| v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect::<Vec<i64>>();
            let number = |k: &str| v[k].as_i64().unwrap().unsigned_abs() as u32;
            for (key, numerator, half) in [
                ("out", Numerator::Less, Half::Keep),
                ("out_half_floored", Numerator::Less, Half::Floor),
                ("out_const_2p31", Numerator::Whole, Half::Keep),
            ] {
                let exp = ShiftExp { inverse_scale: number("x0"), octaves: number("n"), half, numerator };
                let scales = vec![Scale::HalfEven { multiplier: 1, shift: 1 }];
                let recode = Recode { scales, zero_point: 0, min: -128, max: 127 };
                let columns = list("x").len() as u32;
                let g = ShiftGelu { columns, exp, sigmoid_bits: number("out_bits"), recode };
                assert_eq!(products(&g, &list("x")), list(key), "{} {key}", v["id"]);
                compared += columns;
            }
        }
        assert!(compared > 2_700, "{compared} elements");
    }
}
