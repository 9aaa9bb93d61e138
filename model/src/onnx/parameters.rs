//! Constant operands: of what types and shapes they are, whoever takes them.

use std::collections::BTreeMap;

use super::constant::Constant;
use super::names;
use super::proto::{GraphProto, NodeProto, TensorProto};
use crate::error::{clean, ModelError};

/// Constants of a graph by name.
pub(super) fn constants(graph: &GraphProto) -> BTreeMap<&str, &TensorProto> {
    let of_nodes = graph.node.iter().filter(|n| n.op_type == "Constant").filter_map(|n| {
        let tensor = n.attribute.iter().find(|a| a.name == "value")?.t.as_ref()?;
        Some((n.output.first()?.as_str(), tensor))
    });
    graph.initializer.iter().map(|t| (t.name.as_str(), t)).chain(of_nodes).collect()
}

/// Constant operands: of the type that the operator has; zero points of the codes' type and of shapes that ONNX Runtime takes, 0 for sums.
pub(super) fn parameters(
    place: &str,
    node: &NodeProto,
    constants: &BTreeMap<&str, &TensorProto>,
) -> Result<(), ModelError> {
    let refuse = |what: String| {
        let help = "quantize the model again (quantize_static writes what ONNX Runtime takes)".into();
        Err(ModelError::Quantization { place: place.into(), what, help })
    };
    let constant = |k: usize| node.input.get(k).and_then(|n| constants.get(n.as_str())).copied();
    let contradicts = |what| Err(ModelError::Inconsistent { place: place.into(), what });
    let other =
        |(op, k, kind): &&(&str, usize, i32)| node.op_type == *op && constant(*k).is_some_and(|t| t.data_type != *kind);
    if let Some((op, k, kind)) = PARAMETERS.iter().find(other) {
        let (is, wanted) = (constant(*k).map_or("", |t| names::dtype(t.data_type)), names::dtype(*kind));
        return contradicts(format!("operand {k} of {op} is {is}, not {wanted}"));
    }
    let deep = |(op, k, _): &&(&str, usize, i32)| node.op_type == *op && constant(*k).is_some_and(|t| t.dims.len() > 1);
    if let Some((op, k, _)) = PARAMETERS.iter().find(deep) {
        let dims = constant(*k).map(|t| t.dims.clone()).unwrap_or_default();
        return contradicts(format!("operand {k} of {op} has shape {dims:?}, it is a list"));
    }
    let quantizer = matches!(node.op_type.as_str(), "DequantizeLinear" | "QuantizeLinear");
    if let Some(t) = [1, 2].into_iter().filter_map(constant).find(|t| quantizer && t.dims.len() > 1) {
        let what =
            format!("scale or zero point `{}` of shape {:?}: a scalar or a vector is one", clean(&t.name), t.dims);
        return refuse(what);
    }
    match node.op_type.as_str() {
        "DequantizeLinear" => {
            let Some(codes) = constant(0) else { return Ok(()) };
            let zero = match (constant(2), node.input.get(2)) {
                (Some(zero), _) => zero,
                (None, Some(name)) if !name.is_empty() => {
                    return refuse(format!("zero point `{}` is not constant", clean(name)));
                }
                _ => return Ok(()),
            };
            if codes.data_type != zero.data_type {
                let (codes, zero) = (names::dtype(codes.data_type), names::dtype(zero.data_type));
                return contradicts(format!("codes of {codes} with a zero point of {zero}"));
            }
            // Biases: the kernels look at no zero point, and the operator's definition allows none.
            let values = Constant::read(zero).map(|z| z.ints).unwrap_or_default();
            match values.into_iter().find(|z| *z != 0) {
                Some(z) if codes.data_type == INT32 => {
                    refuse(format!("zero point {z} of int32 codes `{}`: it must be 0", clean(&codes.name)))
                }
                _ => Ok(()),
            }
        }
        "QLinearAdd" | "QLinearMul" | "QLinearAveragePool" => {
            let vector = (1..node.input.len()).filter(|k| *k != 3 || node.op_type == "QLinearAveragePool");
            match vector.filter_map(constant).find(|t| !t.dims.is_empty()) {
                Some(t) => {
                    refuse(format!("scale or zero point `{}` of shape {:?}: a scalar is one", clean(&t.name), t.dims))
                }
                None => Ok(()),
            }
        }
        "QGemm" => match (constant(4), constant(5)) {
            (Some(s), Some(z)) if s.dims != z.dims => {
                refuse(format!("weights with scales of shape {:?} and zero points of {:?}", s.dims, z.dims))
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Element types of constants.
const FLOAT32: i32 = 1;
const INT32: i32 = 6;
const INT64: i32 = 7;

/// Operands that are parameters, and their types.
const PARAMETERS: [(&str, usize, i32); 7] = [
    ("Pad", 1, INT64),
    ("Reshape", 1, INT64),
    ("Squeeze", 1, INT64),
    ("Unsqueeze", 1, INT64),
    ("Resize", 2, FLOAT32),
    ("Resize", 3, INT64),
    ("Upsample", 1, FLOAT32),
];
