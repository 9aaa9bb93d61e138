//! The same configuration gives the same bytes: in one process, in two, in any working directory.
// Tests may do what the generator may not.
#![allow(non_snake_case, missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use niello_gen::blocks::all;
use niello_gen::emit::verilog;
use niello_gen::num::Prng;

/// All files of a few configurations of every block.
fn everything() -> String {
    let mut text = String::new();
    for block in all() {
        for seed in 0..6 {
            let instance = block.random(&mut Prng::named(seed, "determinism")).unwrap();
            for f in verilog(&instance.design().unwrap()) {
                text += &format!("== {}\n{}", f.path, f.text);
            }
        }
    }
    text
}

#[test]
fn emitted_bytes__are_the_same_in_another_process_and_directory() {
    let here = everything();
    assert_eq!(here, everything());
    if let Some(path) = std::env::var_os("NIELLO_DETERMINISM_OUT") {
        std::fs::write(path, here).unwrap();
        return;
    }
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("determinism-{}", std::process::id()));
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .current_dir(std::env::temp_dir())
        .env("NIELLO_DETERMINISM_OUT", &path)
        .env("LANG", "tr_TR.UTF-8")
        .env("TZ", "Asia/Kathmandu")
        .status()
        .unwrap();
    assert!(status.success());
    let there = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(here == there, "bytes differ between processes");
    assert!(!here.contains(env!("CARGO_MANIFEST_DIR")), "a path of this machine is in the output");
}
