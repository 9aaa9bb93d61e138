//! Which elements lie behind a node that the framework itself runs in float: only those may differ from the integer rule.

use crate::graph::{Graph, Node, Op};

/// For each element of the model's result, whether a node that the framework runs in float leads to it. Where an operator mixes channels or
/// pixels, all of what it gives counts as behind.
pub fn behind_float(graph: &Graph) -> Vec<bool> {
    let mut behind: Vec<Vec<bool>> = vec![vec![false; graph.input.elements()]];
    for node in &graph.nodes {
        let operands: Vec<&Vec<bool>> = node.inputs.iter().map(|v| &behind[*v]).collect();
        let next = if node.float_in_framework { vec![true; node.output.elements()] } else { through(node, &operands) };
        behind.push(next);
    }
    behind.pop().unwrap_or_default()
}

fn through(node: &Node, operands: &[&Vec<bool>]) -> Vec<bool> {
    let (n, x) = (node.output.elements(), operands[0]);
    let any = operands.iter().any(|o| o.contains(&true));
    match &node.op {
        _ if !any => vec![false; n],
        Op::Concat(c) => {
            let pixels = x.len() / c.channels[0].max(1) as usize;
            let part = |p: usize| {
                operands.iter().zip(&c.channels).flat_map(move |(o, c)| &o[p * *c as usize..][..*c as usize])
            };
            (0..pixels).flat_map(part).copied().collect()
        }
        Op::Transpose { dims, steps } => moved(x, dims, steps),
        // Element by element, if no operand is spread.
        Op::Reshape | Op::Table(_) | Op::Quantize { .. } | Op::Quant(_) | Op::Dequantize { .. } | Op::Pair(_)
            if operands.iter().all(|o| o.len() == n) =>
        {
            (0..n).map(|i| operands.iter().any(|o| o[i])).collect()
        }
        // Channel by channel.
        Op::Pool(_) | Op::FloatMean(_) | Op::Pad(_) => {
            let channels = node.output.shape.last().copied().unwrap_or(1).max(1);
            if !x.len().is_multiple_of(channels) {
                return vec![true; n];
            }
            let touched: Vec<bool> = (0..channels).map(|c| x.iter().skip(c).step_by(channels).any(|b| *b)).collect();
            (0..n).map(|i| touched[i % channels]).collect()
        }
        _ => vec![true; n],
    }
}

/// Dimension `i` of the result is dimension `steps[i]` of the operand.
fn moved(x: &[bool], dims: &[usize], steps: &[usize]) -> Vec<bool> {
    let shape: Vec<usize> = steps.iter().map(|s| dims[*s]).collect();
    let from = |mut i: usize| {
        let mut at = vec![0; dims.len()];
        for (k, d) in shape.iter().enumerate().rev() {
            at[steps[k]] = i % d;
            i /= d;
        }
        at.iter().zip(dims).fold(0, |a, (i, d)| a * d + i)
    };
    (0..x.len()).map(|i| x[from(i)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Concat, DType, Value};

    fn node(inputs: &[usize], op: Op, shape: &[usize], float: bool) -> Node {
        let output = Value { name: "v".into(), shape: shape.to_vec(), dtype: DType::I8 };
        let (name, kind) = ("n".into(), "k".into());
        Node { name, kind, op, inputs: inputs.to_vec(), output, float_in_framework: float }
    }

    /// Of two branches only one is computed in float: the other's channels must be equal.
    #[test]
    fn behind_float__follows_branches_and_moves() {
        let table = || Op::Table(vec![0; 256]);
        let input = Value { name: "x".into(), shape: vec![2, 1, 2], dtype: DType::I8 };
        let nodes = vec![
            node(&[0], table(), &[2, 1, 2], true),
            node(&[0], table(), &[2, 1, 2], false),
            node(&[2, 1], Op::Concat(Concat { channels: vec![2, 2] }), &[2, 1, 4], false),
            node(&[3], Op::Transpose { dims: vec![2, 1, 4], steps: vec![2, 0, 1] }, &[4, 2, 1], false),
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
