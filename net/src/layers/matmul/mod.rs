//! The product of two computed tensors: `operand_buffer`s in front of a `mac_array`, and what becomes of its sums.
//!
//! `acc[h][i][j] = sum over k of (a[h][i][k] - a_zero) (b[h][k][j] - b_zero)`, exact, then recoded; `h < heads`, `i < rows`, `k < depth`, `j < columns`.
//!
//! Transposes are addresses: the rows of all heads may alternate (`rows_first`: elements of `a` and of the result lie `[i][h][..]`), and `b` may lie in any
//! order of its two dimensions, its heads around them or between them. `b` is stored, `a` streams: each of its rows is multiplied by all columns.

mod arrivals;
mod golden;
pub(in crate::layers) mod random;
mod stages;

use std::sync::Arc;

use niello_gen::blocks::{mac_array, operand_buffer, BlockConfig, Checked};

use super::parts::requantizers;
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{fold_within, Arrivals, Arrived, Folding, Pipeline};
use crate::{DType, Elements, Recode};

/// Most rows or columns of an array.
const MOST: u32 = 256;

/// Products of matrices, a pair for each head.
#[derive(Clone, Debug, PartialEq)]
pub struct MatMul {
    /// Pairs of matrices.
    pub heads: u32,
    /// Rows of an `a`.
    pub rows: u32,
    /// Columns of an `a`, rows of a `b`.
    pub depth: u32,
    /// Columns of a `b`.
    pub columns: u32,
    /// A row of each head comes before the next row of any.
    pub rows_first: bool,
    /// How a `b` lies.
    pub lies: Lies,
    /// Zero points of both.
    pub zeros: [i64; 2],
    /// How sums become codes.
    pub recode: Recode,
}

/// How the second operand lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lies {
    /// The columns are innermost: `[k][j]`, else `[j][k]`.
    pub columns_last: bool,
    /// Heads lie between its two dimensions, not around them: always with `rows_first`.
    pub heads_between: bool,
}

impl MatMul {
    /// Rows of all heads: pixels of `a` and of the result.
    fn all_rows(&self) -> u64 {
        u64::from(self.heads) * u64::from(self.rows)
    }

    /// Outer and inner dimension of `b`.
    fn sides(&self) -> [u32; 2] {
        if self.lies.columns_last {
            [self.depth, self.columns]
        } else {
            [self.columns, self.depth]
        }
    }

    /// Heads of which a buffer holds all of `b` at once.
    fn held(&self) -> u32 {
        if self.lies.heads_between {
            self.heads
        } else {
            1
        }
    }

    /// A row's place in the order of the result: its head and its number.
    fn row(&self, at: u64) -> (u64, u64) {
        let (heads, rows) = (u64::from(self.heads), u64::from(self.rows));
        if self.rows_first {
            (at % heads, at / heads)
        } else {
            (at / rows, at % rows)
        }
    }

    /// The array: a row at a time.
    fn array(&self, f: &Folding, types: [DType; 2]) -> mac_array::Config {
        let [a, b] = types;
        mac_array::Config {
            dataflow: mac_array::Dataflow::Tree,
            rows: 1,
            cols: f.pe,
            depth: f.simd,
            m: 1,
            k: self.depth,
            n: self.columns,
            a_bits: a.bits(),
            a_signed: a.signed(),
            a_zero: self.zeros[0],
            b_bits: b.bits(),
            b_signed: b.signed(),
            b_zero: self.zeros[1],
            pipeline: mac_array::Cell::most_pipeline(mac_array::Mac::Plain, f.simd),
            ..mac_array::Config::default()
        }
    }

