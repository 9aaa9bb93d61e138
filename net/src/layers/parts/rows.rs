//! Blocks that work on rows of a tensor.

use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

use niello_gen::blocks::{BlockConfig, Checked};

use super::{from_operands, requantizers};
use crate::layers::{At, Choice, Engine, NoEngine, Pace};
use crate::plan::{behind, Arrivals, Arrived, Pipeline};
use crate::{DType, Elements, Recode};

/// Most lanes of a block of rows.
const MOST: u32 = 64;

/// A layer whose hardware is a block of rows, and perhaps something behind it.
pub trait RowLayer: Debug + Send + Sync + 'static {
    /// The block.
    type Block: BlockConfig;
    /// Its role.
    const ROLE: &'static str;
    /// Elements of a row.
    fn columns(&self) -> u32;
    /// The block on so many lanes.
    fn block(&self, lanes: u32) -> Self::Block;
    /// Cycles of a longest row, behind others like it.
    fn row_cycles(block: &Self::Block) -> u64;
    /// How the block's results become codes; none: they are.
    fn recode(&self) -> Option<&Recode> {
        None
    }
    /// Behind the block, where it is not all: its results' bits and sign are those of `p.now`.
    fn behind(&self, _p: &mut Pipeline, _choice: &Choice) {}
    /// What the block gives, where the layer gives `output`.
    fn gives(&self, output: Elements) -> Elements {
        output
    }
}

/// The hardware of a [`RowLayer`].
#[derive(Clone, Copy, Debug)]
pub struct RowEngine<L>(L);

impl<L: RowLayer> RowEngine<L> {
    /// Of a layer whose block can be built.
    ///
    /// # Errors
    /// The first rule of the block that does not hold.
    pub fn of(layer: L) -> Result<Arc<dyn Engine>, NoEngine> {
        match Checked::new(layer.block(1)) {
            Ok(_) => Ok(Arc::new(RowEngine(layer))),
            Err(errors) => Err(NoEngine {
                what: errors.0.first().map_or(String::new(), ToString::to_string),
                help: "rows of at most 4096 codes of few bits, and scales that calibration gives".into(),
            }),
        }
    }

    fn rows(&self, output: Elements) -> u64 {
        u64::from(output.count / self.0.columns())
    }

    fn row_cycles(&self, lanes: u32) -> u64 {
        L::row_cycles(&self.0.block(lanes))
    }
}

impl<L: RowLayer> Engine for RowEngine<L> {
    fn codes(&self) -> Option<&Recode> {
        self.0.recode()
    }
    fn pace(&self, output: Elements) -> Pace {
        let (columns, rows) = (self.0.columns(), self.rows(output));
        let most = (1..=columns.min(MOST)).rev().find(|d| columns.is_multiple_of(*d)).unwrap_or(1);
        Pace { fewest: rows * self.row_cycles(most), most: rows * self.row_cycles(1) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let (columns, rows) = (self.0.columns(), self.rows(at.output));
        let lanes = row_lanes(columns, rows, at.target, |lanes| self.row_cycles(lanes))?;
        let block = Checked::new(self.0.block(lanes)).ok()?;
        let requant = match self.0.recode() {
            Some(r) => Some(requantizers(Some(r), columns, rows, at.target)?),
            None => None,
        };
        let multipliers = L::Block::cost(&block).count_multipliers() + requant.map_or(0, |r| r.multipliers);
        Some(Choice { lanes, multipliers, requant, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        p.by_pixels(self.0.columns());
        p.widen(choice.lanes, "row");
        let gives = self.0.gives(p.output());
        p.add(L::ROLE, (gives, choice.lanes), self.0.block(choice.lanes));
        self.0.behind(p, choice);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = self.rows(a.output);
        Arrived::at(behind(&a.come(0, rows), a.work(rows)))
    }
}

/// The fewest lanes that divide `columns` with which so many rows take at most `target` cycles; `cycles` are those of a row.
fn row_lanes(columns: u32, rows: u64, target: u64, cycles: impl Fn(u32) -> u64) -> Option<u32> {
    let fits = |lanes: &u32| columns.is_multiple_of(*lanes) && rows * cycles(*lanes) <= target;
    (1..=columns.min(MOST)).find(fits)
}

/// The row in which an element lies.
fn whole_row(element: usize, columns: u32) -> Range<usize> {
    let start = element - element % columns as usize;
    start..start + columns as usize
}

/// What an element of a row is made of: all of its row, and its own place in it.
pub fn from_row(x: &[&[i64]], element: usize, columns: u32) -> String {
    from_operands(&[&x[0][whole_row(element, columns)]], element % columns as usize)
}

/// Marks spread over rows.
pub fn by_row(x: &[bool], elements: usize, columns: u32) -> Vec<bool> {
    (0..elements).map(|i| x[whole_row(i, columns)].iter().any(|b| *b)).collect()
}

/// A table that clamps, where results of that type reach beyond the bounds.
pub fn clamp(p: &mut Pipeline, bounds: (i64, i64), dtype: DType) {
    let (lo, hi) = dtype.range();
    if bounds.0 <= lo && bounds.1 >= hi {
        return;
    }
    let output = p.output();
    let config = niello_gen::blocks::lut::Config {
        in_bits: output.bits,
        in_signed: output.signed,
        out_bits: output.bits,
        out_signed: output.signed,
        lanes: p.lanes,
        table: (lo..=hi).map(|q| q.clamp(bounds.0, bounds.1)).collect(),
    };
    p.add("clamp", (output, p.lanes), config);
}

/// Blocks of integers take codes with their sign.
///
/// # Errors
/// Operands are unsigned.
pub fn signed(operands: &[DType]) -> Result<(), NoEngine> {
    match operands.iter().find(|t| !t.signed()) {
        Some(t) => Err(NoEngine { what: format!("codes of {}", t.name()), help: "codes with a sign".into() }),
        None => Ok(()),
    }
}
