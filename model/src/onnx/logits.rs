//! A model without the softmax at its end: its results are what goes into that.

use super::proto::GraphProto;

/// Operators that may stand behind the softmax: they only name its results anew.
const BEHIND: [&str; 7] =
    ["QuantizeLinear", "DequantizeLinear", "Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze"];

/// Takes a softmax at the end, and what only follows it, out of the graph. False: there is none.
pub(super) fn without_softmax(graph: &mut GraphProto) -> bool {
    let [output] = &mut graph.output[..] else { return false };
    let mut name = output.name.clone();
    let mut gone = Vec::new();
    loop {
        let Some(i) = graph.node.iter().position(|n| n.output.first() == Some(&name)) else { return false };
        let (op, operand) = (graph.node[i].op_type.as_str(), graph.node[i].input.first().cloned());
        let Some(operand) = operand else { return false };
        // A loop among the nodes is none of a model; it is reported elsewhere.
        if gone.contains(&i) {
            return false;
        }
        gone.push(i);
        if matches!(op, "Softmax" | "LogSoftmax") {
            output.name = operand;
            break;
        }
        if !BEHIND.contains(&op) {
            return false;
        }
        name = operand;
    }
    gone.sort_unstable_by(|a, b| b.cmp(a));
    gone.into_iter().for_each(|i| drop(graph.node.remove(i)));
    true
}
