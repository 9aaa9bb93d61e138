//! `niello block verify`: a configuration through stalls, resets and exact timing.

use std::path::Path;

use crate::engines::{self, Choice, Named};
use crate::table::{number, render};
use crate::waveform::Waveform;
use crate::Error;
use niello_testbench::campaign::Campaign;
use niello_testbench::engine::EngineError;
use serde_json::json;

use super::super::{Done, Output};
use super::{configure, Config};

/// The engines to run, and those that are missing.
pub fn chosen(choices: &[Choice], waveform: &Waveform) -> Result<(Vec<Named>, Vec<String>), EngineError> {
    let mut missing = Vec::new();
    let mut list = Vec::new();
    for choice in choices {
        match choice {
            Choice::Golden => {}
            Choice::Tape => list.push(engines::tape(true)),
            Choice::Verilator => list.push(engines::verilator(false, waveform.vcd.clone())?),
            Choice::Icarus => list.push(engines::icarus(false)?),
            Choice::All => {
                list.extend([
                    engines::tape(true),
                    engines::verilator(false, waveform.vcd.clone())?,
                    engines::icarus(false)?,
                ]);
            }
        }
    }
    if choices.is_empty() {
        list.push(engines::tape(true));
        for found in [engines::verilator(false, waveform.vcd.clone()), engines::icarus(false)] {
            match found {
                Ok(n) => list.push(n),
                Err(e) => missing.push(e.to_string()),
            }
        }
    }
    Ok((list, missing))
}

/// Runs it.
pub fn run(config: &Config, seed: u64, engine: &[Choice], trace: Option<&Path>, out: &Output) -> Done {
    engines::distinct(engine)?;
    if !engine.is_empty() && engine.iter().all(|c| *c == Choice::Golden) {
        return Err(Error::new(
            "E108",
            "nothing would be compared: the golden model is what the hardware is compared with",
            "name another engine",
        ));
    }
    let waveform = Waveform::of(trace, engine)?;
    let instance = configure(config, out)?;
    let design = instance.design()?;
    let campaign = Campaign { block: &*instance, design: &design, seed };
    let (engines, missing) = chosen(engine, &waveform)?;
    let mut rows = vec![["engine", "beats compared", "cycles", "findings"].map(String::from).to_vec()];
    let (mut lines, mut values, mut good) = (Vec::new(), Vec::new(), true);
    for named in &engines {
        let o = campaign.run(&*named.engine, 10, 12)?;
        rows.push(vec![named.label.clone(), number(o.beats), number(o.cycles), o.findings.len().to_string()]);
        lines.extend(o.findings.iter().map(|(run, f)| format!("{} [{run}] {f}", named.label)));
        let findings: Vec<String> = o.findings.iter().map(|(run, f)| format!("[{run}] {f}")).collect();
        if let Some(u) = o.utilization {
            lines.push(format!("{}: multipliers {:.1} % useful in steady state", named.label, 100.0 * u));
        }
        values.push(json!({ "engine": named.label, "utilization": o.utilization, "beats": o.beats, "cycles": o.cycles, "findings": findings }));
        good &= o.findings.is_empty() && o.beats > 0;
    }
    waveform.finish()?;
    lines.extend(missing.iter().map(|m| format!("not run: {m}")));
    lines.push(if good { "EQUAL: data, stream rules, resets and timing".into() } else { "FAILED".into() });
    out.line(&format!(
        "{} with stalls, resets and exact timing, seed {seed}\n\n{}\n\n{}",
        instance.module_name(),
        render(&rows),
        lines.join("\n")
    ))?;
    out.result(&json!({ "module": instance.module_name(), "seed": seed, "engines": values, "missing": missing, "equal": good }))?;
    Ok(good)
}
