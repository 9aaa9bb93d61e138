use super::{Checked, Config};
use crate::blocks::parts::divide;
use crate::blocks::parts::outlet::{self, Outlet};
use crate::blocks::parts::product;
use crate::blocks::parts::row_codes::Rows;
use crate::blocks::parts::row_max;
use crate::blocks::parts::row_queue::{self, Behind, Given, Leaving, RowQueue, Size};
use crate::blocks::parts::shift_exp::Half;
use crate::blocks::parts::shift_exp::{self, ShiftExp};
use crate::hdl::{Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_unsigned;

/// Cycles between the ends of two rows: so few of them wait.
pub const APART: u64 = 4;

impl Config {
    /// The exponential.
    pub fn exponential(&self) -> ShiftExp {
        let Config { bits, inverse_scale, octaves, half, .. } = *self;
        ShiftExp { bits, inverse_scale, octaves, half }
    }
    /// The rows.
    pub fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, absent, .. } = *self;
        Rows { columns, lanes, bits, signed: true, absent, out_bits: self.out_bits(), out_signed: true }
    }
    /// The dividend and the largest sum, without the bits that are zeros in every sum: the quotient is the same.
    fn division(&self) -> (u64, u64) {
        let zeros = self.exponential().zeros();
        (self.numerator.value() >> zeros, shift_exp::MOST >> zeros)
    }
    /// Bits of a sum.
    fn sum_bits(&self) -> u32 {
        bits_for_unsigned(self.division().1.into())
    }
    /// Bits of the quotient by the least sum.
    fn quotient_bits(&self) -> u32 {
        let exp = self.exponential();
        let least = exp.least((1 << self.bits) - 1) + exp.least((1 << (self.bits - 1)) - 1);
        bits_for_unsigned((self.numerator.value() / least).into())
    }
    /// Cycles from a row's last beat to its maximum's exponential.
    fn number_cycles(&self) -> u32 {
        row_max::cycles(&self.rows()) + 1 + self.exponential().negated_cycles()
    }
    /// Cycles from the read of a beat to its results.
    fn result_cycles(&self) -> u32 {
        row_queue::TO_BEAT as u32 + 1 + self.exponential().cycles() + 3 + self.quotient_bits() + 4
    }
    /// The rows that wait.
    pub fn size(&self) -> Size {
        let rows = self.rows();
        let wait = u64::from(self.number_cycles()) + row_queue::TO_ISSUE + 2;
        let (beat_bits, number_bits) = (rows.lanes * rows.lane_bits(), self.bits + self.sum_bits());
        let (beats, ring) = (rows.beats(), rows.beats() + wait as u32);
        Size { name: "code", beats, ring, rows: (wait.div_ceil(APART) + 1) as u32, beat_bits, number_bits }
    }
    /// Places for results.
    pub fn places(&self) -> u32 {
        outlet::places(self.result_cycles())
    }
    /// Latency and II of a frame of so many beats.
    pub fn timing(&self, n: u64) -> (u64, u64) {
        let rows = row_queue::cut(n, self.rows().beats().into());
        let ends = row_queue::ends(&rows, APART);
        let read = row_queue::pace(&ends, &rows, u64::from(self.number_cycles()) + row_queue::TO_ISSUE, 1);
        let ii = rows.iter().map(|n| (*n).max(APART)).sum();
        (read.last().copied().unwrap_or(0) + u64::from(self.result_cycles()) + outlet::CYCLES, ii)
    }
    /// Bits of the two products' operands in two's complement: the first one takes a wide quotient in two parts.
    pub fn products(&self) -> Vec<[u32; 2]> {
        let (base, quotient) = (self.exponential().base_bits() + 1, self.quotient_bits());
        let mut all = vec![[base, quotient.min(product::LOW) + 1], [self.bits, self.sigmoid_bits + 1]];
        if quotient > product::LOW {
            all.push([base, quotient - product::LOW + 1]);
        }
        all
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let rows = c.rows();
    let s = m.stream_in("s_axis", BeatShape::new(rows.lanes, rows.lane_bits(), true), true);
    let out = m.stream_out("m_axis", BeatShape::new(rows.lanes, c.out_bits(), true), true);

    m.section(
        "rows as they come: codes wait for their row's maximum, and the exponential of what lies that far above it",
    );
    let codes = RowQueue::new(&m, c.size());
    let row_taken = m.wire("row_taken");
    let busy = row_queue::busy(&m, "first_wait", APART, row_taken);
    let held = busy.map_or(codes.no_row(), |busy| busy | codes.no_row());
    let entry = row_queue::take(&m, s, rows.beats(), |last| !codes.no_beat() & !(last & held));
    row_taken.drive(entry.row);
    let (at, max) = row_max::of(&rows, &m, s, entry);
    m.section("the exponential of the negated maximum");
    let on = m.bool(true);
    let exp = c.exponential().of_negated(&m, "opposite", max);
    let cycles = 1 + c.exponential().negated_cycles();
    let max = m.pipe("max_kept", on, max, cycles);
    let number = Given { at: m.pipe_flag("number_done", on, at, cycles), value: m.concat(&[max.as_unsigned(), exp]) };

    m.section("codes again, with both: results for which there are places");
    let outlet = Outlet::new(&m, c.places());
    let beat = Given { at: entry.beat, value: s.data() };
    let read = codes.serve(entry, beat, number, Behind::Always, |_| !outlet.full());
    let y: Vec<UInt> = (0..rows.lanes).map(|k| result(&m, c, &read, k)).collect();
    let at = m.pipe_flag("some_result", on, read.issue, c.result_cycles());
    let frame_end = read.row & read.length.bit(read.length.width() - 1);
    let last = m.pipe("end", on, frame_end, c.result_cycles());
    outlet.drive(read.issue, at, m.lanes(&y), last, out);
    m.finish()
}

