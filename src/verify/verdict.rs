//! What was compared, and what came of it.

use std::fmt;
use std::path::Path;

use niello_net::layers::Softmax;
use niello_net::plan::Plan;
use niello_testbench::frames::Outcome;
use serde_json::json;

use super::framework::Framework;
use super::labels::Accuracy;
use super::layers::ByLayer;
use crate::imported::shown;
use crate::table::{number, rate, render};
use crate::Model;

/// What one engine did.
#[derive(Clone, Debug)]
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
    pub fn agrees(&self, planned_ii: u64) -> bool {
        self.outcome.findings.is_empty() && self.outcome.mismatches == 0 && self.timing_agrees(planned_ii)
    }

    fn timing_agrees(&self, planned_ii: u64) -> bool {
        self.outcome.timing.and_then(|t| t.ii).is_none_or(|ii| ii == planned_ii)
    }
}

/// What was compared, and what came of it. Prints as `niello verify` does; [`Verdict::json`] is the same for machines.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The model's name, its format, and whose arithmetic it has.
    pub model: [String; 3],
    /// Where the samples came from.
    pub inputs: String,
    /// How many there were.
    pub samples: usize,
    /// Cycles between frames, as planned.
    pub planned_ii: u64,
    /// Multipliers, as planned.
    pub multipliers: u64,
    /// The golden model against the framework's results.
    pub framework: Option<Framework>,
    /// The golden model's answers against labels.
    pub accuracy: Option<Accuracy>,
    /// RTL against the golden model, by engine.
    pub engines: Vec<Ran>,
    /// The same layer by layer, by engine, where that was asked for.
    pub layers: Vec<ByLayer>,
    /// Engines that are not here, and were not asked for by name.
    pub missing: Vec<String>,
    /// The model's file, for commands that tell more.
    path: String,
    /// A softmax that the host computes behind the hardware.
    host_softmax: Option<String>,
}

impl Verdict {
    /// Before anything is compared.
    pub(super) fn new(model: &Model, plan: &Plan, inputs: String, samples: usize) -> Verdict {
        let graph = model.graph();
        let softmax = |n: &&niello_model::Node| n.op.layer::<Softmax>().is_some();
        let host = graph.nodes[graph.host_after()..].iter().find(softmax);
        Verdict {
            model: [graph.name.clone(), graph.format.into(), graph.profile.into()],
            inputs,
            samples,
            planned_ii: plan.ii,
            multipliers: plan.multipliers(),
            framework: None,
            accuracy: None,
            engines: Vec::new(),
            layers: Vec::new(),
            missing: Vec::new(),
            path: shown(model.path() as &Path),
            host_softmax: host.map(|n| format!("{} {}", n.kind, n.name)),
        }
    }

    /// Everything that was compared is equal, and something was.
    pub fn equal(&self) -> bool {
        let compared = self.framework.is_some() || !self.engines.is_empty();
        compared
            && self.framework.as_ref().is_none_or(Framework::agrees)
            && self.accuracy.as_ref().is_none_or(Accuracy::agrees)
            && self.engines.iter().all(|r| r.agrees(self.planned_ii))
            && self.layers.iter().all(|n| n.layers.equal())
    }

    fn text(&self) -> String {
        let mut lines = self.head();
        if !self.engines.is_empty() {
            lines.push(String::new());
            lines.push(self.table());
        }
        for r in &self.engines {
            lines.extend(r.outcome.findings.iter().map(|f| format!("{}: {f}", r.label)));
            if !r.timing_agrees(self.planned_ii) {
                let ii = r.outcome.timing.and_then(|t| t.ii).unwrap_or_default();
                lines.push(format!("{}: II is {ii} cycles instead of the planned {}", r.label, self.planned_ii));
            }
        }
        for named in &self.layers {
            lines.push(String::new());
            lines.push(named.text());
        }
        lines.push(String::new());
        lines.extend(self.missing.iter().map(|m| format!("not run: {m}")));
        lines.extend(self.further());
        lines.push(self.line());
        lines.join("\n")
    }

    fn head(&self) -> Vec<String> {
        let mut lines = vec![
            {
                let [name, format, profile] = &self.model;
                format!("model      {name} ({format}), profile {profile}")
            },
            format!("inputs     {} samples: {}", self.samples, self.inputs),
            format!(
                "hardware   II {} cycles, {} multipliers planned",
                number(self.planned_ii),
                number(self.multipliers)
            ),
        ];
        if let Some(r) = self.engines.iter().find(|r| r.resets > 0) {
            lines.push(format!(
                "resets     {} more runs of engines that run every frame, cut off between and inside frames",
                r.resets
            ));
        }
        if let Some(n) = &self.host_softmax {
            lines.push(format!("host       {n} is computed behind the hardware (--logits leaves it out)"));
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
        for r in &self.engines {
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

    /// In one line: `EQUAL: ...` or `FAILED: ...`, with what was compared.
    pub fn line(&self) -> String {
        let engines: Vec<&str> = self.engines.iter().map(|r| r.label.split(' ').next().unwrap_or_default()).collect();
        let framework = match &self.framework {
            Some(f) if f.differ == 0 => " == framework",
            Some(_) => "; the framework differs where it runs in float",
            None => "; not compared with the framework",
        };
        if !self.equal() {
            let mut why = Vec::new();
            if self.framework.as_ref().is_some_and(|f| !f.agrees()) {
                why.push("the golden model differs from the framework".to_string());
            }
            if self.accuracy.as_ref().is_some_and(|a| !a.agrees()) {
                why.push("fewer right answers than wanted".into());
            }
            let wrong = self.engines.iter().filter(|r| !r.agrees(self.planned_ii)).map(|r| r.label.as_str());
            why.extend(wrong.map(|label| format!("RTL on {label} differs from the golden model or the plan")));
            if self.layers.iter().any(|n| !n.layers.equal()) {
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
        let model = &self.path;
        if self.engines.iter().any(|r| !r.agrees(self.planned_ii)) && self.layers.is_empty() {
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
            .engines
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
            "model": self.model[0], "format": self.model[1], "profile": self.model[2], "inputs": self.inputs,
            "samples": self.samples, "planned_ii": self.planned_ii, "multipliers": self.multipliers,
            "accuracy": accuracy.map(|a| json!({ "right": a.right, "of": a.of, "wanted_percent": a.least })),
            "framework": self.framework.as_ref().map(Framework::json), "engines": engines,
            "resets": self.engines.iter().map(|r| r.resets).max().unwrap_or(0),
            "layers": self.layers.iter().map(|n| n.json()).collect::<Vec<_>>(),
            "missing": self.missing, "verdict": self.line(), "equal": self.equal(),
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
