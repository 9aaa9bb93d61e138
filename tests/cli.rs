//! The command line as a user meets it: what works, and what every bad input says.
#![allow(non_snake_case, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn niello(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niello")).current_dir(dir).args(args).output().unwrap()
}

fn text(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr)
}

const DIGITS: &str = "examples/digits_mlp/digits_mlp.onnx";

/// A coded one-line error with help, and an exit code that says so.
fn refused(dir: &Path, args: &[&str], code: &str) -> String {
    let o = niello(dir, args);
    let t = text(&o);
    assert!(!o.status.success(), "{args:?} succeeded:\n{t}");
    assert!(!t.contains("panicked"), "{args:?}:\n{t}");
    let errors: Vec<&str> = t.lines().filter(|l| l.starts_with("error: ")).collect();
    assert!(!errors.is_empty(), "{args:?}:\n{t}");
    for e in &errors {
        assert!(e.starts_with(&format!("error: {code}")) && e.contains("help: "), "{args:?}: {e}");
        assert!(e.chars().all(|c| !c.is_control()), "{e:?}");
    }
    t
}

#[test]
fn verify__digits_on_the_tape_alone() {
    let o = niello(&root(), &["--json", "verify", DIGITS, "--engine", "tape"]);
    assert!(o.status.success(), "{}", text(&o));
    let json: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
    assert_eq!(json["equal"], true);
    assert_eq!(json["engines"][0]["beats"], 3600);
    assert_eq!(json["framework"]["differ"], 0);
    assert_eq!(json["engines"][0]["ii"], json["planned_ii"]);
    assert_eq!(json["accuracy"]["right"], 350);
}

#[test]
fn verify__says_plainly_what_was_not_there() {
    let o = Command::new(env!("CARGO_BIN_EXE_niello"))
        .current_dir(root())
        .env("PATH", "/nowhere")
        .env("NIELLO_VERILATOR", "system")
        .args(["verify", DIGITS])
        .output()
        .unwrap();
    let t = text(&o);
    assert!(
        o.status.success() && t.contains("not run: E501 Verilator was not found") && t.contains("EQUAL: RTL (tape)"),
        "{t}"
    );
}

/// The verdict can fail: one wrong code in the framework's results, one element less.
#[test]
fn verify__fails_on_a_wrong_expectation() {
    let dir = tempfile::tempdir().unwrap();
    let mut y = std::fs::read(root().join("examples/digits_mlp/digits_mlp.y.npy")).unwrap();
    let n = y.len();
    y[n - 1] ^= 0x40;
    let wrong = dir.path().join("y.npy");
    std::fs::write(&wrong, &y).unwrap();
    let o = niello(&root(), &["verify", DIGITS, "--engine", "tape", "--expect", wrong.to_str().unwrap()]);
    assert!(
        !o.status.success() && text(&o).contains("golden differs in 1 of 3,600") && text(&o).contains("FAILED"),
        "{}",
        text(&o)
    );
    std::fs::write(&wrong, &y[..n - 4]).unwrap();
    refused(&root(), &["verify", DIGITS, "--expect", wrong.to_str().unwrap()], "E106");
}

#[test]
fn build__the_folder_stands_alone() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let o = niello(&root(), &["build", DIGITS, "-o", out.to_str().unwrap()]);
    assert!(o.status.success(), "{}", text(&o));
    let border: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("border.json")).unwrap()).unwrap();
    assert_eq!(border["input"]["hardware"]["elements"], 64);
    let list = std::fs::read_to_string(out.join("files.f")).unwrap();
    assert!(list.lines().all(|f| out.join(f).is_file()) && list.lines().last() == Some("nl_digits_mlp.v"));
    // A second time only with --force; a folder of something else never.
    refused(&root(), &["build", DIGITS, "-o", out.to_str().unwrap()], "E508");
    assert!(niello(&root(), &["build", DIGITS, "-o", out.to_str().unwrap(), "--force"]).status.success());
    let other = dir.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("thesis.tex"), "x").unwrap();
    std::fs::write(other.join("files.f"), "mine.v\n").unwrap();
    refused(&root(), &["build", DIGITS, "-o", other.to_str().unwrap(), "--force"], "E507");
    assert_eq!(std::fs::read_dir(&other).unwrap().count(), 2);
    // An earlier output to which a user added something is the user's; `.` is the folder it means.
    assert!(niello(&out, &["build", root().join(DIGITS).to_str().unwrap(), "-o", ".", "--force"]).status.success());
    assert!(out.join("nl_digits_mlp.v").is_file());
    std::fs::write(out.join("my_constraints.xdc"), "").unwrap();
    refused(&root(), &["build", DIGITS, "-o", out.to_str().unwrap(), "--force"], "E507");
    std::fs::remove_file(out.join("my_constraints.xdc")).unwrap();
    let dangling = dir.path().join("dangling");
    std::os::unix::fs::symlink("nowhere", &dangling).unwrap();
    refused(&root(), &["build", DIGITS, "-o", dangling.to_str().unwrap()], "E507");
    let left = std::fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(left, 3, "nothing temporary is left behind");
}

