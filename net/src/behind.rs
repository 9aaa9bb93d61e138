//! Which elements lie behind a node that the framework itself runs in float: only those may differ from the integer rule.

use crate::{Graph, Node, Op};

/// For each element of the model's result, whether a node that the framework runs in float leads to it. Where an operator mixes channels or
/// pixels, all of what it gives counts as behind.
pub fn behind_float(graph: &Graph) -> Vec<bool> {
    let mut behind: Vec<Vec<bool>> = vec![vec![false; graph.input.elements()]];
    for node in &graph.nodes {
        let operands: Vec<&[bool]> = node.inputs.iter().map(|v| &behind[*v][..]).collect();
        let next = if node.float_in_framework { vec![true; node.output.elements()] } else { through(node, &operands) };
        behind.push(next);
    }
    behind.pop().unwrap_or_default()
}

fn through(node: &Node, operands: &[&[bool]]) -> Vec<bool> {
    let n = node.output.elements();
    if !operands.iter().any(|o| o.contains(&true)) {
        return vec![false; n];
    }
    match &node.op {
        Op::Layer(l) => l.behind(operands, n),
        // Element by element.
        _ => operands[0].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::{Concat, Permute, Table};
    use crate::{DType, Value};

    fn node(inputs: &[usize], op: Op, shape: &[usize], float: bool) -> Node {
        let output = Value { name: "v".into(), shape: shape.to_vec(), dtype: DType::I8 };
        let (name, kind) = ("n".into(), "k".into());
        Node { name, kind, op, inputs: inputs.to_vec(), output, float_in_framework: float }
    }

    /// Of two branches only one is computed in float: the other's channels must be equal.
    #[test]
    fn behind_float__follows_branches_and_moves() {
        let table = || Op::from(Table { lowest: -128, entries: vec![0; 256] });
        let input = Value { name: "x".into(), shape: vec![2, 1, 2], dtype: DType::I8 };
        let nodes = vec![
            node(&[0], table(), &[2, 1, 2], true),
            node(&[0], table(), &[2, 1, 2], false),
            node(&[2, 1], Concat { channels: vec![2, 2] }.into(), &[2, 1, 4], false),
            node(&[3], Permute::new(&[2, 1, 4], &[2, 0, 1]).into(), &[4, 2, 1], false),
        ];
        let mut graph =
            Graph { name: "g".into(), format: "onnx", profile: "ort-int", input, nodes, hardware_softmax: false };
        assert_eq!(behind_float(&graph), [false, false, false, false, true, true, true, true]);
        graph.nodes.truncate(3);
        assert_eq!(behind_float(&graph), [false, false, true, true, false, false, true, true]);
        graph.nodes[0].float_in_framework = false;
        assert_eq!(behind_float(&graph), [false; 8]);
    }
}
