//! QONNX (Brevitas, QKeras): Quant, BipolarQuant, Trunc; codes of 1 to 16 bits. A Quant is quantizer and dequantizer in one.
//!
//! With scales that are powers of two this is what qonnx's executor computes, exactly. Otherwise the executor's own float sums decide,
//! and nodes are marked as computed in float.

use niello_gen::num::{RealRounding, Scale};

use super::dense::Quantized;
use super::flow::{Flow, Kind, Pending, Real, What};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use niello_net::host::{rounding, Quant};
use niello_net::layers::{Pair, Pairing, Table};
use niello_net::{Codes, DType, Op};

/// Most bits of a code.
const MOST_BITS: f32 = 16.0;
/// Most bits of a code that has a table.
const MOST_TABLE_BITS: u32 = 12;

/// A Quant's parameters, and its scales where there are several.
struct Parameters {
    quant: Quant,
    scales: Vec<f32>,
    /// The axis of several scales.
    axis: Option<i64>,
    dtype: DType,
}

impl Importer {
    /// `(round(clamp(x / scale + zero)) - zero) * scale`.
    pub(super) fn quant(&mut self, at: &At) {
        let Some(p) = self.parameters(at) else { return };
        self.quantized_by(at, p);
    }

    /// `x >= 0 ? scale : -scale`.
    pub(super) fn bipolar_quant(&mut self, at: &At) {
        let Some((scales, axis)) = self.real_constants(at, 1) else { return };
        let quant = Quant { scale: scales[0], zero: 0, bounds: (-1, 1), mode: RealRounding::Sign };
        self.quantized_by(at, Parameters { quant, scales, axis, dtype: DType::Bits { bits: 2, signed: true } });
    }

    /// The code without its low bits, under the same scale.
    pub(super) fn trunc(&mut self, at: &At) {
        let Some((_, flow)) = self.operand(at, 0) else { return };
        let constant = |i: usize| self.constants.get(at.input(i)).and_then(|c| c.floats.first().copied());
        let (scale, zero, from, to) = (constant(1), constant(2), constant(3), constant(4));
        let mode = rounding(&at.text("rounding_mode", "FLOOR"));
        let Kind::Real(r) = &flow.kind else { return };
        let (Some(scale), Some(0.0), Some(from), Some(to), Some(mode)) = (scale, zero, from, to, mode) else {
            return self.unsupported(
                &at.place,
                "Trunc",
                "its parameters are not constant",
                "constant scale, zero point 0",
            );
        };
        let bits = |v: f32| v.fract() == 0.0 && (1.0..=32.0).contains(&v);
        if !bits(from) || !bits(to) || to > MOST_BITS || from < to || scale != r.codes.scale || at.node.input.len() > 5
        {
            let nearest = "Trunc (version 1) with the scale of its operand, 1 to 16 bits";
            return self.unsupported(&at.place, "Trunc", "another scale or width than its operand's", nearest);
        }
        let drop = 2f32.powf(from - to);
        let function = reals_of(r)
            .into_iter()
            .map(|v| mode.apply(((v / scale).round_ties_even() / drop).into()) as f32 * scale)
            .collect();
        let real = Real { codes: r.codes, function: Some(("Trunc".into(), function)), passed: false, kept: false };
        let dtype = DType::Bits { bits: (to as u8).min(16), signed: r.codes.dtype.signed() };
        let (lo, hi) = dtype.range();
        let quant = Quant { scale, zero: 0, bounds: (lo, hi), mode: RealRounding::HalfEven };
        let p = Parameters { quant, scales: vec![scale], axis: None, dtype };
        self.put(at, Flow { kind: Kind::Real(real), ..flow });
        let node = super::proto::NodeProto { input: vec![at.output().into()], ..at.node.clone() };
        self.quantized_by(&At { node: &node, place: at.place.clone() }, p);
    }

