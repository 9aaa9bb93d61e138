//! The command line.

mod cmd;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use niello::Error;

/// Quantized models to Verilog, proven equal bit for bit.
///
/// niello reads a quantized model (TFLite or ONNX), plans a streaming accelerator for it, writes plain Verilog and runs
/// that Verilog in simulators against a golden model that is exact to the framework. Try:
///
///   niello verify examples/digits_mlp/digits_mlp.onnx     the whole proof, on what this machine has
///
///   niello check  examples/digits_mlp/digits_mlp.onnx     what maps to what, and what is not supported
///
///   niello plan   examples/digits_mlp/digits_mlp.onnx     what would be built: folding, cycles, memory
///
///   niello build  examples/digits_mlp/digits_mlp.onnx -o out     the Verilog, with a testbench of its own
#[derive(Parser)]
#[command(name = "niello", version, max_term_width = 110)]
struct Cli {
    /// Print JSON instead of tables (errors too).
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a model's Verilog into a folder that stands alone.
    Build(cmd::build::Args),
    /// Prove a model's Verilog equal to the golden model, and that to the framework's results.
    Verify(cmd::verify::Args),
    /// Compute a model's outputs for inputs in a .npy file, on any engine.
    Run(cmd::run::Args),
    /// Show on one screen what of a model maps to what; what is not supported, where, why, and the nearest that is.
    Check(cmd::check::Args),
    /// Show what would be built: for each layer folding, cycles, multipliers, memory.
    Plan(cmd::plan::Args),
    /// Synthesize a model or a block: resources, clock rate, critical path.
    Synth(cmd::synth::Args),
    /// List, show, build, verify or run single blocks.
    #[command(subcommand)]
    Block(cmd::block::Command),
    /// Show which tools are here and what is missing.
    Doctor,
    /// Tell what an error code means: when it comes, and what to do about it.
    Explain(cmd::explain::Args),
    /// Bring the pinned tools into .venv.
    Setup(cmd::setup::Args),
}

/// A wrong command line in one line: all that clap says of it, and its tip as the help.
fn usage(e: &clap::Error) -> Error {
    let text = e.render().to_string();
    let says =
        text.lines().map(str::trim).take_while(|l| !l.starts_with("Usage:") && !l.starts_with("For more information"));
    let (tips, what): (Vec<&str>, Vec<&str>) = says.filter(|l| !l.is_empty()).partition(|l| l.starts_with("tip: "));
    let what = what.join(" ");
    let help = match tips.first() {
        Some(tip) => tip.trim_start_matches("tip: ").to_string(),
        None => "`niello --help` lists the commands, `niello COMMAND --help` their options".into(),
    };
    Error::new("E109", what.trim_start_matches("error: "), help)
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) if !e.use_stderr() => {
            return if e.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
        Err(e) => {
            let json = std::env::args().any(|a| a == "--json");
            cmd::Output { json }.error(&usage(&e));
            return ExitCode::from(2);
        }
    };
    let out = cmd::Output { json: cli.json };
    let result = match &cli.command {
        Command::Build(a) => cmd::build::run(a, &out),
        Command::Verify(a) => cmd::verify::run(a, &out),
        Command::Run(a) => cmd::run::run(a, &out),
        Command::Check(a) => cmd::check::run(a, &out),
        Command::Plan(a) => cmd::plan::run(a, &out),
        Command::Block(c) => cmd::block::run(c, &out),
        Command::Explain(a) => cmd::explain::run(a, &out),
        Command::Doctor => cmd::doctor::run(&out),
        Command::Setup(a) => cmd::setup::run(a, &out),
        Command::Synth(a) => cmd::synth::run(a, &out),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            out.error(&e);
            ExitCode::FAILURE
        }
    }
}
