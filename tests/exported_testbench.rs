//! The testbench of an exported design: it passes where nothing is wrong, and under every attack it fails, with a status that says so.
#![allow(non_snake_case, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use niello::testbench::tools::{icarus, Verilator};

/// A program that runs the testbench in the folder where it is started.
struct Simulation {
    name: String,
    command: Vec<PathBuf>,
}

struct Ran {
    passed: bool,
    failed: bool,
    status: bool,
    text: String,
}

impl Simulation {
    fn run(&self, folder: &Path, args: &[&str]) -> Ran {
        let mut c = Command::new(&self.command[0]);
        let o = c.args(&self.command[1..]).args(args).current_dir(folder).output().unwrap();
        let text = String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr);
        Ran { passed: text.contains("PASS"), failed: text.contains("FAIL: "), status: o.status.success(), text }
    }
}

fn built(args: &[&str], out: &Path) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut c = Command::new(env!("CARGO_BIN_EXE_niello"));
    let o = c.current_dir(root).args(args).arg("-o").arg(out).arg("--json").output().unwrap();
    assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
    let json: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
    json["top"].as_str().unwrap().to_string()
}

fn in_icarus(folder: &Path, top: &str, to: &Path) -> Option<Simulation> {
    let (iverilog, vvp) = niello_testkit::found(icarus())?;
    let program = to.join("sim.vvp");
    let mut c = Command::new(iverilog);
    c.current_dir(folder).args(["-g2005", "-Wall", "-f", "files.f"]).arg(format!("{top}_tb.v")).arg("-o").arg(&program);
    let o = c.output().unwrap();
    assert!(o.status.success() && o.stderr.is_empty(), "{}", String::from_utf8_lossy(&o.stderr));
    Some(Simulation { name: "icarus".into(), command: vec![vvp, "-n".into(), program] })
}

fn in_verilator(folder: &Path, top: &str, to: &Path) -> Option<Simulation> {
    let tool = niello_testkit::found(Verilator::find())?;
    let mut c = Command::new(&tool.bin);
    c.env("VERILATOR_ROOT", &tool.root).current_dir(folder);
    c.args([
        "--binary",
        "--timing",
        "-Wno-fatal",
        "-O0",
        "--trace",
        "-CFLAGS",
        "-std=gnu++20 -O0",
        "-o",
        "sim",
        "--top-module",
    ]);
    c.arg(format!("{top}_tb")).arg("--Mdir").arg(to.join("obj")).args(["-f", "files.f"]).arg(format!("{top}_tb.v"));
    let o = c.output().unwrap();
    assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
    Some(Simulation { name: format!("verilator {}", tool.version), command: vec![to.join("obj/sim")] })
}

/// The exported files but the Verilog: what the testbench reads when it runs.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "hex" || e == "mem") {
            fs::copy(&path, to.join(entry.file_name())).unwrap();
        }
    }
}

/// Every way in which a file can be wrong.
fn damages(file: &Path) -> Vec<(&'static str, Option<String>)> {
    let text = fs::read_to_string(file).unwrap();
    let all = |digit: &str| Some(text.chars().map(|c| if c == '\n' { "\n" } else { digit }).collect());
    let line = text.lines().next().unwrap();
    let flipped = match line.chars().last() {
        Some('0') => format!("{}1", &line[..line.len() - 1]),
        _ => format!("{}0", &line[..line.len() - 1]),
    };
    vec![
        ("missing", None),
        ("empty", Some(String::new())),
        ("zero", all("0")),
        ("unknown", all("x")),
        ("cut off", Some(text.lines().take(text.lines().count() / 2).map(|l| format!("{l}\n")).collect())),
        ("changed in one digit", Some(text.replacen(line, &flipped, 1))),
    ]
}

