//! Blocks that work on rows of a tensor.

use std::ops::Range;

use niello_gen::blocks::{BlockConfig, Checked};

use crate::layers::{NoEngine, Pace};
use crate::plan::Pipeline;
use crate::DType;

/// Most lanes of a block of rows.
const MOST: u32 = 64;

/// What a block of rows costs.
#[derive(Clone, Copy, Debug)]
pub struct RowBlock {
    /// Its multipliers.
    pub multipliers: u64,
}

impl RowBlock {
    /// Of a configuration whose rules hold.
    ///
    /// # Errors
    /// The first rule that does not.
    pub fn checked<C: BlockConfig>(config: C) -> Result<RowBlock, NoEngine> {
        match Checked::new(config) {
            Ok(c) => Ok(RowBlock { multipliers: C::cost(&c).count_multipliers() }),
            Err(errors) => Err(NoEngine {
                what: errors.0.first().map_or(String::new(), ToString::to_string),
                help: "rows of at most 4096 codes of at most 8 bits, and scales that calibration gives".into(),
            }),
        }
    }

    /// Of so many rows, with all lanes and with one; `cycles` are those of a row.
    pub fn pace(columns: u32, rows: u64, cycles: impl Fn(u32) -> u64) -> Pace {
        let most = (1..=columns.min(MOST)).rev().find(|d| columns.is_multiple_of(*d)).unwrap_or(1);
        Pace { fewest: rows * cycles(most), most: rows * cycles(1) }
    }
}

/// The fewest lanes that divide `columns` with which so many rows take at most `target` cycles; `cycles` are those of a row.
pub fn row_lanes(columns: u32, rows: u64, target: u64, cycles: impl Fn(u32) -> u64) -> Option<u32> {
    let fits = |lanes: &u32| columns.is_multiple_of(*lanes) && rows * cycles(*lanes) <= target;
    (1..=columns.min(MOST)).find(fits)
}

/// The row in which an element lies.
pub fn whole_rows(element: usize, columns: u32) -> Range<usize> {
    let start = element - element % columns as usize;
    start..start + columns as usize
}

/// Marks spread over rows.
pub fn by_row(x: &[bool], elements: usize, columns: u32) -> Vec<bool> {
    (0..elements).map(|i| x[whole_rows(i, columns)].iter().any(|b| *b)).collect()
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
