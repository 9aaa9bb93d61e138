//! What goes into a model and what comes out of it: one of each, and everything between them is used.

use std::collections::BTreeSet;

use super::constant::{dtype, MAX_ELEMENTS};
use super::flow::{Flow, Kind};
use super::import::Importer;
use super::layout::Layout;
use super::names;
use super::proto::{GraphProto, ValueInfoProto};
use crate::error::{clean, ModelError};
use niello_net::{DType, Value};

impl Importer {
    pub(super) fn graph_input(&mut self, graph: &GraphProto) -> Option<Value> {
        let constant = |name: &str| graph.initializer.iter().any(|t| t.name == name);
        let inputs: Vec<&ValueInfoProto> = graph.input.iter().filter(|i| !constant(&i.name)).collect();
        let found = match inputs[..] {
            [info] => self.only_input(info),
            [] => {
                let (place, what) = ("the model".into(), "it has no input".into());
                self.errors.push(ModelError::Inconsistent { place, what });
                None
            }
            _ => {
                let op = format!("a model of {} inputs", inputs.len());
                self.unsupported("the model", &op, "one stream goes in and one comes out", "one input");
                None
            }
        };
        if found.is_none() {
            self.unknown.extend(inputs.iter().map(|i| i.name.clone()));
        }
        found
    }

    fn only_input(&mut self, info: &ValueInfoProto) -> Option<Value> {
        let place = clean(&info.name);
        let tensor = info.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
        let element = tensor.map_or(0, |t| t.elem_type);
        let dims = tensor.and_then(|t| t.shape.as_ref()).map(|s| s.dim.clone()).unwrap_or_default();
        let Some(dtype) = dtype(element).filter(|d| matches!(d, DType::F32 | DType::I8 | DType::U8)) else {
            let op = format!("an input of {}", names::dtype(element));
            self.unsupported(&place, &op, "samples are floats or codes of 8 bits", "float32, int8 or uint8 inputs");
            return None;
        };
        // The leading dimension counts samples, whether it has a name or is 1.
        let shape: Option<Vec<usize>> =
            dims.iter().skip(1).map(|d| d.dim_value.and_then(|v| usize::try_from(v).ok()).filter(|v| *v > 0)).collect();
        let total = |s: &Vec<usize>| s.iter().try_fold(1u64, |a, d| a.checked_mul(*d as u64));
        match shape {
            Some(shape) if dims.len() > 1 && total(&shape).is_some_and(|n| n <= MAX_ELEMENTS) => {
                (self.input, self.input_shape) = (dtype, shape.clone());
                self.one_sample = dims[0].dim_value == Some(1);
                let flow = Flow { layout: Layout::plain(&shape), source: 0, kind: Kind::Plain(dtype) };
                self.flows.insert(info.name.clone(), flow);
                Some(Value { name: place, shape, dtype })
            }
            Some(shape) if dims.len() > 1 => {
                self.errors.push(ModelError::TooLarge {
                    place,
                    count: total(&shape).unwrap_or(u64::MAX),
                    limit: MAX_ELEMENTS,
                });
                None
            }
            _ => {
                self.unsupported(
                    &place,
                    "input",
                    "its shape is not fixed",
                    "inputs of shape [N, ...] with numbers after N",
                );
                None
            }
        }
    }

    pub(super) fn graph_output(&mut self, graph: &GraphProto) {
        let out = match &graph.output[..] {
            [out] => out,
            [] => {
                let (place, what) = ("the model".into(), "it has no output".into());
                return self.errors.push(ModelError::Inconsistent { place, what });
            }
            outs => {
                let op = format!("a model of {} outputs", outs.len());
                return self.unsupported("the model", &op, "one stream goes in and one comes out", "one output");
            }
        };
        let place = clean(&out.name);
        let noted = self.errors.len();
        match self.flows.get(&out.name).cloned() {
            Some(flow) => self.end(&place, flow),
            None if self.unknown.contains(&out.name) => {}
            None => {
                let what = "no node that takes the input gives this output".into();
                self.errors.push(ModelError::Inconsistent { place, what });
            }
        }
        if self.errors.len() == noted {
            self.check_use();
        }
    }

    /// Every node's result is taken by another one, but the last one's.
    fn check_use(&mut self) {
        let mut used: BTreeSet<usize> = self.nodes.iter().flat_map(|n| n.inputs.clone()).collect();
        for flow in self.wanted.iter().filter_map(|name| self.flows.get(name)) {
            match &flow.kind {
                Kind::Pending(p) => used.extend(&p.inputs),
                _ => drop(used.insert(flow.source)),
            }
        }
        if let Some(v) = (0..self.nodes.len()).find(|v| !used.contains(v)) {
            let name = v.checked_sub(1).map_or("the input".to_string(), |n| self.nodes[n].name.clone());
            let why = format!("nothing that leads to the output takes {name}");
            let nearest = "a model in which every result leads to the output (onnxsim drops the others)";
            self.unsupported("the model", "a result that is not used", &why, nearest);
        }
    }
}
