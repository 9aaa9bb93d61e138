//! Builds: Verilator's runtime once for each tool and set of flags, every model once for its content.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::shim;
use super::source::Source;
use super::VerilatorEngine;
use crate::engine::EngineError;
use crate::scratch;
use crate::streams::Border;
use crate::tools;

/// Raised whenever the shim's binary interface changes.
const ABI: &str = "niello-batch-3";

/// Flags of every C++ compilation. Symbols stay hidden so that several models live in one process; the
/// runtime reports instead of exiting; the clock of Verilator's context is unused.
const CXX_FLAGS: &[&str] = &[
    "-std=gnu++17",
    "-fPIC",
    "-fvisibility=hidden",
    "-fvisibility-inlines-hidden",
    "-ffunction-sections",
    "-fdata-sections",
    "-g0",
    "-w",
    "-DVERILATOR=1",
    "-DVM_COVERAGE=0",
    "-DVM_SC=0",
    "-DVM_TIMING=0",
    "-DVL_TIME_CONTEXT",
    "-DVL_IGNORE_UNKNOWN_ARCH",
    "-DVL_USER_FATAL",
    "-DVL_USER_STOP",
    "-DVL_USER_WARN",
];

const LINK_FLAGS: &[&str] =
    &["-shared", "-Wl,-Bsymbolic", "-Wl,--gc-sections", "-Wl,-O1", "-Wl,--version-script=exports.map"];

/// The shared library of a source, and the string its `nl_abi()` answers.
pub fn model(engine: &VerilatorEngine, source: &Source, border: &Border) -> Result<(PathBuf, String), EngineError> {
    let (cxx, tool) = (tools::cxx()?, identity(engine)?);
    let trace = engine.trace.is_some();
    // The key covers everything that decides the result, and the shim's text stands for the border.
    let mut hash = Sha256::new();
    for part in
        [ABI, tool, &flags(engine).join(" "), &LINK_FLAGS.join(" "), &shim::text(source, border, Vec::new(), "", trace)]
    {
        hash.update(part);
        hash.update([0]);
    }
    for f in &source.files {
        hash.update(format!("{}\0{}\0", f.path, f.text));
    }
    let key = hex(&hash.finalize());
    let abi = format!("{ABI} {key}");
    let cache = tools::cache_dir();
    let home = cache.join("models").join(&key[..32]);
    let library = home.join("model.so");
    if whole(&home) {
        return Ok((library, abi));
    }
    // A damaged entry is built again.
    let _ = fs::remove_dir_all(&home);
    let runtime = runtime(engine, &cxx, tool, &cache)?;
    let models = cache.join("models");
    fs::create_dir_all(&models).map_err(|e| EngineError::io(&models, &e))?;
    let work = scratch::folder_in(&models).map_err(|e| EngineError::io(&models, &e))?;
    for f in &source.files {
        write(&work.path().join(&f.path), &f.text)?;
    }
    verilate(engine, source, work.path(), &home)?;
    let generated = cpp_files(work.path())?;
    write(&work.path().join("all.cpp"), &shim::text(source, border, generated, &abi, trace))?;
    write(&work.path().join("exports.map"), "{ global: nl_*; local: *; };\n")?;
    compile(engine, &cxx, &runtime, work.path())?;
    seal(work.path(), |name| name == "model.so" || name.ends_with(".mem"))?;
    let kept = work.keep();
    if fs::rename(&kept, &home).is_err() {
        // Another process was faster; its result is the same.
        let _ = fs::remove_dir_all(&kept);
    }
    Ok((library, abi))
}

/// Digests of what an entry of the cache consists of, a file a line.
const SEAL: &str = "sealed";

/// Notes the digests of an entry's files: written last, so an entry without them is not whole.
fn seal(dir: &Path, part: impl Fn(&str) -> bool) -> Result<(), EngineError> {
    let entries = fs::read_dir(dir).map_err(|e| EngineError::io(dir, &e))?;
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|n| part(n));
    names.sort();
    let line = |n: &String| Some(format!("{} {n}\n", file_digest(&dir.join(n))?));
    let text: Option<String> = names.iter().map(line).collect();
    let text = text.ok_or_else(|| EngineError::Failed {
        tool: "the cache".into(),
        what: "a file that was just written cannot be read".into(),
        command: format!("{}", dir.display()),
    })?;
    write(&dir.join(SEAL), &text)
}

/// An entry of the cache is there as it was sealed.
fn whole(dir: &Path) -> bool {
    let Ok(text) = fs::read_to_string(dir.join(SEAL)) else { return false };
    let same = |line: &str| {
        let (digest, name) = line.split_once(' ')?;
        Some(file_digest(&dir.join(name))? == digest)
    };
    !text.is_empty() && text.lines().all(|l| same(l).unwrap_or(false))
}

fn file_digest(path: &Path) -> Option<String> {
    Some(hex(&Sha256::digest(fs::read(path).ok()?)))
}

/// What makes two tools the same: the bytes of the binary, the version, the C++ compiler.
fn identity(engine: &VerilatorEngine) -> Result<&'static str, EngineError> {
    static IDENTITY: OnceLock<(PathBuf, String)> = OnceLock::new();
    if let Some((bin, id)) = IDENTITY.get() {
        if *bin == engine.tool.bin {
            return Ok(id);
        }
        // A second tool in one process: leaked once, a few bytes.
        return Ok(Box::leak(compute_identity(engine)?.into_boxed_str()));
    }
    let id = compute_identity(engine)?;
    Ok(&IDENTITY.get_or_init(|| (engine.tool.bin.clone(), id)).1)
}

