use super::{root, Checked, Config, Mean};
use crate::blocks::parts::passes::{self, Found, Passes, Shape};
use crate::blocks::parts::row_mean::RowMean;
use crate::blocks::parts::row_queue::{self, Entry, Given, Leaving};
use crate::blocks::parts::tree;
use crate::hdl::{Build, Mod, SInt, Source, UInt};
use crate::ir::ModuleId;

/// Bits of the factor in the lower one of two products.
const LOW: u32 = 17;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &**c)
}

impl Config {
    fn mean_of_rows(&self) -> RowMean {
        RowMean { rows: self.rows(), fraction: 0, toward_zero: self.mean == Mean::Zero }
    }
    /// Cycles from the read of a row's last beat to its sum of squares.
    fn squares_cycles(&self) -> u32 {
        row_queue::TO_BEAT as u32 + 3 + self.rows().levels()
    }
}

impl Passes for Config {
    fn shape(&self) -> Shape {
        let (rows, mean) = (self.rows(), self.mean_of_rows());
        Shape {
            lanes: self.lanes,
            beats: self.beats(),
            input: (rows.lane_bits(), true),
            output: (self.out_bits(), true),
            first: Found { bits: mean.bits(), cycles: mean.cycles(), apart: mean.apart() },
            word_bits: self.bits + 1,
            word_cycles: row_queue::TO_BEAT as u32 + 1,
            second: Found {
                bits: self.factor_bits(),
                cycles: self.squares_cycles() + self.root_cycles() as u32,
                apart: self.root_cycles(),
            },
            result_cycles: 2 + u32::from(!self.bias.is_empty()),
        }
    }

    /// The mean.
    fn first<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> Given<'m> {
        let found = self.mean_of_rows().of(m, s, entry);
        Given { at: found.at, value: found.mean }
    }

    /// Distances from the mean, and the factor.
    fn second<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> (Given<'m>, Given<'m>) {
        m.section("distances from the mean, and the sum of their squares");
        let (rows, on) = (self.rows(), m.bool(true));
        let mean = read.number.as_signed();
        let at = m.pipe_flag("some_word", on, read.valid, 1);
        let (mut words, mut squares) = (Vec::new(), Vec::new());
        for k in 0..self.lanes {
            let lane = read.beat.slice(k * rows.lane_bits(), rows.lane_bits());
            let y = (lane.trunc(self.bits).as_signed() - mean).called(format!("apart{k}"));
            let y = rows.is_absent(lane).map_or(y, |none| none.pick(m.s(0, y.width()), y));
            let y = m.delay(&format!("y{k}"), on, y);
            let part = y.as_unsigned().slice(self.shift, y.width() - self.shift).as_signed();
            let square = (part * part).as_unsigned();
            squares.push(passes::here(m, &format!("square{k}"), at, square));
            words.push(y.as_unsigned());
        }
        let beat = tree::sum(m, "squares", squares);
        let cycles = 2 + rows.levels();
        let last = m.pipe_flag("last_read", on, read.row, row_queue::TO_BEAT as u32 + cycles);
        let sum = passes::sum(m, "squares", last, beat, self.squares_bits());
        let begin = m.delay_flag("row_squared", on, last);
        (Given { at, value: m.lanes(&words) }, root::factor(m, self, begin, sum))
    }

    /// Products, halved, and biases.
    fn third<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> UInt<'m> {
        let bias =
            (!self.bias.is_empty()).then(|| passes::constants(m, "bias", &self.bias, 32, &self.shape(), read, 2));
        let (bits, w) = (self.bits + 1, self.out_bits());
        let z = |k: u32| {
            let y = read.beat.slice(k * bits, bits).as_signed();
            let z = m.delay(&format!("z{k}"), read.run, (self.product(m, k, read, y) >> 1).at_width(w));
            match &bias {
                Some(bias) => {
                    let sum = z + bias.slice(32 * k, 32).as_signed();
                    m.delay(&format!("sum{k}"), read.run, sum.at_width(w)).as_unsigned()
                }
                None => z.as_unsigned(),
            }
        };
        m.lanes(&(0..self.lanes).map(z).collect::<Vec<UInt>>())
    }
}

impl Config {
    /// `y` times the factor: two products of parts where it has more bits than one multiplier takes.
    fn product<'m>(&self, m: &'m Mod<'_>, k: u32, read: &Leaving<'m>, y: SInt<'m>) -> SInt<'m> {
        let factor = read.number;
        let low = factor.trunc(LOW.min(factor.width())).to_signed();
        let low = m.delay(&format!("low{k}"), read.run, y * low);
        if factor.width() <= LOW {
            return low;
        }
        let high = factor.slice(LOW, factor.width() - LOW).to_signed();
        let high = m.delay(&format!("high{k}"), read.run, y * high);
        let upper = (high + (low >> LOW)).called(format!("upper{k}"));
        m.concat(&[upper.as_unsigned(), low.as_unsigned().trunc(LOW)]).as_signed()
    }
}
