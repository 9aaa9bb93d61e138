//! Every code has an explanation and is given somewhere; what machines see of an error.
#![allow(non_snake_case, missing_docs)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use niello::error::codes;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => sources(&path, found),
            path if path.extension().is_some_and(|e| e == "rs") => found.push(path),
            _ => {}
        }
    }
}

/// Codes that the sources give to faults.
fn given() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "gen/src", "net/src", "model/src", "testbench/src", "fpga/src"] {
        sources(&root.join(folder), &mut files);
    }
    let mut found = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for (at, _) in text.match_indices("\"E") {
            let code = text[at + 1..].split('"').next().unwrap();
            let is_code = code.len() == 4 && code[1..].chars().all(|c| c.is_ascii_digit());
            // An entry of a table explains, it gives none.
            let explains = text[..at].ends_with("Explained { code: ") || text[..at].trim_end().ends_with("code:");
            if is_code && !explains {
                found.insert(code.to_string());
            }
        }
    }
    found
}

#[test]
fn every_code__is_explained_once_and_given_somewhere() {
    let explained: Vec<&str> = codes().iter().map(|e| e.code).collect();
    assert!(explained.windows(2).all(|w| w[0] < w[1]), "{explained:?}");
    let given = given();
    assert!(given.len() > 40, "{given:?}");
    let explained: BTreeSet<String> = explained.into_iter().map(String::from).collect();
    let missing: Vec<_> = explained.symmetric_difference(&given).collect();
    assert!(missing.is_empty(), "explained or given, not both: {missing:?}");
    assert!(codes().iter().all(|e| e.text.len() > 30 && !e.title.is_empty()));
}

fn niello(args: &[&str]) -> (bool, serde_json::Value) {
    let o = Command::new(env!("CARGO_BIN_EXE_niello")).args(args).output().unwrap();
    (o.status.success(), serde_json::from_slice(&o.stdout).unwrap())
}

/// Code, place, fault and help are fields of their own, all faults at once.
#[test]
fn json__has_code_where_what_help() {
    let (good, v) = niello(&["check", "model/tests/data/tflite/unsupported.tflite", "--json"]);
    let first = &v["errors"][0];
    assert!(!good && first["code"] == "E101", "{v}");
    for field in ["where", "what", "help"] {
        assert!(first[field].as_str().is_some_and(|t| t.len() > 3), "{field}: {v}");
    }
    let (good, v) = niello(&["plan", "nowhere.onnx", "--json"]);
    assert!(!good && v["errors"][0]["code"] == "E107" && v["errors"][0]["where"].is_null(), "{v}");
    let (good, v) = niello(&["block", "build", "mvu", "-o", "x", "--set", "pe=0", "--json"]);
    assert!(!good && v["errors"][0]["code"] == "E303" && v["errors"][0]["where"] == "mvu", "{v}");
}

#[test]
fn explain__knows_every_code() {
    for e in codes() {
        let (good, v) = niello(&["explain", &e.code.to_lowercase(), "--json"]);
        assert!(good && v["title"] == e.title, "{v}");
    }
    let (good, v) = niello(&["explain", "E999", "--json"]);
    assert!(!good && v["errors"][0]["code"] == "E108", "{v}");
}