#[test]
fn run__writes_what_the_framework_computes() {
    let dir = tempfile::tempdir().unwrap();
    let y = dir.path().join("y.npy");
    let x = "examples/digits_mlp/digits_mlp.x.npy";
    for engine in ["golden", "tape"] {
        let o = niello(&root(), &["run", DIGITS, "--inputs", x, "--outputs", y.to_str().unwrap(), "--engine", engine]);
        assert!(o.status.success(), "{}", text(&o));
        let read = |p: &Path| niello::model::npy::read("y", &std::fs::read(p).unwrap()).unwrap();
        assert_eq!(read(&y), read(&root().join("examples/digits_mlp/digits_mlp.y.npy")), "{engine}");
    }
}

#[test]
fn plan__meets_its_goal() {
    let plan = |args: &[&str]| {
        let mut all = vec!["--json", "plan", DIGITS];
        all.extend(args);
        let o = niello(&root(), &all);
        assert!(o.status.success(), "{}", text(&o));
        serde_json::from_slice::<serde_json::Value>(&o.stdout).unwrap()
    };
    assert!(plan(&["--max-multipliers", "20"])["multipliers"].as_u64().unwrap() <= 20);
    assert!(plan(&["--target-ii", "100"])["ii"].as_u64().unwrap() <= 100);
    let one = plan(&["--target-ii", "1"]);
    assert_eq!((one["ii"].as_u64(), one["stages"][0]["pe"].as_u64()), (Some(1), Some(16)));
    refused(&root(), &["plan", DIGITS, "--max-multipliers", "1"], "E202");
    refused(&root(), &["plan", DIGITS, "--target-ii", "0"], "E201");
}

/// 264,192 weights at 156 multipliers: folding that need not divide.
/// Averages have tables and thresholds: there is no utilization of nothing.
#[test]
fn plan__without_multipliers_has_no_utilization() {
    let o = niello(&root(), &["plan", "model/tests/data/onnx_images/qdq_avg_uint8.onnx"]);
    let t = text(&o);
    assert!(o.status.success() && t.contains("l0_threshold"), "{t}");
    assert!(!t.contains("NaN") && t.contains("0 multipliers of 18 x 18"), "{t}");
}

#[test]
fn plan__ad01_within_1900_cycles() {
    let model = "../shared/models/ad01_int8.tflite";
    if niello_testkit::there(root().join(model)).is_none() {
        return;
    }
    let o = niello(&root(), &["--json", "verify", model, "--max-multipliers", "156", "--engine", "tape"]);
    let json: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
    assert_eq!(json["equal"], true, "{}", text(&o));
    assert!(json["planned_ii"].as_u64().unwrap() <= 1900 && json["multipliers"].as_u64().unwrap() <= 156);
    assert_eq!(json["engines"][0]["ii"], json["planned_ii"]);
    assert_eq!(json["framework"]["compared"], 40960);
    assert_eq!(json["framework"]["differ"], 0);
}

