//! Files that were once taken although a framework refuses them or computes something else: each gets its error, once.
#![allow(non_snake_case, missing_docs)]

use std::path::Path;

use niello_model::{import, npy, DType, Value};

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bad").join(file)).unwrap()
}

/// File, its errors, and a piece of the first one's text.
const MODELS: [(&str, &[&str], &str); 26] = [
    ("tensor_index_negative.tflite", &["E103"], "operand 2 is tensor -2147483643 of 8"),
    ("zero_points_3_scales_19.tflite", &["E104"], "19 scales and 3 zero points"),
    ("scale_without_zero_point.tflite", &["E104", "E104"], "1 scales and 0 zero points"),
    ("buffer_out_of_range.tflite", &["E103"], "buffer 8323073 of 5"),
    ("tensor_index_127_of_9.tflite", &["E103"], "operand 1 is tensor 127 of 9"),
    ("reshape_total.tflite", &["E103"], "RESHAPE of"),
    ("tensor_bytes.tflite", &["E103"], "bytes of contents"),
    ("input_is_output.tflite", &["E103", "E104"], "CONV_2D with 3 operands and 3 outputs"),
    ("logistic_scale.tflite", &["E104"], "LiteRT demands 1/256"),
    ("schema_version.tflite", &["E102"], "schema version 16711683"),
    ("op_version.tflite", &["E101"], "CONV_2D version 2130706435 is not supported"),
    ("not_a_valid_flatbuffer.tflite", &["E102"], "out of bounds"),
    ("bias_zero_point_500.onnx", &["E104"], "zero point 500 of int32 codes `"),
    ("leakyrelu_alpha_nan.onnx", &["E104"], "attribute `alpha` is NaN"),
    ("hardsigmoid_alpha_nan_beta_inf.onnx", &["E104"], "attribute `alpha` is NaN"),
    ("opset_99.onnx", &["E102"], "operator set 99 of ai.onnx is not known; help: export it for IR version 3 to 14"),
    ("opset_minus1.onnx", &["E102"], "operator set -1"),
    ("ir_99.onnx", &["E102"], "IR version 99"),
    ("conv_attr_unknown.onnx", &["E103"], "Conv has no attribute `"),
    ("MaxPool_incl.onnx", &["E103"], "MaxPool has no attribute `count_include_pad`"),
    ("conv_auto_and_pads.onnx", &["E103"], "auto_pad and pads"),
    ("dup_names.onnx", &["E103"], "another node has the same name"),
    ("noout_node.onnx", &["E103"], "it has no output"),
    ("reshape_neg.onnx", &["E103"], "[-1, -1] for samples of"),
    ("scale_s_mat.onnx", &["E104"], "of shape [1, 1]"),
    ("ort_cnn_i16.onnx", &["E101"], "int16 is not supported: 7 constants have this type"),
];

#[test]
fn bad_models__get_their_error() {
    for (file, codes, piece) in MODELS {
        let Err(errors) = import("m", &bytes(file)) else { panic!("{file} is accepted") };
        let text = errors.to_string();
        let given: Vec<&str> = text.lines().map(|l| l.split(' ').next().unwrap_or_default()).collect();
        assert_eq!(given, *codes, "{file}: {text}");
        assert!(text.contains(piece) && text.lines().all(|l| l.contains("; help: ")), "{file}: {text}");
    }
}

#[test]
fn bad_arrays__get_their_error() {
    let value = Value { name: "x".into(), shape: vec![30], dtype: DType::F32 };
    let text = npy::read("x", &bytes("wdbc_bigendian.npy")).unwrap_err().to_string();
    assert!(text.starts_with("E106 x is big-endian (>f4, float32); help: save it little-endian"), "{text}");
    let text = npy::read("x", &bytes("wdbc_nan_input.npy")).unwrap().check("x", &value).unwrap_err().to_string();
    assert!(text.starts_with("E106 x: sample ") && text.contains("NaN is not a number"), "{text}");
}

/// What was refused once and is served now: with ONNX Runtime's results, those in front of the softmax for the second one.
#[test]
fn mended_models__equal_onnx_runtime() {
    let silu = import("m", &bytes("ort_silu_rr.onnx")).unwrap();
    let (cnn, cut) = niello_model::import_logits("m", &bytes("ort_cnn_rr.onnx"), Default::default()).unwrap();
    assert!(cut, "it ends with a softmax");
    for (graph, name) in [(&silu, "ort_silu_rr"), (&cnn, "ort_cnn_rr")] {
        let samples = |which: &str| npy::read(which, &bytes(&format!("{name}.{which}.npy"))).unwrap().samples;
        let (inputs, results) = (samples("x"), samples("y"));
        assert_eq!((inputs.len(), results.len()), (8, 8));
        for (x, y) in inputs.iter().zip(&results) {
            assert_eq!(graph.run(x).unwrap().last(), Some(y), "{name}");
        }
    }
    let (_, cut) = niello_model::import_logits("m", &bytes("ort_silu_rr.onnx"), Default::default()).unwrap();
    assert!(!cut, "it ends with a Gemm");
}
