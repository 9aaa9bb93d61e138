use super::{Checked, Config};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::outlet::{self, Outlet};
use crate::blocks::parts::product;
use crate::blocks::parts::row_magnitude;
use crate::blocks::parts::row_queue::{self, Behind, Given, Leaving, RowQueue, Size};
use crate::hdl::{Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};

/// Registers behind the read of a beat with its row's inverse: both of them, two of the product, the code.
const RESULT: u32 = 4;

impl Config {
    /// Cycles between the ends of two rows.
    pub fn apart(&self) -> u64 {
        divide::serial_apart(self.inverse_bits())
    }
    /// Cycles from a row's last beat to its inverse.
    fn number_cycles(&self) -> u32 {
        row_magnitude::cycles(&self.rows()) + self.inverse_bits() + 1
    }
    /// Cycles from the read of a beat to its results.
    fn result_cycles(&self) -> u32 {
        row_queue::TO_BEAT as u32 + RESULT
    }
    /// The rows that wait.
    pub fn size(&self) -> Size {
        let rows = self.rows();
        let wait = u64::from(self.number_cycles()) + row_queue::TO_ISSUE + 2;
        let count = wait.div_ceil(self.apart()) as u32 + 1;
        let ring = row_queue::ring(rows.beats(), wait as u32, count);
        let (beat_bits, number_bits) = (rows.lanes * rows.lane_bits(), self.inverse_bits());
        Size { name: "element", beats: rows.beats(), ring, rows: count, beat_bits, number_bits }
    }
    /// Places for results.
    pub fn places(&self) -> u32 {
        outlet::places(self.result_cycles())
    }
    /// Latency and II of a frame of so many beats.
    pub fn timing(&self, n: u64) -> (u64, u64) {
        let rows = row_queue::cut(n, self.rows().beats().into());
        let ends = row_queue::ends(&rows, self.apart());
        let read = row_queue::pace(&ends, &rows, u64::from(self.number_cycles()) + row_queue::TO_ISSUE, 1);
        let ii = rows.iter().map(|n| (*n).max(self.apart())).sum();
        (read.last().copied().unwrap_or(0) + u64::from(self.result_cycles()) + outlet::CYCLES, ii)
    }
    /// Bits of an element, and of both parts of its factor, in two's complement.
    pub fn product(&self) -> [u32; 3] {
        let low = self.inverse_bits().min(product::LOW);
        [self.bits, low + 1, self.inverse_bits() - low + 1]
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let rows = c.rows();
    let s = m.stream_in("s_axis", BeatShape::new(rows.lanes, rows.bits, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(rows.lanes, rows.out_bits, true), true);

    m.section("rows as they come: elements wait for the inverse of their row's largest magnitude");
    let elements = RowQueue::new(&m, c.size());
    let row_taken = m.wire("row_taken");
    let busy = row_queue::busy(&m, "first_wait", c.apart(), row_taken);
    let held = busy.map_or(elements.no_row(), |busy| busy | elements.no_row());
    let entry = row_queue::take(&m, s, rows.beats(), |last| !elements.no_beat() & !(last & held));
    row_taken.drive(entry.row);
    let (at, largest) = row_magnitude::of(&rows, &m, s, entry);
    m.section("its inverse, a bit at a time; of zero it is anything");
    let bits = c.inverse_bits();
    let dividend = Dividend { high: m.u(0, 1), low: Low::Bits(m.u((c.largest() as u64) << c.fraction(), bits)) };
    let found = divide::serial(&m, "inverse", at, dividend, largest, bits);

    m.section("elements again, with that: codes for which there are places");
    let outlet = Outlet::new(&m, c.places());
    let beat = Given { at: entry.beat, value: s.data() };
    let number = Given { at: found.ready, value: found.quotient };
    let read = elements.serve(entry, beat, number, Behind::Always, |_| !outlet.full());
    let y: Vec<UInt> = (0..rows.lanes).map(|k| code(&m, c, &read, k)).collect();
    let on = m.bool(true);
    let at = m.pipe_flag("some_code", on, read.issue, c.result_cycles());
    let frame_end = read.row & read.length.bit(read.length.width() - 1);
    let last = m.pipe("end", on, frame_end, c.result_cycles());
    outlet.drive(read.issue, at, m.lanes(&y), last, out);
    m.finish()
}

/// A lane: its product with the inverse, rounded.
fn code<'m>(m: &'m Mod<'_>, c: &Config, read: &Leaving<'m>, k: u32) -> UInt<'m> {
    let (on, named) = (m.bool(true), |what: &str| format!("{what}{k}"));
    let x = m.delay(&named("element"), on, read.beat.slice(k * c.bits, c.bits).as_signed());
    let inverse = m.delay(&named("by"), on, read.number);
    let product = m.delay(&named("product"), on, product::wide(m, k, on, x, inverse));
    let half = m.s(1 << (c.fraction() - 1), c.fraction() + 1);
    let y = ((product + half) >> c.fraction()).at_width(c.out_bits);
    m.delay(&named("y"), on, y.as_unsigned())
}