fn attack(args: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let top = built(args, &out);
    let programs = [in_icarus(&out, &top, dir.path()), in_verilator(&out, &top, dir.path())];
    for sim in programs.into_iter().flatten() {
        let good = sim.run(&out, &[]);
        assert!(good.passed && good.status && !good.failed, "{}: {}", sim.name, good.text);
        let bits = good.text.lines().find_map(|l| l.split_once(" beats, ")?.1.strip_suffix(" bits compared"));
        assert!(bits.is_some_and(|b| b.parse::<u64>().unwrap() > 8), "{}: {}", sim.name, good.text);

        let fails = |folder: &Path, what: &str| {
            let ran = sim.run(folder, &[]);
            assert!(ran.failed && !ran.passed && !ran.status, "{}, {what}: {}", sim.name, ran.text);
        };
        let elsewhere = dir.path().join("elsewhere");
        fs::create_dir_all(&elsewhere).unwrap();
        fails(&elsewhere, "another folder");
        let files: Vec<PathBuf> = fs::read_dir(&out).unwrap().flatten().map(|e| e.path()).collect();
        let mut attacked = 0;
        for file in files.iter().filter(|p| p.extension().is_some_and(|e| e == "hex" || e == "mem")) {
            for (what, text) in damages(file) {
                let broken = tempfile::tempdir_in(dir.path()).unwrap();
                copy(&out, broken.path());
                let target = broken.path().join(file.file_name().unwrap());
                match text {
                    Some(text) => fs::write(&target, text).unwrap(),
                    None => fs::remove_file(&target).unwrap(),
                }
                fails(broken.path(), &format!("{} {what}", target.display()));
                attacked += 1;
            }
        }
        assert!(attacked >= 18, "{attacked}");
        let waves = tempfile::tempdir_in(dir.path()).unwrap();
        copy(&out, waves.path());
        assert!(sim.run(waves.path(), &["+trace"]).passed, "{}", sim.name);
        let vcd = fs::read_to_string(waves.path().join(format!("{top}_tb.vcd"))).unwrap();
        assert!(vcd.contains("_tready"), "{}: no streams in the waveform", sim.name);
    }
}

#[test]
fn network__fails_under_every_attack() {
    attack(&["build", "examples/digits_mlp/digits_mlp.onnx"]);
}

/// Two inputs, and beats whose last lanes are not compared.
#[test]
fn block__fails_under_every_attack() {
    attack(&["block", "build", "mac_array", "--set", "m=3", "k=5", "n=3", "rows=2", "cols=2"]);
}

/// What the digests do not see is seen by comparing: another function, a beat too few, a register that is not reset.
#[test]
fn hardware__that_differs_fails() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let top = built(&["block", "build", "argmax", "--set", "elements=5", "lanes=2"], &out);
    let file = out.join(format!("{top}.v"));
    let text = fs::read_to_string(&file).unwrap();
    let faults = [
        (" < ", " > "),
        ("m_axis_tlast = 1'd1", "m_axis_tlast = 1'd0"),
        ("m_axis_tvalid = ", "m_axis_tvalid = 1'b0 & "),
        ("s_axis_tready = ", "s_axis_tready = 1'b0 & "),
        ("m_axis_tdata = ", "m_axis_tdata = ~"),
    ];
    for (from, to) in faults {
        assert!(text.contains(from), "{from}: {text}");
        fs::write(&file, text.replace(from, to)).unwrap();
        let Some(sim) = in_icarus_quietly(&out, &top, dir.path()) else { return };
        let ran = sim.run(&out, &[]);
        assert!(ran.failed && !ran.passed && !ran.status, "{from} -> {to}: {}", ran.text);
    }
}

fn in_icarus_quietly(folder: &Path, top: &str, to: &Path) -> Option<Simulation> {
    let (iverilog, vvp) = niello_testkit::found(icarus())?;
    let program = to.join("changed.vvp");
    let mut c = Command::new(iverilog);
    c.current_dir(folder).args(["-g2005", "-f", "files.f"]).arg(format!("{top}_tb.v")).arg("-o").arg(&program);
    assert!(c.status().unwrap().success());
    Some(Simulation { name: "icarus".into(), command: vec![vvp, "-n".into(), program] })
}

/// The frames of a small network see most faults in its ROMs, and the command says how many.
#[test]
fn frames__see_most_faults_in_roms() {
    let dir = tempfile::tempdir().unwrap();
    let root = env!("CARGO_MANIFEST_DIR");
    let mut c = Command::new(env!("CARGO_BIN_EXE_niello"));
    let out = dir.path().join("out");
    let args = ["build", "examples/digits_mlp/digits_mlp.onnx", "--rom-faults", "256", "--json", "-o"];
    let o = c.current_dir(root).args(args).arg(&out).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
    let faults = &json["rom_faults"];
    assert_eq!(faults["faults"], 256);
    let caught = faults["caught"].as_u64().unwrap();
    assert!(caught > 230, "{faults}");
    assert_eq!(json["toggled"]["bits"], json["toggled"]["of"], "every bit of every layer is seen as 0 and as 1");
    let readme = fs::read_to_string(out.join("README.md")).unwrap();
    assert!(
        readme.contains(&format!("{caught} of 256 single-bit faults")) && readme.contains("--rom-faults"),
        "{readme}"
    );
}
