//! What each operator that is built has, by the public definitions (onnx 1.23, ONNX Runtime 1.32): operands, outputs, attributes.

use super::proto::NodeProto;

/// The operator sets of ai.onnx in which niello knows its operators: those that ONNX Runtime 1.32 runs, quantizers included.
pub(super) const OPSETS: std::ops::RangeInclusive<i64> = 7..=27;
/// Versions of the file format.
pub(super) const IR_VERSIONS: std::ops::RangeInclusive<i64> = 3..=14;
/// The operator set of com.microsoft.
pub(super) const MICROSOFT: &str = "com.microsoft";

/// Operators of this name are those of this definition from an operator set on.
pub(super) struct Definition {
    name: &'static str,
    since: i64,
    /// Fewest and most operands.
    pub(super) inputs: (usize, usize),
    /// Most outputs; none: the operator is no more.
    pub(super) outputs: usize,
    /// Name, a colon and its type: `i`, `f`, `s`, `t`, and `I`, `F`, `S` for several. `!`: it must be there.
    attributes: &'static str,
}

const ANY: usize = usize::MAX;
const WINDOW: &str = "auto_pad:s dilations:I group:i kernel_shape:I pads:I strides:I";

const fn of(
    name: &'static str,
    since: i64,
    inputs: (usize, usize),
    outputs: usize,
    attributes: &'static str,
) -> Definition {
    Definition { name, since, inputs, outputs, attributes }
}

