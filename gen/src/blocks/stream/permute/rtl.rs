use super::{Checked, Config, Moves};
use crate::blocks::parts::rows::{Loop, Rows};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

/// Of the loops' counters, the innermost first.
const NAMES: [&str; 8] = ["inner", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// Nested loops over a row; each goes on from where those inside of it have ended.
pub(super) fn rows(moves: &Moves) -> Rows {
    let mut loops = Vec::new();
    let mut reach = 0;
    for ((times, step), name) in moves.loops.iter().rev().zip(NAMES) {
        loops.push(Loop { name, times: *times as u32, step: *step as i64 - reach });
        reach += (*times as i64 - 1) * *step as i64;
    }
    Rows { beats: moves.row as u32, height: moves.rows as u32, loops }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    rows(c.derived()).build(c.module(build), BeatShape::new(c.lanes, c.bits, c.signed))
}