    fn parameters(&mut self, at: &At) -> Option<Parameters> {
        let (scales, axis) = self.real_constants(at, 1)?;
        let single = |i: usize| self.constants.get(at.input(i)).filter(|c| c.len() == 1).map(|c| c.reals()[0]);
        let (zero, bits) = (single(2), single(3));
        let mode = rounding(&at.text("rounding_mode", "ROUND"));
        let (signed, narrow) = (at.int("signed", 1) != 0, i64::from(at.int("narrow", 0) != 0));
        let (Some(zero), Some(bits), Some(mode)) = (zero, bits, mode) else {
            self.quantization(at, "zero point, bit width or rounding mode is not one known constant");
            return None;
        };
        if zero.fract() != 0.0 || zero.abs() > 65535.0 || bits.fract() != 0.0 || !(1.0..=MOST_BITS).contains(&bits) {
            let why = format!("zero point {zero}, {bits} bits");
            self.unsupported(&at.place, "Quant", &why, "whole zero points, 1 to 16 bits");
            return None;
        }
        let bits = bits as u8;
        if bits == 1 && signed {
            // Of one bit and a sign, qonnx makes -1 and 1.
            let quant = Quant { scale: scales[0], zero: 0, bounds: (-1, 1), mode: RealRounding::Sign };
            return Some(Parameters { quant, scales, axis, dtype: DType::Bits { bits: 2, signed } });
        }
        let dtype = DType::Bits { bits, signed };
        let (lo, hi) = dtype.range();
        let bounds = if signed { (lo + narrow, hi) } else { (lo, hi - narrow) };
        let quant = Quant { scale: scales[0], zero: zero as i64, bounds, mode };
        Some(Parameters { quant, scales, axis, dtype })
    }

    /// Positive reals at input `i`: one, or one for each entry of one axis.
    fn real_constants(&mut self, at: &At, i: usize) -> Option<(Vec<f32>, Option<i64>)> {
        let c = self.constants.get(at.input(i)).cloned();
        let Some(c) = c.filter(|c| !c.floats.is_empty() && c.floats.iter().all(|s| s.is_finite() && *s > 0.0)) else {
            self.quantization(at, format!("scale `{}` is not constant, positive and finite", clean(at.input(i))));
            return None;
        };
        let wide: Vec<usize> = (0..c.shape.len()).filter(|d| c.shape[*d] > 1).collect();
        match wide[..] {
            [] => Some((c.floats, None)),
            [axis] => Some((c.floats, Some(axis as i64))),
            _ => {
                self.quantization(at, format!("scales of shape {:?}", c.shape));
                None
            }
        }
    }

    fn quantized_by(&mut self, at: &At, p: Parameters) {
        if let Some(c) = self.constants.get(at.input(0)).cloned() {
            return self.quantized_constant(at, &c, &p);
        }
        if p.scales.len() > 1 {
            let why = "activations of several scales";
            return self.unsupported(&at.place, "Quant", why, "one scale for all activations of a tensor");
        }
        let Some(flow) = self.flow(at, 0) else { return };
        let q = p.quant;
        let codes = Codes { scale: q.scale, zero: q.zero, dtype: p.dtype };
        match flow.kind {
            Kind::Plain(DType::F32) => {
                self.node_of(at, "Quant", Op::Quant(q), flow.source, flow.layout, codes);
            }
            Kind::Plain(_) => return self.inconsistent(at, "codes are quantized again"),
            Kind::Real(r) if r.codes.dtype.bits() <= MOST_TABLE_BITS => {
                let table: Vec<i64> = reals_of(&r).into_iter().map(|v| q.code(v)).collect();
                let (lo, hi) = r.codes.dtype.range();
                if r.codes.dtype == p.dtype && (lo..=hi).eq(table.iter().copied()) {
                    self.put(at, Flow { layout: flow.layout, source: flow.source, kind: Kind::Plain(p.dtype) });
                } else {
                    let kind = r.function.as_ref().map_or("Quant", |f| &f.0).to_string();
                    self.node_of(
                        at,
                        &kind,
                        Op::from(Table { lowest: lo, entries: table }),
                        flow.source,
                        flow.layout,
                        codes,
                    );
                }
            }
            Kind::Real(_) => {
                let why = format!("codes of more than {MOST_TABLE_BITS} bits are quantized again");
                return self.unsupported(&at.place, "Quant", &why, "fewer bits in front of it");
            }
            Kind::Pending(pending) => self.finish_quant(at, *pending, flow.layout, &q, codes),
        }
        // A Quant's result is read as reals.
        if let Some(flow) = self.flows.get_mut(at.output()) {
            flow.kind = Kind::Real(Real { codes, function: None, passed: false, kept: false });
        }
    }

    /// Weights and biases: their codes, for whoever takes them.
    fn quantized_constant(&mut self, at: &At, c: &super::constant::Constant, p: &Parameters) {
        if c.floats.is_empty() || p.axis.is_some_and(|a| c.shape.get(a as usize) != Some(&p.scales.len())) {
            return self.inconsistent(at, format!("a constant of {:?} with {} scales", c.shape, p.scales.len()));
        }
        let count: usize = p.axis.map_or(1, |a| c.shape[a as usize + 1..].iter().product());
        let code = |(i, v): (usize, &f32)| {
            let scale = p.scales[i / count.max(1) % p.scales.len()];
            Quant { scale, ..p.quant }.code(*v)
        };
        let ints = c.floats.iter().enumerate().map(code).collect();
        let codes = super::constant::Constant { shape: c.shape.clone(), dtype: DType::I32, ints, floats: Vec::new() };
        let q = Quantized { codes, scales: p.scales.clone(), zeros: vec![p.quant.zero], axis: p.axis };
        self.quantized.insert(at.output().into(), q);
    }

