//! Relu, Clip, LeakyRelu, Sigmoid, Tanh, HardSigmoid, HardSwish: functions of a code, or clamps of what waits.

use super::flow::{reals, Flow, Kind, Real};
use super::import::{At, Importer};
use crate::error::clean;

impl Importer {
    /// Clamp of reals. What waits keeps it until its scale is known.
    pub(super) fn clamp_reals(&mut self, at: &At, low: f32, high: f32) {
        let Some(flow) = self.flow(at, 0) else { return };
        let kind = match flow.kind {
            Kind::Pending(mut p) => {
                (p.lo, p.hi) = (p.lo.max(low).min(high), p.hi.min(high).max(low));
                Kind::Pending(p)
            }
            Kind::Real(r) => Kind::Real(then(&r, &at.node.op_type, |v| v.max(low).min(high))),
            Kind::Plain(_) => return self.never_quantized(at),
        };
        self.put(at, Flow { kind, ..flow });
    }

    pub(super) fn clip(&mut self, at: &At) {
        let bound = |i: usize, attribute: &str, default: f32| match self.constants.get(at.input(i)) {
            Some(c) if c.floats.len() == 1 => Some(c.floats[0]),
            None if at.input(i).is_empty() => Some(at.float(attribute, default)),
            _ => None,
        };
        match (bound(1, "min", f32::NEG_INFINITY), bound(2, "max", f32::INFINITY)) {
            (Some(lo), Some(hi)) if lo.is_nan() || hi.is_nan() => self.quantization(at, "a bound is not a number"),
            (Some(lo), Some(hi)) if lo <= hi => self.clamp_reals(at, lo, hi),
            _ => self.unsupported(&at.place, "Clip", "its bounds are not ordered constants", "constant min and max"),
        }
    }

    pub(super) fn elementwise(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        match &flow.kind {
            Kind::Real(r) => {
                let kind = Kind::Real(then(r, &at.node.op_type, function(at, &at.node.op_type)));
                self.put(at, Flow { kind, ..flow });
            }
            Kind::Pending(p) => self.unquantized(at, &p.op.clone()),
            Kind::Plain(_) => self.never_quantized(at),
        }
    }

    /// QLinearLeakyRelu and QLinearSigmoid: a table from codes to codes.
    pub(super) fn qlinear_elementwise(&mut self, at: &At) {
        let Some((codes, flow)) = self.integer_operand(at, 0, 1) else { return };
        let Some(to) = self.codes(at, 3, 4) else { return };
        let name = at.node.op_type.trim_start_matches("QLinear");
        let mut r = then(&Real { codes, function: None, passed: false, kept: false }, name, function(at, name));
        if let Some(f) = &mut r.function {
            f.0 = clean(&at.node.op_type);
        }
        self.function(at, &r, flow.source, flow.layout, to);
    }

    pub(super) fn never_quantized(&mut self, at: &At) {
        let op = clean(&at.node.op_type);
        self.unsupported(
            &at.place,
            &op,
            "it works on floats that were never quantized",
            "quantize the model (quantize_static does)",
        );
    }
}

/// A function after what was done before.
pub(super) fn then(r: &Real, op: &str, f: impl Fn(f32) -> f32) -> Real {
    let before = r.function.as_ref().map_or_else(|| reals(&r.codes), |(_, v)| v.clone());
    Real {
        codes: r.codes,
        function: Some((clean(op), before.into_iter().map(f).collect())),
        passed: r.passed,
        kept: r.kept,
    }
}

/// What an operator does with a real, in float32.
fn function(at: &At, op: &str) -> Box<dyn Fn(f32) -> f32> {
    let alpha = |default: f32| at.float("alpha", default);
    match op {
        "LeakyRelu" => {
            let alpha = alpha(0.01);
            Box::new(move |v| if v >= 0.0 { v } else { v * alpha })
        }
        "HardSigmoid" => {
            let (alpha, beta) = (alpha(0.2), at.float("beta", 0.5));
            Box::new(move |v| (alpha * v + beta).clamp(0.0, 1.0))
        }
        "HardSwish" => Box::new(|v| v * (v / 6.0 + 0.5).clamp(0.0, 1.0)),
        "Tanh" => Box::new(|v| f64::from(v).tanh() as f32),
        // Sigmoid. Exact, then rounded: ONNX Runtime's own approximation is within a float32 ulp or two of it.
        _ => Box::new(|v| (1.0 / (1.0 + (-f64::from(v)).exp())) as f32),
    }
}
