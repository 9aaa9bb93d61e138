//! A sparse embedding grid: `sparse_lookup` serves the vectors and matrices of a volume's decomposition, beside a memory that has all of
//! their elements. README.md tells the rest.
//!
//! ```
//! cargo run --release --example sparse_grid                                          # bits, and the fitted grid on the embedded engine
//! cargo run --release --example sparse_grid -- block verify sparse_grid              # random tables and points, stalls, resets, exact cycles
//! cargo run --release --example sparse_grid -- synth --block sparse_grid --device ecp5-85k --pnr [--set memory=dense]
//! ```
#![allow(clippy::print_stdout)]

mod dense;
mod fitted;
mod golden;
mod grid;
mod rtl;
mod stimulus;
mod timing;

use std::process::ExitCode;

use niello::gen::blocks::{all, entry};

fn main() -> ExitCode {
    if std::env::args().count() == 1 {
        return match fitted::report() {
            Ok(text) => {
                println!("{text}");
                ExitCode::SUCCESS
            }
            Err(e) => {
                println!("{e}");
                ExitCode::FAILURE
            }
        };
    }
    let mut blocks = all();
    blocks.push(entry::<grid::Config>());
    niello::cli::main(blocks)
}

#[cfg(test)]
#[allow(non_snake_case)]
mod tests {
    use niello::gen::blocks::{AnyBlock, BlockConfig, Checked};
    use niello::gen::num::Prng;
    use niello::testbench::campaign::Campaign;
    use niello::testbench::engine::tape::TapeEngine;

    use super::*;
    use crate::fitted::{compare, Fitted};
    use crate::grid::{Config, Memory};

    #[test]
    fn golden__is_the_product_at_a_node() {
        let c = Config { side: 4, ranks: 1, fraction: 1, memory: Memory::Dense, ..Default::default() };
        let c = Checked::new(c).unwrap();
        let mut frame: Vec<Vec<i64>> = (0..6).map(|bank| vec![0; c.size(bank) as usize]).collect();
        // The node 2 3 1 of the vector along x, and of the matrix of y and z: j odd, k odd, each with 1 in front.
        frame[4][1] = 5;
        frame[3][2] = 7;
        frame.push(vec![4, 6, 2, 4, 6, 3, 4, 5, 2, 3, 6, 2]);
        assert_eq!(Config::golden(&c, &frame), [vec![8 * 35, 4 * 35, 4 * 35, 4 * 35]]);
    }

    /// Random grids and tables of each form, some of them damaged: stalls, resets, exact cycles.
    #[test]
    fn rtl__equals_golden() {
        let block: Box<dyn AnyBlock> = entry::<Config>();
        for seed in 0..16 {
            let instance = block.random(&mut Prng::named(seed, "sparse_grid")).unwrap();
            let design = instance.design().unwrap();
            let campaign = Campaign { block: &*instance, design: &design, seed };
            let o = campaign.run(&TapeEngine::default(), 8, 8).unwrap();
            assert!(o.findings.is_empty() && o.beats > 0, "seed {seed}, {instance:?}: {:?}", o.findings);
        }
    }

    /// Both memories give what numpy gave, and the comparison sees a number that is wrong.
    #[test]
    fn fitted__equals_numpy() {
        for memory in [Memory::Sparse, Memory::Dense] {
            let c = Checked::new(Config { memory, ..Default::default() }).unwrap();
            let mut fitted = Fitted::open(&c).unwrap();
            let frame = fitted.frame(&c);
            let golden = Config::golden(&c, &frame);
            assert_eq!(golden[0], fitted.y);
            // No table has a block without a place.
            assert!(golden.iter().skip(1).all(|said| said.chunks(2).all(|s| s[0] > 0 && s[1] == 0)));
            if memory == Memory::Sparse {
                assert_eq!(compare(&c, &fitted).unwrap(), 2 * fitted.y.len() as u64);
                fitted.y[200] += 1;
                assert!(compare(&c, &fitted).is_err());
            }
        }
    }
}