#[test]
fn block__list_show_verify_run() {
    let dir = tempfile::tempdir().unwrap();
    let ok = |args: &[&str]| {
        let o = niello(dir.path(), args);
        assert!(o.status.success(), "{args:?}\n{}", text(&o));
        text(&o)
    };
    let list = ok(&["block", "list"]);
    for b in niello::gen::blocks::all() {
        let line = list.lines().find(|l| l.split_whitespace().next() == Some(b.about().name));
        let stage = format!(" {:?} ", niello::catalogue::stage(&*b, &niello::catalogue::Records::compiled()).unwrap());
        assert!(line.is_some_and(|l| l.contains(&stage)), "{}: {list}", b.about().name);
    }
    let busy = ok(&["block", "verify", "mac_array", "--set", "k=16", "--engine", "tape"]);
    assert!(busy.contains("EQUAL") && busy.contains("100.0 % useful"), "{busy}");
    // A block with two inputs, one with an output of whole words without a last mark: exported with a testbench that any simulator runs.
    for name in ["mac_array", "sparse_decoder"] {
        ok(&["block", "build", name, "-o", name]);
        let Some(iverilog) = niello_testkit::found(niello::testbench::tools::on_path("iverilog").ok_or("no iverilog"))
        else {
            continue;
        };
        let folder = dir.path().join(name);
        let bench = std::fs::read_dir(&folder).unwrap().flatten().map(|e| e.file_name().into_string().unwrap());
        let bench = { bench }.find(|n| n.ends_with("_tb.v")).unwrap();
        let args = ["-g2005", "-Wall", "-o", "sim.vvp", "-f", "files.f", &bench];
        let built = Command::new(iverilog).current_dir(&folder).args(args).output().unwrap();
        assert!(built.status.success(), "{}", text(&built));
        let ran = Command::new("vvp").current_dir(&folder).args(["-n", "sim.vvp"]).output().unwrap();
        assert!(text(&ran).contains("PASS"), "{}", text(&ran));
    }
    assert!(ok(&["block", "show", "requant"]).contains("acc_bits = 20"));
    assert!(ok(&["block", "verify", "argmax", "--set", "elements=7", "lanes=2", "--engine", "tape"]).contains("EQUAL"));
    let value = niello::model::Value { name: "x".into(), shape: vec![10], dtype: niello::model::DType::I8 };
    let x = [
        niello::model::Tensor::Int(vec![3, -5, 99, 7, 99, 0, 0, 0, 0, 1]),
        niello::model::Tensor::Int(vec![-9, -8, -7, -6, -5, -4, -3, -2, -1, -10]),
    ];
    std::fs::write(dir.path().join("x.npy"), niello::model::npy::write(&value, &x).unwrap()).unwrap();
    for engine in ["golden", "tape"] {
        ok(&["block", "run", "argmax", "--input", "s_axis=x.npy", "--output", "m_axis=y.npy", "--engine", engine]);
        let y = niello::model::npy::read("y", &std::fs::read(dir.path().join("y.npy")).unwrap()).unwrap();
        assert_eq!(y.samples, [niello::model::Tensor::Int(vec![2]), niello::model::Tensor::Int(vec![8])]);
    }
    refused(
        dir.path(),
        &["block", "run", "argmax", "--set", "elements=9", "--input", "s_axis=x.npy", "--output", "m_axis=y.npy"],
        "E106",
    );
    ok(&["block", "run", "skid_buffer", "--set", "signed=true", "--input", "s_axis=x.npy", "--output", "m_axis=y.npy"]);
    refused(dir.path(), &["block", "show", "nothing"], "E310");
    refused(dir.path(), &["block", "verify", "argmax", "--set", "colour=red"], "E301");
    refused(dir.path(), &["block", "verify", "argmax", "--set", "lanes=many"], "E302");
    refused(dir.path(), &["block", "verify", "argmax", "--set", "lanes=0"], "E303");
    refused(dir.path(), &["block", "run", "argmax", "--input", "t=x.npy", "--output", "m_axis=y.npy"], "E108");
}