/// By name, the oldest first.
const ONNX: &[Definition] = &[
    of("Add", 7, (2, 2), 1, ""),
    of("AveragePool", 7, (1, 1), 1, "auto_pad:s count_include_pad:i kernel_shape:I! pads:I strides:I"),
    of("AveragePool", 10, (1, 1), 1, "auto_pad:s ceil_mode:i count_include_pad:i kernel_shape:I! pads:I strides:I"),
    of(
        "AveragePool",
        19,
        (1, 1),
        1,
        "auto_pad:s ceil_mode:i count_include_pad:i dilations:I kernel_shape:I! pads:I strides:I",
    ),
    of("BatchNormalization", 7, (5, 5), 5, "epsilon:f momentum:f spatial:i"),
    of("BatchNormalization", 9, (5, 5), 5, "epsilon:f momentum:f"),
    of("BatchNormalization", 14, (5, 5), 3, "epsilon:f momentum:f training_mode:i"),
    of("Clip", 7, (1, 1), 1, "max:f min:f"),
    of("Clip", 11, (1, 3), 1, ""),
    of("Concat", 7, (1, ANY), 1, "axis:i!"),
    of("Constant", 7, (0, 0), 1, "value:t!"),
    of(
        "Constant",
        12,
        (0, 0),
        1,
        "value:t value_float:f value_floats:F value_int:i value_ints:I value_string:s value_strings:S",
    ),
    of("Conv", 7, (2, 3), 1, WINDOW),
    of("DepthToSpace", 7, (1, 1), 1, "blocksize:i!"),
    of("DepthToSpace", 11, (1, 1), 1, "blocksize:i! mode:s"),
    of("DequantizeLinear", 10, (2, 3), 1, ""),
    of("DequantizeLinear", 13, (2, 3), 1, "axis:i"),
    of("DequantizeLinear", 21, (2, 3), 1, "axis:i block_size:i"),
    of("DequantizeLinear", 23, (2, 3), 1, "axis:i block_size:i output_dtype:i"),
    of("Div", 7, (2, 2), 1, ""),
    of("Flatten", 7, (1, 1), 1, "axis:i"),
    of("Gemm", 7, (3, 3), 1, "alpha:f beta:f transA:i transB:i"),
    of("Gemm", 11, (2, 3), 1, "alpha:f beta:f transA:i transB:i"),
    of("GlobalAveragePool", 7, (1, 1), 1, ""),
    of("HardSigmoid", 7, (1, 1), 1, "alpha:f beta:f"),
    of("HardSwish", 14, (1, 1), 1, ""),
    of("Identity", 7, (1, 1), 1, ""),
    of("LeakyRelu", 7, (1, 1), 1, "alpha:f"),
    of("MatMul", 7, (2, 2), 1, ""),
    of("MaxPool", 7, (1, 1), 1, "auto_pad:s kernel_shape:I! pads:I strides:I"),
    of("MaxPool", 8, (1, 1), 2, "auto_pad:s kernel_shape:I! pads:I storage_order:i strides:I"),
    of("MaxPool", 10, (1, 1), 2, "auto_pad:s ceil_mode:i dilations:I kernel_shape:I! pads:I storage_order:i strides:I"),
    of("Mul", 7, (2, 2), 1, ""),
    of("Pad", 7, (1, 1), 1, "mode:s pads:I! value:f"),
    of("Pad", 11, (2, 3), 1, "mode:s"),
    of("Pad", 18, (2, 4), 1, "mode:s"),
    of("QLinearConv", 10, (8, 9), 1, WINDOW),
    of("QLinearMatMul", 10, (8, 8), 1, ""),
    of("QuantizeLinear", 10, (2, 3), 1, ""),
    of("QuantizeLinear", 13, (2, 3), 1, "axis:i"),
    of("QuantizeLinear", 19, (2, 3), 1, "axis:i saturate:i"),
    of("QuantizeLinear", 21, (2, 3), 1, "axis:i block_size:i output_dtype:i saturate:i"),
    of("QuantizeLinear", 23, (2, 3), 1, "axis:i block_size:i output_dtype:i precision:i saturate:i"),
    of("ReduceMean", 7, (1, 1), 1, "axes:I keepdims:i"),
    of("ReduceMean", 18, (1, 2), 1, "keepdims:i noop_with_empty_axes:i"),
    of("Relu", 7, (1, 1), 1, ""),
    of("Reshape", 7, (2, 2), 1, ""),
    of("Reshape", 14, (2, 2), 1, "allowzero:i"),
    of("Resize", 10, (2, 2), 1, "mode:s"),
    of(
        "Resize",
        11,
        (3, 4),
        1,
        "coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i extrapolation_value:f mode:s \
         nearest_mode:s",
    ),
    of(
        "Resize",
        13,
        (1, 4),
        1,
        "coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i extrapolation_value:f mode:s \
         nearest_mode:s",
    ),
    of(
        "Resize",
        18,
        (1, 4),
        1,
        "antialias:i axes:I coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i \
         extrapolation_value:f keep_aspect_ratio_policy:s mode:s nearest_mode:s",
    ),
    of("Sigmoid", 7, (1, 1), 1, ""),
    of("Squeeze", 7, (1, 1), 1, "axes:I"),
    of("Squeeze", 13, (1, 2), 1, ""),
    of("Sub", 7, (2, 2), 1, ""),
    of("Tanh", 7, (1, 1), 1, ""),
    of("Transpose", 7, (1, 1), 1, "perm:I"),
    of("Unsqueeze", 7, (1, 1), 1, "axes:I!"),
    of("Unsqueeze", 13, (2, 2), 1, ""),
    of("Upsample", 7, (1, 1), 1, "mode:s scales:F!"),
    of("Upsample", 9, (2, 2), 1, "mode:s"),
    of("Upsample", 10, (2, 2), 0, "mode:s"),
];

const OF_MICROSOFT: &[Definition] = &[
    of("DequantizeLinear", 1, (2, 3), 1, "axis:i"),
    of("QGemm", 1, (6, 9), 1, "alpha:f transA:i transB:i"),
    of("QLinearAdd", 1, (7, 8), 1, ""),
    of(
        "QLinearAveragePool",
        1,
        (4, 5),
        1,
        "auto_pad:s ceil_mode:i channels_last:i count_include_pad:i kernel_shape:I! pads:I strides:I",
    ),
    of("QLinearConcat", 1, (3, ANY), 1, "axis:i!"),
    of("QLinearConv", 1, (8, 9), 1, "auto_pad:s channels_last:i dilations:I group:i kernel_shape:I pads:I strides:I"),
    of("QLinearGlobalAveragePool", 1, (5, 5), 1, "channels_last:i"),
    // The result's zero point may be left out by definition; ONNX Runtime 1.32 does not survive that.
    of("QLinearLeakyRelu", 1, (5, 5), 1, "alpha:f"),
    of("QLinearMul", 1, (7, 8), 1, ""),
    of("QLinearSigmoid", 1, (5, 5), 1, ""),
    of("QuantizeLinear", 1, (2, 3), 1, "axis:i"),
];

