//! Pixels move as well after they became codes as before: `Conv -> DepthToSpace -> Relu -> Quant` is `Conv -> Relu -> Quant -> DepthToSpace`,
//! in which sums become codes where they are. Only in QONNX: ONNX Runtime would have summed in float.

use super::proto::{GraphProto, NodeProto};

/// Moves DepthToSpace and Resize behind what makes codes of sums.
pub(super) fn moves_last(graph: &mut GraphProto) {
    if !graph.node.iter().any(|n| matches!(n.op_type.as_str(), "Quant" | "IntQuant")) {
        return;
    }
    let mut k = 0;
    while k < graph.node.len() {
        match next(graph, k) {
            Some(taker) => swap(&mut graph.node, k, taker),
            None => k += 1,
        }
    }
}

fn moves(n: &NodeProto) -> bool {
    matches!(n.op_type.as_str(), "DepthToSpace" | "Resize" | "Upsample") && n.output.len() == 1
}

/// The only taker of a move of sums, where it treats all elements alike.
fn next(graph: &GraphProto, k: usize) -> Option<usize> {
    let node = graph.node.get(k).filter(|n| moves(n))?;
    let (from, to) = (node.input.first()?, node.output.first()?);
    let before = graph.node[..k].iter().find(|n| n.output.contains(from))?;
    if !matches!(before.op_type.as_str(), "Conv" | "BatchNormalization" | "Relu" | "Add") || quantized(graph, k, from) {
        return None;
    }
    let takers: Vec<usize> = (0..graph.node.len()).filter(|j| graph.node[*j].input.contains(to)).collect();
    let [taker] = takers[..] else { return None };
    let of = &graph.node[taker];
    let alike = matches!(of.op_type.as_str(), "Relu" | "Clip" | "Quant" | "IntQuant");
    let leaves = graph.output.iter().any(|o| o.name == *to);
    // One constant for all, there before the move is.
    let known = |name: &String| {
        let one = |dims: &[i64]| dims.iter().product::<i64>() == 1;
        name.is_empty() || graph.initializer.iter().any(|t| t.name == *name && one(&t.dims))
    };
    let single = of.output.len() == 1 && of.input.first() == Some(to) && of.input.iter().skip(1).all(known);
    (taker > k && alike && !leaves && single).then_some(taker)
}

/// A Relu of codes is one of their functions.
fn quantized(graph: &GraphProto, k: usize, name: &str) -> bool {
    let by = graph.node[..k].iter().find(|n| n.output.iter().any(|o| o == name));
    match by.map(|n| (n.op_type.as_str(), n.input.first())) {
        Some(("Quant" | "IntQuant" | "DequantizeLinear", _)) => true,
        Some(("Relu", Some(from))) => quantized(graph, k, from),
        _ => false,
    }
}

/// `a -> move -> b -> taker -> c` becomes `a -> taker -> b -> move -> c`.
fn swap(nodes: &mut [NodeProto], k: usize, taker: usize) {
    let (from, to) = (nodes[k].input[0].clone(), nodes[taker].output[0].clone());
    let between = nodes[k].output[0].clone();
    nodes[taker].input[0] = from;
    nodes[taker].output[0].clone_from(&between);
    nodes[k].input[0] = between;
    nodes[k].output[0] = to;
    nodes.swap(k, taker);
}

#[cfg(test)]
#[allow(non_snake_case)]
mod tests {
    use super::*;

    /// `x -> .. -> y`, each of one operand.
    fn chain(ops: &[&str]) -> GraphProto {
        let node = |(k, op): (usize, &&str)| NodeProto {
            input: vec![format!("t{k}")],
            output: vec![format!("t{}", k + 1)],
            op_type: op.to_string(),
            ..NodeProto::default()
        };
        GraphProto { node: ops.iter().enumerate().map(node).collect(), ..GraphProto::default() }
    }

    fn after(ops: &[&str]) -> Vec<String> {
        let mut graph = chain(ops);
        moves_last(&mut graph);
        // Each still takes what the one before it gives.
        assert!(graph.node.windows(2).all(|w| w[0].output == w[1].input), "{graph:?}");
        graph.node.into_iter().map(|n| n.op_type).collect()
    }

    #[test]
    fn moves_last__of_sums_that_a_quant_takes() {
        assert_eq!(
            after(&["Quant", "Conv", "DepthToSpace", "Relu", "Quant"]),
            ["Quant", "Conv", "Relu", "Quant", "DepthToSpace"]
        );
        for stays in [
            // ONNX Runtime sums in float here.
            &["DequantizeLinear", "Conv", "DepthToSpace", "QuantizeLinear"][..],
            // Codes move as they are.
            &["Quant", "DepthToSpace", "Relu", "Quant"],
            &["Quant", "Relu", "Resize", "Quant"],
            &["Quant", "Conv", "DepthToSpace", "Conv", "Quant"],
        ] {
            assert_eq!(after(stays), stays);
        }
    }
}
