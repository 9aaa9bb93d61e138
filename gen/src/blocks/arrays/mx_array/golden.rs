use num_bigint::BigInt;

use super::{Accumulator, Checked, Config, Mac, ScaleFormat};
use crate::num::float32::{round, units, UNIT};
use crate::num::minifloat::{l_mul, Decoded};

/// The defining sums, on the streams' order of tiles.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (rows, cols, depth) = (c.rows as usize, c.cols as usize, c.depth as usize);
    let (blocks, steps) = (c.blocks as usize, c.block.div_ceil(c.depth) as usize);
    let tiles = c.m.div_ceil(c.rows) as usize * c.n.div_ceil(c.cols) as usize;
    let mut out = Vec::new();
    for tile in 0..tiles {
        for r in 0..rows {
            for j in 0..cols {
                let mut sum = Sum::default();
                for b in 0..blocks {
                    let at = tile * blocks + b;
                    let mut products = Products::default();
                    for x in 0..c.block as usize {
                        let beat = at * steps + x / depth;
                        let a = inputs[0][(beat * rows + r) * depth + x % depth];
                        let b = inputs[1][(beat * cols + j) * depth + x % depth];
                        products.add(c, a, b);
                    }
                    sum.add(c, products, inputs[2][at * rows + r], inputs[3][at * cols + j]);
                }
                out.push(sum.code().into());
            }
        }
    }
    vec![out]
}

/// The exact sum of a block's products, in units of the format, and what is no number.
#[derive(Default)]
struct Products {
    sum: i128,
    unit: i32,
    nan: bool,
    plus: bool,
    minus: bool,
}

impl Products {
    fn add(&mut self, c: &Config, a: i64, b: i64) {
        let Some(f) = c.format.minifloat() else {
            self.unit = if c.scale == ScaleFormat::E8m0 { 4 - (c.a_bits + c.b_bits) as i32 } else { 0 };
            self.sum += i128::from(a * b);
            return;
        };
        let mask = (1u32 << f.bits()) - 1;
        let (a, b) = (a as u32 & mask, b as u32 & mask);
        if c.mac == Mac::LMul {
            self.unit = f.unit();
            match f.decode(l_mul(f, a, b)) {
                Decoded::Nan => self.nan = true,
                Decoded::Infinity(negative) => self.infinity(negative),
                Decoded::Finite { .. } => self.sum += f.units(l_mul(f, a, b)).unwrap_or(0),
            }
            return;
        }
        self.unit = 2 * f.unit();
        match (f.decode(a), f.decode(b), f.units(a), f.units(b)) {
            (Decoded::Nan, ..) | (_, Decoded::Nan, ..) => self.nan = true,
            (.., Some(x), Some(y)) => self.sum += x * y,
            // Infinity times zero.
            (.., Some(0), _) | (.., Some(0)) => self.nan = true,
            _ => self.infinity((a ^ b) >> (f.bits() - 1) == 1),
        }
    }

    fn infinity(&mut self, negative: bool) {
        if negative {
            self.minus = true;
        } else {
            self.plus = true;
        }
    }
}

/// The sum of blocks, exact or a float32.
#[derive(Default)]
struct Sum {
    /// In units of `2^unit`.
    exact: BigInt,
    unit: i32,
    /// The float32 that holds it, if one does.
    held: Option<u32>,
    nan: bool,
    plus: bool,
    minus: bool,
}

impl Sum {
    fn add(&mut self, c: &Config, block: Products, a_scale: i64, b_scale: i64) {
        let exponent = match c.scale {
            ScaleFormat::E8m0 if a_scale == 255 || b_scale == 255 => {
                self.nan = true;
                0
            }
            ScaleFormat::E8m0 => a_scale + b_scale - 254,
            ScaleFormat::Exponent => a_scale + b_scale,
        };
        self.nan |= block.nan;
        self.plus |= block.plus;
        self.minus |= block.minus;
        // To the smaller of both units.
        let unit = block.unit + exponent as i32;
        let lower = if self.exact == BigInt::ZERO { unit } else { self.unit.min(unit) };
        self.exact =
            (&self.exact << (self.unit - lower).max(0) as u32) + (BigInt::from(block.sum) << (unit - lower) as u32);
        self.unit = lower;
        if c.accumulator == Accumulator::Float32 {
            let held = round(&self.exact, self.unit);
            (self.exact, self.unit) = (units(held).unwrap_or_default(), UNIT);
            // What is infinite stays so, whatever is added.
            if held & 0x7fff_ffff == 0x7f80_0000 && !(self.plus || self.minus) {
                self.plus = held >> 31 == 0;
                self.minus = held >> 31 == 1;
            }
            self.held = Some(held);
        }
    }

    fn code(&self) -> u32 {
        match (self.nan || (self.plus && self.minus), self.plus, self.minus) {
            (true, ..) => 0x7fc0_0000,
            (_, true, _) => 0x7f80_0000,
            (.., true) => 0xff80_0000,
            _ => self.held.unwrap_or_else(|| round(&self.exact, self.unit)),
        }
    }
}
