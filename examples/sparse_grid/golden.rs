//! The density by plain loops over the nodes of a cell.

use niello::gen::blocks::sparse::sparse_lookup;
use niello::gen::blocks::{BlockConfig, Checked};

use crate::grid::{Config, Memory, BANKS};

/// Elements of each bank as they are served, zero where there are none; and what is said of their tables.
fn served(c: &Checked<Config>, inputs: &[Vec<i64>]) -> (Vec<Vec<i64>>, Vec<i64>) {
    let (mut banks, mut said) = (Vec::new(), Vec::new());
    for (bank, input) in inputs[..BANKS].iter().enumerate() {
        let size = c.size(bank) as usize;
        let mut elements = match c.memory {
            Memory::Dense => input.clone(),
            Memory::Sparse => {
                let all: Vec<i64> = (0..size as i64).collect();
                let mut found = sparse_lookup::Config::golden(&c.derived()[bank], &[input.clone(), all]);
                said.append(&mut found[2]);
                found.swap_remove(0)
            }
        };
        elements.resize(size, 0);
        banks.push(elements);
    }
    (banks, said)
}

/// Densities of the points; for sparse tables, each one's size and its first block that is malformed.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (banks, said) = served(c, inputs);
    let (side, half, one) = (i64::from(c.side), i64::from(c.side / 2), 1i64 << c.fraction);
    let vector = |set: i64, i: i64| banks[4 + (i % 2) as usize][(set * half + i / 2) as usize];
    let matrix =
        |set: i64, j: i64, k: i64| banks[(j % 2 * 2 + k % 2) as usize][((set * half + j / 2) * half + k / 2) as usize];
    let density = |point: &[i64]| {
        let at: Vec<i64> = point.iter().map(|p| *p.min(&((side - 1) * one))).collect();
        // Nodes around the point on an axis that are in the volume, and their weights.
        let around = |axis: usize| {
            let (i, f) = (at[axis] / one, at[axis] % one);
            [(i, one - f), (i + 1, f)].into_iter().filter(|(i, _)| *i < side).collect::<Vec<_>>()
        };
        let mut y = 0;
        for set in 0..i64::from(c.steps()) {
            let along = (set / i64::from(c.ranks)) as usize;
            let [j, k] = [[1, 2], [0, 2], [0, 1]][along];
            let mut plane = 0;
            for (j, wj) in around(j) {
                plane += around(k).iter().map(|(k, wk)| wj * wk * matrix(set, j, *k)).sum::<i64>();
            }
            y += plane * around(along).iter().map(|(i, w)| w * vector(set, *i)).sum::<i64>();
        }
        y
    };
    let y = inputs[BANKS].chunks(3).map(density).collect();
    match c.memory {
        Memory::Sparse => vec![y, said],
        Memory::Dense => vec![y],
    }
}
