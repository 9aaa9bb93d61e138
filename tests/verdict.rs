//! What `niello verify` calls equal, and what it does not: nothing compared, floats too far apart, labels that are none, a machine at fault.
#![allow(non_snake_case, missing_docs)]

#[path = "../model/tests/common/sweep.rs"]
mod sweep;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use niello::model::{npy, DType, Tensor, Value};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn niello(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niello")).current_dir(root()).args(args).output().unwrap()
}

fn text(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr)
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn refused(args: &[&str], code: &str) -> String {
    let o = niello(args);
    let t = text(&o);
    assert!(!o.status.success() && t.contains(&format!("error: {code}")) && t.contains("help: "), "{args:?}: {t}");
    t
}

const DIGITS: &str = "examples/digits_mlp/digits_mlp.onnx";
const X: &str = "examples/digits_mlp/digits_mlp.x.npy";
const FLOAT: &str = "model/tests/data/onnx_images/qdq_conv_clip";

/// A node that the framework runs in float excuses what rounds elsewhere, not any result.
#[test]
fn verify__float_nodes_do_not_excuse_everything() {
    let dir = tempfile::tempdir().unwrap();
    let (model, x, y) = (format!("{FLOAT}.onnx"), format!("{FLOAT}.x.npy"), format!("{FLOAT}.y.npy"));
    let verify = |x: &str, y: &str, more: &[&str]| {
        niello(&[&["verify", &model, "--inputs", x, "--expect", y, "--engine", "golden"][..], more].concat())
    };
    let right = verify(&x, &y, &[]);
    assert!(right.status.success() && text(&right).contains("in float"), "{}", text(&right));
    // Other inputs: as many samples, all with the other sign.
    let mut bytes = std::fs::read(root().join(&x)).unwrap();
    bytes[128..].chunks_mut(4).for_each(|v| v[3] ^= 0x80);
    let other = dir.path().join("other.npy");
    std::fs::write(&other, bytes).unwrap();
    let wrong = verify(shown(&other), &y, &[]);
    assert!(!wrong.status.success() && text(&wrong).contains("too much: "), "{}", text(&wrong));

    // One element apart: by one code it is excused, by two it is not, and no distance at all may be asked for.
    let results = npy::read("y", &std::fs::read(root().join(&y)).unwrap()).unwrap();
    let value = Value { name: "y".into(), shape: results.shape[1..].to_vec(), dtype: results.dtype };
    let apart = |codes: i64| {
        let mut samples = results.samples.clone();
        let Tensor::F32(first) = &mut samples[0] else {
            let Tensor::Int(first) = &mut samples[0] else { unreachable!() };
            first[0] += if first[0] > 0 { -codes } else { codes };
            return samples;
        };
        let step = step(&results.samples);
        first[0] += if first[0] > 0.0 { -step } else { step } * codes as f32;
        samples
    };
    let file = dir.path().join("y.npy");
    for (codes, more, equal) in [
        (1, &[][..], true),
        (2, &[][..], false),
        (2, &["--float-distance", "2"][..], true),
        (1, &["--float-distance", "0"][..], false),
        (1, &["--float-share", "0"][..], false),
    ] {
        std::fs::write(&file, npy::write(&value, &apart(codes)).unwrap()).unwrap();
        let o = verify(&x, shown(&file), more);
        assert_eq!(o.status.success(), equal, "{codes} {more:?}: {}", text(&o));
        assert!(text(&o).contains(&format!("by at most {codes} codes")), "{}", text(&o));
    }
    refused(&["verify", &model, "--float-share", "101"], "E108");
    refused(&["verify", &model, "--float-distance", "-1"], "E108");
    refused(&["synth"], "E109");
}

