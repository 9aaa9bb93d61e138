//! Trained models that people really use: golden == LiteRT on all of them; RTL == golden with the planned cycles on MLPerf Tiny's four
//! and on two deep residual networks. `make trained` fetches them (model/tests/data/make_trained.py); without them this is skipped, loudly.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use std::path::PathBuf;
use std::process::Command;

/// Where `make trained` puts them.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("build/trained");
    if folder.join("visual_wake_words.y.npy").is_file() {
        return Some(folder);
    }
    niello_testkit::data(&format!("no trained models in {}; `make trained` fetches them", folder.display()));
    None
}

fn verify(model: &PathBuf, args: &[&str]) -> serde_json::Value {
    let run = Command::new(env!("CARGO_BIN_EXE_niello")).arg("verify").arg(model).args(args).arg("--json").output();
    let o = run.unwrap();
    let text = String::from_utf8_lossy(&o.stdout).into_owned();
    assert!(o.status.success(), "{}: {text} {}", model.display(), String::from_utf8_lossy(&o.stderr));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn trained_models__golden_equals_litert() {
    let Some(folder) = folder() else { return };
    let mut compared = 0;
    for entry in folder.read_dir().unwrap() {
        let model = entry.unwrap().path();
        if model.extension().is_some_and(|e| e == "tflite") {
            let v = verify(&model, &["--engine", "golden"]);
            assert_eq!(v["framework"]["differ"], 0, "{}", model.display());
            assert!(v["framework"]["compared"].as_u64().unwrap() >= 8, "{}", model.display());
            compared += 1;
        }
    }
    assert_eq!(compared, 16);
}

#[test]
fn trained_models__rtl_equals_golden_at_the_planned_pace() {
    let Some(folder) = folder() else { return };
    let engine = niello::testbench::engine::verilator::VerilatorEngine::find();
    if niello_testkit::found(engine).is_none() {
        return;
    }
    for name in [
        "anomaly_detection",
        "image_classification",
        "keyword_spotting",
        "visual_wake_words",
        "keyword_spotting_mobilenetv2",
        "keyword_spotting_alexa",
    ] {
        let model = folder.join(name).with_extension("tflite");
        let v = verify(&model, &["--engine", "verilator", "--max-multipliers", "156"]);
        let e = &v["engines"][0];
        assert_eq!((&e["frames"], &e["mismatches"], &v["framework"]["differ"]), (&4.into(), &0.into(), &0.into()));
        assert_eq!(e["ii"], v["planned_ii"], "{name}");
    }
}