const OF_QONNX: &[Definition] = &[
    of("BipolarQuant", 1, (2, 2), 1, ""),
    of("IntQuant", 1, (4, 4), 1, "narrow:i rounding_mode:s signed:i"),
    of("Quant", 1, (4, 4), 1, "narrow:i rounding_mode:s signed:i"),
    of("Trunc", 1, (5, 7), 1, "narrow:i rounding_mode:s signed:i"),
];

/// Domains in which QONNX has its operators.
fn is_qonnx(domain: &str) -> bool {
    domain.contains("qonnx") || domain.contains("brevitas") || domain.starts_with("finn")
}

/// How a node's operator is defined.
pub(super) enum Known {
    Built(&'static Definition),
    /// The operator is built, and another operator set has it.
    Elsewhere,
    No,
}

/// The definition of a node's operator in operator set `opset` of ai.onnx.
pub(super) fn definition(node: &NodeProto, opset: i64) -> Known {
    let named = |table: &'static [Definition]| table.iter().filter(|d| d.name == node.op_type);
    let all: Vec<&Definition> = match node.domain.as_str() {
        "" | "ai.onnx" => named(ONNX).collect(),
        MICROSOFT => named(OF_MICROSOFT).collect(),
        other if is_qonnx(other) => named(OF_QONNX).collect(),
        _ => Vec::new(),
    };
    let own_sets = matches!(node.domain.as_str(), "" | "ai.onnx");
    match all.iter().rev().find(|d| !own_sets || d.since <= opset) {
        Some(d) if d.outputs > 0 => Known::Built(d),
        _ if all.is_empty() => Known::No,
        _ => Known::Elsewhere,
    }
}

impl Definition {
    /// What is wrong with a node's operands, outputs and attributes.
    pub(super) fn fault(&self, node: &NodeProto) -> Option<String> {
        let (least, most) = self.inputs;
        // Operands at the end may be left out by name.
        let given = node.input.len() - node.input.iter().rev().take_while(|i| i.is_empty()).count();
        if given < least || given > most || node.input[..least].iter().any(String::is_empty) {
            return Some(format!("{given} operands, {} takes {}", self.name, between(least, most)));
        }
        if node.output.len() > self.outputs {
            return Some(format!("{} outputs, {} gives {}", node.output.len(), self.name, between(1, self.outputs)));
        }
        let mut seen = std::collections::BTreeSet::new();
        for a in &node.attribute {
            let name = crate::error::clean(&a.name);
            let Some(kind) = self.kinds().find(|(n, _, _)| *n == a.name).map(|(_, kind, _)| kind) else {
                return Some(format!("{} has no attribute `{name}` in this operator set", self.name));
            };
            if !seen.insert(&a.name) {
                return Some(format!("attribute `{name}` stands twice"));
            }
            if !a.ref_attr_name.is_empty() {
                return Some(format!("attribute `{name}` refers to one of a function"));
            }
            if KINDS.iter().find(|(k, _, _)| *k == kind).is_none_or(|(_, code, _)| *code != a.r#type) {
                let is = KINDS.iter().find(|(_, code, _)| *code == a.r#type).map_or("of another type", |(_, _, is)| is);
                let wanted = KINDS.iter().find(|(k, _, _)| *k == kind).map_or("", |(_, _, is)| is);
                return Some(format!("attribute `{name}` is {is}, not {wanted}"));
            }
        }
        let missing = self.kinds().find(|(n, _, must)| *must && !node.attribute.iter().any(|a| a.name == *n));
        missing.map(|(name, _, _)| format!("{} without its attribute `{name}`", self.name))
    }

    /// Name, type, and whether it must be there.
    fn kinds(&self) -> impl Iterator<Item = (&'static str, char, bool)> {
        self.attributes.split_whitespace().filter_map(|a| {
            let (name, kind) = a.split_once(':')?;
            Some((name, kind.chars().next()?, kind.ends_with('!')))
        })
    }
}

/// Letters for the types of attributes, their numbers in a file, and what they are.
const KINDS: [(char, i32, &str); 7] = [
    ('f', 1, "a float"),
    ('i', 2, "an integer"),
    ('s', 3, "text"),
    ('t', 4, "a tensor"),
    ('F', 6, "floats"),
    ('I', 7, "integers"),
    ('S', 8, "texts"),
];

fn between(least: usize, most: usize) -> String {
    match most {
        ANY => format!("{least} or more"),
        _ if least == most => least.to_string(),
        _ => format!("{least} to {most}"),
    }
}
