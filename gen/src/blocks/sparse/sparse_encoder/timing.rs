//! When words leave: blocks are written one behind the other, each when all of it has come.

use super::{Checked, Config};
use crate::blocks::sparse::code::Format;

/// Cycles from a block's last beat to its header, where nothing else is written.
const TO_HEADER: u64 = 6;

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, x: &[i64]) -> (u64, u64) {
    let (beats, code) = ((x.len() as u64).div_ceil(c.lanes.into()), c.code());
    let per_block = u64::from(c.beats());
    let levels = u64::from(c.levels());
    // `free` is when the next header can be written; `bits` are those before the last cycle's.
    let (mut free, mut written, mut bits, mut last_bits) = (0, 0, 0u64, 0u64);
    let blocks = beats.div_ceil(per_block);
    for b in 0..blocks {
        let here = (beats - b * per_block).min(per_block);
        let from = (b * per_block * u64::from(c.lanes)) as usize;
        let elements = &x[from..(from + (here * u64::from(c.lanes)) as usize).min(x.len())];
        let n = elements.iter().filter(|e| **e != 0).count() as u64;
        let (r, width) = (here * u64::from(c.lanes), u64::from(c.width));
        let pairs = u64::from(code.count_bits()) + n * (width + u64::from(code.index_bits()));
        let coordinates = match c.format {
            Format::Hybrid => pairs < r + n * width,
            only => only == Format::Coordinates,
        };
        let last = b + 1 == blocks;
        let header = u64::from(code.header_bits()) + if last { code.index_bits().into() } else { 0 };
        let (parts, rows) = if coordinates { (0, n) } else { (here.div_ceil(c.part_beats().into()), n) };
        let rows = rows.div_ceil(c.entries().into());
        let took = 1 + parts + rows;
        let ends = b * per_block + here - 1;
        free = free.max(ends + TO_HEADER + levels + u64::from(c.settling())) + took;
        written += took;
        let all = header + if coordinates { pairs } else { r + n * width };
        // Of its last cycle.
        let entry = width + if coordinates { code.index_bits().into() } else { 0 };
        let (per_row, per_part) = (u64::from(c.entries()), u64::from(c.part_beats() * c.lanes));
        last_bits = match (rows, parts) {
            (0, 0) => header + u64::from(code.count_bits()),
            (0, _) => r - (parts - 1) * per_part,
            _ => (n - (rows - 1) * per_row) * entry,
        };
        bits += all;
    }
    // The last cycle's bits fill a word and begin another one, which leaves a cycle later.
    let word = u64::from(c.word);
    let before = bits - last_bits;
    let second = before % word + last_bits > word;
    (free + c.packed_cycles() + u64::from(second), beats.max(written))
}
