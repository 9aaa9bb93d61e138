//! The type that QONNX notes for a model's input: one whose first layer takes codes as they come, an image's bytes, has no Quant there.

use super::proto::{AttributeProto, GraphProto, NodeProto, TensorProto};

/// The key under which a tensor's type is noted.
const KEY: &str = "finn_datatype";

/// Bits and sign of a whole type: `INT1` to `INT16`, `UINT1` to `UINT16`.
fn whole(name: &str) -> Option<(u32, i64)> {
    let (bits, signed) = name.strip_prefix("UINT").map(|b| (b, 0)).or_else(|| Some((name.strip_prefix("INT")?, 1)))?;
    bits.parse().ok().filter(|b| (1..=16).contains(b)).map(|b| (b, signed))
}

/// Puts a Quant of scale 1 behind an input of a noted whole type that nothing quantizes.
pub(super) fn quantize_input(graph: &mut GraphProto) {
    // Old files name their constants as inputs too.
    let constant = |name: &str| graph.initializer.iter().any(|t| t.name == name);
    let inputs: Vec<&str> = graph.input.iter().map(|i| i.name.as_str()).filter(|n| !constant(n)).collect();
    let [name] = inputs[..] else { return };
    let name = name.to_string();
    let notes = graph.quantization_annotation.iter().filter(|a| a.tensor_name == name);
    let noted = notes.flat_map(|a| &a.quant_parameter_tensor_names).find(|e| e.key == KEY);
    let Some((bits, signed)) = noted.and_then(|e| whole(&e.value)) else { return };
    let takes = |n: &NodeProto| n.input.contains(&name);
    if graph.node.iter().any(|n| takes(n) && matches!(n.op_type.as_str(), "Quant" | "IntQuant" | "QuantizeLinear")) {
        return;
    }
    let codes = format!("{name}_as_codes");
    for input in graph.node.iter_mut().flat_map(|n| &mut n.input).filter(|i| **i == name) {
        input.clone_from(&codes);
    }
    let constant = |what: &str, value: f32| TensorProto {
        name: format!("{codes}_{what}"),
        data_type: FLOAT,
        float_data: vec![value],
        ..TensorProto::default()
    };
    let constants = [constant("scale", 1.0), constant("zero", 0.0), constant("bits", bits as f32)];
    let inputs = std::iter::once(name.clone()).chain(constants.iter().map(|c| c.name.clone()));
    let node = NodeProto {
        input: inputs.collect(),
        output: vec![codes.clone()],
        name: codes.clone(),
        op_type: "Quant".into(),
        domain: DOMAIN.into(),
        attribute: vec![AttributeProto { name: "signed".into(), i: signed, ..AttributeProto::default() }],
    };
    graph.initializer.extend(constants);
    graph.node.insert(0, node);
}

/// The type of float32 constants.
const FLOAT: i32 = 1;
/// Where QONNX has its operators.
const DOMAIN: &str = "qonnx.custom_op.general";

#[cfg(test)]
#[allow(non_snake_case)]
mod tests {
    use super::*;

    #[test]
    fn whole__knows_integers_of_1_to_16_bits() {
        assert_eq!([whole("UINT8"), whole("INT3"), whole("UINT16")], [Some((8, 0)), Some((3, 1)), Some((16, 0))]);
        for other in ["FLOAT32", "INT32", "UINT0", "INT", "FIXED<8,4>", "BIPOLAR", ""] {
            assert_eq!(whole(other), None, "{other}");
        }
    }
}
