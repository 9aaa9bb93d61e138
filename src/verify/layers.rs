//! Layer by layer: a table of all layers, and the first element that differs.

use serde_json::json;

use crate::layers::Layers;
use crate::table::{number, render};

/// One engine's layers.
#[derive(Clone, Debug)]
pub struct ByLayer {
    /// The engine.
    pub label: String,
    /// What was seen.
    pub layers: Layers,
}

impl ByLayer {
    /// A row for each layer, and where the first fault lies.
    pub(super) fn text(&self) -> String {
        let mut rows = vec![["layer", "operator", "result", "elements", "differ"].map(String::from).to_vec()];
        for l in &self.layers.layers {
            rows.push(vec![
                format!("{} {}", l.name, l.model_name),
                l.operator.clone(),
                format!("{} {:?}", l.output.dtype.name(), l.output.shape),
                number(l.seen.compared),
                number(l.seen.differ),
            ]);
        }
        let mut lines = vec![format!("{}, layer by layer", self.label), render(&rows)];
        if let Some(l) = self.layers.first() {
            let place = l.first.clone().unwrap_or_else(|| "its results never come".into());
            lines
                .push(format!("the first layer that differs is {} ({} {}): {place}", l.name, l.operator, l.model_name));
        }
        lines.extend(self.layers.findings.iter().map(ToString::to_string));
        lines.join("\n")
    }

    /// The same for machines.
    pub(super) fn json(&self) -> serde_json::Value {
        let layer = |l: &crate::layers::Layer| {
            json!({ "layer": l.name, "node": l.model_name, "operator": l.operator, "compared": l.seen.compared,
                    "differ": l.seen.differ, "first": l.first })
        };
        json!({ "engine": self.label, "layers": self.layers.layers.iter().map(layer).collect::<Vec<_>>(),
                "findings": self.layers.findings.iter().map(ToString::to_string).collect::<Vec<_>>() })
    }
}