    /// What holds `b`, and gives its tiles for each row.
    fn b_buffer(&self, f: &Folding, b: DType) -> operand_buffer::Config {
        let [outer, inner] = self.sides();
        let (lanes, banks) = if self.lies.columns_last { (f.pe, f.simd) } else { (f.simd, f.pe) };
        // Tiles of columns, and in each of them groups along the depth.
        let tiles = if self.lies.columns_last { [2, 0] } else { [0, 2] };
        let around = if self.rows_first { [3, 1] } else { [1, 3] };
        operand_buffer::Config {
            outer,
            middle: self.held(),
            beats: inner.div_ceil(lanes),
            lanes,
            banks,
            across: self.lies.columns_last && banks > 1 && lanes > 1,
            times: self.rows,
            order: around.into_iter().chain(tiles).collect(),
            bits: b.bits(),
            signed: b.signed(),
        }
    }

    /// What gives a row of `a` for each tile of columns; none where there is one tile.
    fn a_buffer(&self, f: &Folding, a: DType) -> Option<operand_buffer::Config> {
        let tiles = self.columns.div_ceil(f.pe);
        (tiles > 1).then(|| operand_buffer::Config {
            outer: 1,
            middle: 1,
            beats: self.depth.div_ceil(f.simd),
            lanes: f.simd,
            banks: 1,
            across: false,
            times: tiles,
            order: vec![0, 1, 3, 2],
            bits: a.bits(),
            signed: a.signed(),
        })
    }
}

impl Layer for MatMul {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0], x[1])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        golden::explain(self, x[0], x[1], element)
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        golden::behind(self, x[0], x[1], elements)
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        Some(&mut self.recode)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let types = [0, 1].map(|k| operands.get(k).copied().unwrap_or(operands[0]));
        let one = Folding { pe: 1, simd: 1, cycles: 0 };
        let no = |what: String| NoEngine { what, help: "smaller matrices, of codes of at most 16 bits".into() };
        if self.rows_first && !self.lies.heads_between && self.heads > 1 {
            return Err(no("rows of all heads alternate, and heads lie around the second operand's dimensions".into()));
        }
        Checked::new(self.array(&one, types)).map_err(|e| no(e.to_string()))?;
        Checked::new(self.b_buffer(&one, types[1])).map_err(|e| no(e.to_string()))?;
        Ok(Arc::new(Product { layer: (*self).clone(), types }))
    }
}

/// Its hardware, for operands of these types.
#[derive(Clone, Debug)]
struct Product {
    layer: MatMul,
    types: [DType; 2],
}

impl Engine for Product {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.layer.recode)
    }
    fn pace(&self, _: Elements) -> Pace {
        let l = &self.layer;
        let [outer, inner] = l.sides();
        let stored = |lanes: u32| u64::from(l.heads) * u64::from(outer) * u64::from(inner.div_ceil(lanes));
        let each = u64::from(l.columns.div_ceil(MOST)) * u64::from(l.depth.div_ceil(MOST));
        let most = l.all_rows() * u64::from(l.columns) * u64::from(l.depth);
        Pace { fewest: (l.all_rows() * each).max(stored(MOST)), most: most.max(stored(1)) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let l = &self.layer;
        let [outer, inner] = l.sides();
        let rams = |f: &Folding| {
            let cost = Checked::new(l.b_buffer(f, self.types[1])).map(|c| operand_buffer::Config::cost(&c));
            cost.map_or(0, |cost| at.device.resources(&cost).block_rams)
        };
        // `b` has to be stored in time as well, as many elements a beat as its inner side has in parallel.
        let stores = |f: &Folding| {
            let lanes = if l.lies.columns_last { f.pe } else { f.simd };
            u64::from(l.heads) * u64::from(outer) * u64::from(inner.div_ceil(lanes)) <= at.target
        };
        let folding = fold_within(MOST, [l.columns, l.depth], at.target / l.all_rows().max(1), rams, stores)?;
        let requant = requantizers(Some(&l.recode), l.columns, l.all_rows(), at.target)?;
        let multipliers = folding.multipliers() + requant.multipliers;
        Some(Choice {
            lanes: folding.simd,
            folding: Some(folding),
            requant: Some(requant),
            multipliers,
            ..Choice::default()
        })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        if let Some(folding) = choice.folding {
            stages::add(self, &folding, choice, p);
        }
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        arrivals::of(&self.layer, a)
    }
}
