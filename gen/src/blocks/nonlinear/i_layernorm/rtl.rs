use super::{root, Checked, Config, Mean};
use crate::blocks::parts::passes::{self, Found, Passes, Shape};
use crate::blocks::parts::row_mean::RowMean;
use crate::blocks::parts::row_queue::{Entry, Given, Leaving};
use crate::blocks::parts::{product, row_squares};
use crate::hdl::{Build, Mod, Source, UInt};
use crate::ir::ModuleId;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &**c)
}

impl Config {
    fn mean_of_rows(&self) -> RowMean {
        RowMean { rows: self.rows(), fraction: 0, toward_zero: self.mean == Mean::Zero }
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
            first: match self.mean {
                Mean::None => Found { bits: 1, cycles: 1, apart: 1 },
                _ => Found { bits: mean.bits(), cycles: mean.cycles(), apart: mean.apart() },
            },
            word_bits: self.bits + 1,
            word_cycles: row_squares::WORD_CYCLES,
            second: Found {
                bits: self.factor_bits(),
                cycles: row_squares::cycles(&rows) + self.root_cycles() as u32,
                apart: self.root_cycles(),
            },
            result_cycles: 2 + u32::from(!self.bias.is_empty()),
        }
    }

    /// The mean.
    fn first<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> Given<'m> {
        if self.mean == Mean::None {
            return Given { at: m.delay_flag("row_came", m.bool(true), entry.row), value: m.u(0, 1) };
        }
        let found = self.mean_of_rows().of(m, s, entry);
        Given { at: found.at, value: found.mean }
    }

    /// Distances from the mean, and the factor.
    fn second<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> (Given<'m>, Given<'m>) {
        let mean = read.number.as_signed();
        let found = row_squares::of(m, &self.rows(), read, self.shift, self.squares_bits(), |x| x - mean);
        (found.words, root::factor(m, self, found.at, found.sum))
    }

    /// Products, halved, and biases.
    fn third<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> UInt<'m> {
        let bias =
            (!self.bias.is_empty()).then(|| passes::constants(m, "bias", &self.bias, 32, &self.shape(), read, 2));
        let (bits, w) = (self.bits + 1, self.out_bits());
        let z = |k: u32| {
            let y = read.beat.slice(k * bits, bits).as_signed();
            let z =
                m.delay(&format!("z{k}"), read.run, (product::wide(m, k, read.run, y, read.number) >> 1).at_width(w));
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
