//! A maximum, exponentials, their sum, one quotient a row, and a product for each code (operators.md 1.2).

use super::Shiftmax;

/// Row by row.
pub fn run(s: &Shiftmax, x: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(x.len());
    for row in x.chunks(s.columns.max(1) as usize) {
        let top = row.iter().max().copied().unwrap_or(0);
        let exps: Vec<i64> = row.iter().map(|q| s.exp.exp(q - top)).collect();
        let quotient = s.exp.quotient(exps.iter().sum());
        out.extend(exps.iter().map(|e| ((i128::from(*e) * i128::from(quotient)) >> (32 - s.bits)) as i64));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Half, Numerator, ShiftExp};
    use super::*;

    /// I-ViT's definitions on exact integers.
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn shiftmax__follows_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_shiftmax.json");
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
                let s = Shiftmax { columns: list("x").len() as u32, exp, bits: number("out_bits") };
                assert_eq!(run(&s, &list("x")), list(key), "{} {key}", v["id"]);
                compared += list(key).len();
            }
        }
        assert!(compared > 4_800, "{compared} elements");
    }
}
