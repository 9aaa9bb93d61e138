//! `niello block mutants`: runs the mutants of blocks and records what their benches kill.

use std::path::PathBuf;

use crate::files;
use crate::instances::canonical;
use crate::mutants::{self, choose, Chosen, Record, Settings, Verdict, LEAST};
use crate::Error;
use niello_gen::blocks::{unproven, AnyBlock};
use serde_json::json;

use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// The blocks; none: all of them.
    pub names: Vec<String>,
    /// Mutants of a block.
    #[arg(long, default_value_t = Settings::default().count)]
    pub count: usize,
    /// Which mutants Yosys picks, and the seed of the campaign.
    #[arg(long, default_value_t = Settings::default().seed)]
    pub seed: u64,
    /// Settings of one configuration instead of those that the block chose, to look for a better choice.
    #[arg(long, value_name = "K=V ...", conflicts_with = "record")]
    pub settings: Option<String>,
    /// Write the records into this folder's mutants.json, beside those of other blocks.
    #[arg(long, value_name = "DIR")]
    pub record: Option<PathBuf>,
}

/// Runs it. What is recorded is kept block by block, and compiled in by the next build.
pub fn run(args: &Args, out: &Output) -> Done {
    record(args, out).map_err(Error::of_tool)
}

fn record(args: &Args, out: &Output) -> Result<bool, Box<dyn std::error::Error>> {
    // Those that are not offered yet as well, by name: what keeps them from it can be looked at.
    let others = unproven();
    let named = |name: &String| match others.iter().find(|b| b.about().name == *name) {
        Some(b) => Ok(&**b),
        None => super::block::config::block(name, out),
    };
    let chosen: Vec<&dyn AnyBlock> = match &args.names[..] {
        [] => out.blocks.iter().map(|b| &**b).collect(),
        names => names.iter().map(named).collect::<Result<_, _>>()?,
    };
    let settings = Settings { count: args.count, seed: args.seed, ..Settings::default() };
    let (mut good, mut values) = (true, Vec::new());
    for b in &chosen {
        let name = b.about().name;
        let spinner = out.spinner(name);
        let chosen = match &args.settings {
            Some(own) => vec![Chosen { name: own.clone(), instance: canonical(*b, own)? }],
            None => choose(*b)?,
        };
        let record = mutants::run(*b, &chosen, &settings, &|what| spinner.set_message(what.to_string()))?;
        spinner.finish_and_clear();
        out.line(&summary(name, &record))?;
        good &= record.rate() >= LEAST;
        values.push(json!({ "block": name, "rate": record.rate(), "record": record }));
        if let Some(folder) = &args.record {
            let path = folder.join("mutants.json");
            let mut records: std::collections::BTreeMap<String, Record> = match std::fs::read_to_string(&path) {
                Ok(text) => serde_json::from_str(&text)?,
                Err(_) => Default::default(),
            };
            records.insert(name.into(), record);
            files::write_file(&path, (serde_json::to_string_pretty(&records)? + "\n").as_bytes())?;
        }
    }
    out.result(&json!(values))?;
    Ok(good)
}

/// One line on a block, and one on each survivor.
fn summary(name: &str, r: &Record) -> String {
    let killed: Vec<String> =
        r.killed.iter().map(|(k, n)| format!("{n} {}", format!("{k:?}").to_lowercase())).collect();
    let mut lines = vec![format!(
        "{name:16} {:5.1} %  {} mutants of {}: killed {} ({}), harmless {}, equal on every frame {}, survive {}",
        100.0 * r.rate(),
        r.mutants,
        r.configurations.join(", "),
        r.kills(),
        killed.join(", "),
        r.harmless,
        r.exhausted,
        r.survivors.len()
    )];
    for s in &r.survivors {
        let verdict = if s.verdict == Verdict::Differs { "differs" } else { "undecided" };
        lines.push(format!("    {}: {} ({verdict})", s.configuration, s.fault));
    }
    lines.join("\n")
}
