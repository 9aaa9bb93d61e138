//! What follows from a configuration: operand ranges, exact widths, tiles, timing.

use super::{Accumulator, Cell, Config, Dataflow};
use crate::blocks::Contract;
use crate::ir::BeatShape;
use crate::num::{range_of, Range};

/// Tiles and widths.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Tiles along m (weight-stationary: all of m in one).
    pub m_tiles: u32,
    /// Steps of a tile along k.
    pub k_tiles: u32,
    /// Tiles along n.
    pub n_tiles: u32,
    /// `a - a_zero`, and zero for padding.
    pub a: Range,
    /// `b - b_zero`, and zero for padding.
    pub b: Range,
    /// Every partial and final sum.
    pub acc: Range,
    /// Bits of a sum.
    pub acc_bits: u32,
    /// The element.
    pub cell: Cell,
    /// Cycles between tiles at least, where what follows needs them.
    pub least_cycles: u32,
}

/// All sums of at most `n` products.
fn sums(a: Range, b: Range, n: u64) -> Range {
    let n = i128::from(n);
    // Operands have at most 17 bits, and n at most 2^32: far inside an i128.
    let p = a.checked_mul(b).unwrap_or(Range::new(0, 0)).union(Range::new(0, 0));
    Range::new(p.lo * n, p.hi * n)
}

impl Shape {
    /// Derives everything.
    pub fn new(c: &Config) -> Shape {
        let stationary = c.dataflow == Dataflow::WeightStationary;
        let operand = |bits, signed, zero: i64| {
            let r = range_of(bits, signed).unwrap_or(Range::new(0, 0));
            Range::new(r.lo - i128::from(zero), r.hi - i128::from(zero)).union(Range::new(0, 0))
        };
        let a = operand(c.a_bits, c.a_signed, c.a_zero);
        let b = c.mac.b_range().unwrap_or(operand(c.b_bits, c.b_signed, c.b_zero));
        let acc = sums(a, b, c.k.into());
        let depth = c.element_depth();
        let format = c.format.minifloat();
        let float32 = c.accumulator == Accumulator::Float32;
        let mut cell = Cell { mac: c.mac, depth, a, b, acc, pipeline: c.pipeline, format, float32, fixed: false };
        if format.is_some() {
            let p = cell.product();
            cell.acc = Range::new(p.lo * i128::from(c.k), p.hi * i128::from(c.k));
        }
        let (acc, acc_bits) = (cell.acc, cell.acc_bits());
        Shape {
            m_tiles: if stationary { 1 } else { c.m.div_ceil(c.rows) },
            k_tiles: c.k.div_ceil(if stationary { c.rows } else { depth }),
            n_tiles: c.n.div_ceil(c.cols),
            a,
            b,
            acc,
            acc_bits,
            cell,
            least_cycles: 1,
        }
    }

    /// Sums of `products` products.
    pub fn partial(&self, products: u32) -> Range {
        let (p, n) = (self.cell.product(), i128::from(products));
        Range::new(p.lo * n, p.hi * n)
    }

    /// The accumulator in a line.
    pub fn accumulator_text(&self, c: &Config) -> String {
        let exact = format!("{} bits, exact: proven for {}..={}", self.acc_bits, self.acc.lo, self.acc.hi);
        match (self.cell.format, c.accumulator) {
            (None, _) => exact,
            (Some(_), _) if self.cell.fixed => format!("{exact}; leaves in fixed point, flags above it"),
            (Some(_), Accumulator::Exact) => format!("{exact}; rounded to float32 once, half to even"),
            (Some(_), Accumulator::Float32) => "float32, rounded half to even after every step".into(),
        }
    }

    /// A beat of `a_axis`.
    pub fn a_beat(&self, c: &Config) -> BeatShape {
        BeatShape::new(c.rows * c.element_depth(), c.a_bits, c.a_signed)
    }

    /// A beat of `b_axis`.
    pub fn b_beat(&self, c: &Config) -> BeatShape {
        BeatShape::new(c.cols * c.element_depth(), c.b_bits, c.b_signed)
    }

    /// A beat of `m_axis`.
    pub fn out_beat(&self, c: &Config) -> BeatShape {
        if self.cell.fixed {
            return BeatShape::new(c.cols, self.cell.vector_bits(self.acc_bits), true);
        }
        if self.cell.format.is_some() {
            return BeatShape::new(c.cols, 32, false);
        }
        BeatShape::new(c.cols, self.acc_bits, true)
    }

    fn tiles(&self) -> usize {
        self.m_tiles as usize * self.n_tiles as usize * self.k_tiles as usize
    }

    /// Elements of a frame on `a_axis`.
    pub fn a_elements(&self, c: &Config) -> usize {
        let beats = if c.dataflow == Dataflow::WeightStationary { c.m as usize } else { 1 };
        self.tiles() * beats * self.a_beat(c).lanes as usize
    }

    /// Elements of a frame on `b_axis`.
    pub fn b_elements(&self, c: &Config) -> usize {
        let beats = if c.dataflow == Dataflow::WeightStationary { c.rows as usize } else { 1 };
        self.tiles() * beats * self.b_beat(c).lanes as usize
    }

    /// Cycles from the start of a tile to the start of the next one, when fed.
    pub fn tile_cycles(&self, c: &Config) -> u32 {
        match c.dataflow {
            // Weights take four cycles into place at least.
            Dataflow::WeightStationary => c.m.max(c.rows).max(4),
            _ => self.k_tiles.max(c.rows).max(self.least_cycles),
        }
    }

    /// Exact timing.
    ///
    /// The registers between the last step of a frame and its last beat: one at the entrance, those inside an
    /// element, the accumulator, the way through the array, and the final adder of sums kept in carry-save form.
    pub fn contract(&self, c: &Config, inputs: &[Vec<i64>]) -> Contract {
        let (rows, cols) = (u64::from(c.rows), u64::from(c.cols / c.mac.outs()));
        let (tile, inside) = (
            u64::from(self.tile_cycles(c)),
            u64::from(self.cell.stages() + self.cell.resolve_stages() + self.cell.finish_stages()),
        );
        match c.dataflow {
            Dataflow::WeightStationary => {
                let tiles = u64::from(self.n_tiles) * u64::from(self.k_tiles);
                // R beats of weights, two registers until they are in place, then the activations.
                let load = rows + 2;
                let through = 1 + inside + rows + cols - 1 + if self.k_tiles > 1 { 2 } else { 0 };
                Contract { latency: load + (tiles - 1) * tile + u64::from(c.m) - 1 + through, ii: tiles * tile }
            }
            Dataflow::Tree if c.mac.serial() => {
                let cycles = super::digit_cycles::frame(c, self, &inputs[0]);
                // The first tile is stored before it is read; a tile of one digit is not.
                let store = if self.cell.digits() > 1 { u64::from(self.k_tiles) + 1 } else { 0 };
                let drain = if c.rows == 1 { 0 } else { rows };
                let through = 3 + u64::from(c.pipeline) + u64::from(self.cell.resolve_stages());
                Contract { latency: store + cycles - 1 + through + drain, ii: cycles }
            }
            _ => {
                let tiles = u64::from(self.m_tiles) * u64::from(self.n_tiles);
                let steps = (tiles - 1) * tile + u64::from(self.k_tiles) - 1;
                let drain = match c.dataflow {
                    Dataflow::Tree if c.rows == 1 => 0,
                    Dataflow::Tree => rows,
                    // To the far corner of the array, then row by row out of it.
                    _ => rows + cols - 1 + rows - 2,
                };
                Contract { latency: steps + 2 + inside + drain, ii: tiles * tile }
            }
        }
    }
}
