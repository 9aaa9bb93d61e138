//! What niello writes, and what it never writes over: results, pipes, links, permissions, leftovers, damaged caches, full disks.
#![cfg(unix)]
#![allow(non_snake_case, missing_docs)]

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn command(dir: &Path) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_niello"));
    c.current_dir(dir);
    c
}

fn niello(dir: &Path, args: &[&str]) -> Output {
    command(dir).args(args).output().unwrap()
}

fn text(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr)
}

/// A folder with a model `m.onnx` and samples `x.npy`.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/digits_mlp/digits_mlp");
    for (from, to) in [("onnx", "m.onnx"), ("x.npy", "x.npy"), ("y.npy", "y.npy")] {
        fs::copy(example.with_extension(from), dir.path().join(to)).unwrap();
    }
    dir
}

fn run(dir: &Path, outputs: &str) -> Output {
    niello(dir, &["run", "m.onnx", "--inputs", "x.npy", "--outputs", outputs])
}

#[test]
fn outputs__never_replace_what_they_are_computed_from() {
    let dir = folder();
    std::os::unix::fs::symlink("x.npy", dir.path().join("link.npy")).unwrap();
    fs::hard_link(dir.path().join("m.onnx"), dir.path().join("same.onnx")).unwrap();
    let before = |f: &str| fs::read(dir.path().join(f)).unwrap();
    let (model, x) = (before("m.onnx"), before("x.npy"));
    for outputs in ["m.onnx", "./x.npy", "link.npy", "same.onnx"] {
        let o = run(dir.path(), outputs);
        assert!(!o.status.success() && text(&o).contains("error: E108"), "{outputs}: {}", text(&o));
    }
    assert!(before("m.onnx") == model && before("x.npy") == x);
    fs::write(dir.path().join("in.npy"), &x).unwrap();
    let args = ["block", "run", "argmax", "--input", "s_axis=in.npy", "--output", "m_axis=in.npy"];
    assert!(!niello(dir.path(), &args).status.success());
    assert_eq!(before("in.npy"), x);
}

#[test]
fn outputs__that_are_no_plain_files_are_written_through() {
    let dir = folder();
    let at = |f: &str| dir.path().join(f);
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let reader = Command::new("cat").arg(at("pipe")).stdout(Stdio::piped()).spawn().unwrap();
    assert!(run(dir.path(), "pipe").status.success());
    assert!(run(dir.path(), "plain.npy").status.success());
    let expected = fs::read(at("plain.npy")).unwrap();
    assert!(reader.wait_with_output().unwrap().stdout == expected, "other results through a pipe");
    assert!(fs::metadata(at("pipe")).unwrap().file_type().is_fifo(), "the pipe is still one");
    // A link stays a link, and the file behind it has the results.
    fs::write(at("behind.npy"), "old").unwrap();
    std::os::unix::fs::symlink("behind.npy", at("link.npy")).unwrap();
    assert!(run(dir.path(), "link.npy").status.success());
    assert!(at("link.npy").is_symlink() && fs::read(at("behind.npy")).unwrap() == expected);
    // A device that takes nothing is an error, and stays a device.
    let o = run(dir.path(), "/dev/full");
    assert!(!o.status.success() && text(&o).contains("error: E506"), "{}", text(&o));
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[test]
fn outputs__keep_the_users_mask_and_a_files_own_permissions() {
    let dir = folder();
    let mode = |f: &str| fs::metadata(dir.path().join(f)).unwrap().permissions().mode() & 0o777;
    fs::write(dir.path().join("other"), "").unwrap();
    assert!(run(dir.path(), "new.npy").status.success());
    assert_eq!(mode("new.npy"), mode("other"));
    fs::set_permissions(dir.path().join("new.npy"), fs::Permissions::from_mode(0o640)).unwrap();
    assert!(run(dir.path(), "new.npy").status.success());
    assert_eq!(mode("new.npy"), 0o640);
}

/// What cannot be said is no success.
#[test]
fn output__to_a_full_device_fails() {
    let dir = folder();
    for args in [
        &["verify", "m.onnx", "--engine", "tape", "--json"][..],
        &["plan", "m.onnx"],
        &["check", "m.onnx", "--json"],
        &["block", "list"],
        &["block", "show", "lut"],
        &["doctor"],
        &["--help"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let o = command(dir.path()).args(args).stdout(full).output().unwrap();
        assert!(!o.status.success(), "{args:?}");
    }
}

/// A run that is killed leaves its folder of work behind; the next one takes it away.
#[test]
fn leftovers__of_killed_runs_go_at_the_next_run() {
    let dir = folder();
    let hidden = || -> Vec<String> {
        let names = fs::read_dir(dir.path()).unwrap().flatten().map(|e| e.file_name().into_string().unwrap());
        names.filter(|n| n.starts_with(".niello-tmp-")).collect()
    };
    // Killed at the moment when the first of its hidden folders is there.
    let mut left = Vec::new();
    for attempt in 0..200 {
        let mut child = command(dir.path())
            .args(["build", "m.onnx", "-o", &format!("out{attempt}")])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none() {
            if !hidden().is_empty() {
                let _ = child.kill();
            }
        }
        child.wait().unwrap();
        left = hidden();
        if !left.is_empty() {
            break;
        }
    }
    assert!(!left.is_empty(), "no run could be killed while it wrote");
    assert!(niello(dir.path(), &["build", "m.onnx", "-o", "out"]).status.success());
    assert_eq!(hidden(), Vec::<String>::new());
}

/// A model in the cache that is not as it was written is built again, not loaded.
#[test]
fn cache__damaged_entries_are_built_again() {
    let dir = folder();
    let verify = || {
        let mut c = command(dir.path());
        c.args(["verify", "m.onnx", "--engine", "verilator", "--inputs", "x.npy", "--expect", "y.npy"]);
        if std::env::var_os("NIELLO_VENV").is_none() {
            c.env("NIELLO_VENV", Path::new(env!("CARGO_MANIFEST_DIR")).join(".venv"));
        }
        c.env("NIELLO_CACHE", dir.path().join("cache")).output().unwrap()
    };
    let first = verify();
    if text(&first).contains("E501") {
        return niello_testkit::tool("Verilator is missing");
    }
    assert!(first.status.success(), "{}", text(&first));
    let models = dir.path().join("cache/models");
    let entry = || fs::read_dir(&models).unwrap().flatten().next().unwrap().path();
    let library = entry().join("model.so");
    let whole = fs::read(&library).unwrap();
    let rom = fs::read_dir(entry()).unwrap().flatten().map(|e| e.path());
    let rom = { rom }.find(|p| p.extension().is_some_and(|e| e == "mem")).unwrap();
    let contents = fs::read_to_string(&rom).unwrap();
    fs::write(&library, &whole[..whole.len() / 2]).unwrap();
    assert!(verify().status.success(), "half of a library");
    assert_eq!(fs::read(&library).unwrap().len(), whole.len());
    fs::write(&rom, contents.replacen(|c: char| c != '0', "0", 1)).unwrap();
    assert!(verify().status.success(), "another ROM");
    assert_eq!(fs::read_to_string(&rom).unwrap(), contents);
    fs::remove_file(entry().join("sealed")).unwrap();
    assert!(verify().status.success(), "an entry that was never completed");
}
