//! When densities leave: all tables have to be there, which is known a cycle late, then a step a cycle.

use niello::gen::blocks::sparse_lookup::{self, timing::Table};
use niello::gen::blocks::{queue, Checked, Contract};

use crate::dense;
use crate::grid::{Config, Memory, BANKS};

/// Registers from the banks' elements to the sum that a step's product is in.
pub const TO_SUM: u32 = 10;

/// When a bank's table begins, answers and frees its place.
enum Bank<'a> {
    Sparse(&'a Checked<sparse_lookup::Config>, Table),
    /// Of so many elements.
    Dense(u64),
}

impl Bank<'_> {
    fn begins(&self, before: Option<u64>, freed: u64) -> u64 {
        match self {
            Bank::Sparse(_, table) => table.begins(before, freed),
            Bank::Dense(n) => before.map_or(0, |b| b + n).max(freed),
        }
    }
    fn answers(&self, begins: u64) -> u64 {
        match self {
            Bank::Sparse(_, table) => table.answers(begins),
            Bank::Dense(n) => begins + n - 1 + dense::TO_ASK,
        }
    }
    fn frees(&self, last: u64) -> u64 {
        match self {
            Bank::Sparse(c, _) => Table::frees(c, last),
            Bank::Dense(_) => last + u64::from(dense::CYCLES) + 1,
        }
    }
}

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Contract {
    let steps = inputs[BANKS].len() as u64 / 3 * u64::from(c.steps());
    let banks: Vec<Bank> = (0..BANKS)
        .map(|bank| match c.memory {
            Memory::Sparse => Bank::Sparse(&c.derived()[bank], Table::of(&c.derived()[bank], &inputs[bank])),
            Memory::Dense => Bank::Dense(inputs[bank].len() as u64),
        })
        .collect();
    let (mut begun, mut lasts) = ([None; BANKS], Vec::<u64>::new());
    for frame in 0..8 {
        let mut from = lasts.last().map_or(2, |l| l + 2);
        for (bank, before) in banks.iter().zip(&mut begun) {
            let freed = if frame >= 2 { bank.frees(lasts[frame - 2]) } else { 0 };
            let begins = bank.begins(*before, freed);
            *before = Some(begins);
            from = from.max(bank.answers(begins) + 1);
        }
        lasts.push(from + steps - 1);
    }
    let to_elements = match c.memory {
        Memory::Sparse => c.derived()[0].latency(),
        Memory::Dense => dense::CYCLES.into(),
    };
    let latency = lasts[0] + to_elements + u64::from(TO_SUM) + queue::CYCLES;
    Contract { latency, ii: lasts[7] - lasts[6] }
}
