//! What is known of names: constants, and those of which nothing is known, because what gives them was refused.

use std::collections::BTreeSet;

use super::constant::{dtype, Constant, Unread};
use super::names;
use super::operator::Domain;
use super::proto::{GraphProto, NodeProto, TensorProto};
use super::scope::Scope;
use crate::error::{clean, ModelError};

impl Scope {
    /// Takes nodes that were refused out of the graph.
    pub fn leave_out(&mut self, graph: &mut GraphProto, refused: &BTreeSet<usize>) {
        let mut i = 0;
        graph.node.retain(|node| {
            i += 1;
            let keep = !refused.contains(&(i - 1));
            if !keep {
                self.forget(node);
            }
            keep
        });
        let sparse = graph.sparse_initializer.iter().filter_map(|t| Some(t.values.as_ref()?.name.clone()));
        self.unknown.extend(sparse);
    }

    /// Nothing is known of a node's results.
    pub fn forget(&mut self, node: &NodeProto) {
        self.unknown.extend(node.output.iter().filter(|o| !o.is_empty()).cloned());
        self.wanted.extend(node.input.iter().cloned());
    }

    /// The file's constants.
    pub fn read_constants(&mut self, graph: &GraphProto) {
        let taken: BTreeSet<&String> = graph.node.iter().flat_map(|n| &n.input).collect();
        let own = |n: &&NodeProto| Domain::of(&n.domain) == Some(Domain::Niello);
        self.short = graph.node.iter().filter(own).flat_map(|n| n.input.clone()).collect();
        let others = graph.node.iter().filter(|n| !own(n)).flat_map(|n| &n.input);
        let others: BTreeSet<&String> = others.collect();
        self.short.retain(|name| !others.contains(name));
        for t in graph.initializer.iter().filter(|t| taken.contains(&t.name)) {
            self.constant(&clean(&t.name), &t.name, t);
        }
    }

    /// A constant under a name.
    pub fn constant(&mut self, place: &str, name: &str, t: &TensorProto) {
        // Only own operators take 16 bits.
        let short = dtype(t.data_type).is_some_and(|d| d.bits() == 16) && !self.short.contains(name);
        let read = if short { Err(Unread::Type(t.data_type)) } else { Constant::read(t) };
        let error = match read {
            Ok(c) => return drop(self.constants.insert(name.into(), c)),
            Err(Unread::Type(code)) => {
                self.types.entry(code).or_default().push(place.into());
                None
            }
            Err(Unread::Apart) => {
                let why = "its values lie in another file";
                self.unsupported(
                    place,
                    "a constant apart from the model",
                    why,
                    "one file (onnx.save without external data)",
                );
                None
            }
            Err(Unread::Wrong(what)) => Some(ModelError::Inconsistent { place: place.into(), what }),
        };
        self.errors.extend(error);
        self.unknown.insert(name.into());
    }

    /// One error for each element type that is not built.
    pub fn unsupported_types(&mut self) {
        for (code, places) in std::mem::take(&mut self.types) {
            let why = match places.len() {
                1 => "a constant has this type".to_string(),
                n => format!("{n} constants have this type, this is the first one"),
            };
            let nearest = "int8 or uint8 (quantize to int8), int32 biases, float32 scales";
            self.unsupported(&places[0], names::dtype(code), &why, nearest);
        }
    }
}