/// A softmax of reals at the model's end is the host's: float32 may round otherwise there, and by a code of 1/256 in places, not farther.
#[test]
fn verify__of_a_softmax_of_reals_counts_in_codes() {
    let dir = tempfile::tempdir().unwrap();
    let sweep = sweep::Sweep::read("", "sweep_onnx");
    let case = sweep.cases().find(|c| c.name == "feed_forward6_u8").unwrap();
    let (x, y) = case.data.unwrap();
    let path = |name: &str| dir.path().join(name);
    std::fs::write(path("m.onnx"), case.model).unwrap();
    let value = Value { name: "v".into(), shape: vec![16, 16], dtype: DType::F32 };
    std::fs::write(path("x.npy"), npy::write(&value, &x).unwrap()).unwrap();
    for (moved, equal) in [(0.0, true), (1.2 / 256.0, true), (1.7 / 256.0, false)] {
        let mut results = y.clone();
        let Tensor::F32(first) = &mut results[0] else { unreachable!() };
        first[0] += moved;
        std::fs::write(path("y.npy"), npy::write(&value, &results).unwrap()).unwrap();
        let (m, x, y) = (path("m.onnx"), path("x.npy"), path("y.npy"));
        let o = niello(&["verify", shown(&m), "--inputs", shown(&x), "--expect", shown(&y), "--engine", "golden,tape"]);
        assert_eq!(o.status.success(), equal, "{moved}: {}", text(&o));
        assert!(text(&o).contains("profile ort-float"), "{}", text(&o));
    }
}

/// The smallest distance of different results: what a code is worth.
fn step(samples: &[Tensor]) -> f32 {
    let mut all: Vec<f32> = samples.iter().flat_map(|s| s.floats().to_vec()).collect();
    all.sort_by(f32::total_cmp);
    all.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 1e-9).fold(f32::INFINITY, f32::min)
}

#[test]
fn verify__of_nothing_is_no_verdict() {
    let t = refused(&["verify", DIGITS, "--inputs", X, "--engine", "golden"], "E108");
    assert!(t.contains("nothing would be compared") && !t.contains("EQUAL"), "{t}");
    refused(&["block", "verify", "argmax", "--engine", "golden"], "E108");
    let o = niello(&["verify", DIGITS, "--engine", "golden"]);
    assert!(o.status.success() && text(&o).contains("EQUAL: golden == framework (no engine ran)"), "{}", text(&o));
    assert!(!text(&o).contains("resets"), "nobody ran resets: {}", text(&o));
    for option in [&["--resets", "3"][..], &["--stalls", "0.5"], &["--layers"]] {
        refused(&[&["verify", DIGITS, "--engine", "golden"], option].concat(), "E108");
    }
}

/// A failure names the sample, the element, both values and what to do next.
#[test]
fn verify__failures_name_what_differs() {
    let dir = tempfile::tempdir().unwrap();
    let y = npy::read("y", &std::fs::read(root().join(X.replace(".x.", ".y."))).unwrap()).unwrap();
    let mut samples = y.samples.clone();
    let Tensor::F32(v) = &mut samples[17] else { unreachable!() };
    v[4] += 1000.0;
    let value = Value { name: "y".into(), shape: vec![10], dtype: DType::F32 };
    let file = dir.path().join("y.npy");
    std::fs::write(&file, npy::write(&value, &samples).unwrap()).unwrap();
    let o = niello(&["verify", DIGITS, "--inputs", X, "--expect", shown(&file), "--engine", "tape"]);
    let t = text(&o);
    assert!(!o.status.success() && t.contains("sample 17, element 4: ") && t.contains(" expected, "), "{t}");
    assert!(t.contains("FAILED: the golden model differs from the framework") && t.contains("further: niello "), "{t}");
}

