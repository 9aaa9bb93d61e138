use super::{Checked, Config};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::row_queue::Entry;
use crate::blocks::parts::{passes, row_magnitude, sqrt, tree};
use crate::hdl::{Build, Mod, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

impl Config {
    /// Cycles from a row's last beat to its sum of squares: an element, its square, the tree, the total.
    fn sum_cycles(&self) -> u32 {
        3 + self.rows().levels()
    }
    /// Latency and II of a row.
    pub fn timing(&self) -> (u64, u64) {
        let n = u64::from(self.rows().beats());
        let root = u64::from(self.squares_bits().div_ceil(2)) + 1;
        let quotient = u64::from(self.out_bits()) + 1;
        // From the last beat to the result, which is a register of its own.
        let behind = u64::from(self.sum_cycles()) + root + quotient;
        (n + behind, n.max(behind + 2))
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let rows = c.rows();
    let s = m.stream_in("s_axis", BeatShape::new(rows.lanes, rows.bits, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, c.out_bits(), false), true);

    m.section("a row's last beat waits until the result of the one before it is taken");
    let beats = rows.beats();
    let beat = m.counter("beat", beats.into()).reset(0);
    let at = beat.q().at_width(bits_for_count(beats.into()));
    let ends = at.eq(m.u(u64::from(beats) - 1, at.width())).named("ends");
    let busy = m.reg_b("busy").reset(0);
    s.set_ready(!(ends & busy.q()));
    m.count_to(beat, beats.into(), s.fire());
    let row = (s.fire() & ends).named("row");
    let length = m.u(0, 1);
    let entry = Entry { beat: s.fire(), row, length };

    let (_, largest) = row_magnitude::of(&rows, &m, s, entry);
    let squares = squares(&m, c, s, entry);
    m.section("the root of the sum of squares, and the largest magnitude by that");
    let on = m.bool(true);
    let summed = m.pipe_flag("row_summed", on, row, c.sum_cycles());
    let largest = m.delay("largest_kept", m.pipe_flag("row_found", on, row, row_magnitude::cycles(&rows)), largest);
    let (ready, root) = sqrt::serial(&m, "root", summed, squares);
    let bits = c.out_bits();
    let high = if c.bits > 1 { largest.slice(1, c.bits - 1) } else { m.u(0, 1) };
    // What is left below the quotient's highest bit: the magnitude's last bit.
    let low = m.concat(&[largest.bit(0).to_uint(), m.u(0, bits - 1)]);
    let found = divide::serial(&m, "gain", ready, Dividend { high, low: Low::Bits(low) }, root, bits);
    let none = m.delay_flag("none", ready, !root.any());
    let waits = m.reg_b("waits").reset(0);
    let fire = (waits.q() & out.ready()).named("gives");
    waits.set_when(found.ready | fire, found.ready);
    busy.set_when(row | fire, row);
    let y = none.pick(m.u(0, bits), found.quotient).named("gain");
    out.drive(waits.q(), y, Some(on));
    m.finish()
}

/// The sum of a row's squares.
fn squares<'m>(m: &'m Mod<'_>, c: &Config, s: Source<'m>, entry: Entry<'m>) -> UInt<'m> {
    m.section("the sum of its squares");
    let (rows, on) = (c.rows(), m.bool(true));
    let at = m.delay_flag("some_element", on, entry.beat);
    let square = |k: u32| {
        let x = m.delay(&format!("element{k}"), on, s.lane(k).as_signed());
        passes::here(m, &format!("square{k}"), at, (x * x).as_unsigned())
    };
    let beat = tree::sum(m, "squares", (0..rows.lanes).map(square).collect());
    let last = m.pipe_flag("row_last_square", on, entry.row, c.sum_cycles() - 1);
    passes::sum(m, "squares", last, beat, c.squares_bits())
}
