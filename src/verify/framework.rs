//! The golden model against the framework's own results.

use niello_model::{behind_float, saturating, Graph, Op, Tensor};
use serde_json::json;

use crate::imported::Given;
use crate::table::number;
use crate::Error;

/// How far results may lie apart behind a node that the framework itself runs in float.
#[derive(clap::Args, Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Behind a node that the framework itself runs in float: the most that an element may differ, in codes.
    #[arg(long, value_name = "CODES", default_value_t = 1.0, allow_negative_numbers = true)]
    pub float_distance: f64,
    /// Behind such a node: the most elements that may differ, in percent of those that lie behind it.
    #[arg(long, value_name = "PERCENT", default_value_t = 1.0, allow_negative_numbers = true)]
    pub float_share: f64,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { float_distance: 1.0, float_share: 1.0 }
    }
}

impl Bounds {
    /// # Errors
    /// E108: no such distance or share.
    pub(super) fn check(&self) -> Result<(), Error> {
        if !(self.float_distance.is_finite() && self.float_distance >= 0.0) {
            return Err(Error::new(
                "E108",
                format!("--float-distance {} is no distance", self.float_distance),
                "try 1",
            ));
        }
        if !(0.0..=100.0).contains(&self.float_share) {
            return Err(Error::new("E108", format!("--float-share {} is no percentage", self.float_share), "try 1"));
        }
        Ok(())
    }
}

/// An element that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Different {
    /// Among the samples.
    pub sample: usize,
    /// In the sample.
    pub element: usize,
    /// From the framework.
    pub expected: f64,
    /// From the golden model.
    pub got: f64,
}

/// Of the elements behind nodes that the framework runs in float.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Float {
    /// Elements.
    pub elements: usize,
    /// Those that differ.
    pub differ: usize,
    /// The largest distance, in codes.
    pub distance: f64,
}

/// Golden model against the framework's results.
#[derive(Clone, Debug)]
pub struct Framework {
    /// The file.
    pub from: String,
    /// Elements of all samples.
    pub compared: usize,
    /// Those that differ.
    pub differ: usize,
    /// Those of them that do not lie behind a node in float.
    pub integer_differ: usize,
    /// The others.
    pub float: Float,
    /// What was allowed behind nodes in float.
    pub bounds: Bounds,
    /// Nodes that the framework itself runs in float.
    pub float_nodes: Vec<String>,
    /// The first element that may not differ as it does, else the first one that differs.
    pub first: Option<Different>,
    /// The results are those of ONNX Runtime's kernels that saturate.
    pub saturated: bool,
}

impl Framework {
    /// Nothing differs, or only what rounds elsewhere behind a node in float, within the bounds.
    pub fn agrees(&self) -> bool {
        self.integer_differ == 0 && self.too_far().is_none()
    }

    /// Why the differences behind nodes in float are too large.
    pub fn too_far(&self) -> Option<String> {
        let share = 100.0 * self.float.differ as f64 / self.float.elements.max(1) as f64;
        if self.float.distance > self.bounds.float_distance {
            return Some(format!(
                "an element lies {} codes apart, {} are allowed (--float-distance)",
                self.float.distance, self.bounds.float_distance
            ));
        }
        (share > self.bounds.float_share).then(|| {
            format!("{share:.2} % of these elements differ, {} % are allowed (--float-share)", self.bounds.float_share)
        })
    }

    /// Lines of the report.
    pub(super) fn lines(&self) -> Vec<String> {
        let (differ, compared) = (number(self.differ as u64), number(self.compared as u64));
        let mut lines =
            vec![format!("framework  golden differs in {differ} of {compared} elements from {}", self.from)];
        for node in &self.float_nodes {
            lines.push(format!("           the framework runs {node} in float: its result there is no integer rule"));
        }
        if !self.float_nodes.is_empty() {
            let f = &self.float;
            lines.push(format!(
                "           behind that {} of {} elements differ, by at most {} codes",
                number(f.differ as u64),
                number(f.elements as u64),
                f.distance
            ));
            let less = self.differ - self.integer_differ - self.float.differ;
            if less > 0 {
                lines.push(format!("           {} more, by no more than the rounding of floats", number(less as u64)));
            }
            lines.extend(self.too_far().map(|why| format!("           too much: {why}")));
        }
        if let Some(d) = self.first.as_ref().filter(|_| !self.agrees()) {
            lines.push(format!(
                "           sample {}, element {}: {} expected, {} from the golden model",
                d.sample, d.element, d.expected, d.got
            ));
        }
        if self.saturated {
            lines.push(SATURATED[0].into());
            lines.push(SATURATED[1].into());
        }
        lines
    }

    /// The same for machines.
    pub(super) fn json(&self) -> serde_json::Value {
        let first = self.first.as_ref();
        json!({
            "from": self.from, "compared": self.compared, "differ": self.differ, "float_nodes": self.float_nodes,
            "integer_differ": self.integer_differ, "agrees": self.agrees(), "saturated": self.saturated,
            "float": { "elements": self.float.elements, "differ": self.float.differ, "distance": self.float.distance,
                       "allowed_distance": self.bounds.float_distance, "allowed_percent": self.bounds.float_share },
            "first": first.map(|d| json!({ "sample": d.sample, "element": d.element, "expected": d.expected, "got": d.got })),
        })
    }
}

