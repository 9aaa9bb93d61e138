//! MLPerf Tiny: RTL == golden == LiteRT, with the planned cycles. The published keyword and anomaly models, where they lie beside the
//! checkout; the architectures of the others with random weights (model/tests/data/make_mlperf_tiny.py).
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

mod common;

use std::path::{Path, PathBuf};

use common::verdict;
use niello::net::plan::{Budget, Goal};
use niello::{Import, Verdict, Verification};

/// A published model, where it is there.
fn published(name: &str) -> Option<PathBuf> {
    niello_testkit::there(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/models").join(name))
}

fn multipliers(most: u64) -> Goal {
    Goal::MaxMultipliers(most)
}

fn dsps(most: u64) -> Goal {
    Goal::Within(Budget { dsps: Some(most), ..Budget::default() })
}

/// Framework and RTL agree on so many elements and frames, at the planned pace.
fn assert_equal(v: &Verdict, elements: usize) {
    let f = v.framework.as_ref().unwrap();
    assert_eq!((f.differ, f.compared), (0, elements), "{v}");
    let e = &v.engines[0];
    assert_eq!((e.frames, e.outcome.mismatches), (v.samples, 0), "{v}");
    assert_eq!(e.outcome.timing.unwrap().ii, Some(v.planned_ii), "{v}");
}

/// 64 inputs; the plan at 156 multipliers keeps at least 85 % of them busy.
#[test]
fn kws__rtl_equals_litert() {
    let Some(path) = published("kws_ref_model.tflite") else { return };
    let Some(v) = verdict(&path, &Import::default(), multipliers(156), |how| how) else { return };
    assert_equal(&v, 64 * 12);
    let (ii, multipliers) = (v.planned_ii as f64, v.multipliers as f64);
    assert!(2_656_768.0 / (ii * multipliers) > 0.85, "{ii} cycles on {multipliers}");
    assert!(2_656_768.0 / (ii * 156.0) > 0.80, "{ii} cycles");
}

/// With stalls on both sides, and without the softmax, on a folding that does not divide.
#[test]
fn kws__stalled_rtl_equals_golden() {
    let Some(path) = published("kws_ref_model.tflite") else { return };
    let logits = Import { logits: true, ..Import::default() };
    let how = |how| Verification { stalls: Some(0.3), expect: None, ..how };
    let Some(v) = verdict(&path, &logits, multipliers(77), how) else { return };
    assert!(v.framework.is_none() && v.engines[0].outcome.beats > 0, "{v}");
}

#[test]
fn ad01__rtl_equals_litert() {
    let Some(path) = published("ad01_int8.tflite") else { return };
    let Some(v) = verdict(&path, &Import::default(), multipliers(156), |how| how) else { return };
    assert_equal(&v, 64 * 640);
}

/// Every sample's result is LiteRT's, and frames follow each other as planned.
fn own(name: &str, elements: usize, goal: Goal, resets: Option<usize>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("model/tests/data/mlperf_tiny").join(name);
    let how = |how| Verification { resets, ..how };
    let Some(v) = verdict(&path, &Import::default(), goal, how) else { return };
    assert_equal(&v, elements);
}

#[test]
fn resnet8__rtl_equals_litert() {
    own("ic_resnet8.tflite", 8 * 10, dsps(156), Some(0));
}

#[test]
fn visual_wake_words__rtl_equals_litert() {
    own("vww_mobilenet.tflite", 4 * 2, multipliers(312), Some(0));
}

/// A window whose patches wait for the slower pointwise layer behind it needs room for the next image.
#[test]
fn streaming_wake_word__rtl_equals_litert_at_every_folding() {
    for goal in [dsps(156), multipliers(24), multipliers(300)] {
        own("sww_ds_tcn.tflite", 16 * 3, goal, None);
    }
}
