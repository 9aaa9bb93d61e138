use super::{Config, Function};
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn pwl__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { segment_bits: 12, ..d() })[..], [ConfigError::NoEffect { useful: 11, .. }]));
    assert!(matches!(reject(Config { scale: 0.0, ..d() })[..], [ConfigError::NotServed { field: "scale", .. }]));
    assert!(matches!(
        reject(Config { out_scale: 0.0, ..d() })[..],
        [ConfigError::NotServed { field: "out_scale", .. }]
    ));
    assert!(matches!(reject(Config { out_zero: -1, ..d() })[..], [ConfigError::DoesNotFit { field: "out_zero", .. }]));
    let steep = Config { out_scale: 1e-6, fraction: 16, out_bits: 16, ..d() };
    assert!(matches!(reject(steep)[..], [ConfigError::TooWide { what: "a slope", .. }]));
    let near = reject(Config { most_error: 0.5, ..d() });
    assert!(matches!(near[..], [ConfigError::NotServed { field: "most_error", .. }]), "rounding alone is half a code");
}

/// Every code of 16 bits against formulas written down again, within the bound that the block states.
#[test]
fn pwl__is_within_its_bound_everywhere() {
    type Case = (Function, bool, f64, f64, fn(f64) -> f64, f64);
    let cases: [Case; 8] = [
        (Function::Sigmoid, true, 8.0, 1.0, |x| 0.5 + 0.5 * (x / 2.0).tanh(), 1.1),
        (Function::Tanh, true, 4.0, 2.0, |x| 1.0 - 2.0 / ((2.0 * x).exp() + 1.0), 1.1),
        (Function::Silu, true, 8.0, 16.0, |x| x * (0.5 + 0.5 * (x / 2.0).tanh()), 1.1),
        (Function::Gelu, true, 8.0, 16.0, |x| x * 0.5 * libm::erfc(-x / 2f64.sqrt()), 1.1),
        (Function::HardSwish, true, 8.0, 16.0, |x| x * (x + 3.0).clamp(0.0, 6.0) / 6.0, 1.1),
        (Function::Exp, true, 3.4, 32.0, |x| 2f64.powf(x * std::f64::consts::LOG2_E), 1.1),
        (Function::Rsqrt, false, 16.0, 4.0, |x| if x > 0.0 { x.powf(-0.5) } else { f64::INFINITY }, 200.0),
        (Function::Reciprocal, false, 16.0, 4.0, |x| x.powi(-1), 200.0),
    ];
    for (function, signed, reach, result, again, most) in cases {
        let steps = f64::from(1u32 << if signed { 15 } else { 16 });
        let out_signed = matches!(function, Function::Tanh | Function::Silu | Function::Gelu | Function::HardSwish);
        let (scale, out_scale) = (reach / steps, result / 1024.0);
        let config = Config { function, bits: 16, signed, scale, out_scale, out_signed, ..Config::default() };
        let c = Checked::new(Config { out_bits: 10, segment_bits: 8, fraction: 14, ..config }).unwrap();
        assert!(c.derived().error < most, "{function:?}: {}", c.derived().error);
        let lowest = if signed { -32768 } else { 0 };
        let x: Vec<i64> = (lowest..lowest + 65536).collect();
        let y = Config::golden(&c, std::slice::from_ref(&x)).remove(0);
        let (lo, hi) = if out_signed { (-512.0, 511.0) } else { (0.0, 1023.0) };
        let mut worst = 0f64;
        for (x, y) in x.iter().zip(y) {
            let exact = (again(*x as f64 * scale) / out_scale).clamp(lo, hi);
            worst = worst.max((y as f64 - exact).abs());
        }
        assert!((worst - c.derived().error).abs() < 1e-6, "{function:?}: {worst}, {} stated", c.derived().error);
    }
}
