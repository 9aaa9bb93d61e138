//! The border that all dataflows share: operands in, results out. One file for each dataflow.

pub mod entrance;
mod output_stationary;
mod serial;
pub mod tree;
mod weight_stationary;

use super::{Checked, Config, Dataflow};
use crate::hdl::{Bool, Build, Mod, Sink, UInt};
use crate::ir::ModuleId;
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    match c.dataflow {
        Dataflow::OutputStationary | Dataflow::Cube => output_stationary::elaborate(c, build),
        Dataflow::WeightStationary => weight_stationary::elaborate(c, build),
        Dataflow::Tree if c.mac.serial() => serial::elaborate(c, build),
        Dataflow::Tree => tree::elaborate(c, build),
    }
}

/// The rows of a finished tile, one a cycle.
struct Drain<'m> {
    /// A row is at the output of the shift registers.
    active: Bool<'m>,
    /// It is the tile's last.
    last_row: Bool<'m>,
    /// Its number, if there are several.
    row: Option<UInt<'m>>,
}

/// Counts the rows of a tile from `start` on.
fn drain<'m>(m: &'m Mod<'_>, run: Bool<'m>, start: Bool<'m>, rows: u32) -> Drain<'m> {
    if rows == 1 {
        return Drain { active: start, last_row: m.bool(true), row: None };
    }
    let row = m.counter("row", rows.into()).reset(0);
    let active = (start | row.q().any()).named("draining");
    let last_row = m.count_to(row, rows.into(), run & active).named("last_row");
    Drain { active, last_row, row: Some(row.q()) }
}

/// A row of results: the states of its elements, resolved, leave by the output.
struct Results<'m> {
    valid: Bool<'m>,
    last: Bool<'m>,
    states: Vec<UInt<'m>>,
}

impl<'m> Results<'m> {
    fn leave(self, c: &Checked<Config>, m: &'m Mod<'m>, run: Bool<'m>, out: Sink<'m>) {
        let cell = &c.derived().cell;
        m.section("results");
        let each = |(i, s): (usize, &UInt<'m>)| cell.resolve(m, run, &format!("col{i}"), *s, cell.acc_bits());
        let lanes: Vec<UInt> = self.states.iter().enumerate().flat_map(each).collect();
        let lanes: Vec<UInt> =
            lanes.iter().enumerate().map(|(i, l)| cell.finish(m, run, &format!("lane{i}"), *l)).collect();
        let stages = cell.resolve_stages() + cell.finish_stages();
        let valid = m.pipe_flag("leaving", run, self.valid, stages);
        let last = m.pipe("leaving_last", run, self.last, stages);
        out.drive(valid, m.lanes(&lanes), Some(last));
    }
}

/// Equal parts of a vector.
fn parts<'m>(v: UInt<'m>, count: u32) -> Vec<UInt<'m>> {
    let w = v.width() / count;
    (0..count).map(|i| v.slice(i * w, w)).collect()
}

/// Constants that a sum of `steps` steps starts from, one for each vector of an element.
fn start(c: &Checked<Config>, steps: u64) -> Vec<Bits> {
    let cell = &c.derived().cell;
    let w = cell.vector_bits(cell.acc_bits());
    let value = Bits::from_bigint(w, &cell.correction(steps));
    let vectors = cell.addends() * cell.mac.outs();
    (0..vectors).map(|v| if v == 0 { value.clone() } else { Bits::zero(w) }).collect()
}
