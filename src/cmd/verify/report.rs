//! What `verify` says, for people and for machines.

use niello_model::Graph;
use niello_net::plan::Plan;
use niello_testbench::frames::Outcome;
use serde_json::json;

use super::super::layers;
use super::super::run::Golden;
use super::super::table::{number, rate, render};
use super::framework::Framework;
use super::labels::Accuracy;

/// What one engine did.
pub struct Ran {
    /// Name and version.
    pub label: String,
    /// Frames that it ran.
    pub frames: usize,
    /// Further runs, cut off by resets.
    pub resets: usize,
    /// What came out.
    pub outcome: Outcome,
}

impl Ran {
    /// Every beat as expected, at the planned pace.
    pub fn agrees(&self, plan: &Plan) -> bool {
        self.outcome.findings.is_empty() && self.outcome.mismatches == 0 && self.timing_agrees(plan)
    }

    fn timing_agrees(&self, plan: &Plan) -> bool {
        self.outcome.timing.and_then(|t| t.ii).is_none_or(|ii| ii == plan.ii)
    }
}

/// All of it.
pub struct Report<'a> {
    /// The model.
    pub graph: &'a Graph,
    /// Its hardware.
    pub plan: &'a Plan,
    /// The model's file.
    pub model: &'a str,
    /// Where the samples came from.
    pub from: String,
    /// The golden model's results.
    pub golden: &'a Golden,
    /// Against the framework's.
    pub framework: Option<Framework>,
    /// Against labels.
    pub accuracy: Option<Accuracy>,
    /// By engine.
    pub results: Vec<Ran>,
    /// By engine, layer by layer.
    pub by_layer: Vec<layers::Named>,
    /// Engines that are not here.
    pub missing: Vec<String>,
}

