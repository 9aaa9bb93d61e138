//! When sums leave: rows are listed one behind the other, where a list has a place; entries are multiplied, once for each tile.

use super::list::LISTS;
use super::rtl::TO_ROW;
use super::{Checked, Config};
use crate::blocks::parts::queue;
use crate::blocks::sparse::code::bits;
use crate::blocks::sparse::cutter::timing::{tensor, Pace, Step};
use crate::blocks::Contract;

/// Frames after which those that follow are as far apart.
const FRAMES: usize = 8;

/// A row: the step that ends it, and its entries.
struct Line {
    step: usize,
    entries: u64,
}

/// Rows of the code, up to `m` of them.
fn lines(c: &Checked<Config>, blocks: &[(usize, u64)]) -> Vec<Line> {
    let rows = blocks.chunks(c.blocks() as usize).take(c.m as usize);
    rows.map(|row| Line { step: row[row.len() - 1].0, entries: row.iter().map(|b| b.1).sum() }).collect()
}

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Contract {
    let code = bits(&inputs[0]);
    let tensor = tensor(&c.cutter(), &code);
    // For each block its last step, and its entries.
    let mut blocks: Vec<(usize, u64)> = Vec::new();
    for (n, step) in tensor.steps.iter().enumerate() {
        match step {
            Step::Header => blocks.push((n, 0)),
            Step::Row(_) => blocks.last_mut().into_iter().for_each(|b| b.0 = n),
            _ => {}
        }
    }
    for (b, d) in blocks.iter_mut().zip(&c.code().decode(&code, c.word).blocks) {
        b.1 = d.entries.len() as u64;
    }
    let lines = lines(c, &blocks);

    let (view, tiles, beats) = (u64::from(c.cutter().view_cycles()), u64::from(c.tiles()), u64::from(c.b_beats()));
    let mut pace = Pace::new(&c.cutter());
    // Rows that were listed and rows whose list was left; the matrix's first beat, and the last entry of a frame.
    let (mut listed, mut left) = (Vec::<u64>::new(), Vec::<u64>::new());
    let (mut matrix, mut frames, mut done) = (0, Vec::<u64>::new(), 0);
    for frame in 0..FRAMES {
        let freed = if frame >= 2 { frames[frame - 2] + u64::from(TO_ROW) + 1 } else { 0 };
        let begins = freed.max(matrix);
        matrix = begins + beats;
        let there = begins + beats + 1;
        let mut went = 0;
        for (r, line) in lines.iter().enumerate() {
            for step in &tensor.steps[went..=line.step] {
                let before = |times: &[u64], t: u64| times.partition_point(|x| x + 1 < t);
                let room = |t: u64| before(&listed, t) - before(&left, t) < LISTS as usize;
                let t = pace.step(step, tensor.drain, room);
                if std::ptr::eq(step, &tensor.steps[line.step]) {
                    listed.push(t + view);
                }
            }
            went = line.step + 1;
            let described = listed[listed.len() - 1] + 3 + queue::CYCLES;
            let from = described.max(done).max(there);
            // Rows that the code does not have follow its last one.
            let missing = if r + 1 == lines.len() { u64::from(c.m) - lines.len() as u64 } else { 0 };
            done = from + tiles * (line.entries.max(1) + missing);
            left.push(done - 1);
        }
        for step in &tensor.steps[went..] {
            let before = |times: &[u64], t: u64| times.partition_point(|x| x + 1 < t);
            pace.step(step, tensor.drain, |t| before(&listed, t) - before(&left, t) < LISTS as usize);
        }
        frames.push(done - 1);
    }
    let latency = frames[0] + u64::from(c.to_sum()) + queue::CYCLES;
    Contract { latency, ii: frames[FRAMES - 1] - frames[FRAMES - 2] }
}
