//! What is wrong with a node of the domain is refused, by its code and with a word of why.

use prost::Message;

use crate::onnx::import;
use crate::onnx::proto::{AttributeProto, ModelProto};

fn model(name: &str) -> ModelProto {
    let path = format!("{}/tests/data/niello/{name}.onnx", env!("CARGO_MANIFEST_DIR"));
    #[allow(clippy::disallowed_methods)]
    ModelProto::decode(&std::fs::read(path).unwrap()[..]).unwrap()
}

/// An attribute of the domain's last node, which may not have had it.
fn attribute<'m>(m: &'m mut ModelProto, name: &str) -> &'m mut AttributeProto {
    let nodes = &mut m.graph.as_mut().unwrap().node;
    let own = |n: &&mut crate::onnx::proto::NodeProto| n.domain == "niello";
    let node = nodes.iter_mut().filter(own).last().unwrap();
    if !node.attribute.iter().any(|a| a.name == name) {
        node.attribute.push(AttributeProto { name: name.into(), r#type: 2, ..Default::default() });
    }
    node.attribute.iter_mut().find(|a| a.name == name).unwrap()
}

fn refused(name: &str, change: impl Fn(&mut ModelProto), code: &str, words: &str) {
    let mut m = model(name);
    import("m", &m.encode_to_vec()).unwrap_or_else(|e| panic!("{name} unchanged: {e}"));
    change(&mut m);
    let e = import("m", &m.encode_to_vec()).map(|_| ()).unwrap_err().to_string();
    assert!(e.starts_with(code) && e.contains(words), "{name}: {e}");
}

fn constant(m: &mut ModelProto, dims: &[i64], to: i8) {
    let list = &mut m.graph.as_mut().unwrap().initializer;
    let t = list.iter_mut().find(|t| t.dims == dims && t.data_type == 3).unwrap();
    t.raw_data[0] = to as u8;
}

#[test]
fn dyadic_numbers__are_as_many_as_said_and_within_bounds() {
    refused("matmul_bias", |m| attribute(m, "multiplier").ints.truncate(6), "E103", "6 multipliers and 7 shifts");
    refused("matmul_bias", |m| attribute(m, "shift").ints[2] = 63, "E103", "shift 63");
    refused("matmul_bias", |m| attribute(m, "multiplier").ints[0] = -1, "E103", "multiplier -1");
    refused("matmul_bias", |m| attribute(m, "bits").i = 17, "E101", "results of 17 bits");
    refused("add_ratios", |m| attribute(m, "multiplier").ints[0] = 1 << 31 | 1, "E103", "multiplier");
}

#[test]
fn settings__have_legal_values() {
    let text = |name: &'static str, to: &'static str| {
        move |m: &mut ModelProto| {
            let a = attribute(m, name);
            (a.s, a.r#type) = (to.into(), 3);
        }
    };
    refused("shiftmax", |m| attribute(m, "inverse_scale").i = 0, "E103", "inverse_scale 0");
    refused("shiftmax", text("half", "round"), "E103", "half `round`: floor, keep are known");
    refused("layer_norm", text("root", "exact"), "E103", "newton_half");
    refused("attention", |m| attribute(m, "scale").f = 0.0, "E103", "they are positive");
    refused("attention", text("mask", "lower"), "E103", "causal");
    refused("cached_attention", |m| attribute(m, "tokens").i = 0, "E103", "tokens 0: 1 to 65536 are legal");
    refused("cached_attention_of_heads", |m| attribute(m, "sinks").i = 6, "E103", "sinks 6: 0 to 5 are legal");
    refused("cached_attention_of_heads", |m| attribute(m, "group").i = 3, "E103", "groups divide keys of 4");
    refused("rotary", |m| attribute(m, "fraction").i = 16, "E103", "fraction 16");
    refused("gated_recurrence", |m| attribute(m, "up").i = 9, "E101", "a state of 17 bits");
    refused(
        "shiftmax",
        |m| m.opset_import.iter_mut().for_each(|s| s.version += i64::from(s.domain == "niello")),
        "E102",
        "operator set 2 of niello",
    );
}

/// Weights that are none; codes whose bits no tensor of a file has, where a meaning hangs on them.
#[test]
fn operands__are_what_the_domain_says() {
    refused("bit_linear", |m| constant(m, &[12, 7], 2), "E101", "a weight of 2");
    let narrow = |m: &mut ModelProto| {
        // The sum in front gives 12 bits in int16 tensors.
        let node = m.graph.as_mut().unwrap().node.iter_mut().find(|n| n.op_type == "Add").unwrap();
        node.attribute.iter_mut().find(|a| a.name == "bits").unwrap().i = 12;
    };
    refused("bit_linear_of_int16", narrow, "E101", "codes of int12");
    refused("rotary_of_heads", narrow, "E101", "codes of int12");
}
