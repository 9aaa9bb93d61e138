use super::{root, Checked, Config, Mean};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::passes::{self, Found, Passes, Shape};
use crate::blocks::parts::row_queue::{self, Entry, Given, Leaving};
use crate::blocks::parts::tree;
use crate::hdl::{Bool, Build, Mod, SInt, Source, UInt};
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Bits};

/// Bits of the factor in the lower one of two products.
const LOW: u32 = 17;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    passes::build(c.module(build), &**c)
}

impl Config {
    fn lane_bits(&self) -> u32 {
        self.bits + u32::from(self.absent)
    }
    fn levels(&self) -> u32 {
        tree::levels(self.lanes)
    }
    /// Cycles from the read of a row's last beat to its sum of squares.
    fn squares_cycles(&self) -> u32 {
        row_queue::TO_BEAT as u32 + 3 + self.levels()
    }

    /// Whether a lane holds no element: its two upper bits differ.
    fn is_absent<'m>(&self, lane: UInt<'m>) -> Option<Bool<'m>> {
        self.absent.then(|| lane.bit(self.bits) ^ lane.bit(self.bits - 1))
    }
}

impl Passes for Config {
    fn shape(&self) -> Shape {
        let mean = 2 + self.levels() + self.bits + 1 + 2;
        Shape {
            lanes: self.lanes,
            beats: self.beats(),
            input: (self.lane_bits(), true),
            output: (self.out_bits(), true),
            first: Found { bits: self.bits, cycles: mean, apart: divide::serial_apart(self.bits) },
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
        m.section("the row's sum, and how many there are");
        let on = m.bool(true);
        let (mut terms, mut present) = (Vec::new(), Vec::new());
        for k in 0..self.lanes {
            // From the least number up: the mean's sign needs no care then.
            let (top, below) = (!s.lane(k).bit(self.bits - 1), s.lane(k).trunc(self.bits - 1));
            let x = m.concat(&[top.to_uint(), below]);
            let here = self.is_absent(s.lane(k)).map_or(entry.beat, |none| entry.beat & !none);
            terms.push(passes::here(m, &format!("x{k}"), here, x));
            if self.absent {
                present.push(m.delay_flag(&format!("here{k}"), on, here).to_uint());
            }
        }
        let beat = tree::sum(m, "sum", terms);
        let last = m.pipe_flag("row_last_sum", on, entry.row, 1 + self.levels());
        let (w, nw) = (self.bits + bits_for_unsigned(self.most().into()), bits_for_unsigned(self.most().into()));
        let sum = passes::sum(m, "sum", last, beat, w);
        let count = if self.absent {
            passes::sum(m, "count", last, tree::sum(m, "here", present), nw)
        } else {
            let beats = entry.length.trunc(entry.length.width() - 1) + m.u(1, 1);
            m.pipe("count", on, (beats * m.lit(self.lanes.into())).at_width(nw), 2 + self.levels())
        };
        let done = m.delay_flag("row_summed", on, last);
        self.quotient(m, done, sum, count)
    }

    /// Distances from the mean, and the factor.
    fn second<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> (Given<'m>, Given<'m>) {
        m.section("distances from the mean, and the sum of their squares");
        let on = m.bool(true);
        let mean = read.number.as_signed();
        let at = m.pipe_flag("some_word", on, read.valid, 1);
        let (mut words, mut squares) = (Vec::new(), Vec::new());
        for k in 0..self.lanes {
            let lane = read.beat.slice(k * self.lane_bits(), self.lane_bits());
            let y = (lane.trunc(self.bits).as_signed() - mean).called(format!("apart{k}"));
            let y = self.is_absent(lane).map_or(y, |none| none.pick(m.s(0, y.width()), y));
            let y = m.delay(&format!("y{k}"), on, y);
            let part = y.as_unsigned().slice(self.shift, y.width() - self.shift).as_signed();
            let square = (part * part).as_unsigned();
            squares.push(passes::here(m, &format!("square{k}"), at, square));
            words.push(y.as_unsigned());
        }
        let beat = tree::sum(m, "squares", squares);
        let cycles = 2 + self.levels();
        let last = m.pipe_flag("last_read", on, read.row, row_queue::TO_BEAT as u32 + cycles);
        let sum = passes::sum(m, "squares", last, beat, self.squares_bits());
        let begin = m.delay_flag("row_squared", on, last);
        (Given { at, value: m.lanes(&words) }, root::factor(m, self, begin, sum))
    }

    /// Products, halved, and biases.
    fn third<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> UInt<'m> {
        let bias = self.biases(m, read);
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
    /// `sum / count`, rounded, of elements from the least number up: its top bit turned it is the mean.
    fn quotient<'m>(&self, m: &'m Mod<'_>, done: Bool<'m>, sum: UInt<'m>, count: UInt<'m>) -> Given<'m> {
        m.section("the mean: the sum over the count, rounded");
        let (on, bits) = (m.bool(true), self.bits);
        let dividend = Dividend { high: sum.slice(bits, count.width()), low: Low::Bits(sum.trunc(bits)) };
        let found = divide::serial(m, "mean", done, dividend, count, bits);
        let up = if self.mean == Mean::Nearest {
            let twice = (found.rest << 1).named("mean_twice_rest");
            let divisor = found.divisor.zext(twice.width());
            twice.gt(divisor) | (twice.eq(divisor) & found.quotient.bit(0))
        } else {
            !found.quotient.bit(bits - 1) & found.rest.any()
        };
        let up = m.delay("mean_up", on, up);
        let quotient = m.delay("mean_floor", on, found.quotient);
        let mean = (quotient + up.to_uint()).trunc(bits).called("mean_rounded");
        let mean = m.concat(&[(!mean.bit(bits - 1)).to_uint(), mean.trunc(bits - 1)]);
        Given { at: m.pipe_flag("mean_done", on, found.ready, 2), value: m.delay("mean", on, mean) }
    }

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

    /// The biases of a beat, where its products are summed.
    fn biases<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> Option<UInt<'m>> {
        if self.bias.is_empty() {
            return None;
        }
        let at = m.counter("bias_at", u64::from(self.beats()).max(2)).reset(0);
        let w = at.q().width();
        let next = (at.q() + m.u(1, 1)).trunc(w).called("bias_next");
        at.set_when(read.issue, read.row.pick(m.u(0, w), next));
        let word = |i: usize| self.bias.get(i).copied().unwrap_or(0);
        let lanes = self.lanes as usize;
        let words = (0..self.beats() as usize).map(|b| Bits::pack((0..lanes).map(|k| word(b * lanes + k)), 32));
        let bias = if self.beats() == 1 {
            m.bits(words.into_iter().next().unwrap_or(Bits::zero(32)))
        } else {
            let bias = m.rom("bias", words.collect(), read.run, at.q());
            m.pipe("bias", read.run, bias, 3)
        };
        Some(bias)
    }
}
