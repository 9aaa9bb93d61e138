//! `niello verify --layers`: a table of all layers, and the first element that differs.

use niello::layers::Layers;
use niello_model::Graph;
use serde_json::json;

use super::table::{number, render};

/// One engine's layers.
pub struct Named {
    /// The engine.
    pub label: String,
    /// What was seen.
    pub layers: Layers,
}

/// A row for each layer, and where the first fault lies.
pub fn text(graph: &Graph, named: &Named) -> String {
    let mut rows = vec![["layer", "operator", "result", "elements", "differ"].map(String::from).to_vec()];
    for l in &named.layers.layers {
        let node = &graph.nodes[l.node];
        rows.push(vec![
            format!("{} {}", l.name, node.name),
            node.kind.clone(),
            format!("{} {:?}", node.output.dtype.name(), node.output.shape),
            number(l.seen.compared),
            number(l.seen.differ),
        ]);
    }
    let mut lines = vec![format!("{}, layer by layer", named.label), render(&rows)];
    if let Some(l) = named.layers.first() {
        let node = &graph.nodes[l.node];
        let place = l.first.clone().unwrap_or_else(|| "its results never come".into());
        lines.push(format!("the first layer that differs is {} ({} {}): {place}", l.name, node.kind, node.name));
    }
    lines.extend(named.layers.findings.iter().map(ToString::to_string));
    lines.join("\n")
}

/// The same for machines.
pub fn json(graph: &Graph, named: &Named) -> serde_json::Value {
    let layers: Vec<_> = named
        .layers
        .layers
        .iter()
        .map(|l| {
            json!({ "layer": l.name, "node": graph.nodes[l.node].name, "operator": graph.nodes[l.node].kind,
                    "compared": l.seen.compared, "differ": l.seen.differ, "first": l.first })
        })
        .collect();
    json!({ "engine": named.label, "layers": layers,
            "findings": named.layers.findings.iter().map(ToString::to_string).collect::<Vec<_>>() })
}
