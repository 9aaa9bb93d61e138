//! MLPerf Tiny: RTL == golden == LiteRT, with the planned cycles. The published keyword and anomaly models, where they lie beside the
//! checkout; the architectures of the others with random weights (model/tests/data/make_mlperf_tiny.py).
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn model(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/models").join(name);
    niello_testkit::there(path)
}

fn verify(name: &str, args: &[&str]) -> Option<serde_json::Value> {
    verify_file(&model(name)?, args)
}

fn verify_file(path: &Path, args: &[&str]) -> Option<serde_json::Value> {
    niello_testkit::found(niello::testbench::engine::verilator::VerilatorEngine::find())?;
    let o =
        Command::new(env!("CARGO_BIN_EXE_niello")).arg("verify").arg(path).args(args).arg("--json").output().unwrap();
    let text = String::from_utf8_lossy(&o.stdout).into_owned();
    assert!(o.status.success(), "{text} {}", String::from_utf8_lossy(&o.stderr));
    Some(serde_json::from_str(&text).unwrap())
}

/// 64 inputs; the plan at 156 multipliers keeps at least 85 % of them busy.
#[test]
fn kws__rtl_equals_litert() {
    let Some(v) = verify("kws_ref_model.tflite", &["--engine", "verilator", "--max-multipliers", "156"]) else {
        return;
    };
    assert_eq!(v["framework"]["differ"], 0);
    assert_eq!(v["framework"]["compared"], 64 * 12);
    let e = &v["engines"][0];
    assert_eq!((&e["frames"], &e["mismatches"]), (&64.into(), &0.into()));
    assert_eq!(e["ii"], v["planned_ii"]);
    let (ii, multipliers) = (v["planned_ii"].as_f64().unwrap(), v["multipliers"].as_f64().unwrap());
    assert!(2_656_768.0 / (ii * multipliers) > 0.85, "{ii} cycles on {multipliers}");
    assert!(2_656_768.0 / (ii * 156.0) > 0.80, "{ii} cycles");
}

/// With stalls on both sides, and without the softmax, on a folding that does not divide.
#[test]
fn kws__stalled_rtl_equals_golden() {
    let args = ["--engine", "verilator", "--max-multipliers", "77", "--stalls", "0.3", "--logits"];
    let Some(v) = verify("kws_ref_model.tflite", &args) else { return };
    assert_eq!(v["framework"], serde_json::Value::Null);
    assert_eq!(v["engines"][0]["mismatches"], 0);
}

#[test]
fn ad01__rtl_equals_litert() {
    let Some(v) = verify("ad01_int8.tflite", &["--engine", "verilator", "--max-multipliers", "156"]) else { return };
    assert_eq!((&v["framework"]["differ"], &v["framework"]["compared"]), (&0.into(), &(64 * 640).into()));
    assert_eq!(v["engines"][0]["mismatches"], 0);
    assert_eq!(v["engines"][0]["ii"], v["planned_ii"]);
}

/// Every sample's result is LiteRT's, and frames follow each other as planned.
fn own(name: &str, elements: u64, args: &[&str]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("model/tests/data/mlperf_tiny").join(name);
    let Some(v) = verify_file(&path, &[&["--engine", "verilator"], args].concat()) else { return };
    assert_eq!((&v["framework"]["differ"], &v["framework"]["compared"]), (&0.into(), &elements.into()), "{name}");
    assert_eq!(v["engines"][0]["mismatches"], 0, "{name}");
    assert_eq!(v["engines"][0]["ii"], v["planned_ii"], "{name} {args:?}");
}

#[test]
fn resnet8__rtl_equals_litert() {
    own("ic_resnet8.tflite", 8 * 10, &["--max-dsp", "156", "--resets", "0"]);
}

#[test]
fn visual_wake_words__rtl_equals_litert() {
    own("vww_mobilenet.tflite", 4 * 2, &["--max-multipliers", "312", "--resets", "0"]);
}

/// A window whose patches wait for the slower pointwise layer behind it needs room for the next image.
#[test]
fn streaming_wake_word__rtl_equals_litert_at_every_folding() {
    for args in [["--max-dsp", "156"], ["--max-multipliers", "24"], ["--max-multipliers", "300"]] {
        own("sww_ds_tcn.tflite", 16 * 3, &args);
    }
}
