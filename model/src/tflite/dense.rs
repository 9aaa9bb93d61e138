//! FULLY_CONNECTED, and what convolutions have in common with it: biases, bounds, accumulators of 32 bits.

use niello_gen::num::tflite::quantize_multiplier;
use niello_gen::num::Scale;

use super::import::{File, Profile};
use super::schema::Operator;
use niello_net::layers::{Dense, Sums};
use niello_net::{Codes, DType, Op, Recode, Value};

impl File<'_> {
    /// FULLY_CONNECTED of the reference kernels: `clamp(round_half_away(acc * m) + zero)` in binary64, with
    /// `m = s_in * s_w / s_out`.
    pub(super) fn fully_connected(
        &mut self,
        place: &str,
        op: &Operator,
        input: i32,
        output: i32,
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let (cx, cy) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        let inputs = op.inputs();
        if op.fully_connected().is_some_and(|o| o.weights_format() != 0) {
            self.unsupported(place, "FULLY_CONNECTED", "shuffled weights", "the default weights format");
            return None;
        }
        let w_index = inputs.get(1).copied().unwrap_or(-1);
        // The leading dimension of the weights counts outputs, whatever it is: it is no batch.
        let w_shape: Vec<i32> = self.tensors.get(w_index as usize).map(|t| t.shape()).unwrap_or_default();
        let mut w = self.value(w_index)?;
        w.shape = w_shape.iter().map(|d| (*d).max(0) as usize).collect();
        let ([rows, columns], true) = (&w.shape[..], w.dtype.bits() == 8) else {
            self.inconsistent(place, format!("weights {} of {:?}", w.dtype.name(), w.shape));
            return None;
        };
        let (rows, columns) = (*rows, *columns);
        if x.elements() != columns || y.elements() != rows {
            let why = format!("{} inputs and {} outputs for weights of {rows} x {columns}", x.elements(), y.elements());
            self.unsupported(place, "FULLY_CONNECTED", &why, "one vector a sample");
            return None;
        }
        let (w_scales, w_zeros) = self.scales(place, w_index, 0)?;
        if (w_scales.len() != 1 && w_scales.len() != rows) || (w_zeros.len() != 1 && w_zeros.iter().any(|z| *z != 0)) {
            self.quantization(
                place,
                format!("{} scales and {} zero points for {rows} rows", w_scales.len(), w_zeros.len()),
            );
            return None;
        }
        let (lo, hi) = w.dtype.range();
        if w_zeros.iter().any(|z| !(lo..=hi).contains(z)) {
            self.quantization(place, format!("a zero point of the weights is outside of {}", w.dtype.name()));
            return None;
        }
        if w_scales.len() == 1 {
            self.bias_scale(place, inputs.get(2).copied(), [cx.scale, w_scales[0], cy.scale])?;
        }
        let weights = self.constant(place, w_index, &w)?.into_iter().map(|v| v - w_zeros[0]).collect();
        let bias = self.bias(place, inputs.get(2).copied(), rows)?;
        let scale = |w: &f32| match self.profile {
            Profile::Reference => Scale::RealHalfAway(f64::from(cx.scale) * f64::from(*w) / f64::from(cy.scale)),
            Profile::Xnnpack => Scale::Float32HalfEven(cx.scale * w / cy.scale),
        };
        let scales: Vec<Scale> = w_scales.iter().map(scale).collect();
        if scales
            .iter()
            .any(|s| !s.is_legal() || matches!(s, Scale::RealHalfAway(m) if quantize_multiplier(*m).is_none()))
        {
            self.quantization(place, "a scale ratio is not positive and finite".into());
            return None;
        }
        let activation = op.fully_connected().map_or(0, |o| o.activation());
        let (min, max) = self.bounds(place, activation, &cy)?;
        let recode = Some(Recode { scales, zero_point: cy.zero, min, max });
        let dense = Dense { x_zero: cx.zero, weights, bias, recode };
        self.fits_32_bits(place, &dense.weights, &dense.bias, dense.x_zero, x.dtype)?;
        Some(Op::from(dense))
    }

    /// TFLite's accumulators wrap at 32 bits: nothing may reach that.
    pub(super) fn fits_32_bits(
        &mut self,
        place: &str,
        weights: &[i64],
        bias: &[i64],
        zero: i64,
        dtype: DType,
    ) -> Option<()> {
        let row = Sums { weights, bias, x_zero: zero }.overflowing_row(dtype);
        if let Some(row) = row {
            self.quantization(place, format!("the accumulator of output {row} can leave 32 bits, where TFLite wraps"));
        }
        row.is_none().then_some(())
    }

    /// Where there is one scale for all weights, a bias' own is near that of the products, counted in results: LiteRT starts no other
    /// kernel. `scales`: of operand, weights, result.
    pub(super) fn bias_scale(&mut self, place: &str, index: Option<i32>, scales: [f32; 3]) -> Option<()> {
        let Some(index) = index.filter(|b| *b != -1) else { return Some(()) };
        let q = self.tensors.get(index as usize)?.quantization();
        let own = q.and_then(|q| q.scale().first().copied()).unwrap_or(0.0);
        let difference = (f64::from(scales[0] * scales[1]) - f64::from(own)).abs();
        if difference / f64::from(scales[2]) <= 0.02 {
            return Some(());
        }
        self.quantization(
            place,
            format!("scale {own} of the bias is not {}, that of the products", scales[0] * scales[1]),
        );
        None
    }

    /// The biases of `rows` outputs; zeros where there are none.
    pub(super) fn bias(&mut self, place: &str, index: Option<i32>, rows: usize) -> Option<Vec<i64>> {
        let Some(b) = index.filter(|b| *b != -1) else { return Some(vec![0; rows]) };
        let mut v = self.value(b)?;
        if v.dtype != DType::I32 || v.elements() != rows {
            self.inconsistent(place, format!("bias {} of {} elements for {rows} rows", v.dtype.name(), v.elements()));
            return None;
        }
        v.shape = vec![rows];
        let zeros = self.tensors.get(b as usize)?.quantization().map(|q| q.zero_point()).unwrap_or_default();
        if let Some(zero) = zeros.into_iter().map(i64::from).find(|z| *z != 0) {
            self.quantization(place, format!("zero point {zero} of the bias {}: LiteRT demands 0", v.name));
            return None;
        }
        self.constant(place, b, &v)
    }

    /// Codes that a fused activation leaves: `q(v) = zero + round_half_away(v / scale)`.
    pub(super) fn bounds(&mut self, place: &str, activation: i8, y: &Codes) -> Option<(i64, i64)> {
        let (lo, hi) = y.dtype.range();
        let code = |v: f32| (v / y.scale).round() as i64;
        let most = match activation {
            2 => 1.0,
            3 => 6.0,
            _ => 0.0,
        };
        if code(most) > i64::from(i32::MAX) {
            self.quantization(place, format!("scale {}: bounds of its activation leave 32 bits", y.scale));
            return None;
        }
        let q = |v: f32| (y.zero + code(v)).clamp(lo, hi);
        match activation {
            0 => Some((lo, hi)),
            1 => Some((q(0.0), hi)),
            2 => Some((q(-1.0), q(1.0))),
            3 => Some((q(0.0), q(6.0))),
            other => {
                self.unsupported(
                    place,
                    "FULLY_CONNECTED",
                    &format!("fused activation {other}"),
                    "NONE, RELU, RELU_N1_TO_1 or RELU6",
                );
                None
            }
        }
    }
}
