//! The manifests: docs/crates.md says which crate uses which, and no dependency asks for a newer Rust than ours.
#![allow(non_snake_case, missing_docs)]

use std::collections::BTreeMap;
use std::process::Command;

fn metadata() -> serde_json::Value {
    // Of this machine's platform: what others need may not be here.
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let args = ["metadata", "--format-version", "1", "--offline", "--filter-platform", host.trim()];
    let o = Command::new(env!("CARGO")).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
    serde_json::from_slice(&o.stdout).unwrap()
}

/// `1.88` or `1.88.0` as numbers.
fn version(text: &str) -> Vec<u64> {
    text.split('.').take(2).map(|n| n.parse().unwrap()).collect()
}

/// The standard library is held to it by clippy's `incompatible_msrv`.
#[test]
fn dependencies__take_our_rust() {
    let m = metadata();
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let packages = m["packages"].as_array().unwrap();
    assert!(packages.len() > 20);
    for p in packages {
        let Some(theirs) = p["rust_version"].as_str() else { continue };
        assert!(version(theirs) <= ours, "{} {} wants Rust {theirs}", p["name"], p["version"]);
    }
}

#[test]
fn crates_page__says_who_uses_whom() {
    let m = metadata();
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for p in m["packages"].as_array().unwrap() {
        let name = p["name"].as_str().unwrap();
        if p["source"].is_null() {
            let ours = |d: &&serde_json::Value| d["source"].is_null() && d["kind"].is_null();
            let names = p["dependencies"].as_array().unwrap().iter().filter(ours);
            let mut names: Vec<String> = names.map(|d| d["name"].as_str().unwrap().to_string()).collect();
            names.sort();
            uses.insert(name.to_string(), names);
        }
    }
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/crates.md")).unwrap();
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(String::from).collect::<Vec<_>>();
    let rows = page.lines().filter(|l| l.starts_with("| `"));
    let said: BTreeMap<String, Vec<String>> = rows
        .map(|l| {
            let cells: Vec<&str> = l.split('|').collect();
            (quoted(cells[1])[0].clone(), quoted(cells[4]))
        })
        .collect();
    assert_eq!(said, uses);
}
