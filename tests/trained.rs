//! Trained models that people really use: golden == LiteRT on all of them; RTL == golden with the planned cycles on MLPerf Tiny's four
//! and on two deep residual networks. `make trained` fetches them (model/tests/data/make_trained.py); without them this is skipped, loudly.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

mod common;

use std::path::PathBuf;

use niello::engines::Choice;
use niello::net::plan::Goal;
use niello::{Folding, Import, Model, Quiet, Verification};

/// Where `make trained` puts them.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("build/trained");
    if folder.join("visual_wake_words.y.npy").is_file() {
        return Some(folder);
    }
    niello_testkit::data(&format!("no trained models in {}; `make trained` fetches them", folder.display()));
    None
}

#[test]
fn trained_models__golden_equals_litert() {
    let Some(folder) = folder() else { return };
    let mut compared = 0;
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "tflite") {
            let model = Model::open(&path, &Import::default()).unwrap();
            let plan = niello::plan(&model, &Folding::default()).unwrap();
            let how = Verification { engines: vec![Choice::Golden], ..Verification::beside(&model).unwrap() };
            let v = niello::verify(&model, &plan, &how, &Quiet).unwrap();
            let f = v.framework.as_ref().unwrap();
            assert!(v.equal() && f.differ == 0 && f.compared >= 8, "{}: {v}", path.display());
            compared += 1;
        }
    }
    assert_eq!(compared, 16);
}

#[test]
fn trained_models__rtl_equals_golden_at_the_planned_pace() {
    let Some(folder) = folder() else { return };
    for name in [
        "anomaly_detection",
        "image_classification",
        "keyword_spotting",
        "visual_wake_words",
        "keyword_spotting_mobilenetv2",
        "keyword_spotting_alexa",
    ] {
        let path = folder.join(name).with_extension("tflite");
        let goal = Goal::MaxMultipliers(156);
        let Some(v) = common::verdict(&path, &Import::default(), goal, |how| how) else { return };
        let (e, f) = (&v.engines[0], v.framework.as_ref().unwrap());
        assert_eq!((e.frames, e.outcome.mismatches, f.differ), (4, 0, 0), "{v}");
        assert_eq!(e.outcome.timing.unwrap().ii, Some(v.planned_ii), "{name}");
    }
}
