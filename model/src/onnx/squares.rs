//! DepthToSpace of mode CRD, where the channels of a square lie beside each other: the same as mode DCR behind a convolution whose outputs
//! have another order. Done when the whole graph stands, for only then it is known who takes what.

use super::scope::Scope;
use niello_net::layers::{Conv, Enlarge, Enlarging, Table};

/// Reorders the outputs of the convolutions in front of DepthToSpace of mode CRD.
pub fn order_squares(scope: &mut Scope) {
    for (value, place) in std::mem::take(&mut scope.beside) {
        if !order_square(scope, value) {
            let why = "mode CRD, and its channels do not come straight from a Conv that nobody else takes";
            scope.unsupported(&place, "DepthToSpace", why, "mode CRD directly behind a Conv, or mode DCR");
        }
    }
}

fn order_square(scope: &mut Scope, value: usize) -> bool {
    let Some(Enlarge { channels, by: Enlarging::DepthToSpace(size), .. }) = scope.nodes[value - 1].op.layer() else {
        return false;
    };
    let (channels, size) = (*channels, *size);
    let mut from = scope.nodes[value - 1].inputs[0];
    loop {
        let takers = scope.nodes.iter().flat_map(|n| &n.inputs).filter(|i| **i == from).count();
        let Some(node) = from.checked_sub(1).filter(|_| takers == 1) else { return false };
        if scope.nodes[node].op.layer::<Table>().is_none() {
            break;
        }
        from = scope.nodes[node].inputs[0];
    }
    let Some(conv) = scope.nodes[from - 1].op.layer_mut::<Conv>() else { return false };
    let (places, depth) = ((size * size) as usize, (channels / (size * size)) as usize);
    // Place by place, the channels of each: there stands what the file has channel by channel.
    let order: Vec<usize> = (0..places).flat_map(|s| (0..depth).map(move |c| c * places + s)).collect();
    let d = &mut conv.dense;
    let columns = d.weights.len() / d.bias.len();
    d.weights = order.iter().flat_map(|r| d.weights[r * columns..][..columns].to_vec()).collect();
    d.bias = order.iter().map(|r| d.bias[*r]).collect();
    if let Some(r) = d.recode.as_mut().filter(|r| r.scales.len() > 1) {
        r.scales = order.iter().map(|row| r.scales[*row]).collect();
    }
    true
}
