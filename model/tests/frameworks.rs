//! The graph's golden execution against the frameworks' own results, element by element.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use niello_model::tflite::Profile;
use niello_model::{import, import_as, npy, Graph, Tensor};

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder)
}

fn load(path: &Path) -> Graph {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    import(&name, &bytes).unwrap_or_else(|e| panic!("{}:\n{e}", path.display()))
}

/// Elements that differ, and elements compared.
fn differences(graph: &Graph, x: &Path, y: &Path) -> (usize, usize) {
    let read = |p: &Path| npy::read(&p.display().to_string(), &std::fs::read(p).unwrap()).unwrap();
    let (x, y) = (read(x), read(y));
    x.check("x", &graph.input).unwrap();
    y.check("y", graph.output()).unwrap();
    let (mut wrong, mut running) = ((0, 0), graph.sequence());
    for (sample, want) in x.samples.iter().zip(&y.samples) {
        let got = running.next(sample).unwrap().pop().unwrap();
        wrong.1 += want.len();
        wrong.0 += match (&got, want) {
            (Tensor::Int(a), Tensor::Int(b)) => a.iter().zip(b).filter(|(a, b)| a != b).count(),
            (Tensor::F32(a), Tensor::F32(b)) => {
                a.iter().zip(b).filter(|(a, b)| a != b && !(a.is_nan() && b.is_nan())).count()
            }
            _ => panic!("types differ"),
        };
    }
    wrong
}

/// Every result that lies in the folder is compared.
fn check_folder(folder: &str, extension: &str) {
    let index: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(data(folder).join("index.json")).unwrap()).unwrap();
    let (mut models, mut faults) = (0, Vec::new());
    for entry in index.as_array().unwrap().iter().filter(|e| e.get("samples").is_some()) {
        let name = entry["name"].as_str().unwrap();
        let file = |suffix: &str| data(folder).join(format!("{name}.{suffix}"));
        let graph = load(&file(extension));
        let (wrong, compared) = differences(&graph, &file("x.npy"), &file("y.npy"));
        // What the framework itself ran in float is known to the importer, and may differ as its index says.
        let float = graph.nodes.iter().any(|n| n.float_in_framework);
        assert_eq!(float, entry.get("integer").is_some_and(|i| i == false), "{name}: who runs in float");
        let expected = entry["wrong"].as_u64().unwrap() as usize;
        // Where the framework leaves its integer rule, the golden model has that rule or the framework's floats.
        if wrong != expected && wrong != 0 {
            faults.push(format!("{name}: {wrong} of {compared} differ, {expected} should"));
        }
        models += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let results = std::fs::read_dir(data(folder)).unwrap().flatten();
    let results = results.filter(|e| e.file_name().to_string_lossy().ends_with(".y.npy")).count();
    assert!(models > 0 && models == results, "{models} models compared, {results} results in {folder}");
}

#[test]
fn onnx_models__equal_onnxruntime() {
    check_folder("onnx", "onnx");
}

#[test]
fn onnx_models_of_images__equal_onnxruntime() {
    check_folder("onnx_images", "onnx");
}

/// What random and hand-written graphs once got wrong, with ONNX Runtime's results.
#[test]
fn onnx_models_that_found_faults__equal_onnxruntime() {
    check_folder("onnx_found", "onnx");
}

/// Exact where scales are powers of two; elsewhere the executor's own float sums decide, and seldom differ.
#[test]
fn qonnx_models__equal_qonnx() {
    check_folder("qonnx", "onnx");
}

/// The operators of niello's own domain, against their numpy form.
#[test]
fn niello_models__equal_their_numpy_form() {
    check_folder("niello", "onnx");
}

#[test]
fn tflite_models__equal_litert() {
    check_folder("tflite", "tflite");
}