#[test]
fn sparsity__prints_a_table_or_json_and_refuses_what_is_no_tensor_of_integers() {
    let dir = tempfile::tempdir().unwrap();
    let model = root().join("examples/matmulfree/matmulfree.onnx").display().to_string();
    let shown = niello(dir.path(), &["sparsity", &model, "--block", "32"]);
    assert!(
        shown.status.success() && text(&shown).contains("elements of 2 bits: a bitmap is shorter than no code above")
    );
    let json = niello(dir.path(), &["sparsity", &model, "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((json["tensors"].as_array().unwrap().len(), &json["tensors"][0]["shortest"]), (7, &"none".into()));
    let x = root().join("examples/digits_cnn/digits_cnn.x.npy").display().to_string();
    refused(dir.path(), &["sparsity", &model, "--width", "3"], "E108");
    refused(dir.path(), &["sparsity", &model, "--inputs", &x], "E106");
    refused(dir.path(), &["sparsity", &x], "E106");
    refused(dir.path(), &["sparsity", "none.npy"], "E107");
    refused(dir.path(), &["sparsity", &model, "--block", "4"], "E109");
}

#[test]
fn bad_files__are_refused_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let model = std::fs::read(root().join(DIGITS)).unwrap();
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(dir.path().join(name), bytes).unwrap();
    };
    refused(dir.path(), &["verify", "missing.onnx"], "E107");
    refused(dir.path(), &["verify", "."], "E107");
    refused(dir.path(), &["verify", "a\x1b[31mb\nc.onnx"], "E107");
    refused(dir.path(), &["plan", "x.onnx", "--bogus"], "E109");
    refused(dir.path(), &["unheard-of"], "E109");
    for (name, bytes) in [
        ("empty.onnx", &b""[..]),
        ("text.onnx", b"hello world"),
        ("half.onnx", &model[..model.len() / 2]),
        ("head.tflite", b"\x1c\0\0\0TFL3"),
    ] {
        put(name, bytes);
        for command in ["verify", "plan"] {
            refused(dir.path(), &[command, name], "E102");
        }
        let o = niello(dir.path(), &["build", name, "-o", "out"]);
        assert!(!o.status.success() && !dir.path().join("out").exists());
    }
    put("good.onnx", &model);
    put("x.npy", b"\x93NUMPY");
    refused(dir.path(), &["verify", "good.onnx", "--inputs", "x.npy"], "E106");
    let value = |shape: &[usize], dtype| niello::model::Value { name: "x".into(), shape: shape.to_vec(), dtype };
    let wrong_shape = niello::model::npy::write(
        &value(&[63], niello::model::DType::F32),
        &[niello::model::Tensor::F32(vec![0.0; 63])],
    )
    .unwrap();
    put("x.npy", &wrong_shape);
    refused(dir.path(), &["verify", "good.onnx", "--inputs", "x.npy"], "E106");
    let wrong_type =
        niello::model::npy::write(&value(&[64], niello::model::DType::I8), &[niello::model::Tensor::Int(vec![0; 64])])
            .unwrap();
    put("x.npy", &wrong_type);
    refused(dir.path(), &["verify", "good.onnx", "--inputs", "x.npy"], "E106");
    refused(dir.path(), &["verify", "good.onnx", "--stalls", "1.5"], "E108");
    refused(dir.path(), &["run", "good.onnx", "--inputs", "x.npy", "--outputs", "no/such/folder/y.npy"], "E106");
}

/// A model whose names would leave a comment, a file name or a terminal line.
#[test]
fn hostile_names__stay_inside() {
    let dir = tempfile::tempdir().unwrap();
    let model = std::fs::read(root().join(DIGITS)).unwrap();
    for name in ["a b*`$(x).onnx", "module.onnx", "..onnx", "12345.onnx", "\u{202e}\u{1b}[31m.onnx", "x\ny.onnx"] {
        std::fs::write(dir.path().join(name), &model).unwrap();
        let o = niello(dir.path(), &["build", name, "-o", "out"]);
        assert!(o.status.success(), "{name}: {}", text(&o));
        for entry in std::fs::read_dir(dir.path().join("out")).unwrap().flatten() {
            let file = entry.file_name().into_string().unwrap();
            assert!(file.chars().all(|c| c.is_ascii_alphanumeric() || "._".contains(c)), "{file}");
        }
        std::fs::remove_dir_all(dir.path().join("out")).unwrap();
    }
}

/// A disk that fills up: an error, and nothing left behind.
#[test]
fn full_disk__leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("small");
    std::fs::create_dir(&at).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=32k none {0} && cd {0} && {1} build {2} -o out; echo \"exit $?\"; ls -A {0} | wc -l",
        at.display(),
        env!("CARGO_BIN_EXE_niello"),
        root().join(DIGITS).display()
    );
    let o = Command::new("unshare").args(["--mount", "--map-root-user", "sh", "-c", &script]).output();
    let Some(o) = o.ok().filter(|o| o.status.success() && text(o).contains("exit ")) else {
        niello_testkit::tool("no private mount is possible here");
        return;
    };
    let t = text(&o);
    assert!(
        t.contains("exit 1") && t.contains("error: E506") && t.trim_end().ends_with("\n0") | t.contains("\n0\n"),
        "{t}"
    );
}

