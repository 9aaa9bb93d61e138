//! The same configuration gives the same bytes: in one process, in two, in any working directory.
// Tests may do what the generator may not.
#![allow(non_snake_case, missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use niello_gen::blocks::all_and_unproven;
use niello_gen::emit::verilog;
use niello_gen::num::Prng;

/// All files of a few configurations of every block.
fn everything() -> String {
    let mut text = String::new();
    for block in all_and_unproven() {
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

/// Equal content is one module; one name for different contents gets a hash, the same in every run.
#[test]
fn modules__are_one_where_their_content_is() {
    use niello_gen::hdl::Build;
    let b = Build::new();
    let make = |name: &str, invert: bool| {
        let m = b.module(name);
        let x = m.input("x_i", 4);
        m.output("y_o", if invert { !x } else { x + x }.trunc(4));
        m.finish()
    };
    let (a, same, other) = (make("nl_a", true), make("nl_b", true), make("nl_a", false));
    assert_eq!(a, same);
    assert_ne!(a, other);
    let top = b.module("nl_top");
    let x = top.input("x_i", 4);
    let mut outputs = Vec::new();
    for (i, id) in [a, same, other].into_iter().enumerate() {
        let inst = top.instance(&format!("u_inst{i}"), id);
        inst.set("x_i", x);
        outputs.push(inst.get("y_o"));
    }
    top.output("y_o", top.lanes(&outputs));
    let id = top.finish();
    let files: Vec<String> = verilog(&b.validate(id).unwrap()).into_iter().map(|f| f.path).collect();
    assert_eq!(files.len(), 3);
    assert_eq!((files[0].as_str(), files[2].as_str()), ("nl_a.v", "nl_top.v"));
    assert!(files[1].starts_with("nl_a_") && files[1].len() == "nl_a_123456.v".len(), "{files:?}");
}