fn compute_identity(engine: &VerilatorEngine) -> Result<String, EngineError> {
    let bytes = fs::read(&engine.tool.bin).map_err(|e| EngineError::io(&engine.tool.bin, &e))?;
    let cxx = tools::cxx()?;
    let compiler = tools::output_of(Command::new(&cxx).arg("--version")).unwrap_or_default();
    Ok(format!("{} {} {compiler}", hex(&Sha256::digest(&bytes)), engine.tool.version))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn flags(engine: &VerilatorEngine) -> Vec<String> {
    let mut f: Vec<String> = CXX_FLAGS.iter().map(|s| s.to_string()).collect();
    f.push(format!("-O{}", engine.optimize));
    f
}

fn includes(engine: &VerilatorEngine) -> [String; 2] {
    let include = engine.tool.root.join("include");
    [format!("-I{}", include.display()), format!("-I{}", include.join("vltstd").display())]
}

fn write(path: &Path, text: &str) -> Result<(), EngineError> {
    fs::write(path, text).map_err(|e| EngineError::io(path, &e))
}

fn run(tool: &str, command: &mut Command) -> Result<(), EngineError> {
    let out = command.output().map_err(|e| EngineError::Failed {
        tool: tool.into(),
        what: e.to_string(),
        command: format!("{command:?}"),
    })?;
    if out.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&out.stderr);
    let what = text
        .lines()
        .find(|l| l.contains("rror") || l.contains("arning"))
        .or(text.lines().next())
        .unwrap_or("no message");
    Err(EngineError::Failed { tool: tool.into(), what: what.to_string(), command: format!("{command:?}") })
}

/// The runtime's archive and a precompiled header, in a folder of the cache.
fn runtime(engine: &VerilatorEngine, cxx: &Path, tool: &str, cache: &Path) -> Result<PathBuf, EngineError> {
    let key = hex(&Sha256::digest(format!("{ABI}\0{tool}\0{}", flags(engine).join(" "))));
    let home = cache.join("runtimes").join(&key[..32]);
    if whole(&home) {
        return Ok(home);
    }
    let _ = fs::remove_dir_all(&home);
    let parent = cache.join("runtimes");
    fs::create_dir_all(&parent).map_err(|e| EngineError::io(&parent, &e))?;
    let work = scratch::folder_in(&parent).map_err(|e| EngineError::io(&parent, &e))?;
    let dir = work.path();
    let sources = ["verilated.cpp", "verilated_threads.cpp", "verilated_vcd_c.cpp"];
    for source in sources {
        write(&dir.join(format!("rt_{source}")), &format!("#include \"{source}\"\n"))?;
        let object = format!("rt_{source}.o");
        let mut c = Command::new(cxx);
        c.current_dir(dir).args(flags(engine)).args(includes(engine)).args([
            "-c",
            &format!("rt_{source}"),
            "-o",
            &object,
        ]);
        run("the C++ compiler", &mut c)?;
    }
    write(&dir.join("nl_pch.h"), "#include \"verilated.h\"\n")?;
    let mut c = Command::new(cxx);
    c.current_dir(dir).args(flags(engine)).args(includes(engine)).args([
        "-x",
        "c++-header",
        "nl_pch.h",
        "-o",
        "nl_pch.h.gch",
    ]);
    run("the C++ compiler", &mut c)?;
    seal(dir, |name| name.ends_with(".o") || name.ends_with(".gch") || name.ends_with(".h"))?;
    let kept = work.keep();
    if fs::rename(&kept, &home).is_err() {
        let _ = fs::remove_dir_all(&kept);
    }
    Ok(home)
}

/// Verilog -> C++, with every warning an error: emitted Verilog is clean or it is a bug. Another tool's need not be.
fn verilate(engine: &VerilatorEngine, source: &Source, dir: &Path, home: &Path) -> Result<(), EngineError> {
    let mut c = Command::new(&engine.tool.bin);
    c.current_dir(dir).env("VERILATOR_ROOT", &engine.tool.root);
    c.args([
        "--cc",
        if source.selector.is_none() { "-Wall" } else { "-Wno-fatal" },
        "-O3",
        "--prefix",
        shim::PREFIX,
        "--Mdir",
        "obj",
        "--x-assign",
        "unique",
        "--x-initial",
        "unique",
    ]);
    c.arg("--top-module").arg(&source.top);
    c.arg(format!("-DNL_MEM_DIR=\"{}/\"", home.display()));
    if engine.trace.is_some() {
        c.arg("--trace");
    }
    c.args(source.files.iter().map(|f| &f.path).filter(|p| p.ends_with(".v")));
    run("Verilator", &mut c)
}

fn cpp_files(dir: &Path) -> Result<Vec<String>, EngineError> {
    let obj = dir.join("obj");
    let entries = fs::read_dir(&obj).map_err(|e| EngineError::io(&obj, &e))?;
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|n| n.ends_with(".cpp"));
    names.sort();
    Ok(names.into_iter().map(|n| format!("obj/{n}")).collect())
}

/// One translation unit for model and shim, then the link.
fn compile(engine: &VerilatorEngine, cxx: &Path, runtime: &Path, dir: &Path) -> Result<(), EngineError> {
    let mut c = Command::new(cxx);
    c.current_dir(dir).args(flags(engine)).arg(format!("-I{}", runtime.display())).args(includes(engine));
    c.args(["-I.", "-Iobj", "-c", "all.cpp", "-o", "all.o"]);
    run("the C++ compiler", &mut c)?;
    let mut c = Command::new(cxx);
    c.current_dir(dir).args(LINK_FLAGS).args(["-o", "model.so", "all.o"]);
    for source in ["verilated.cpp", "verilated_threads.cpp", "verilated_vcd_c.cpp"] {
        c.arg(runtime.join(format!("rt_{source}.o")));
    }
    c.arg("-lpthread");
    run("the linker", &mut c)
}
