//! The grid that `make.py` fitted: its tables, what numpy computed of it, and what they take.

use std::error::Error;
use std::path::Path;

use niello::gen::blocks::{BlockConfig, Checked};
use niello::model::{npy, Tensor};
use niello::testbench::batch::Stall;
use niello::testbench::campaign::{batch, Pattern, Workload};
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::engine::Engine;
use niello::testbench::scoreboard::judge;
use niello::testbench::streams::Border;

use crate::grid::{Config, Memory, BANKS, WIDTH};
use crate::stimulus::table;

/// Elements of each bank, points, and densities at them.
pub struct Fitted {
    pub banks: Vec<Vec<i64>>,
    pub points: Vec<i64>,
    pub y: Vec<i64>,
}

fn read(name: &str) -> Result<Vec<i64>, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/sparse_grid/sparse_grid.{name}.npy"));
    let samples = npy::read(name, &std::fs::read(file)?)?.samples;
    Ok(samples.iter().map(Tensor::ints).collect::<Vec<_>>().concat())
}

impl Fitted {
    pub fn open(c: &Config) -> Result<Fitted, Box<dyn Error>> {
        let side = c.side as usize;
        let (matrices, vectors) = (read("matrices")?, read("vectors")?);
        let parity = |all: &[i64], row: usize, of: usize| -> Vec<i64> {
            let rows = all.chunks(side).enumerate().filter(|(j, _)| row == 2 || j % 2 == row);
            rows.flat_map(|(_, r)| r.iter().skip(of).step_by(2).copied()).collect()
        };
        let banks =
            (0..BANKS).map(|k| if k < 4 { parity(&matrices, k / 2, k % 2) } else { parity(&vectors, 2, k - 4) });
        Ok(Fitted { banks: banks.collect(), points: read("points")?, y: read("y")? })
    }

    /// A frame: the tables, then the points.
    pub fn frame(&self, c: &Config) -> Vec<Vec<i64>> {
        let tables = self.banks.iter().map(|b| if c.memory == Memory::Sparse { table(c, b, None) } else { b.clone() });
        tables.chain([self.points.clone()]).collect()
    }
}

/// The hardware's densities against numpy's, stalls on both sides. Beats that were compared.
pub fn compare(c: &Checked<Config>, fitted: &Fitted) -> Result<u64, Box<dyn Error>> {
    let design = c.design().map_err(|e| format!("{e:?}"))?;
    let frame = fitted.frame(c);
    let want = |_: &[Vec<i64>]| {
        let mut y = Config::golden(c, &frame);
        y[0].clone_from(&fitted.y);
        y
    };
    let work = Workload::new(&[frame.clone(), frame.clone()], want);
    let border = Border::of(&design).ok_or("ports outside of streams")?;
    let pattern = Pattern { source: Stall::Bernoulli(0.1), sink: Stall::Bernoulli(0.1), seed: 16 };
    let run = &TapeEngine::default().compile(&design)?.run(&[batch(&border, &work, pattern, 200_000)])?[0];
    let findings = judge(run, &border, &work.outputs);
    match findings.first() {
        Some(f) => Err(format!("{f}").into()),
        None => Ok(run.trace.received[0].cycles.len() as u64),
    }
}

/// What the tables take, and the comparison.
pub fn report() -> Result<String, Box<dyn Error>> {
    let c = Checked::new(Config::default()).map_err(|e| format!("{e:?}"))?;
    let fitted = Fitted::open(&c)?;
    let mut text = String::from("bank       elements  zeros   dense bits  code bits  memory bits\n");
    let (mut dense, mut sparse) = (0, 0);
    for (k, bank) in fitted.banks.iter().enumerate() {
        let lookup = &c.derived()[k];
        let zeros = bank.iter().filter(|v| **v == 0).count();
        let code = 8 * table(&c, bank, None).len();
        let memory = lookup.memory_bits();
        let all = bank.len() as u64 * u64::from(WIDTH);
        (dense, sparse) = (dense + all, sparse + memory);
        let name = if k < 4 { format!("matrix {}{}", k / 2, k % 2) } else { format!("vector {}", k - 4) };
        let share = 100.0 * zeros as f64 / bank.len() as f64;
        text += &format!("{name:<9} {:>9} {share:>5.1} % {all:>11} {code:>10} {memory:>12}\n", bank.len());
    }
    text += &format!(
        "together {dense} bits dense, {sparse} bits in memory: {:.2} times fewer\n",
        dense as f64 / sparse as f64
    );
    text += &format!("{BANKS} elements a cycle, {} cycles a point\n", c.steps());
    let beats = compare(&c, &fitted)?;
    text += &format!("{beats} densities equal to numpy's, on the embedded engine with stalls on both sides");
    Ok(text)
}