/// A lane: two exponentials, the division by their sum, two products.
fn result<'m>(m: &'m Mod<'_>, c: &Config, read: &Leaving<'m>, k: u32) -> UInt<'m> {
    m.section("how far a code lies below the maximum, its exponential, and the sum of both");
    let (rows, exp, on) = (c.rows(), c.exponential(), m.bool(true));
    let named = |what: &str| format!("{what}{k}");
    let lane = read.beat.slice(k * rows.lane_bits(), rows.lane_bits());
    let x = rows.code_of(m, lane);
    let x = rows.is_absent(lane).map_or(x, |none| none.pick(m.s(0, c.bits), x));
    let max = read.number.slice(c.sum_bits(), c.bits).as_signed();
    let below = (max - x).as_unsigned().trunc(c.bits);
    let parts = exp.of_distance(m, k, m.delay(&named("below"), on, below));
    let e = exp.value(m, k, m.bool(true), parts);
    let cycles = 1 + exp.cycles() + 1;
    let other = m.pipe(&named("other"), on, read.number.trunc(c.sum_bits()), cycles);
    let (dividend, most) = c.division();
    let sum = m.delay(&named("both"), on, (e >> exp.zeros()) + other);
    let sum = m.delay(&named("sum"), on, sum.clamp(0, most).at_width(c.sum_bits()));
    m.section("the division by it, a stage for each bit");
    let quotient = divide::pipelined(m, &format!("by{k}"), dividend, c.quotient_bits(), sum);
    m.section("the sigmoid, and the code times that");
    let kept = m.concat(&[parts.q, exp.factor(m, parts)]);
    let kept = m.pipe(&named("kept"), on, kept, 3 + c.quotient_bits());
    let (base, q) = (kept.trunc(exp.base_bits()), kept.slice(exp.base_bits(), exp.q_bits()));
    let product = product::wide(m, k, on, base.to_signed(), quotient).as_unsigned();
    let product = m.delay(&named("product"), on, product.trunc(exp.base_bits() + c.quotient_bits()));
    let q = m.pipe(&named("q_product"), on, q, 2);
    let down = 32 - c.sigmoid_bits as i32 - c.octaves as i32 + i32::from(c.half == Half::Keep);
    let scaled = if down >= 0 { product >> down.unsigned_abs() } else { product << down.unsigned_abs() };
    let sigmoid = m.delay(&named("sigmoid"), on, scaled.shr_by(q).at_width(c.sigmoid_bits));
    let x = m.pipe(&named("x_kept"), on, x, c.result_cycles() - row_queue::TO_BEAT as u32 - 1);
    let y = (x * sigmoid.to_signed()).at_width(c.out_bits());
    m.delay(&named("y"), on, y).as_unsigned()
}