#[test]
fn verify__waveforms() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_string();
    let (model, x) = (root().join(DIGITS), root().join("examples/digits_mlp/digits_mlp.x.npy"));
    let (model, x) = (model.to_str().unwrap(), x.to_str().unwrap());
    refused(&root(), &["verify", model, "--trace", &path("w.txt")], "E108");
    refused(&root(), &["verify", model, "--trace", &path("none/w.vcd")], "E506");
    refused(&root(), &["verify", model, "--trace", &path("w.vcd"), "--engine", "tape"], "E108");
    let o = niello(&root(), &["verify", model, "--inputs", x, "--trace", &path("w.vcd"), "--engine", "verilator"]);
    let t = text(&o);
    if t.contains("E501") {
        niello_testkit::tool(&t);
        return;
    }
    assert!(o.status.success(), "{t}");
    let vcd = std::fs::read_to_string(path("w.vcd")).unwrap();
    assert!(vcd.contains("m_axis_tdata") && vcd.len() > 10_000);
    // Single blocks have waveforms too.
    let block = ["block", "verify", "argmax", "--engine", "verilator", "--trace", &path("b.vcd")];
    assert!(niello(&root(), &block).status.success());
    assert!(std::fs::read_to_string(path("b.vcd")).unwrap().contains("best_index_q"));
    refused(&root(), &["block", "verify", "argmax", "--engine", "tape", "--trace", &path("b.vcd")], "E108");
    let value = niello::model::Value { name: "x".into(), shape: vec![10], dtype: niello::model::DType::I8 };
    let frame = niello::model::npy::write(&value, &[niello::model::Tensor::Int((0..10).collect())]).unwrap();
    std::fs::write(path("in.npy"), frame).unwrap();
    let (input, output) = (format!("s_axis={}", path("in.npy")), format!("m_axis={}", path("out.npy")));
    let run = ["block", "run", "argmax", "--input", &input, "--output", &output, "--engine", "verilator"];
    assert!(niello(&root(), &[&run[..], &["--trace", &path("r.vcd")]].concat()).status.success());
    assert!(std::fs::read_to_string(path("r.vcd")).unwrap().contains("best_index_q"));
}

#[test]
fn check__says_what_maps_to_what_before_anything_is_built() {
    let good = niello(&root(), &["check", "model/tests/data/tflite/ds_cnn.tflite"]);
    assert!(good.status.success());
    let text = String::from_utf8_lossy(&good.stdout).into_owned();
    for part in
        ["sliding_window, depthwise, requant", "pool, stream_fifo, requant", "the host computes it", "supported; with"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json = niello(&root(), &["check", "model/tests/data/tflite/add_long.tflite", "--json"]);
    let v: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(v["nodes"].as_array().unwrap().len(), 5);
    assert!(v["nodes"][3]["becomes"].as_str().unwrap().contains("eltwise"), "{v}");
    let bad = niello(&root(), &["check", "model/tests/data/tflite/unsupported.tflite"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("E101"));
}

fn codes(file: &Path) -> Vec<i64> {
    let samples = niello::model::npy::read("y", &std::fs::read(file).unwrap()).unwrap().samples;
    samples.iter().flat_map(|s| s.ints().to_vec()).collect()
}

/// Without its softmax a model gives the codes in front of it: as many, and other ones.
#[test]
fn logits__leaves_the_softmax_out() {
    let dir = tempfile::tempdir().unwrap();
    let results = |file: &str, more: &[&str]| {
        let y = dir.path().join(file);
        let data = "model/tests/data/tflite/ds_cnn";
        let (model, x) = (format!("{data}.tflite"), format!("{data}.x.npy"));
        let args = ["run", &model, "--inputs", &x, "--outputs", y.to_str().unwrap()];
        let o = niello(&root(), &[&args[..], more].concat());
        assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
        codes(&y)
    };
    let (whole, cut) = (results("whole.npy", &[]), results("cut.npy", &["--logits"]));
    assert_eq!(whole, codes(&root().join("model/tests/data/tflite/ds_cnn.y.npy")));
    assert!(whole.len() == cut.len() && whole != cut);
    let none = niello(&root(), &["plan", "model/tests/data/tflite/cnn.tflite", "--logits"]);
    assert!(!none.status.success() && text(&none).contains("E108"));
}

/// An image that the file counts channels first: the host transposes, and the border says how.
#[test]
fn build__border_tells_what_the_host_transposes() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let o = niello(&root(), &["build", "model/tests/data/onnx_images/qdq_conv.onnx", "-o", out.to_str().unwrap()]);
    assert!(o.status.success(), "{}", text(&o));
    let border: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("border.json")).unwrap()).unwrap();
    assert_eq!(border["input"]["model"]["shape"], serde_json::json!([3, 7, 6]));
    assert_eq!(border["input"]["hardware"]["shape"], serde_json::json!([7, 6, 3]));
    let host = &border["input"]["host_computes"];
    assert!(host[0]["quantize"]["scale"].as_f64().unwrap() > 0.0, "{border}");
    assert_eq!(host[1]["transpose"], serde_json::json!({ "shape": [3, 7, 6], "axes": [1, 2, 0] }));
    let host = &border["output"]["host_computes"];
    assert_eq!(host[0]["transpose"]["axes"], serde_json::json!([2, 0, 1]), "{border}");
}

