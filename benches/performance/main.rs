//! Speeds as ratios in one run; prints a table and writes it to docs/performance.md.
//!
//! `make bench`. Not a test: nothing here fails for being slow.
#![allow(clippy::print_stdout, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use niello::gen::blocks::{mvu, Checked};
use niello::gen::emit::verilog;
use niello::gen::ir::{Flat, ValidDesign};
use niello::gen::num::Prng;
use niello::testbench::batch::{Batch, Stall};
use niello::testbench::campaign::{batch, Pattern, Workload};
use niello::testbench::engine::tape::{Tape, TapeEngine};
use niello::testbench::engine::verilator::VerilatorEngine;
use niello::testbench::engine::{Compiled, Engine};
use niello::testbench::streams::Border;

mod models;

type Any<T> = Result<T, Box<dyn std::error::Error>>;

const FRAMES: usize = 20_000;
const ROUNDS: usize = 7;

fn median(mut v: Vec<f64>) -> f64 {
    v.sort_by(f64::total_cmp);
    v[v.len() / 2]
}

/// 64 int8 multipliers: the 64 x 64 unit with PE = SIMD = 8.
fn array() -> Any<ValidDesign> {
    let c = mvu::Config { inputs: 64, outputs: 64, pe: 8, simd: 8, ..mvu::Config::default() };
    Ok(Checked::new(c)?.design()?)
}

fn frames(n: usize) -> Vec<Vec<i64>> {
    let mut rng = Prng::new(3);
    (0..n).map(|_| (0..64).map(|_| rng.range(-128, 127)).collect()).collect()
}

/// Cycles a second of an engine, packing included.
fn engine_speed(compiled: &mut dyn Compiled, border: &Border, groups: &[Workload]) -> Any<f64> {
    let start = Instant::now();
    let batches: Vec<Batch> = groups
        .iter()
        .map(|w| batch(border, w, Pattern { source: Stall::None, sink: Stall::None, seed: 0 }, 200))
        .collect();
    let runs = compiled.run(&batches)?;
    let cycles: u64 = runs.iter().map(|r| r.trace.cycles).sum();
    Ok(cycles as f64 / start.elapsed().as_secs_f64())
}

fn workloads(frames: &[Vec<i64>], groups: usize) -> Vec<Workload> {
    let one = |part: &[Vec<i64>]| {
        Workload::new(&part.iter().map(|f| vec![f.clone()]).collect::<Vec<_>>(), |_| vec![vec![0; 64]])
    };
    frames.chunks(frames.len() / groups).map(one).collect()
}

/// Builds the hand-written main with the same Verilator and flags.
fn hand_main(v: &VerilatorEngine, design: &ValidDesign, dir: &Path) -> Any<PathBuf> {
    let mut files = Vec::new();
    for f in verilog(design) {
        std::fs::write(dir.join(&f.path), &f.text)?;
        files.extend(f.path.ends_with(".v").then_some(f.path));
    }
    let ok = |c: &mut Command| -> Any<()> {
        let o = c.current_dir(dir).output()?;
        if o.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&o.stderr).into_owned().into())
        }
    };
    ok(Command::new(&v.tool.bin)
        .env("VERILATOR_ROOT", &v.tool.root)
        .args([
            "--cc",
            "-O3",
            "--prefix",
            "Vdut",
            "--Mdir",
            "obj",
            "--x-assign",
            "unique",
            "--x-initial",
            "unique",
            "--top-module",
        ])
        .arg(&design.top().name)
        .arg(format!("-DNL_MEM_DIR=\"{}/\"", dir.display()))
        .args(&files))?;
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/hand_main.cpp"), dir.join("hand_main.cpp"))?;
    let mut all = String::from("#include \"verilated.cpp\"\n#include \"verilated_threads.cpp\"\n");
    for e in std::fs::read_dir(dir.join("obj"))?.flatten() {
        let name = e.file_name().to_string_lossy().into_owned();
        if name.ends_with(".cpp") {
            all += &format!("#include \"obj/{name}\"\n");
        }
    }
    std::fs::write(dir.join("all.cpp"), all + "#include \"hand_main.cpp\"\n")?;
    let include = v.tool.root.join("include");
    ok(Command::new("g++")
        .args([
            "-std=gnu++17",
            "-O3",
            "-g0",
            "-w",
            "-DVERILATOR=1",
            "-DVM_COVERAGE=0",
            "-DVM_SC=0",
            "-DVM_TIMING=0",
            "-DVM_TRACE=0",
        ])
        .args(["-DVL_TIME_CONTEXT", "-DVL_IGNORE_UNKNOWN_ARCH", "-I.", "-Iobj"])
        .arg(format!("-I{}", include.display()))
        .arg(format!("-I{}", include.join("vltstd").display()))
        .args(["all.cpp", "-o", "hand", "-lpthread"]))?;
    Ok(dir.join("hand"))
}

/// CPU seconds of children so far (Linux).
fn children_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(13) + ticks(14)) / 100.0
}

