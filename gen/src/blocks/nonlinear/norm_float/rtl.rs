use super::signed_bits;
use super::{Checked, Config, Kind};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::fit::fit;
use crate::blocks::parts::passes::{self, Found, Passes, Shape};
use crate::blocks::parts::row_mean::RowMean;
use crate::blocks::parts::row_queue::{self, Entry, Given, Leaving};
use crate::blocks::parts::{product, row_squares, sqrt};
use crate::hdl::{Bool, Build, Mod, SInt, Source, UInt};
use crate::ir::ModuleId;
use crate::num::bits_for_unsigned;

/// Bits that the root's fraction and the inverse's point lack to those of the elements: more would not show.
const ROOT_LESS: u32 = 6;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &**c)
}

impl Config {
    fn mean(&self) -> RowMean {
        RowMean { rows: self.rows(), fraction: self.precision - self.bits, toward_zero: false }
    }
    /// Bits of a mean of squares: of codes around their mean it is largest where half of them lie at each end.
    fn mean_bits(&self) -> u32 {
        let (low, high) = self.rows().codes_range();
        let farthest = (high - self.zero).max(self.zero - low).unsigned_abs() as u128;
        match self.kind {
            Kind::Layer => 2 * self.precision - 2,
            Kind::Rms => bits_for_unsigned((farthest * farthest) << (2 * self.mean().fraction)),
        }
    }
    fn squares_bits(&self) -> u32 {
        self.mean_bits() + self.mean().count_bits()
    }
    /// Bits of the root behind the point, beside those of the elements.
    fn root_fraction(&self) -> u32 {
        self.precision - ROOT_LESS
    }
    /// Bits of the inverse root.
    fn inverse_bits(&self) -> u32 {
        2 * self.precision
    }
    /// The mean of squares, with what is added to it.
    fn spread_bits(&self) -> u32 {
        bits_for_unsigned((1 << self.mean_bits()) - 1 + self.epsilon as u128)
    }
    fn root_bits(&self) -> u32 {
        (self.spread_bits() + 2 * self.root_fraction()).div_ceil(2)
    }
}

impl Passes for Config {
    fn shape(&self) -> Shape {
        let (rows, mean) = (self.rows(), self.mean());
        let first = match self.kind {
            Kind::Layer => Found { bits: mean.bits() + mean.count_bits(), cycles: mean.cycles(), apart: mean.apart() },
            Kind::Rms => Found { bits: mean.count_bits(), cycles: 2 + rows.levels(), apart: 1 },
        };
        // The division, the sum, the root, the inverse: each begins in the cycle behind.
        let after = (self.mean_bits() + 1) + 2 + (self.root_bits() + 1) + (self.inverse_bits() + 1);
        let longest = self.mean_bits().max(self.root_bits()).max(self.inverse_bits());
        Shape {
            lanes: self.lanes,
            beats: rows.beats(),
            input: (rows.lane_bits(), self.signed),
            output: (self.out_bits, self.out_signed),
            first,
            word_bits: self.precision + 1,
            word_cycles: row_squares::WORD_CYCLES,
            second: Found {
                bits: self.inverse_bits(),
                cycles: row_squares::cycles(&rows) + after,
                apart: divide::serial_apart(longest),
            },
            result_cycles: 8,
        }
    }

