//! The command line with niello's own blocks.

fn main() -> std::process::ExitCode {
    niello::cli::main(niello::gen::blocks::all())
}
