//! QONNX's Quant, BipolarQuant and Trunc (operators.md 10; qonnx 1.0.0), in float32.
//!
//! Quant: `q = round(clamp(x / scale + zero, min, max))`: the clamp comes first. BipolarQuant: `x >= 0 ? 1 : -1`. Trunc: the code without
//! its low bits.

use niello_gen::num::RealRounding;

/// How a Quant rounds, by the attribute's text.
pub fn rounding(text: &str) -> Option<RealRounding> {
    Some(match text.to_uppercase().as_str() {
        "ROUND" | "HALF_EVEN" => RealRounding::HalfEven,
        "CEIL" => RealRounding::Ceil,
        "FLOOR" => RealRounding::Floor,
        "UP" => RealRounding::FromZero,
        "DOWN" | "ROUND_TO_ZERO" => RealRounding::ToZero,
        "HALF_UP" => RealRounding::HalfAway,
        "HALF_DOWN" => RealRounding::HalfToZero,
        _ => return None,
    })
}

/// A Quant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quant {
    /// Of the codes.
    pub scale: f32,
    /// Of the codes.
    pub zero: i64,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
    /// Its rounding; BipolarQuant takes the sign.
    pub mode: RealRounding,
}

impl Quant {
    /// The code of a real.
    pub fn code(&self, x: f32) -> i64 {
        let v = x / self.scale + self.zero as f32;
        // NaN, which no framework defines, gives the zero point.
        let v = if v.is_nan() { self.zero as f32 } else { v };
        self.mode.apply(v.clamp(self.bounds.0 as f32, self.bounds.1 as f32).into()) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What qonnx computes.
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn quant__follows_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/qonnx_quant.json");
        let text = std::fs::read_to_string(path).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let hex = |v: &serde_json::Value| f32::from_bits(u32::from_str_radix(v.as_str().unwrap(), 16).unwrap());
        let mut compared = 0;
        for v in json["quant"].as_array().unwrap() {
            let mode = rounding(v["mode"].as_str().unwrap()).unwrap();
            let (bits, int) = (v["bits"].as_u64().unwrap() as u32, |k: &str| v[k].as_i64().unwrap());
            let signed = int("signed") == 1;
            let narrow = int("narrow");
            let bounds = if signed {
                (-(1i64 << (bits - 1)) + narrow, (1i64 << (bits - 1)) - 1)
            } else {
                (0, (1i64 << bits) - 1 - narrow)
            };
            let zero = v["zeropt"].as_f64().unwrap();
            let scales = v["scale"].as_array().unwrap();
            for (i, (x, y)) in v["x"].as_array().unwrap().iter().zip(v["y"].as_array().unwrap()).enumerate() {
                let scale = hex(&scales[if scales.len() == 1 { 0 } else { i % scales.len() }]);
                if zero.fract() != 0.0 || scales.len() > 1 || bits == 1 {
                    continue;
                }
                let q = Quant { scale, zero: zero as i64, bounds, mode };
                let real = (q.code(hex(x)) - q.zero) as f32 * scale;
                assert_eq!(real.to_bits() & 0x7fff_ffff, hex(y).to_bits() & 0x7fff_ffff, "{v}");
                compared += 1;
            }
        }
        assert!(compared > 400, "{compared}");
    }
}
