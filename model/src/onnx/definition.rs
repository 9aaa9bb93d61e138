//! How a node's operator is defined, and what is wrong with a node by that definition.

use super::operator::{Definition, Domain, Operator, ANY};
use super::proto::NodeProto;
use super::registry::operators;

/// The operator sets of ai.onnx in which niello knows its operators: those that ONNX Runtime 1.32 runs, quantizers included.
pub const OPSETS: std::ops::RangeInclusive<i64> = 7..=27;
/// Versions of the file format.
pub const IR_VERSIONS: std::ops::RangeInclusive<i64> = 3..=14;

/// How a node's operator is defined.
pub enum Known {
    /// It is built, and this operator set has it.
    Built(&'static Operator, &'static Definition),
    /// The operator is built, and another operator set has it.
    Elsewhere,
    /// It is not built.
    No,
}

/// The definition of a node's operator in operator set `opset` of ai.onnx.
pub fn definition(node: &NodeProto, opset: i64) -> Known {
    let domain = Domain::of(&node.domain);
    let Some(o) = operators().find(|o| Some(o.domain) == domain && o.name == node.op_type) else { return Known::No };
    let reached = |d: &&Definition| o.domain != Domain::Onnx || d.since <= opset;
    match o.definitions.iter().rev().find(reached) {
        Some(d) if d.outputs > 0 => Known::Built(o, d),
        _ => Known::Elsewhere,
    }
}

impl Definition {
    /// What is wrong with a node's operands, outputs and attributes.
    pub fn fault(&self, node: &NodeProto) -> Option<String> {
        let (least, most) = self.inputs;
        // Operands at the end may be left out by name.
        let given = node.input.len() - node.input.iter().rev().take_while(|i| i.is_empty()).count();
        if given < least || given > most || node.input[..least].iter().any(String::is_empty) {
            return Some(format!("{given} operands, {} takes {}", node.op_type, between(least, most)));
        }
        if node.output.len() > self.outputs {
            return Some(format!("{} outputs, {} gives {}", node.output.len(), node.op_type, between(1, self.outputs)));
        }
        let mut seen = std::collections::BTreeSet::new();
        for a in &node.attribute {
            let name = crate::error::clean(&a.name);
            let Some(kind) = self.kinds().find(|(n, _, _)| *n == a.name).map(|(_, kind, _)| kind) else {
                return Some(format!("{} has no attribute `{name}` in this operator set", node.op_type));
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
        missing.map(|(name, _, _)| format!("{} without its attribute `{name}`", node.op_type))
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