/// A float bias of the last layer is the host's; what float32 sums round otherwise is no failure, and anything more is one.
#[test]
fn float_bias__is_exported_and_compared_within_rounding() {
    let dir = tempfile::tempdir().unwrap();
    let (model, out) = ("model/tests/data/onnx_found/tail_gemm_float_bias_u8.onnx", dir.path().join("out"));
    let o = niello(&root(), &["build", model, "-o", out.to_str().unwrap()]);
    assert!(o.status.success(), "{}", text(&o));
    let border: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("border.json")).unwrap()).unwrap();
    let back = &border["output"]["host_computes"][0]["dequantize"];
    assert!((back["bias"][1].as_f64().unwrap() + 2.516_759_6).abs() < 1e-6, "{border}");
    let o = niello(&root(), &["verify", model, "--engine", "tape"]);
    assert!(o.status.success() && text(&o).contains("by no more than the rounding"), "{}", text(&o));
    // Half of a product's worth on most elements is a bias that was rounded away.
    let y = std::fs::read(root().join(model).with_extension("y.npy")).unwrap();
    let start = y.len() - 30 * 4;
    let moved = y[start..].chunks(4).flat_map(|b| {
        let v = f32::from_le_bytes(b.try_into().unwrap());
        (v + 8e-5).to_le_bytes()
    });
    let wrong = dir.path().join("wrong.npy");
    std::fs::write(&wrong, y[..start].iter().copied().chain(moved).collect::<Vec<u8>>()).unwrap();
    let o = niello(&root(), &["verify", model, "--engine", "tape", "--expect", wrong.to_str().unwrap()]);
    assert!(!o.status.success() && text(&o).contains("FAILED"), "{}", text(&o));
}

#[test]
fn verify__layers_profiles_and_softmax_in_hardware() {
    let json = |args: &[&str]| -> serde_json::Value {
        let o = niello(&root(), &[args, &["--engine", "tape", "--json"]].concat());
        assert!(o.status.success(), "{}", text(&o));
        serde_json::from_slice(&o.stdout).unwrap()
    };
    let model = "model/tests/data/tflite/ds_cnn.tflite";
    let v = json(&["verify", model, "--layers", "--hardware-softmax"]);
    let layers = v["layers"][0]["layers"].as_array().unwrap();
    assert_eq!(layers.len(), 6, "{v}");
    assert_eq!(
        (&layers[5]["operator"], &layers[5]["compared"], &layers[5]["differ"]),
        (&"SOFTMAX".into(), &80.into(), &0.into())
    );
    let v = json(&["verify", model, "--layers"]);
    assert_eq!(v["layers"][0]["layers"].as_array().unwrap().len(), 5, "{v}");
    // Each profile against what its kernels computed; and against the other's, which must fail.
    let model = "model/tests/data/tflite/conv_ties.tflite";
    let (reference, xnnpack) =
        ("model/tests/data/tflite/conv_ties.y.npy", "model/tests/data/tflite/conv_ties.xnnpack.npy");
    let x = "model/tests/data/tflite/conv_ties.x.npy";
    let v = json(&["verify", model, "--inputs", x, "--expect", xnnpack, "--profile", "tflite-xnnpack"]);
    assert_eq!((&v["profile"], &v["framework"]["differ"]), (&"tflite-xnnpack".into(), &0.into()));
    for (expect, profile) in [(xnnpack, "tflite-ref"), (reference, "tflite-xnnpack")] {
        let o = niello(
            &root(),
            &["verify", model, "--inputs", x, "--expect", expect, "--profile", profile, "--engine", "tape"],
        );
        assert!(!o.status.success() && text(&o).contains("FAILED"), "{}", text(&o));
    }
    let none = niello(&root(), &["verify", model, "--profile", "tflite-gpu"]);
    assert!(!none.status.success() && text(&none).contains("tflite-xnnpack"));
}