    /// An operator that waited: its sums become codes.
    fn finish_quant(&mut self, at: &At, mut p: Pending, layout: Layout, q: &Quant, to: Codes) {
        let sums = matches!(p.what, What::Sums(_));
        let unbounded = p.lo == f32::NEG_INFINITY && p.hi == f32::INFINITY;
        if q.mode == RealRounding::Sign && !(sums && unbounded) {
            let why = "the sign of something else than sums";
            return self.unsupported(&at.place, &p.op, why, "BipolarQuant directly behind Conv, MatMul or Gemm");
        }
        let plain = q.mode == RealRounding::HalfEven;
        // Patches of as many terms each are rounded as one mean is.
        p.what = match p.what {
            What::Means(x, w, outside) if !plain && w.taps() > 1 && (outside || w.pads == [0; 4]) => What::Mean(x, w),
            what => what,
        };
        let line = sums
            || matches!(&p.what, What::Sum(_) | What::Product(_))
            || matches!(&p.what, What::Mean(_, w) if w.taps() > 1);
        if !plain && !line {
            let why = "it is rounded in another way than half to even";
            let nearest = "rounding_mode ROUND; behind AveragePool, patches inside of the image or count_include_pad";
            return self.unsupported(&at.place, "Quant", why, nearest);
        }
        // Of one pixel's mean the zero point stands outside of the rounding, where an even one may.
        if q.zero % 2 != 0 && !line && matches!(p.what, What::Mean(..)) {
            return self.unsupported(&at.place, "Quant", "an odd zero point behind a mean", "an even zero point, or 0");
        }
        p.float |= !exact(&p, to.scale);
        // Its own bounds, and those of a Relu in front of it.
        let lo = if p.lo == f32::NEG_INFINITY { q.bounds.0 } else { q.code(p.lo) };
        let hi = if p.hi == f32::INFINITY { q.bounds.1 } else { q.code(p.hi) };
        (p.lo, p.hi, p.bounds) = (f32::NEG_INFINITY, f32::INFINITY, Some((lo, hi)));
        // What is not rounded half to even on a line through zero has its real function.
        let scales = match &p.what {
            What::Sums(s) if s.offset.is_some() || q.mode != RealRounding::HalfEven || q.zero % 2 != 0 => {
                Some(s.affine(to.scale, q.zero, q.mode))
            }
            What::Mean(x, w) if line && (!plain || q.zero % 2 != 0) => {
                let gain = f64::from(x.scale) / (f64::from(to.scale) * f64::from(w.taps()));
                Some(vec![Scale::Affine { gain, offset: q.zero as f64, rounding: q.mode }])
            }
            _ => None,
        };
        self.finish(at, p, layout, to);
        if let Some(p) = self.nodes.last_mut().and_then(|n| n.op.layer_mut::<Pair>()) {
            match &mut p.pairing {
                Pairing::FloatAdd(a) => a.rounding = q.mode,
                Pairing::FloatMul(m) => m.rounding = q.mode,
                Pairing::Add(_) | Pairing::Mul(_) => {}
            }
        }
        if let (Some(scales), Some(r)) = (scales, self.nodes.last_mut().and_then(|n| n.op.recode_mut())) {
            (r.scales, r.zero_point) = (scales, 0);
        }
    }
}

fn reals_of(r: &Real) -> Vec<f32> {
    r.values()
}

/// Every scale is a power of two: float32 arithmetic is exact, and nobody rounds but the Quant.
fn exact(p: &Pending, to: f32) -> bool {
    let power = |s: &f32| s.is_normal() && s.to_bits() & 0x7f_ffff == 0;
    match &p.what {
        What::Sums(s) => s.offset.is_none() && s.scales.iter().all(power) && power(&to),
        What::Sum(operands) => operands.iter().all(|o| power(&o.scale)) && power(&to),
        What::Product(o) => {
            // Codes without their zero points have a bit more.
            let bits: u32 = o.iter().map(|o| o.dtype.bits() + 1).sum();
            o.iter().all(|o| power(&o.scale)) && power(&to) && bits <= 24
        }
        What::Means(x, w, _) => power(&x.scale) && power(&to) && w.pads == [0; 4] && w.taps().is_power_of_two(),
        What::Mean(x, w) => power(&x.scale) && power(&to) && w.taps().is_power_of_two(),
        _ => false,
    }
}
