//! A command line of your own: niello's, with a block of yours beside the built-in ones. docs/own-crate.md tells the rest.
//!
//! ```
//! cargo run --release --example own_blocks -- block show leaky_integrator
//! cargo run --release --example own_blocks -- block verify leaky_integrator --set bits=6 shift=2
//! cargo run --release --example own_blocks -- block build leaky_integrator -o out
//! cargo run --release --example own_blocks -- synth --block leaky_integrator
//! ```

mod leaky_integrator;

use std::process::ExitCode;

use niello::gen::blocks::{all, entry};

fn main() -> ExitCode {
    let mut blocks = all();
    blocks.push(entry::<leaky_integrator::Config>());
    niello::cli::main(blocks)
}