fn main() -> Any<()> {
    let mut rows: Vec<(String, String, String)> = Vec::new();
    let design = array()?;
    let border = Border::of(&design).ok_or("no streams")?;
    let data = frames(FRAMES);
    let verilator = VerilatorEngine { optimize: 3, ..VerilatorEngine::find()? };
    let dir = tempfile::tempdir()?;
    let hand = hand_main(&verilator, &design, dir.path())?;
    let (one, sixteen) = (workloads(&data, 1), workloads(&data, 16));
    let tape = TapeEngine { checks: false };
    let (mut v, mut t) = (verilator.compile(&design)?, tape.compile(&design)?);
    let short = workloads(&data[..FRAMES / 10], 1);
    let (mut r_hand, mut r_tape, mut r_lanes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let o = Command::new(&hand).current_dir(dir.path()).arg(FRAMES.to_string()).output()?;
        let by_hand: f64 = String::from_utf8_lossy(&o.stdout).trim().parse()?;
        let engine = engine_speed(&mut *v, &border, &one)?;
        r_hand.push(engine / by_hand);
        r_tape.push(engine_speed(&mut *t, &border, &short)? / engine);
        r_lanes.push(engine_speed(&mut *t, &border, &sixteen)? / engine);
    }
    let add =
        |rows: &mut Vec<_>, what: &str, aim: &str, got: String| rows.push((what.to_string(), aim.to_string(), got));
    add(
        &mut rows,
        "Verilator engine / hand-written C++ main, 8x8 int8 array, packing included",
        ">= 0.9",
        format!("{:.2}", median(r_hand)),
    );
    add(&mut rows, "tape, one lane / Verilator engine, cycles a second", ">= 0.15", format!("{:.2}", median(r_tape)));
    add(
        &mut rows,
        "tape, 16 lanes / Verilator engine, lane-cycles a second",
        ">= 0.6",
        format!("{:.2}", median(r_lanes)),
    );

    let start = Instant::now();
    for _ in 0..50 {
        std::hint::black_box(Tape::new(&Flat::new(&design)));
    }
    let per = start.elapsed().as_secs_f64() / 50.0;
    add(&mut rows, "tape: compiling that block", "< 5 ms", format!("{:.2} ms", per * 1e3));

    // A small block that was never built: its weights depend on the clock.
    let fresh = || -> Any<ValidDesign> {
        let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_nanos() as u64;
        let mut rng = Prng::new(nanos);
        let weights = (0..64).map(|_| rng.range(-128, 127)).collect();
        Ok(Checked::new(mvu::Config {
            inputs: 8,
            outputs: 8,
            pe: 2,
            simd: 2,
            pipeline: 2,
            weights,
            ..mvu::Config::default()
        })?
        .design()?)
    };
    let quick = VerilatorEngine { optimize: 1, ..verilator.clone() };
    quick.compile(&fresh()?)?;
    let small = fresh()?;
    let before = children_cpu();
    quick.compile(&small)?;
    add(
        &mut rows,
        "Verilator build of a new small block, runtime cached, CPU seconds",
        "<= 4",
        format!("{:.2}", children_cpu() - before),
    );
    let (before, start) = (children_cpu(), Instant::now());
    quick.compile(&small)?;
    let again = start.elapsed().as_secs_f64();
    add(
        &mut rows,
        "the same block again: compiler CPU seconds (wall ms)",
        "0",
        format!("{:.2} ({:.1} ms)", children_cpu() - before, again * 1e3),
    );

    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/models/ad01_int8.tflite");
    if model.is_file() {
        let out = dir.path().join("ad01");
        let niello = env!("CARGO_BIN_EXE_niello");
        let script = format!(
            "ulimit -v 204800; exec {niello} --json build {} -o {} --force --max-multipliers 156",
            model.display(),
            out.display()
        );
        let start = Instant::now();
        let o = Command::new("sh").args(["-c", &script]).output()?;
        let seconds = start.elapsed().as_secs_f64();
        let json: serde_json::Value = serde_json::from_slice(&o.stdout)?;
        add(
            &mut rows,
            "`build` of ad01_int8.tflite (264,192 weights), within 200 MiB of address space",
            "< 1 s",
            format!("{seconds:.2} s"),
        );
        let bytes = |end: &str| -> u64 {
            std::fs::read_dir(&out)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|e| e.path().to_string_lossy().ends_with(end))
                .filter_map(|e| e.metadata().ok())
                .map(|m| m.len())
                .sum()
        };
        add(&mut rows, "its Verilog / its ROM contents, bytes", "", format!("{} / {}", bytes(".v"), bytes(".mem")));
        add(
            &mut rows,
            "its II at <= 156 multipliers, requantizers included, cycles",
            "<= 1,900",
            format!("{} with {}", json["plan"]["ii"], json["plan"]["multipliers"]),
        );
    } else {
        println!("SKIPPED: {} is not there", model.display());
    }

    let mut table = String::from("| measured | aim | here |\n|---|---|---|\n");
    for (what, aim, got) in &rows {
        table += &format!("| {what} | {aim} | {got} |\n");
    }
    println!("{table}");
    let simd = if is_avx512() { "AVX-512" } else { "AVX2 or less" };
    let text = format!(
        "# Performance\n\nWritten by `make bench` (benches/performance/main.rs). Speeds are ratios of medians of {ROUNDS} rounds in one run; the rival of the\n\
         Verilator engine is benches/hand_main.cpp on the same Verilog, Verilator {} and flags (-O3). The tape chooses its vector unit\n\
         at run time; here it found {simd}.\n\n{table}{}",
        verilator.tool.version,
        models::section()?
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    // What `make placed` wrote stays.
    let earlier = std::fs::read_to_string(&path).unwrap_or_default();
    let placed = earlier.find("<!-- placed -->").map_or(String::new(), |at| format!("\n{}", &earlier[at..]));
    std::fs::write(path, text + &placed)?;
    Ok(())
}

fn is_avx512() -> bool {
    #[cfg(target_arch = "x86_64")]
    return is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512dq");
    #[cfg(not(target_arch = "x86_64"))]
    false
}
