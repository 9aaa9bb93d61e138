//! Row by row: the largest magnitude, codes, sums of them, the gain.

use super::BitLinear;

/// Codes of a row of elements of so many bits, and its gain.
pub fn codes(row: &[i64], bits: u32) -> (Vec<i64>, i64) {
    let most = row.iter().map(|x| x.abs()).max().unwrap_or(0);
    let unit = 1i64 << (bits + 8);
    let inverse = 127 * unit / most.max(1);
    let code = |x: &i64| (2 * x * inverse + unit).div_euclid(2 * unit);
    let root = (row.iter().map(|x| x * x).sum::<i64>() as u64).isqrt().max(1) as i64;
    (row.iter().map(code).collect(), most * (1 << 15) / root)
}

pub fn run(b: &BitLinear, x: &[i64]) -> Vec<i64> {
    let columns = b.weights.len() / b.outputs.max(1) as usize;
    let mut out = Vec::new();
    for row in x.chunks(columns) {
        let (codes, gain) = codes(row, b.x_bits);
        for (n, weights) in b.weights.chunks(columns).enumerate() {
            let acc: i64 = weights.iter().zip(&codes).map(|(w, q)| w * q).sum();
            out.push(b.recode.requant(n).apply(acc * gain));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MatMul-free LM's own codes and sums, its floats as integers of 16 bits: a code is another one seldom, where a float is near a tie.
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn bit_linear__follows_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/bitlinear.json");
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let real = |v: &serde_json::Value| f32::from_bits(u32::from_str_radix(v.as_str().unwrap(), 16).unwrap());
        let reals = |v: &serde_json::Value| v.as_array().unwrap().iter().map(real).collect::<Vec<f32>>();
        let ints =
            |v: &serde_json::Value| v.as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect::<Vec<i64>>();
        let (mut other, mut all) = (0, 0);
        for v in json["vectors"].as_array().unwrap() {
            let x = reals(&v["x"]);
            let most = x.iter().fold(0f32, |most, x| most.max(x.abs()));
            let row: Vec<i64> = x.iter().map(|x| (x / most * 32767.0).round() as i64).collect();
            let (codes, gain) = codes(&row, 16);
            other += codes.iter().zip(ints(&v["x_q"])).filter(|(a, b)| *a != b).count();
            all += codes.len();
            // What an accumulator is worth: the norm and the quantizer undone.
            let worth = gain as f64 / 32768.0 * (x.len() as f64).sqrt() / 127.0;
            let scale = f64::from(real(&v["act_scale"][0]));
            assert!((worth * scale - 1.0).abs() < 2e-3, "{worth} for 1 / {scale}");
            let rows: Vec<Vec<i64>> = v["w_q"].as_array().unwrap().iter().map(ints).collect();
            for (n, want) in ints(&v["acc"]).into_iter().enumerate() {
                let acc: i64 = rows[n].iter().zip(ints(&v["x_q"])).map(|(w, q)| w * q).sum();
                assert_eq!(acc, want);
            }
        }
        assert!(all > 100 && other * 50 < all, "{other} of {all}");
    }
}
