//! Who may import whom: golden models nothing but numbers, the IR nothing of machine learning, the generator
//! nothing impure.
// Tests may do what the generator may not.
#![allow(non_snake_case, missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use std::path::{Path, PathBuf};

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Lines of code that mention any of the words; comments do not count.
fn mentions(path: &Path, words: &[&str]) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    // Tests may do what shipped code may not.
    let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    shipped
        .lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .filter(|l| words.iter().any(|w| l.contains(w)))
        .map(|l| format!("{}: {}", path.display(), l.trim()))
        .collect()
}

fn check(dir: &str, only: impl Fn(&Path) -> bool, words: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let files: Vec<PathBuf> = sources(&root).into_iter().filter(|p| only(p)).collect();
    assert!(!files.is_empty(), "nothing to check in {dir}");
    let found: Vec<String> = files.iter().flat_map(|p| mentions(p, words)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn goldens__import_numbers_only() {
    check("src/blocks", |p| p.ends_with("golden.rs"), &["crate::ir", "crate::hdl", "crate::emit", "rtl::"]);
}

#[test]
fn ir__knows_no_block_or_model() {
    check("src/ir", |_| true, &["crate::blocks", "crate::hdl", "crate::emit", "tflite", "onnx"]);
    check("src/emit", |_| true, &["crate::blocks"]);
    check("src/num", |_| true, &["crate::ir", "crate::hdl", "crate::blocks"]);
}

#[test]
fn generator__is_pure() {
    let impure = [
        "std::fs",
        "std::process",
        "std::env",
        "std::time",
        "std::net",
        "std::thread",
        "HashMap",
        "HashSet",
        "rand::",
        "println!",
        "panic!",
        "todo!",
    ];
    for dir in ["src", "../net/src"] {
        check(dir, |p| !p.ends_with("tests.rs"), &impure);
    }
}

/// Goldens of layers, and the arithmetic of their files, hang on numbers alone; engines may know blocks.
#[test]
fn layer_goldens__know_no_hardware() {
    let hardware = ["::ir", "::hdl", "::blocks", "::plan", "niello_testbench", "Engine"];
    let golden =
        |p: &Path| p.ends_with("golden.rs") || ["add.rs", "mul.rs"].iter().any(|f| p.to_string_lossy().ends_with(f));
    check("../net/src/layers", golden, &hardware);
    check("../net/src/host", |_| true, &hardware);
}

/// Longest file; rooms stay readable.
#[test]
fn files__stay_short() {
    for dir in ["src", "../net/src", "../model/src", "../testbench/src", "../src"] {
        for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir)) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 500, "{} has {lines} lines", path.display());
        }
    }
}
