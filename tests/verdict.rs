//! What `niello verify` calls equal, where the framework itself computes in float.
#![allow(non_snake_case, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn text(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr)
}

/// A node that the framework runs in float excuses a few elements, not any result.
#[test]
fn verify__float_nodes_do_not_excuse_everything() {
    let dir = tempfile::tempdir().unwrap();
    let model = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("model/tests/data/onnx_images/qdq_conv_clip.onnx");
    let (x, y) = (model.with_extension("x.npy"), model.with_extension("y.npy"));
    let verify = |x: &Path| {
        let paths = [&model, x, &y].map(|p| p.display().to_string());
        let args = ["verify", &paths[0], "--inputs", &paths[1], "--expect", &paths[2], "--engine", "golden"];
        Command::new(env!("CARGO_BIN_EXE_niello")).current_dir(dir.path()).args(args).output().unwrap()
    };
    let right = verify(&x);
    assert!(right.status.success() && text(&right).contains("in float"), "{}", text(&right));
    // Other inputs: as many samples, all with the other sign.
    let mut bytes = std::fs::read(&x).unwrap();
    bytes[128..].chunks_mut(4).for_each(|v| v[3] ^= 0x80);
    let other = dir.path().join("other.npy");
    std::fs::write(&other, bytes).unwrap();
    let wrong = verify(&other);
    assert!(!wrong.status.success() && text(&wrong).contains("not how floats round"), "{}", text(&wrong));
}
