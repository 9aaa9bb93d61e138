//! A good file with one thing changed: what its frameworks refuse is refused, by its code and with a word of why. Errors that only
//! follow from another one are not told.
#![allow(non_snake_case)]

use prost::Message;

use super::proto::*;

const FLOAT: i32 = 1;
const INT: i32 = 2;
const INTS: i32 = 7;

/// Two convolutions between quantizers: nodes 4 and 9.
fn good() -> ModelProto {
    ModelProto::decode(&include_bytes!("../../tests/data/onnx_images/qdq_conv.onnx")[..]).unwrap()
}

fn errors(m: &ModelProto) -> Vec<String> {
    match super::import("m", &m.encode_to_vec()) {
        Ok(_) => Vec::new(),
        Err(e) => e.to_string().lines().map(String::from).collect(),
    }
}

fn graph(m: &mut ModelProto) -> &mut GraphProto {
    m.graph.as_mut().unwrap()
}

fn node(m: &mut ModelProto, i: usize) -> &mut NodeProto {
    &mut graph(m).node[i]
}

fn constant<'m>(m: &'m mut ModelProto, name: &str) -> &'m mut TensorProto {
    graph(m).initializer.iter_mut().find(|t| t.name == name).unwrap()
}

fn attribute(name: &str, kind: i32) -> AttributeProto {
    AttributeProto { name: name.into(), r#type: kind, ..Default::default() }
}

/// A node in front of the last quantizer's operand, which then takes this one's result.
fn insert(m: &mut ModelProto, op_type: &str, attributes: Vec<AttributeProto>) {
    node(m, 10).input[0] = "inserted".into();
    let new = NodeProto {
        input: vec!["t12".into()],
        output: vec!["inserted".into()],
        op_type: op_type.into(),
        attribute: attributes,
        ..Default::default()
    };
    graph(m).node.insert(10, new);
}

type Change = fn(&mut ModelProto);

fn refuses(cases: &[(&str, Change, &[&str])]) {
    refuses_of(good, cases);
}

fn refuses_of(good: fn() -> ModelProto, cases: &[(&str, Change, &[&str])]) {
    for (name, change, pieces) in cases {
        let mut m = good();
        change(&mut m);
        let given = errors(&m);
        assert_eq!(given.len(), pieces.len(), "{name}: {given:?}");
        for (line, piece) in given.iter().zip(*pieces) {
            let (code, words) = piece.split_at(4);
            assert!(
                line.starts_with(code) && line.contains(words.trim()) && line.contains("; help: "),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn versions__are_known() {
    assert_eq!(errors(&good()), [""; 0]);
    refuses(&[
        ("no set", |m| m.opset_import.clear(), &["E102 it names no operator set of ai.onnx"]),
        ("other sets", |m| drop(m.opset_import.remove(0)), &["E102 it names no operator set of ai.onnx"]),
        (
            "old",
            |m| m.opset_import[0].version = 6,
            &["E102 operator set 6 of ai.onnx is not known; help: export it for IR"],
        ),
        ("new", |m| m.opset_import[0].version = 28, &["E102 operator set 28"]),
        ("microsoft", |m| m.opset_import[1].version = 2, &["E102 operator set 2 of com.microsoft"]),
        (
            "two",
            |m| m.opset_import[1] = OperatorSetIdProto { domain: "ai.onnx".into(), version: 18 },
            &["E102 two operator sets of ai.onnx, 17 and 18"],
        ),
        ("IR", |m| m.ir_version = 15, &["E102 IR version 15"]),
        ("no IR", |m| m.ir_version = 0, &["E102 IR version 0"]),
    ]);
}

#[test]
fn names__are_given_once_and_before_they_are_taken() {
    refuses(&[
        ("nowhere", |m| node(m, 4).input[1] = "ghost".into(), &["E103 node 4 (n5): input `ghost` is defined nowhere"]),
        ("order", |m| graph(m).node.swap(4, 5), &["E103 node 4 (n6): input `t5` is given by no node before it"]),
        (
            "circle",
            |m| node(m, 4).input[0] = "t12".into(),
            &["E103 node 4 (n5): input `t12` is given by no node before it"],
        ),
        (
            "twice",
            |m| node(m, 9).output[0] = "t5".into(),
            &[
                "E103 node 9 (n12): its result `t5` is given by something else too",
                "E103 node 10 (n13): input `t12` is defined nowhere",
            ],
        ),
        (
            "constant",
            |m| node(m, 9).output[0] = "c0".into(),
            &["E103 its result `c0`", "E103 input `t12` is defined nowhere"],
        ),
        ("second result", |m| node(m, 4).output.push("t2".into()), &["E103 its result `t2`"]),
        (
            "no result",
            |m| node(m, 4).output.clear(),
            &["E103 node 4 (n5): it has no output", "E103 input `t5` is defined nowhere"],
        ),
        ("same name", |m| node(m, 9).name = "n5".into(), &["E103 node 9 (n5): another node has the same name"]),
        (
            "constants",
            |m| constant(m, "c1").name = "c6".into(),
            &[
                "E103 c6: a constant has no name, or that of another one",
                "E103 node 0 (n1): input `c1` is defined nowhere",
            ],
        ),
        (
            "inputs",
            |m| {
                let x = graph(m).input[0].clone();
                graph(m).input.push(x);
            },
            &["E103 an input has no name, or that of another one", "E101 a model of 2 inputs"],
        ),
        (
            "two inputs",
            |m| {
                let mut x = graph(m).input[0].clone();
                x.name = "x2".into();
                graph(m).input.push(x);
            },
            &["E101 a model of 2 inputs"],
        ),
        (
            "two outputs",
            |m| {
                let y = graph(m).output[0].clone();
                graph(m).output.push(y);
            },
            &["E101 a model of 2 outputs"],
        ),
        (
            "no input",
            |m| graph(m).input.clear(),
            &["E103 node 0 (n1): input `x` is defined nowhere", "E103 the model: it has no input"],
        ),
        (
            "output",
            |m| graph(m).output[0].name = "z".into(),
            &["E103 z: no node that takes the input gives this output"],
        ),
    ]);
}

#[test]
fn operators__have_what_they_have() {
    refuses(&[
        (
            "unknown",
            |m| node(m, 4).attribute.push(attribute("dilation", INT)),
            &["E103 node 4 (n5): Conv has no attribute `dilation`"],
        ),
        (
            "later",
            |m| node(m, 0).attribute.push(attribute("saturate", INT)),
            &["E103 QuantizeLinear has no attribute `saturate`"],
        ),
        (
            "twice",
            |m| {
                let a = node(m, 4).attribute[0].clone();
                node(m, 4).attribute.push(a);
            },
            &["E103 attribute `group` stands twice"],
        ),
        ("type", |m| node(m, 4).attribute[0].r#type = FLOAT, &["E103 attribute `group` is a float, not an integer"]),
        (
            "no type",
            |m| node(m, 4).attribute[0].r#type = 0,
            &["E103 attribute `group` is of another type, not an integer"],
        ),
        ("reference", |m| node(m, 4).attribute[0].ref_attr_name = "g".into(), &["E103 refers to one of a function"]),
        ("missing", |m| insert(m, "DepthToSpace", vec![]), &["E103 DepthToSpace without its attribute `blocksize`"]),
        ("operands", |m| node(m, 4).input.truncate(1), &["E103 1 operands, Conv takes 2 to 3"]),
        ("left out", |m| node(m, 4).input[1].clear(), &["E103 Conv takes 2 to 3"]),
        ("outputs", |m| node(m, 4).output.push("more".into()), &["E103 2 outputs, Conv gives 1"]),
        (
            "not yet",
            |m| m.opset_import[0].version = 9,
            &[
                "E103 node 0 (n1): operator set 9 of ai.onnx has no QuantizeLinear",
                "E103 node 1 (n2): operator set 9 of ai.onnx has no DequantizeLinear",
            ],
        ),
        (
            "no more",
            |m| {
                insert(m, "Upsample", vec![]);
                node(m, 10).input.push("c0".into());
            },
            &["E103 operator set 17 of ai.onnx has no Upsample"],
        ),
        ("domain", |m| node(m, 4).domain = "com.microsoft".into(), &["E101 com.microsoft.Conv is not supported"]),
    ]);
}

#[test]
fn attributes__are_numbers_that_are_built() {
    let floats = |value: f32| {
        let mut m = good();
        insert(&mut m, "LeakyRelu", vec![AttributeProto { f: value, ..attribute("alpha", FLOAT) }]);
        errors(&m)
    };
    assert!(floats(f32::NAN)[0].contains("attribute `alpha` is NaN") && floats(f32::NAN)[0].starts_with("E104"));
    assert!(floats(f32::NEG_INFINITY)[0].contains("attribute `alpha` is -inf"));
    refuses(&[
        (
            "training",
            |m| {
                let mut a = attribute("training_mode", INT);
                a.i = 1;
                insert(m, "BatchNormalization", vec![a]);
                node(m, 10).input.extend(["c30"; 4].map(String::from));
            },
            &["E101 BatchNormalization is not supported: training_mode = 1"],
        ),
        (
            "flag",
            |m| {
                let mut a = attribute("ceil_mode", INT);
                a.i = -1;
                let mut k = attribute("kernel_shape", INTS);
                k.ints = vec![2, 2];
                insert(m, "MaxPool", vec![a, k]);
            },
            &["E103 attribute `ceil_mode` is -1"],
        ),
        (
            "padded twice",
            |m| {
                let mut a = attribute("auto_pad", 3);
                a.s = b"VALID".to_vec();
                node(m, 4).attribute.push(a);
            },
            &["E103 auto_pad and pads"],
        ),
        (
            "far",
            |m| {
                let mut a = attribute("dilations", INTS);
                a.ints = vec![2000, 1];
                node(m, 9).attribute.push(a);
            },
            &["E101 dilation [2000, 1] is not supported"],
        ),
    ]);
}

#[test]
fn constants__are_whole() {
    refuses(&[
        (
            "type",
            |m| {
                constant(m, "c2").data_type = 5;
                constant(m, "c4").data_type = 5;
            },
            &["E101 c2: int16 is not supported: 2 constants have this type"],
        ),
        ("bias", |m| constant(m, "c7").dims = vec![1, 5], &["E103 node 4 (n5): a bias of shape [1, 5]"]),
        (
            "parameter",
            |m| {
                insert(m, "Reshape", vec![]);
                node(m, 10).input.push("c9".into());
            },
            &["E103 operand 1 of Reshape is int32, not int64"],
        ),
        ("zero", |m| node(m, 8).input[2] = "t1".into(), &["E104 node 8 (n11): zero point `t1` is not constant"]),
        (
            "subnormal",
            |m| constant(m, "c5").raw_data = 1e-40f32.to_le_bytes().to_vec(),
            &["E104 node 1 (n2): scale 0.0000"],
        ),
        (
            "types",
            |m| constant(m, "c23").data_type = 3,
            &["E103 node 8 (n11): codes of int32 with a zero point of int8"],
        ),
        ("bytes", |m| constant(m, "c2").raw_data.truncate(134), &["E103 c2: 134 bytes of int8 for shape [5, 3, 3, 3]"]),
        ("apart", |m| constant(m, "c2").data_location = 1, &["E101 c2: a constant apart from the model"]),
        ("both", |m| constant(m, "c2").int32_data = vec![1], &["E103 c2: its values stand in more than one field"]),
        ("shape", |m| constant(m, "c2").dims[0] = -5, &["E103 c2: shape [-5, 3, 3, 3]"]),
        (
            "scale",
            |m| constant(m, "c5").dims = vec![1, 1],
            &["E104 node 1 (n2): scale or zero point `c5` of shape [1, 1]"],
        ),
        (
            "bias",
            |m| constant(m, "c23").raw_data = vec![7, 0, 0, 0],
            &["E104 node 8 (n11): zero point 7 of int32 codes"],
        ),
        (
            "sparse",
            |m| {
                let t = constant(m, "c2").clone();
                graph(m).initializer.retain(|c| c.name != "c2");
                graph(m).sparse_initializer.push(SparseTensorProto { values: Some(t) });
            },
            &["E101 c2: a sparse constant"],
        ),
    ]);
}

/// Node 3 is a QLinearAdd, node 6 a QGemm.
fn good_qop() -> ModelProto {
    ModelProto::decode(&include_bytes!("../../tests/data/onnx_images/qop_residual.onnx")[..]).unwrap()
}

/// Node 3 is a QLinearConcat.
fn good_concat() -> ModelProto {
    ModelProto::decode(&include_bytes!("../../tests/data/onnx_images/qop_concat.onnx")[..]).unwrap()
}

#[test]
fn quantized_operators__have_scales_that_onnxruntime_takes() {
    assert_eq!((errors(&good_qop()), errors(&good_concat())), (Vec::new(), Vec::new()));
    refuses_of(
        good_qop,
        &[
            (
                "vector",
                |m| constant(m, "c36").dims = vec![1],
                &["E104 scale or zero point `c36` of shape [1]: a scalar is one"],
            ),
            (
                "half a result",
                |m| drop(node(m, 6).input.pop()),
                &["E101 QGemm is not supported: its result has a scale or a zero point"],
            ),
            (
                "counts",
                |m| {
                    let t = constant(m, "c55");
                    t.dims = vec![7];
                    t.raw_data = t.raw_data.repeat(7);
                },
                &["E104 weights with scales of shape [7] and zero points of []"],
            ),
        ],
    );
    refuses_of(
        good_concat,
        &[("operands", |m| drop(node(m, 3).input.pop()), &["E103 10 inputs: each operand has a scale"])],
    );
}

#[test]
fn parts_that_are_not_built__are_named() {
    refuses(&[
        (
            "training",
            |m| m.training_info.push(PresentProto {}),
            &["E101 what it says of its training is not supported"],
        ),
        (
            "function",
            |m| {
                insert(m, "Twice", vec![]);
                m.functions.push(FunctionProto { name: "Twice".into(), domain: String::new() });
            },
            &["E101 the function Twice is not supported", "E101 node 10 (inserted): Twice is not supported"],
        ),
        ("subgraph", |m| insert(m, "If", vec![]), &["E101 If is not supported: it runs subgraphs"]),
        (
            "int16 input",
            |m| {
                graph(m).input[0].r#type.as_mut().unwrap().tensor_type.as_mut().unwrap().elem_type = 5;
            },
            &["E101 x: an input of int16 is not supported"],
        ),
    ]);
}

/// What is behind a refused node has no error for that; what has its own, has it.
#[test]
fn consequences__are_not_told() {
    refuses(&[
        ("behind", |m| node(m, 4).op_type = "Einsum".into(), &["E101 node 4 (n5): Einsum"]),
        ("and another one", |m| {
            node(m, 4).op_type = "Einsum".into();
            node(m, 9).op_type = "LSTM".into();
        }, &["E101 node 4 (n5): Einsum", "E101 node 9 (n12): LSTM is not supported: this version does not build it; help: a model without recurrence"]),
        ("attributes behind", |m| {
            node(m, 4).op_type = "Einsum".into();
            node(m, 9).attribute.push(attribute("more", INT));
        }, &["E103 node 9 (n12): Conv has no attribute `more`", "E101 node 4 (n5): Einsum"]),
        ("two operands", |m| constant(m, "c6").data_type = 5, &["E101 c6: int16"]),
        ("idle", |m| {
            let mut idle = node(m, 5).clone();
            (idle.name, idle.output[0]) = ("idle".into(), "idle".into());
            graph(m).node.push(idle);
        }, &["E101 a result that is not used is not supported: nothing that leads to the output takes"]),
    ]);
}
