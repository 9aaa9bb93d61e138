//! The command line: subcommands, one file each, and what they share.

mod block;
mod build;
mod catalogue;
mod check;
mod doctor;
mod explain;
mod folding;
mod mutants;
mod plan;
mod run;
mod setup;
mod sparsity;
mod synth;
mod verify;

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use crate::files::WriteError;
use crate::{Error, Progress};

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use niello_gen::blocks::AnyBlock;

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
    Build(build::Args),
    /// Prove a model's Verilog equal to the golden model, and that to the framework's results.
    Verify(verify::Args),
    /// Compute a model's outputs for inputs in a .npy file, on any engine.
    Run(run::Args),
    /// Show on one screen what of a model maps to what; what is not supported, where, why, and the nearest that is.
    Check(check::Args),
    /// Show what would be built: for each layer folding, cycles, multipliers, memory.
    Plan(plan::Args),
    /// Synthesize a model or a block: resources, clock rate, critical path.
    Synth(synth::Args),
    /// Count zeros of a model's layers or of an array, and show what codes of sparse tensors save of them.
    Sparsity(sparsity::Args),
    /// List, show, build, verify or run single blocks.
    #[command(subcommand)]
    Block(block::Command),
    /// Show which tools are here and what is missing.
    Doctor,
    /// Tell what an error code means: when it comes, and what to do about it.
    Explain(explain::Args),
    /// Bring the pinned tools into .venv.
    Setup(setup::Args),
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

/// The command line, with these blocks: niello's own, and those of whoever calls it.
///
/// ```no_run
/// use niello::gen::blocks::{all, entry, BlockConfig};
///
/// fn serve<Own: BlockConfig>() -> std::process::ExitCode {
///     let mut blocks = all();
///     blocks.push(entry::<Own>());
///     niello::cli::main(blocks)
/// }
/// ```
pub fn main(blocks: Vec<Box<dyn AnyBlock>>) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) if !e.use_stderr() => {
            return if e.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
        Err(e) => {
            let json = std::env::args().any(|a| a == "--json");
            Output { json, blocks }.error(&usage(&e));
            return ExitCode::from(2);
        }
    };
    let out = Output { json: cli.json, blocks };
    let result = match &cli.command {
        Command::Build(a) => build::run(a, &out),
        Command::Verify(a) => verify::run(a, &out),
        Command::Run(a) => run::run(a, &out),
        Command::Check(a) => check::run(a, &out),
        Command::Plan(a) => plan::run(a, &out),
        Command::Sparsity(a) => sparsity::run(a, &out),
        Command::Block(c) => block::run(c, &out),
        Command::Explain(a) => explain::run(a, &out),
        Command::Doctor => doctor::run(&out),
        Command::Setup(a) => setup::run(a, &out),
        Command::Synth(a) => synth::run(a, &out),
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

/// What a subcommand returns: whether all is well, or why it stopped.
pub type Done = Result<bool, Error>;

/// Where results go.
pub struct Output {
    /// JSON instead of text.
    pub json: bool,
    /// What `niello block` serves.
    pub blocks: Vec<Box<dyn AnyBlock>>,
}

impl Output {
    /// A line for people.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn line(&self, text: &str) -> Result<(), WriteError> {
        if self.json {
            return Ok(());
        }
        print(&printable(text))
    }

    /// The result for machines.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn result(&self, value: &serde_json::Value) -> Result<(), WriteError> {
        if self.json {
            return print(&value.to_string());
        }
        Ok(())
    }

    /// Errors, one a line, on the error stream; for machines as `{ "errors": [{ "code", "where", "what", "help" }] }` too.
    pub fn error(&self, e: &Error) {
        if self.json {
            // The exit code says that all is not well; there is nowhere else to say that this cannot be written.
            let _ = print(&serde_json::json!({ "errors": e.json() }).to_string());
        }
        let red = std::io::stderr().is_terminal();
        for line in printable(&e.to_string()).lines() {
            if red {
                eprintln!("\x1b[31merror\x1b[0m: {line}");
            } else {
                eprintln!("error: {line}");
            }
        }
    }

    /// A sign of life, with the time that has passed.
    pub fn spinner(&self, what: &str) -> Bar {
        let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
        self.bar(what, ProgressBar::new_spinner(), style.unwrap_or(ProgressStyle::default_spinner()))
    }

    /// A progress bar.
    pub fn progress(&self, what: &str, total: u64) -> Bar {
        let style = ProgressStyle::with_template("{msg:24} {bar:32} {pos}/{len} {elapsed}");
        self.bar(what, ProgressBar::new(total), style.unwrap_or(ProgressStyle::default_bar()))
    }

    /// On a terminal it is drawn; elsewhere a line on the error stream now and then says how far things are.
    fn bar(&self, what: &str, bar: ProgressBar, style: ProgressStyle) -> Bar {
        let drawn = !self.json && std::io::stderr().is_terminal();
        bar.set_draw_target(if drawn { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        bar.set_style(style);
        bar.set_message(what.to_string());
        if drawn {
            bar.enable_steady_tick(Duration::from_millis(200));
        } else {
            let bar = bar.clone();
            std::thread::spawn(move || tell(&bar));
        }
        Bar(bar)
    }
}

/// A progress bar that ends with its owner.
pub struct Bar(ProgressBar);

impl std::ops::Deref for Bar {
    type Target = ProgressBar;
    fn deref(&self) -> &ProgressBar {
        &self.0
    }
}

impl crate::Bar for Bar {
    fn set(&self, done: u64) {
        self.0.set_position(done);
    }
    fn total(&self, total: u64) {
        self.0.set_length(total);
    }
}

impl Progress for Output {
    fn begin(&self, what: &str, total: u64) -> Box<dyn crate::Bar + '_> {
        Box::new(self.progress(what, total))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// How often a run that nobody watches says that it is alive.
const TELL: Duration = Duration::from_secs(10);

/// Says how far a bar is until it is done.
fn tell(bar: &ProgressBar) {
    let mut next = TELL;
    while !bar.is_finished() {
        std::thread::sleep(Duration::from_millis(100));
        if bar.elapsed() >= next && !bar.is_finished() {
            next = bar.elapsed() + TELL;
            let of = bar.length().map_or(String::new(), |n| format!(" of {n}"));
            eprintln!("{}: {}{of}, {} s", printable(&bar.message()), bar.position(), bar.elapsed().as_secs());
        }
    }
}

/// Nothing that a user or a file named may move a terminal's cursor or change its colours.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect()
}

/// The one place that writes to standard output. A reader that went away is no error, a disk that is full is one.
fn print(text: &str) -> Result<(), WriteError> {
    use std::io::Write;
    let mut to = std::io::stdout();
    match writeln!(to, "{text}").and_then(|()| to.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(WriteError::Io { path: "standard output".into(), what: e.kind().to_string() })
        }
        _ => Ok(()),
    }
}