/// Models of convolutions and dense layers, as a Python interpreter computes them.
#[test]
fn tflite_models__equal_xnnpack() {
    let (mut models, mut other, mut faults) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(data("tflite")).unwrap().flatten() {
        let Some(name) = entry.file_name().to_str().and_then(|n| n.strip_suffix(".xnnpack.npy")).map(String::from)
        else {
            continue;
        };
        let file = |suffix: &str| data("tflite").join(format!("{name}.{suffix}"));
        let graph = import_as("m", &std::fs::read(file("tflite")).unwrap(), Profile::Xnnpack).unwrap();
        assert_eq!(graph.profile, "tflite-xnnpack");
        let (wrong, compared) = differences(&graph, &file("x.npy"), &file("xnnpack.npy"));
        if wrong > 0 {
            faults.push(format!("{name}: {wrong} of {compared} differ"));
        }
        // The reference kernels give something else, or the test could not tell.
        other += differences(&load(&file("tflite")), &file("x.npy"), &file("xnnpack.npy")).0;
        models += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(models == 25 && other > 50, "{models} models, {other} elements that the reference kernels give otherwise");
}

#[test]
fn digits_mlp__equals_onnxruntime() {
    let at = |f: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/digits_mlp").join(f);
    let graph = load(&at("digits_mlp.onnx"));
    assert_eq!(differences(&graph, &at("digits_mlp.x.npy"), &at("digits_mlp.y.npy")), (0, 3600));
}

/// The examples: a residual network, and a signal's time and energy.
#[test]
fn example_networks__equal_their_frameworks() {
    let at = |f: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(f);
    let graph = load(&at("digits_cnn/digits_cnn.onnx"));
    assert!(graph.nodes.iter().all(|n| !n.float_in_framework));
    assert_eq!(differences(&graph, &at("digits_cnn/digits_cnn.x.npy"), &at("digits_cnn/digits_cnn.y.npy")), (0, 3600));
    let graph = load(&at("pulse_cnn/pulse_cnn.tflite"));
    assert_eq!(differences(&graph, &at("pulse_cnn/pulse_cnn.x.npy"), &at("pulse_cnn/pulse_cnn.y.npy")), (0, 800));
}

/// The integer transformer, exact.
#[test]
fn tiny_vit__equals_its_numpy_form() {
    let at = |f: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/tiny_vit").join(f);
    let graph = load(&at("tiny_vit.onnx"));
    assert_eq!(graph.profile, "niello-int");
    assert_eq!(differences(&graph, &at("tiny_vit.x.npy"), &at("tiny_vit.y.npy")), (0, 1200));
}

/// The transformer, whose softmaxes and norms come near to ONNX Runtime's: as many logits differ as its README says, and right answers are as many.
#[test]
fn tiny_bert__is_near_onnxruntime() {
    let at = |f: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/tiny_bert").join(f);
    let graph = load(&at("tiny_bert.onnx"));
    let host = |kind: &str| matches!(kind, "QuantizeLinear" | "DequantizeLinear");
    assert!(graph.nodes.iter().all(|n| n.op.is_layer() || host(&n.kind)), "all between the borders is hardware");
    assert_eq!(differences(&graph, &at("tiny_bert.x.npy"), &at("tiny_bert.y.npy")), (31, 240));
    let read = |f: &str| npy::read(f, &std::fs::read(at(f)).unwrap()).unwrap().samples;
    let (x, y, labels) = (read("tiny_bert.x.npy"), read("tiny_bert.y.npy"), read("tiny_bert.labels.npy"));
    let answer = |t: &Tensor| match t {
        Tensor::F32(v) => i64::from(v[1] > v[0]),
        Tensor::Int(_) => panic!("logits are floats"),
    };
    let is = |right: i64, t: &Tensor| answer(t) == right;
    let (mut own, mut theirs) = (0, 0);
    for ((x, y), label) in x.iter().zip(&y).zip(&labels) {
        let got = graph.run(x).unwrap().pop().unwrap();
        own += usize::from(is(label.ints()[0], &got));
        theirs += usize::from(is(label.ints()[0], y));
    }
    assert_eq!((own, theirs), (110, 110));
}

#[test]
fn ad01__equals_litert() {
    let at = |f: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models").join(f);
    let Some(model) = niello_testkit::there(at("ad01_int8.tflite")) else { return };
    let graph = load(&model);
    assert_eq!(graph.nodes.len(), 10);
    let x = npy::read("x", &std::fs::read(at("ad01_int8.x.npy")).unwrap()).unwrap();
    assert_eq!(x.samples.len(), 64);
    assert_eq!(differences(&graph, &at("ad01_int8.x.npy"), &at("ad01_int8.y.npy")), (0, 64 * 640));
}

#[test]
fn kws__equals_litert() {
    let at = |f: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models").join(f);
    let Some(model) = niello_testkit::there(at("kws_ref_model.tflite")) else { return };
    let graph = load(&model);
    assert_eq!(graph.nodes.len(), 13);
    assert_eq!(differences(&graph, &at("kws_ref_model.x.npy"), &at("kws_ref_model.y.npy")), (0, 64 * 12));
}

#[test]
fn unsupported_models__one_screen_with_everything() {
    let text = |folder: &str, file: &str| {
        import("m", &std::fs::read(data(folder).join(file)).unwrap()).unwrap_err().to_string()
    };
    let onnx = text("onnx", "unsupported.onnx");
    assert!(["Conv", "LSTM"].iter().all(|op| onnx.contains(op)), "{onnx}");
    let tflite = text("tflite", "unsupported.tflite");
    assert!(tflite.contains("EXP is not supported") && !tflite.contains("SOFTMAX is not"), "{tflite}");
    let mean = text("tflite", "unsupported_mean.tflite");
    assert!(mean.contains("MEAN is not supported: the mean along axes [1, 2] of [4, 3, 4]"), "{mean}");
    let classes = text("tflite", "unsupported_classes.tflite");
    assert!(classes.contains("SOFTMAX is not supported: 4096 classes"), "{classes}");
    let batch = text("tflite", "unsupported_transpose.tflite");
    assert!(batch.contains("TRANSPOSE is not supported: permutation [1, 0, 2, 3] of 4 dimensions"), "{batch}");
    let constant = text("tflite", "unsupported_constant.tflite");
    assert!(constant.contains("MUL is not supported: [2, 2, 3] and a constant of [2]"), "{constant}");
    let shape = text("tflite", "unsupported_shape.tflite");
    assert!(shape.contains("FULLY_CONNECTED is not supported: it does not take results"), "{shape}");
    let reshape = text("tflite", "unsupported_reshape.tflite");
    assert!(reshape.contains("int8 becomes uint8"), "{reshape}");
    for line in onnx.lines().chain(tflite.lines()) {
        assert!(line.starts_with("E1") && line.contains("help: "), "{line}");
    }
}

/// Bounds of a fused activation that leave 32 bits: LiteRT refuses them (no_integer_overflow_from_quantization).
#[test]
fn tiny_scales__have_no_bounds() {
    let text = import("m", &std::fs::read(data("tflite").join("tiny_scales.tflite")).unwrap()).unwrap_err().to_string();
    assert!(text.starts_with("E104") && text.contains("bounds of its activation leave 32 bits"), "{text}");
}

/// Truncated, flipped and random files: an error, never a panic.
#[test]
fn damaged_files__are_errors() {
    let mut rng = niello_gen::num::Prng::new(7);
    for (folder, file) in [
        ("onnx", "qdq_gemm_u8_pc_relu.onnx"),
        ("onnx_images", "qdq_conv.onnx"),
        ("onnx_images", "qop_concat.onnx"),
        ("qonnx", "residual_exact.onnx"),
        ("tflite", "concat.tflite"),
        ("tflite", "depth_to_space.tflite"),
        ("tflite", "float_io.tflite"),
        ("tflite", "fc_u8.tflite"),
        ("tflite", "conv_s8_1x1.tflite"),
        ("tflite", "dw_u8.tflite"),
        ("tflite", "ds_cnn.tflite"),
    ] {
        let good = std::fs::read(data(folder).join(file)).unwrap();
        let text = format!("{:?}", import("m", &good).unwrap());
        for n in 0..good.len() {
            // An ONNX file may end with the declaration of an operator set: cut off, the model is the same.
            let cut = import("m", &good[..n]);
            let same = |g: &Graph| format!("{g:?}") == text;
            assert!(cut.as_ref().map_or(true, same), "{file} truncated at {n} is another model");
        }
        for _ in 0..1500 {
            let mut bad = good.clone();
            for _ in 0..1 + rng.below(4) {
                let at = rng.below(bad.len() as u64) as usize;
                bad[at] = rng.next() as u8;
            }
            if let Ok(graph) = import("m", &bad) {
                // Still a model: it must also run, or say why not.
                let zeros = match graph.input.dtype {
                    niello_model::DType::F32 => Tensor::F32(vec![0.0; graph.input.elements()]),
                    _ => Tensor::Int(vec![0; graph.input.elements()]),
                };
                let _ = graph.run(&zeros);
                let _ = niello_model::network(&graph);
            }
        }
    }
    for n in 0..2000 {
        let bytes: Vec<u8> = (0..n % 97).map(|_| rng.next() as u8).collect();
        assert!(import("m", &bytes).is_err());
    }
}

/// Malformed attributes, shapes that do not agree, missing and zero scales, cycles, gigantic kernels: one line each, with the error
/// that the index names.
#[test]
fn bad_onnx_models__are_refused() {
    let index: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(data("onnx_bad").join("index.json")).unwrap()).unwrap();
    let (mut models, mut faults) = (0, Vec::new());
    for entry in index.as_array().unwrap() {
        let (name, code) = (entry["name"].as_str().unwrap(), entry["code"].as_str().unwrap());
        let bytes = std::fs::read(data("onnx_bad").join(format!("{name}.onnx"))).unwrap();
        let Err(errors) = import("m", &bytes) else { panic!("{name} is accepted") };
        let text = errors.to_string();
        // One cause, one line.
        if !text.starts_with(code) || text.lines().count() != 1 || !text.contains("; help: ") {
            faults.push(format!("{name}: {code} is given as {text}"));
        }
        models += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(models, 71);
}
