//! `niello check`: whether a model can be built, before anything is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::supported;
use niello_model::{network, Graph, Node, Op};
use niello_net::plan::{Goal, Plan, PlanError};
use serde_json::json;

use super::{Done, Output};
use crate::table::{number, render};
use crate::{Error, Folding, Import, Model};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    #[arg(required_unless_present = "list")]
    pub model: Option<PathBuf>,
    /// List the operators of each format, and what of each is built.
    #[arg(long, conflicts_with = "model")]
    pub list: bool,
}

/// Runs it. A model that cannot be built is an error that names every reason.
pub fn run(args: &Args, out: &Output) -> Done {
    match &args.model {
        Some(model) => check(model, out),
        None => list(out),
    }
}

/// Operators, as the importers' registries have them.
fn list(out: &Output) -> Done {
    let operators = supported::operators();
    for o in &operators {
        out.line(format!("{:7} {:26} {}", o.format, o.name, o.built).trim_end())?;
    }
    out.line(
        "Without words: all of it. Anything else of a model is refused by `niello check MODEL`, with the nearest.",
    )?;
    let list: Vec<_> =
        operators.iter().map(|o| json!({ "format": o.format, "operator": o.name, "built": o.built })).collect();
    out.result(&json!({ "operators": list }))?;
    Ok(true)
}

fn check(model: &Path, out: &Output) -> Done {
    let model = Model::open(model, &Import::default())?;
    let (graph, plan) = (model.graph(), smallest(&model)?);
    plan.design()?;
    let rows = rows(graph, &plan);
    let head = ["node", "operator", "result", "becomes"].map(String::from);
    let table: Vec<Vec<String>> = std::iter::once(head).chain(rows.clone()).map(|r| r.to_vec()).collect();
    let input = format!("{} {:?}", graph.input.dtype.name(), graph.input.shape);
    out.line(&format!("{} ({}), profile {}, input {input}\n", graph.name, graph.format, graph.profile))?;
    out.line(&render(&table))?;
    for n in graph.nodes.iter().filter(|n| n.float_in_framework) {
        let what = match n.op.is_near_float() {
            true => "the hardware comes near to it, and a code may seldom be the next one",
            false => "its result there is no integer rule",
        };
        out.line(&format!("the framework runs {} {} in float: {what}", n.kind, n.name))?;
    }
    out.line(&format!(
        "\nsupported; with the fewest multipliers, {}, a frame takes {} cycles (`niello plan` shows other foldings)",
        number(plan.multipliers()),
        number(plan.ii)
    ))?;
    let nodes: Vec<_> = rows
        .iter()
        .map(|[node, operator, result, becomes]| {
            json!({ "node": node, "operator": operator, "result": result, "becomes": becomes })
        })
        .collect();
    out.result(&json!({ "model": graph.name, "profile": graph.profile, "nodes": nodes, "supported": true,
                        "multipliers": plan.multipliers(), "ii": plan.ii }))?;
    Ok(true)
}

/// The plan with the fewest multipliers.
fn smallest(model: &Model) -> Result<Plan, Error> {
    let within = |most| Folding { goal: Some(Goal::MaxMultipliers(most)), ..Folding::default() };
    let errors = match within(1).plan(network(model.graph())?) {
        Ok(plan) => return Ok(plan),
        Err(errors) => errors,
    };
    match errors.0.first() {
        Some(PlanError::TooFew { least, .. }) => crate::plan(model, &within(*least)),
        _ => Err(errors.into()),
    }
}

/// A row for each node.
fn rows(graph: &Graph, plan: &Plan) -> Vec<[String; 4]> {
    let hardware = graph.host_before()..graph.host_after();
    let mut blocks: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for s in plan.stages.iter().filter(|s| s.block.name() != "width_converter") {
        blocks.entry(s.layer).or_default().push(s.block.name());
    }
    let mut layer = 0;
    let row = |(i, n): (usize, &Node)| {
        let becomes = match &n.op {
            Op::Reshape => "nothing: the order stays".to_string(),
            op if op.moves() && !hardware.contains(&i) => "the host moves its elements".to_string(),
            _ if !hardware.contains(&i) => "the host computes it".to_string(),
            _ => {
                layer += 1;
                blocks.get(&(layer - 1)).map_or(String::new(), |b| b.join(", "))
            }
        };
        [n.name.clone(), n.kind.clone(), format!("{} {:?}", n.output.dtype.name(), n.output.shape), becomes]
    };
    graph.nodes.iter().enumerate().map(row).collect()
}