impl Report<'_> {
    /// Everything that was compared is equal, and something was.
    pub fn verdict(&self) -> bool {
        let compared = self.framework.is_some() || !self.results.is_empty();
        compared
            && self.framework.as_ref().is_none_or(Framework::agrees)
            && self.accuracy.as_ref().is_none_or(Accuracy::agrees)
            && self.results.iter().all(|r| r.agrees(self.plan))
            && self.by_layer.iter().all(|n| n.layers.equal())
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut lines = self.head();
        if !self.results.is_empty() {
            lines.push(String::new());
            lines.push(self.table());
        }
        for r in &self.results {
            lines.extend(r.outcome.findings.iter().map(|f| format!("{}: {f}", r.label)));
            if !r.timing_agrees(self.plan) {
                let ii = r.outcome.timing.and_then(|t| t.ii).unwrap_or_default();
                lines.push(format!("{}: II is {ii} cycles instead of the planned {}", r.label, self.plan.ii));
            }
        }
        for named in &self.by_layer {
            lines.push(String::new());
            lines.push(layers::text(self.graph, named));
        }
        lines.push(String::new());
        lines.extend(self.missing.iter().map(|m| format!("not run: {m}")));
        lines.extend(self.further());
        lines.push(self.verdict_line());
        lines.join("\n")
    }

    fn head(&self) -> Vec<String> {
        let mut lines = vec![
            format!("model      {} ({}), profile {}", self.graph.name, self.graph.format, self.graph.profile),
            format!("inputs     {} samples: {}", self.golden.results.len(), self.from),
            format!(
                "hardware   II {} cycles, {} multipliers planned",
                number(self.plan.ii),
                number(self.plan.multipliers())
            ),
        ];
        if let Some(r) = self.results.iter().find(|r| r.resets > 0) {
            lines.push(format!(
                "resets     {} more runs of engines that run every frame, cut off between and inside frames",
                r.resets
            ));
        }
        let host = |n: &&niello_model::Node| n.op.layer::<niello_net::layers::Softmax>().is_some();
        if let Some(n) = self.graph.nodes[self.graph.host_after()..].iter().find(host) {
            lines.push(format!(
                "host       {} {} is computed behind the hardware (--logits leaves it out)",
                n.kind, n.name
            ));
        }
        if let Some(a) = &self.accuracy {
            let least = a.least.map_or(String::new(), |l| format!(", at least {l} % wanted"));
            lines.push(format!("accuracy   {} of {} labels, {:.2} %{least}", a.right, a.of, a.percent()));
        }
        match &self.framework {
            Some(f) => lines.extend(f.lines()),
            None => lines.push("framework  no results to compare with: give --expect Y.npy".into()),
        }
        lines
    }

    fn table(&self) -> String {
        const HEAD: [&str; 9] =
            ["engine", "frames", "beats compared", "mismatches", "latency", "II", "build", "frames/s", "cycles/s"];
        let mut rows = vec![HEAD.map(String::from).to_vec()];
        for r in &self.results {
            let o = &r.outcome;
            let seconds = o.run.as_secs_f64().max(1e-9);
            let cycles = |c: Option<u64>| c.map_or("stalled".into(), number);
            rows.push(vec![
                r.label.clone(),
                number(r.frames as u64),
                number(o.beats),
                number(o.mismatches),
                cycles(o.timing.map(|t| t.latency)),
                cycles(o.timing.and_then(|t| t.ii)),
                format!("{:.2} s", o.compile.as_secs_f64()),
                rate(r.frames as f64 / seconds),
                rate(o.cycles as f64 / seconds),
            ]);
        }
        render(&rows)
    }

    fn verdict_line(&self) -> String {
        let engines: Vec<&str> = self.results.iter().map(|r| r.label.split(' ').next().unwrap_or_default()).collect();
        let framework = match &self.framework {
            Some(f) if f.differ == 0 => " == framework",
            Some(_) => "; the framework differs where it runs in float",
            None => "; not compared with the framework",
        };
        if !self.verdict() {
            let mut why = Vec::new();
            if self.framework.as_ref().is_some_and(|f| !f.agrees()) {
                why.push("the golden model differs from the framework".to_string());
            }
            if self.accuracy.as_ref().is_some_and(|a| !a.agrees()) {
                why.push("fewer right answers than wanted".into());
            }
            let wrong = self.results.iter().filter(|r| !r.agrees(self.plan)).map(|r| r.label.as_str());
            why.extend(wrong.map(|label| format!("RTL on {label} differs from the golden model or the plan")));
            if self.by_layer.iter().any(|n| !n.layers.equal()) {
                why.push("a layer differs".into());
            }
            format!("FAILED: {}", why.join("; "))
        } else if engines.is_empty() {
            format!("EQUAL: golden{framework} (no engine ran)")
        } else {
            format!("EQUAL: RTL ({}) == golden{framework}", engines.join(", "))
        }
    }

    /// The command that tells more about a failure.
    fn further(&self) -> Option<String> {
        let model = &self.model;
        if self.results.iter().any(|r| !r.agrees(self.plan)) && self.by_layer.is_empty() {
            return Some(format!("further: niello verify {model} --layers   names the first layer that differs"));
        }
        let framework = self.framework.as_ref().filter(|f| !f.agrees() && !f.saturated);
        framework.map(|_| {
            format!(
                "further: niello check {model}   names what the framework runs in float; niello run {model} --engine golden --inputs X.npy --outputs Y.npy   writes the golden results"
            )
        })
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Value {
        let engines: Vec<_> = self
            .results
            .iter()
            .map(|r| {
                let o = &r.outcome;
                json!({
                    "engine": r.label, "frames": r.frames, "beats": o.beats, "mismatches": o.mismatches,
                    "latency": o.timing.map(|t| t.latency), "ii": o.timing.and_then(|t| t.ii), "resets": r.resets,
                    "cycles": o.cycles, "build_seconds": o.compile.as_secs_f64(), "run_seconds": o.run.as_secs_f64(),
                    "findings": o.findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
                })
            })
            .collect();
        let accuracy = self.accuracy.as_ref();
        json!({
            "model": self.graph.name, "format": self.graph.format, "profile": self.graph.profile, "inputs": self.from,
            "samples": self.golden.results.len(), "planned_ii": self.plan.ii, "multipliers": self.plan.multipliers(),
            "accuracy": accuracy.map(|a| json!({ "right": a.right, "of": a.of, "wanted_percent": a.least })),
            "framework": self.framework.as_ref().map(Framework::json), "engines": engines,
            "resets": self.results.iter().map(|r| r.resets).max().unwrap_or(0),
            "layers": self.by_layer.iter().map(|n| layers::json(self.graph, n)).collect::<Vec<_>>(),
            "missing": self.missing, "verdict": self.verdict_line(), "equal": self.verdict(),
        })
    }
}
