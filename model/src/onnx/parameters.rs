//! Constant operands: of what types and shapes they are, whoever takes them.

use std::collections::BTreeMap;

use super::definition::{definition, Known};
use super::names;
use super::operator::Operands;
use super::proto::{GraphProto, TensorProto};
use crate::error::ModelError;

/// Constants of a graph by name.
pub fn constants(graph: &GraphProto) -> BTreeMap<&str, &TensorProto> {
    let of_nodes = graph.node.iter().filter(|n| n.op_type == "Constant").filter_map(|n| {
        let tensor = n.attribute.iter().find(|a| a.name == "value")?.t.as_ref()?;
        Some((n.output.first()?.as_str(), tensor))
    });
    graph.initializer.iter().map(|t| (t.name.as_str(), t)).chain(of_nodes).collect()
}

/// Constant operands: lists of the type that the operator has, and what else its own file demands.
///
/// # Errors
/// E103, E104.
pub fn parameters(o: &Operands, opset: i64) -> Result<(), ModelError> {
    let Known::Built(operator, _) = definition(o.node, opset) else { return Ok(()) };
    let name = operator.name;
    let other = |(k, kind): &&(usize, i32)| o.constant(*k).is_some_and(|t| t.data_type != *kind);
    if let Some((k, kind)) = operator.lists.iter().find(other) {
        let (is, wanted) = (o.constant(*k).map_or("", |t| names::dtype(t.data_type)), names::dtype(*kind));
        return o.contradicts(format!("operand {k} of {name} is {is}, not {wanted}"));
    }
    let deep = |(k, _): &&(usize, i32)| o.constant(*k).is_some_and(|t| t.dims.len() > 1);
    if let Some((k, _)) = operator.lists.iter().find(deep) {
        let dims = o.constant(*k).map(|t| t.dims.clone()).unwrap_or_default();
        return o.contradicts(format!("operand {k} of {name} has shape {dims:?}, it is a list"));
    }
    operator.check.map_or(Ok(()), |check| check(o))
}
