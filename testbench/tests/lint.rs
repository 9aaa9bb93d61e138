//! Emitted Verilog is clean for every tool that is here: both Verilators, Icarus, Yosys. No pragma, no waiver.
#![allow(non_snake_case, missing_docs)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use niello_gen::emit::verilog;
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use niello_testbench::tools::{on_path, venv, Verilator};

/// Runs a command in a folder; its whole output if it failed or said anything that counts.
fn complaint(command: &mut Command, dir: &Path, counts: fn(&str) -> bool) -> Option<String> {
    let out = command.current_dir(dir).output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    let bad = !out.status.success() || text.lines().any(counts);
    bad.then(|| format!("{command:?}\n{text}"))
}

fn pinned() -> Option<(PathBuf, Option<PathBuf>)> {
    venv().and_then(|v| Verilator::in_venv(&v)).map(|v| (v.bin, Some(v.root)))
}

fn lint(design: &ValidDesign) {
    let dir = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for f in verilog(design) {
        assert!(!f.text.contains("lint_off") && !f.text.contains("(*"), "{} holds a pragma", f.path);
        std::fs::write(dir.path().join(&f.path), &f.text).unwrap();
        if f.path.ends_with(".v") {
            files.push(f.path);
        }
    }
    let top = &design.top().name;
    let system = on_path("verilator_bin").map(|bin| (bin, None));
    for (bin, root) in [system, pinned()].into_iter().flatten() {
        let mut c = Command::new(bin);
        if let Some(root) = root {
            c.env("VERILATOR_ROOT", root);
        }
        let found = complaint(c.args(["--lint-only", "-Wall", "--top-module", top]).args(&files), dir.path(), |l| {
            l.starts_with('%')
        });
        assert_eq!(found, None);
    }
    if let Some(bin) = on_path("iverilog") {
        let found =
            complaint(Command::new(bin).args(["-g2005", "-Wall", "-o", "out.vvp"]).args(&files), dir.path(), |l| {
                !l.is_empty()
            });
        assert_eq!(found, None);
    }
    if let Some(bin) = on_path("yosys") {
        let script = format!(
            "read_verilog {}; hierarchy -check -top {top}; proc; check -assert; select -assert-none t:$dlatch",
            files.join(" ")
        );
        let found = complaint(Command::new(bin).args(["-q", "-p", &script]), dir.path(), |l| l.contains("Warning"));
        assert_eq!(found, None);
    }
}

#[test]
fn every_block__is_clean_for_every_tool() {
    for tool in ["verilator_bin", "iverilog", "yosys"] {
        if on_path(tool).is_none() {
            niello_testkit::tool(&format!("{tool} is not on the PATH"));
        }
    }
    if pinned().is_none() {
        niello_testkit::tool("the pinned Verilator is not in .venv: `niello setup` brings it");
    }
    for block in common::blocks() {
        for seed in 0..24 {
            let instance = block.random(&mut Prng::named(seed, "lint")).unwrap();
            lint(&instance.design().unwrap());
        }
    }
}

/// What a strict tool wants beyond the others: nothing is used before its declaration.
#[test]
fn every_block__declares_before_use() {
    for block in common::blocks() {
        for seed in 0..20 {
            let instance = block.random(&mut Prng::named(seed, "order")).unwrap();
            for f in verilog(&instance.design().unwrap()).iter().filter(|f| f.path.ends_with(".v")) {
                check_order(&f.path, &f.text);
            }
        }
    }
}

fn check_order(path: &str, text: &str) {
    let code: String = text.lines().map(|l| l.split("//").next().unwrap_or_default().to_string() + "\n").collect();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<(usize, &str)> = code
        .split(|c| !is_word(c))
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - code.as_ptr() as usize, w))
        .collect();
    let mut declared = std::collections::BTreeMap::new();
    for line in code.lines() {
        let mut parts = line.split_whitespace();
        if matches!(parts.next(), Some("wire" | "reg")) {
            let name = parts.find(|p| !p.starts_with('[') && *p != "signed").unwrap_or_default();
            let name = name.trim_end_matches(';');
            declared.insert(name, line.as_ptr() as usize - code.as_ptr() as usize);
        }
    }
    for (at, word) in words {
        if let Some(start) = declared.get(word) {
            assert!(at >= *start, "{path}: `{word}` is used before its declaration");
        }
    }
}