/// What is at fault, and the cure.
const SATURATED: [&str; 2] = [
    "           every difference is one of the machine that ran ONNX Runtime: without VNNI its x86 kernels saturate sums of two u8 x s8 products at 16 bits",
    "           help: run it with add_session_config_entry(\"session.x64quantprecision\", \"1\"), or quantize with reduce_range=True",
];

/// Compares with the results in a file, those of the same samples.
///
/// # Errors
/// E106: the file does not hold results of these samples.
pub(super) fn compare(
    y: &Given,
    graph: &Graph,
    inputs: &[Tensor],
    results: &[Tensor],
    bounds: Bounds,
) -> Result<Framework, Error> {
    let expected = results_of(y, graph, results.len())?;
    let behind = behind_float(graph);
    let unit = unit(graph, expected);
    let float_nodes: Vec<String> =
        graph.nodes.iter().filter(|n| n.float_in_framework).map(|n| format!("{} {}", n.kind, n.name)).collect();
    // Where nothing but the last sums is computed in float, their own rounding is all that excuses anything.
    let slack = graph.float_slack().filter(|_| float_nodes.len() == 1);
    let mut f = Framework {
        from: y.from.clone(),
        compared: results.iter().map(Tensor::len).sum(),
        differ: 0,
        integer_differ: 0,
        float: Float { elements: behind.iter().filter(|b| **b).count() * results.len(), ..Float::default() },
        bounds,
        float_nodes,
        first: None,
        saturated: false,
    };
    let mut worst = None;
    for (sample, (got, want)) in results.iter().zip(expected).enumerate() {
        for (element, in_float) in behind.iter().enumerate() {
            let (got, expected) = (value(got, element), value(want, element));
            if got == expected || (got.is_nan() && expected.is_nan()) {
                continue;
            }
            f.differ += 1;
            let here = Different { sample, element, expected, got };
            let distance = distance(got, expected, unit(element));
            let within = slack.as_ref().map(|s| (got - expected).abs() <= f64::from(s[element % s.len()]));
            if !in_float || within == Some(false) {
                f.integer_differ += 1;
                worst = worst.or(Some(here.clone()));
            } else if distance > 0.0 && within.is_none() {
                f.float.differ += 1;
                if distance > f.float.distance {
                    f.float.distance = distance;
                    f.first = Some(here.clone());
                }
            }
            f.first = f.first.or(Some(here));
        }
    }
    f.first = worst.or(f.first);
    f.saturated = !f.agrees() && graph.profile.starts_with("ort-") && is_saturated(graph, inputs, expected)?;
    Ok(f)
}

fn results_of<'y>(y: &'y Given, graph: &Graph, count: usize) -> Result<&'y [Tensor], Error> {
    y.samples.check(&y.from, graph.output())?;
    let samples = &y.samples.samples;
    if samples.len() != count {
        let what = format!("{} holds {} samples, the inputs {count}", y.from, samples.len());
        return Err(Error::new("E106", what, "give results of the same samples"));
    }
    Ok(samples)
}

fn value(t: &Tensor, i: usize) -> f64 {
    match t {
        Tensor::F32(v) => v.get(i).map_or(f64::NAN, |x| f64::from(*x)),
        Tensor::Int(v) => v.get(i).map_or(f64::NAN, |x| *x as f64),
    }
}

/// In whole codes: floats that are no codes are rounded to the nearest.
fn distance(got: f64, expected: f64, unit: f64) -> f64 {
    let d = ((got - expected).abs() / unit).round();
    if d.is_nan() {
        f64::INFINITY
    } else {
        d
    }
}

/// What a code of each element of the result is worth: 1 of codes, the scale of dequantized ones, 1/256 of the shares of a softmax; where accumulators
/// leave as floats, 1/255 of the spread of the framework's results, as a quantizer would have it.
fn unit(graph: &Graph, expected: &[Tensor]) -> impl Fn(usize) -> f64 {
    let codes = |v: usize| graph.value(v).dtype.bits() <= 16;
    let scales = match graph.nodes.iter().rev().find(|n| !n.op.moves()).map(|n| (&n.op, n.inputs[0])) {
        Some((Op::Dequantize { scales, .. }, from)) if codes(from) => scales.clone(),
        Some((Op::Dequantize { .. }, _)) => {
            let all = expected.iter().flat_map(|t| t.floats()).copied().filter(|v| v.is_finite());
            let (lo, hi) = all.fold((f32::INFINITY, f32::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)));
            vec![((hi - lo) / 255.0).max(f32::MIN_POSITIVE)]
        }
        Some((Op::Softmax { .. }, _)) => vec![1.0 / 256.0],
        _ => vec![1.0],
    };
    move |element| f64::from(scales[element % scales.len().max(1)])
}

/// The framework's results are, element by element, what its saturating kernels compute.
fn is_saturated(graph: &Graph, inputs: &[Tensor], expected: &[Tensor]) -> Result<bool, Error> {
    for (x, want) in inputs.iter().zip(expected) {
        if saturating::run(graph, x)? != *want {
            return Ok(false);
        }
    }
    Ok(true)
}