    /// The mean and the count; for `rms` the count alone.
    fn first<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> Given<'m> {
        let mean = self.mean();
        if self.kind == Kind::Layer {
            let found = mean.of(m, s, entry);
            return Given { at: found.at, value: m.concat(&[found.mean, found.count]) };
        }
        let (at, value) = mean.count(m, s, entry);
        Given { at, value }
    }

    /// Distances from the mean, and the inverse root of the mean of their squares.
    fn second<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> (Given<'m>, Given<'m>) {
        let (rows, mean) = (self.rows(), self.mean());
        let nw = mean.count_bits();
        let middle = match self.kind {
            Kind::Layer => read.number.slice(nw, mean.bits()).as_signed(),
            Kind::Rms => {
                // Of unsigned codes the middle of their range counts as zero.
                let zero = if self.signed { self.zero } else { self.zero - (1 << (self.bits - 1)) };
                m.s(zero << mean.fraction, self.precision)
            }
        };
        let distance = |x: SInt<'m>| (x << mean.fraction) - middle;
        let found = row_squares::of(m, &rows, read, 0, self.squares_bits(), distance);
        let cycles = row_squares::cycles(&rows) - row_queue::TO_BEAT as u32;
        let count = m.pipe("count_read", m.bool(true), read.number.trunc(nw), cycles);
        (found.words, self.inverse(m, found.at, found.sum, count))
    }

    /// The norm, times the gain, and the offset.
    fn third<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> UInt<'m> {
        let (shape, run) = (self.shape(), read.run);
        let (gain_bits, offset_bits) = (signed_bits(&self.gains()), signed_bits(&self.offsets()));
        let gains = passes::constants(m, "gain", &self.gains(), gain_bits, &shape, read, 4);
        let offsets = passes::constants(m, "offset", &self.offsets(), offset_bits, &shape, read, 5);
        let y = |k: u32| {
            let y = read.beat.slice((self.precision + 1) * k, self.precision + 1).as_signed();
            let t = self.norm(m, k, read, y);
            let gain = gains.slice(gain_bits * k, gain_bits).as_signed();
            let product = m.delay(&format!("product{k}"), run, t * gain);
            let offset = offsets.slice(offset_bits * k, offset_bits).as_signed();
            let sum = product + offset;
            // Bits below the one that rounds do not matter.
            let below = self.shift.saturating_sub(1);
            let sum = m.delay(&format!("sum{k}"), run, sum >> below);
            let y = m.delay(&format!("rounded{k}"), run, half_up(m, sum, self.shift - below));
            m.delay(&format!("result{k}"), run, fit(m, &format!("result{k}"), y, self.out_bits, self.out_signed))
        };
        m.lanes(&(0..self.lanes).map(y).collect::<Vec<UInt>>())
    }
}

impl Config {
    /// `2^(3p - 7) / sqrt(2^(2p - 12) (sum / count + epsilon))`: three serial circuits behind each other.
    fn inverse<'m>(&self, m: &'m Mod<'_>, begin: Bool<'m>, sum: UInt<'m>, count: UInt<'m>) -> Given<'m> {
        m.section("the mean of squares");
        let on = m.bool(true);
        let bits = self.mean_bits();
        let high = sum.slice(bits, sum.width() - bits).at_most(count.width());
        let dividend = Dividend { high, low: Low::Bits(sum.trunc(bits)) };
        let mean = divide::serial(m, "squares_mean", begin, dividend, count, bits);
        let spread = mean.quotient + m.lit(self.epsilon as u64);
        let spread = m.delay("spread", on, spread.at_width(self.spread_bits()));
        let start = m.delay_flag("spread_ready", on, mean.ready);
        m.section("its root");
        let (ready, root) = sqrt::serial(m, "root", start, spread << (2 * self.root_fraction()));
        m.section("the inverse of the root");
        let root_held = m.delay("root_held", on, root);
        let start = m.delay_flag("root_held_ready", on, ready);
        // Above the quotient's bits lie p - 7 of the dividend: a smaller root, or none, gives ones.
        let dividend = Dividend { high: m.lit(1 << (self.root_fraction() - 1)), low: Low::Zeros };
        let found = divide::serial(m, "inverse", start, dividend, root_held, self.inverse_bits());
        Given { at: found.ready, value: found.quotient }
    }

    /// `y` times the inverse: two products of parts; rounded.
    fn norm<'m>(&self, m: &'m Mod<'_>, k: u32, read: &Leaving<'m>, y: SInt<'m>) -> SInt<'m> {
        let run = read.run;
        let exact = product::wide(m, k, run, y, read.number);
        // Bits below the one that rounds do not matter.
        let upper = m.delay(&format!("exact{k}"), run, exact >> (2 * self.precision - 2 - self.norm_fraction()));
        let norm = m.delay(&format!("nearest{k}"), run, half_up(m, upper, 1));
        m.delay(&format!("norm{k}"), run, fit(m, &format!("norm{k}"), norm, self.precision + 1, true)).as_signed()
    }
}

/// `v / 2^n`, a half upwards.
fn half_up<'m>(m: &'m Mod<'_>, v: SInt<'m>, n: u32) -> SInt<'m> {
    if n == 0 {
        return v;
    }
    let up = v.as_unsigned().bit(n - 1).to_uint();
    (v >> n) + m.concat(&[m.u(0, 1), up]).as_signed()
}
