//! A softmax of each row, a code a beat; or its logarithm, which the host computes at a model's end.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::{lut, softmax_lut};
use niello_gen::num::gemmlowp::quantize_multiplier;

use super::parts::MOVED;
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{behind, Arrivals, Arrived, Pipeline};
use crate::{DType, Elements};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Shares, in 1/256.
    Shares,
    /// Logarithms of shares, in 1/16; the highest code stands for 0.
    Logarithms,
}

/// TFLite's int8 and uint8 softmax and log-softmax of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softmax {
    /// Codes of a row.
    pub classes: u32,
    /// Of a code difference, to Q5.26.
    pub multiplier: i32,
    /// Left shift of the same.
    pub shift: u32,
    /// Differences below this are too small.
    pub least: i64,
    /// Codes are uint8, not int8.
    pub unsigned: bool,
    /// What becomes of a row.
    pub form: Form,
}

/// Classes whose sum of exponentials stays below `2^28`, whatever they are: the hardware's.
const MOST_CLASSES: u32 = 511;

/// What int8 codes are smaller by than the same ones as uint8.
const APART: i64 = 128;

impl Softmax {
    /// Of rows, of `beta` and of the operand's scale. None where TFLite has no answer.
    pub fn new(classes: u32, beta: f32, scale: f32) -> Option<Softmax> {
        let real = f64::from(beta) * f64::from(scale) * f64::from(1 << 26);
        let (multiplier, shift) = quantize_multiplier(real.min(f64::from(i32::MAX)))?;
        let shift = u32::try_from(shift).ok().filter(|s| *s <= 31)?;
        let least = -(31.0 * f64::from(1 << 26) / 2f64.powi(shift as i32)).floor() as i64;
        Some(Softmax { classes, multiplier, shift, least, unsigned: false, form: Form::Shares })
    }

    /// The same of uint8 codes.
    pub fn of_unsigned(self) -> Softmax {
        Softmax { unsigned: true, ..self }
    }

    /// The logarithms of the same.
    pub fn of_logarithms(self) -> Softmax {
        Softmax { form: Form::Logarithms, ..self }
    }

    /// What a step of a result is worth.
    pub fn out_scale(&self) -> f64 {
        match self.form {
            Form::Shares => 1.0 / 256.0,
            Form::Logarithms => 1.0 / 16.0,
        }
    }

    /// The result that stands for 0.
    pub fn zero(&self) -> i64 {
        self.lowest() + if self.form == Form::Logarithms { 255 } else { 0 }
    }

    fn lowest(&self) -> i64 {
        if self.unsigned {
            0
        } else {
            -APART
        }
    }

    fn rows(&self, elements: u32) -> u64 {
        u64::from(elements / self.classes.max(1))
    }
}

impl Layer for Softmax {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, _: &[&[i64]], _: usize) -> String {
        MOVED.into()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        if self.form == Form::Logarithms {
            return Err(NoEngine {
                what: "logarithms of a softmax".into(),
                help: "at the model's end the host computes them; --logits leaves them out".into(),
            });
        }
        if self.classes > MOST_CLASSES {
            return Err(NoEngine {
                what: format!("{} classes", self.classes),
                help: format!(
                    "at most {MOST_CLASSES} classes, or a softmax at the model's end, which the host computes"
                ),
            });
        }
        Ok(self)
    }
}

impl Engine for Softmax {
    /// Each row is read three times, and a reciprocal is taken.
    fn pace(&self, output: Elements) -> Pace {
        let cycles = self.rows(output.count) * (3 * u64::from(self.classes) + softmax_lut::RECIPROCAL);
        Pace { fewest: cycles, most: cycles }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let choice = Choice { lanes: 1, multipliers: 1, ..Choice::default() };
        (self.pace(at.output).fewest <= at.target).then_some(choice)
    }
    fn stages(&self, _: &Choice, p: &mut Pipeline) {
        p.by_pixels(self.classes);
        p.widen(1, "row");
        if self.unsigned {
            p.numbers("signed", &(-APART..APART).collect::<Vec<i64>>());
        }
        let (classes, multiplier, shift) = (self.classes, self.multiplier.into(), self.shift);
        let output = p.output();
        p.add("softmax", (Elements { signed: true, ..output }, 1), softmax_lut::Config { classes, multiplier, shift });
        if self.unsigned {
            let table = (-APART..APART).map(|q| q + APART).collect();
            let config = lut::Config { in_bits: 8, in_signed: true, out_bits: 8, out_signed: false, lanes: 1, table };
            p.add("unsigned_lut", (output, 1), config);
        }
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = self.rows(a.output.count);
        Arrived::at(behind(&a.come(0, rows), a.work(rows)))
    }
}