#[test]
fn labels__are_one_class_a_sample() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("l.npy");
    let with = |shape: &[usize], dtype: DType, labels: &[Tensor], more: &[&str]| {
        let value = Value { name: "l".into(), shape: shape.to_vec(), dtype };
        std::fs::write(&file, npy::write(&value, labels).unwrap()).unwrap();
        [&["verify", DIGITS, "--inputs", X, "--engine", "tape", "--labels", shown(&file)][..], more]
            .concat()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let refuse = |args: Vec<String>, part: &str| {
        let t = refused(&args.iter().map(String::as_str).collect::<Vec<_>>(), "E106");
        assert!(t.contains(part), "{part}: {t}");
    };
    let ints = |n: usize, l: i64| vec![Tensor::Int(vec![l]); n];
    refuse(with(&[], DType::I64, &ints(359, 1), &[]), "359 labels");
    refuse(with(&[], DType::I64, &ints(360, 10), &[]), "label 10 for sample 0");
    refuse(with(&[], DType::I64, &ints(360, -1), &[]), "label -1");
    refuse(with(&[10], DType::I64, &vec![Tensor::Int(vec![0; 10]); 360], &[]), "shape [360, 10]");
    refuse(with(&[], DType::F32, &vec![Tensor::F32(vec![0.5]); 360], &[]), "floats");
    let run = |args: Vec<String>| niello(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let o = run(with(&[1], DType::I32, &ints(360, 1), &[]));
    assert!(o.status.success() && text(&o).contains("of 360 labels"), "{}", text(&o));
    let o = run(with(&[], DType::I64, &ints(360, 1), &["--min-accuracy", "50"]));
    assert!(!o.status.success() && text(&o).contains("fewer right answers than wanted"), "{}", text(&o));
    // Those beside the model reach 97.2 %.
    assert!(niello(&["verify", DIGITS, "--engine", "tape", "--min-accuracy", "97"]).status.success());
    assert!(!niello(&["verify", DIGITS, "--engine", "tape", "--min-accuracy", "97.5"]).status.success());
    refused(&["verify", DIGITS, "--inputs", X, "--min-accuracy", "97"], "E108");
    refused(&["verify", DIGITS, "--min-accuracy", "970"], "E108");
}

/// Results of an x86 without VNNI, whose kernels saturate: named, with the cure. (The models and ONNX Runtime's results on such a machine.)
#[test]
fn verify__names_a_machine_that_saturates() {
    for (name, differ) in [("mlp_default", 7), ("mlp_pc", 301)] {
        let at = |suffix: &str| format!("tests/data/saturating/{name}{suffix}");
        let o = niello(&["verify", &at(".onnx"), "--engine", "golden", "--json"]);
        let v: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
        let f = &v["framework"];
        assert!(!o.status.success(), "{v}");
        assert_eq!((&f["differ"], &f["compared"], &f["saturated"]), (&differ.into(), &640.into(), &true.into()), "{v}");
        let t = text(&niello(&["verify", &at(".onnx"), "--engine", "golden"]));
        assert!(t.contains("session.x64quantprecision") && t.contains("reduce_range"), "{t}");
    }
    // Any other difference is not explained that way.
    let dir = tempfile::tempdir().unwrap();
    let mut y = std::fs::read(root().join("tests/data/saturating/mlp_pc.y.npy")).unwrap();
    let n = y.len();
    y[n - 1] ^= 0x40;
    let file = dir.path().join("y.npy");
    std::fs::write(&file, y).unwrap();
    let (model, x) = ("tests/data/saturating/mlp_pc.onnx", "tests/data/saturating/mlp_pc.x.npy");
    let o = niello(&["verify", model, "--inputs", x, "--expect", shown(&file), "--engine", "golden"]);
    assert!(!o.status.success() && !text(&o).contains("VNNI"), "{}", text(&o));
}

/// An option that could do nothing is an error, not a comfort.
#[test]
fn options__that_do_nothing_are_errors() {
    for (args, code) in [
        (&["plan", DIGITS, "--profile", "tflite-xnnpack"][..], "E108"),
        (&["plan", DIGITS, "--hardware-softmax"], "E108"),
        (&["verify", DIGITS, "--engine", "tape,tape"], "E108"),
        (&["verify", DIGITS, "--engine", "all,tape"], "E108"),
        (&["block", "verify", "argmax", "--engine", "tape,tape"], "E108"),
        (&["run", DIGITS, "--inputs", X, "--outputs", "y.npy", "--engine", "golden", "--target-ii", "9"], "E108"),
        (&["run", DIGITS, "--inputs", X, "--outputs", "y.npy", "--engine", "all"], "E108"),
    ] {
        refused(args, code);
    }
}

/// What clap says arrives whole: which argument is missing, which value was meant.
#[test]
fn usage__names_what_is_missing_and_what_was_meant() {
    for (args, part) in [
        (&["build", DIGITS][..], "--output <DIR>"),
        (&["block", "build", "lut"], "--output <DIR>"),
        (&["plan", DIGITS, "--max-dps", "3"], "help: a similar argument exists: '--max-dsp'"),
        (&["verify", DIGITS, "--engine", "tap"], "[possible values: golden, tape, verilator, icarus, all]"),
        (&["verfy", DIGITS], "verify"),
    ] {
        let t = refused(args, "E109");
        assert!(t.contains(part), "{args:?}: {t}");
    }
}
