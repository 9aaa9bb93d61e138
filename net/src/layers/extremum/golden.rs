//! MAXIMUM and MINIMUM of TFLite, Max and Min of ONNX once both operands have the result's scale (framework-rules.md 1, 2).

use super::{Extremum, Which};

pub fn run(e: &Extremum, a: &[i64], b: &[i64]) -> Vec<i64> {
    let code = |(a, b): (&i64, &i64)| match e.which {
        Which::Largest => *a.max(b),
        Which::Smallest => *a.min(b),
    };
    a.iter().zip(b.iter().cycle()).map(code).collect()
}