/// A model with state: one sequence is what numpy computed, several begin anew; what has no state has no sequences.
#[test]
fn verify__runs_sequences_of_what_keeps_something() {
    let model = "model/tests/data/niello/gated_recurrence.onnx";
    let verify = |args: &[&str]| {
        let o = niello(&root(), &[&["verify", model, "--engine", "tape", "--json"], args].concat());
        (o.status.success(), serde_json::from_slice::<serde_json::Value>(&o.stdout).unwrap())
    };
    let (equal, v) = verify(&["--layers", "--resets", "3"]);
    assert!(equal && v["framework"]["differ"] == 0 && v["engines"][0]["resets"] == 3, "{v}");
    let (equal, v) = verify(&["--sequence", "4", "--resets", "3"]);
    // The hardware agrees with the golden model, whose later sequences are not those of one run.
    assert!(!equal && v["framework"]["differ"].as_u64().unwrap() > 20, "{v}");
    assert_eq!((&v["engines"][0]["mismatches"], &v["engines"][0]["frames"]), (&0.into(), &16.into()), "{v}");
    let dir = tempfile::tempdir().unwrap();
    let y = dir.path().join("y.npy").display().to_string();
    let run = |engine: &str| {
        let x = "model/tests/data/niello/gated_recurrence.x.npy";
        let args = ["run", model, "--inputs", x, "--outputs", &y, "--engine", engine, "--sequence", "5"];
        assert!(niello(&root(), &args).status.success());
        std::fs::read(&y).unwrap()
    };
    assert_eq!(run("golden"), run("tape"));
    refused(&root(), &["verify", model, "--sequence", "1"], "E108");
    refused(&root(), &["verify", DIGITS, "--sequence", "4", "--engine", "tape"], "E108");
}

/// Each of these knobs changes what is planned or run.
#[test]
fn plan__budgets_and_exact_fifos_do_something() {
    let json = |args: &[&str]| -> serde_json::Value {
        let o = niello(&root(), &[args, &["--json"]].concat());
        assert!(o.status.success(), "{}", text(&o));
        serde_json::from_slice(&o.stdout).unwrap()
    };
    let model = "model/tests/data/tflite/unet.tflite";
    let sum = |v: &serde_json::Value, key: &str| -> u64 {
        v["stages"].as_array().unwrap().iter().map(|s| s[key].as_u64().unwrap()).sum()
    };
    let (wide, exact) = (json(&["plan", model]), json(&["plan", model, "--exact-fifos"]));
    assert!(sum(&exact, "memory_bits") < sum(&wide, "memory_bits") && exact["ii"] == wide["ii"], "{exact}");
    let model = "examples/digits_cnn/digits_cnn.onnx";
    let wide = json(&["plan", model, "--max-dsp", "400"]);
    for (knob, key, most) in
        [("--max-dsp", "dsps", "40"), ("--max-bram", "block_rams", "6"), ("--max-lut", "luts", "7000")]
    {
        let v = json(&["plan", model, knob, most]);
        assert!(sum(&v, key) <= most.parse().unwrap() && v["ii"] != wide["ii"], "{knob}: {v}");
    }
    assert_eq!(sum(&wide, "skipped"), 0, "a network of few zeros has nothing to skip");
    refused(&root(), &["plan", model, "--max-dsp", "1"], "E206");
    let pruned = "examples/pruned/digits_80.onnx";
    let (skip, multiply) = (json(&["plan", pruned]), json(&["plan", pruned, "--zeros", "multiply"]));
    assert!(sum(&skip, "skipped") > 0 && sum(&multiply, "skipped") == 0, "{multiply}");
    assert!(skip["ii"].as_u64() < multiply["ii"].as_u64(), "{skip}");
    refused(&root(), &["plan", pruned, "--zeros", "some"], "E109");
    for resets in ["0", "3"] {
        let v = json(&["verify", "model/tests/data/tflite/unet.tflite", "--engine", "tape", "--resets", resets]);
        assert_eq!(v["resets"].to_string(), resets);
    }
}
