//! `permute`: the elements of a frame in another order: dimensions change places.
//!
//! `y[i_0]..[i_n] = x[j_0]..[j_n]` with `j[order[k]] = i_k`: dimension `k` of the result is dimension `order[k]` of the operand.
//! Elements come with the last dimension innermost, `lanes` a beat; several lanes need a last dimension that stays last.
//!
//! Dimensions in front that stay where they are make a frame several rows; two rows are held: one is read while the
//! next one comes. A transposed matrix holds both of its frames, a shuffle of channels two pixels.
//!
//! Contract for a frame: II is its number of beats; latency that and a row's beats.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Dimensions of the operand, outermost first; at most eight.
        dims: Vec<i64> = vec![2, 3, 4], in 1..=1048576;
        /// For each dimension of the result, which one of the operand it is, counted from 0.
        order: Vec<i64> = vec![0, 2, 1], in 0..=7;
        /// Elements a beat; they divide a last dimension that stays last.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = true;
    }
}

/// Most dimensions.
const MOST_DIMS: usize = 8;
/// Most beats of a row.
const MOST_BEATS: u64 = 1 << 20;

/// What is moved: rows of so many beats, each by nested loops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// Rows of a frame.
    pub rows: u64,
    /// Beats of a row.
    pub row: u64,
    /// Loops over a row of the result, outermost first: how often, and the distance in the operand, in beats.
    pub loops: Vec<(u64, u64)>,
}

/// Dimensions in front that stay where they are, never the last one.
pub fn still(order: impl ExactSizeIterator<Item = usize>) -> usize {
    let most = order.len().saturating_sub(1);
    order.enumerate().take_while(|(k, own)| k == own).count().min(most)
}

impl Config {
    fn moves(&self) -> Moves {
        let n = self.dims.len();
        let beats = |k: usize| self.dims[k] as u64 / if k + 1 == n { u64::from(self.lanes) } else { 1 };
        let still = still(self.order.iter().map(|k| *k as usize));
        let stride = |k: usize| (k + 1..n).map(beats).product::<u64>();
        let mut loops: Vec<(u64, u64)> = Vec::new();
        for k in self.order[still..].iter().map(|k| *k as usize).filter(|k| beats(*k) > 1) {
            match loops.last_mut() {
                // Neighbours that stay neighbours are one dimension.
                Some((times, step)) if *step == beats(k) * stride(k) => {
                    (*times, *step) = (*times * beats(k), stride(k))
                }
                _ => loops.push((beats(k), stride(k))),
            }
        }
        Moves { rows: (0..still).map(beats).product(), row: (still..n).map(beats).product(), loops }
    }

    /// Elements of a frame.
    fn elements(&self) -> u64 {
        self.dims.iter().map(|d| *d as u64).product()
    }

    fn check(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let n = self.dims.len();
        if n == 0 || n > MOST_DIMS {
            let help = "give one dimension or more, outermost first";
            errors.push(ConfigError::Count { block, field: "dims", found: n, expected: "1 to 8".into(), help });
            return errors;
        }
        let mut sorted = self.order.clone();
        sorted.sort();
        if !sorted.iter().copied().eq(0..n as i64) {
            let (value, with) = (format!("{:?}", self.order), format!("{n} dimensions; help: name each of them once"));
            errors.push(ConfigError::NotServed { block, field: "order", value, with });
            return errors;
        }
        let last = self.dims[n - 1] as u64;
        let stays = self.order[n - 1] as usize == n - 1;
        if self.lanes > 1 && (!stays || !last.is_multiple_of(self.lanes.into())) {
            let with = if stays { format!("{last} innermost elements") } else { "a last dimension that moves".into() };
            let with = format!("{with}; help: take {}", if stays { "a divisor" } else { "1" });
            errors.push(ConfigError::NotServed { block, field: "lanes", value: self.lanes.to_string(), with });
            return errors;
        }
        let all = self.dims.iter().try_fold(1u64, |all, d| all.checked_mul(*d as u64)).filter(|n| *n <= 1 << 40);
        let row = all.map_or(u64::MAX, |_| self.moves().row);
        if row > MOST_BEATS {
            let (bits, limit) = (64 - (row - 1).leading_zeros(), MOST_BEATS.ilog2());
            let help = "move smaller parts, or more lanes";
            errors.push(ConfigError::TooWide { block, what: "the address of a row", bits, limit, help });
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "permute",
        summary: "gives the elements of a frame in another order: dimensions change places",
        equation: "y[i[0]].. = x[j[0]].. with j[order[k]] = i[k]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("shuffle", "dims=16,4,8 order=0,2,1"), ("transpose", "dims=16,12,8 order=1,0,2 lanes=4")];
    type Derived = Moves;

    fn derive(&self) -> Result<Moves, Vec<ConfigError>> {
        let errors = self.check();
        if errors.is_empty() {
            Ok(self.moves())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let dims: Vec<String> = self.dims.iter().map(i64::to_string).collect();
        format!("{}_l{}_h{}", dims.join("x"), self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let Moves { rows, row, .. } = c.derived();
        Contract { latency: row + rows * row, ii: rows * row }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.elements() as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(100).ram(2 * c.derived().row, u64::from(c.lanes * c.bits))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        let list = |v: &[i64]| v.iter().map(i64::to_string).collect::<Vec<_>>();
        Summary::new(format!("{} as {}", list(&c.dims).join(" x "), list(&c.order).join(", ")), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let Moves { rows, row, .. } = c.derived();
        vec![
            ("buffer", format!("two rows of {row} beats; a frame has {rows}")),
            ("last", "ignored at the input: a frame goes by count; marks a frame's last beat at the output".into()),
        ]
    }
}
