//! `niello block`: single blocks.

use std::path::PathBuf;

use niello::catalogue::stage;
use niello_gen::blocks::{all, find, AnyBlock, Contract, Instance};
use niello_model::{npy, DType, Tensor, Value};
use niello_testbench::campaign::{random_workload, Campaign, Pattern, Workload};
use niello_testbench::engine::EngineError;
use niello_testbench::export::{export, Export};
use niello_testbench::streams::Border;
use serde_json::json;

use super::engines::{self, Choice, Named};
use super::loading::samples;
use super::table::{number, render};
use super::{files, Done, Output};

/// What to do with blocks.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Every block, in one line each.
    List,
    /// Write the catalogue of blocks into docs/: page, pictures, canonical Verilog (for niello's own repository).
    #[command(hide = true)]
    Catalogue(super::catalogue::Args),
    /// Put faults into blocks' Verilog and see whether their benches find them (for niello's own repository).
    #[command(hide = true)]
    Mutants(super::mutants::Args),
    /// A block's settings: meaning, legal values, defaults.
    Show { name: String },
    /// Write a block's Verilog with a testbench.
    Build {
        #[command(flatten)]
        config: Config,
        /// The folder to write.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Replace an earlier output.
        #[arg(long)]
        force: bool,
    },
    /// Run a configuration through stalls, resets and exact timing, against its golden model.
    Verify {
        #[command(flatten)]
        config: Config,
        /// Seed of everything random.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// Which engines, separated by commas; a missing one is an error. Default: those that are here.
        #[arg(long, value_enum, value_delimiter = ',')]
        engine: Vec<Choice>,
    },
    /// Compute a block's outputs for inputs in .npy files (one frame a leading index).
    Run {
        #[command(flatten)]
        config: Config,
        /// Input stream and file: s_axis=X.npy
        #[arg(long = "input", value_name = "STREAM=F.npy")]
        inputs: Vec<String>,
        /// Output stream and file: m_axis=Y.npy
        #[arg(long = "output", value_name = "STREAM=F.npy")]
        outputs: Vec<String>,
        /// What computes them.
        #[arg(long, value_enum, default_value = "tape")]
        engine: Choice,
    },
}

/// A block and its settings.
#[derive(clap::Args)]
pub struct Config {
    /// The block.
    pub name: String,
    /// Settings: --set key=value, as often as needed (or several after one --set).
    #[arg(long = "set", value_name = "KEY=VALUE", num_args = 1..)]
    pub set: Vec<String>,
}

type Error = Box<dyn std::error::Error>;

/// Runs it.
pub fn run(command: &Command, out: &Output) -> Done {
    match command {
        Command::List => list(out),
        Command::Catalogue(a) => super::catalogue::run(a, out),
        Command::Mutants(a) => super::mutants::run(a, out),
        Command::Show { name } => show(name, out),
        Command::Build { config, output, force } => build(config, output, *force, out),
        Command::Verify { config, seed, engine } => verify(config, *seed, engine, out),
        Command::Run { config, inputs, outputs, engine } => run_block(config, inputs, outputs, *engine, out),
    }
}

/// The block of that name.
pub fn block(name: &str) -> Result<Box<dyn AnyBlock>, Error> {
    let known = || all().iter().map(|b| b.about().name).collect::<Vec<_>>().join(", ");
    Ok(find(name).ok_or_else(|| format!("E310 no block `{}`; help: blocks are {}", name.escape_debug(), known()))?)
}

/// The checked configuration that settings name.
pub fn configure(config: &Config) -> Result<Box<dyn Instance>, Error> {
    let block = block(&config.name)?;
    let pair = |s: &String| -> Result<(String, String), Error> {
        let (k, v) = s
            .split_once('=')
            .ok_or_else(|| format!("E302 `{}` is not KEY=VALUE; help: --set bits=8", s.escape_debug()))?;
        Ok((k.trim().to_string(), v.trim().to_string()))
    };
    let settings = config.set.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    Ok(block.configure(&settings)?)
}

fn list(out: &Output) -> Done {
    let mut rows = vec![["block", "stage", "what it does"].map(String::from).to_vec()];
    let mut values = Vec::new();
    for b in all() {
        let a = b.about();
        let stage = stage(&*b)?;
        rows.push(vec![a.name.into(), format!("{stage:?}"), a.summary.into()]);
        values.push(
            json!({ "block": a.name, "stage": format!("{stage:?}"), "summary": a.summary, "equation": a.equation }),
        );
    }
    let legend =
        "stages: B0 builds, B1 equal on one simulator, B2 on two with stalls, resets, exact cycles and mutants (as recorded)";
    let lines = rows.iter().map(|r| format!("{:16} {:6} {}", r[0], r[1], r[2]));
    out.line(&lines.chain([String::new(), legend.into()]).collect::<Vec<_>>().join("\n"));
    out.result(&json!(values));
    Ok(true)
}

fn show(name: &str, out: &Output) -> Done {
    let b = block(name)?;
    let a = b.about();
    let mut lines = vec![format!("{}: {}", a.name, a.summary), format!("  {}", a.equation), String::new()];
    for f in b.fields() {
        let default = if f.default.is_empty() { "empty".to_string() } else { f.default.clone() };
        lines.push(format!("  {} = {default}", f.name));
        lines.push(format!("      {} Legal: {}.", f.doc, f.legal));
    }
    out.line(&lines.join("\n"));
    let fields: Vec<_> = b
        .fields()
        .iter()
        .map(|f| json!({ "name": f.name, "doc": f.doc, "legal": f.legal, "default": f.default }))
        .collect();
    out.result(&json!({ "block": a.name, "summary": a.summary, "equation": a.equation, "fields": fields }));
    Ok(true)
}

fn build(config: &Config, output: &std::path::Path, force: bool, out: &Output) -> Done {
    let instance = configure(config)?;
    let design = instance.design()?;
    let work = random_workload(&*instance, 8, 0);
    let first: Vec<Vec<i64>> = work.inputs.iter().map(|e| e.frames[0].clone()).collect();
    let contract = instance.contract(&first);
    let about = format!(
        "block {}, latency {} and II {} cycles for its first frame",
        config.name, contract.latency, contract.ii
    );
    let list = export(&Export { design: &design, work: &work, about: &about, slack: contract.latency + contract.ii })?;
    files::write_folder(output, &list, force)?;
    out.line(&format!("{}: top module {}", output.display(), design.top().name));
    out.result(&json!({ "output": output.display().to_string(), "top": design.top().name }));
    Ok(true)
}

fn chosen(choices: &[Choice]) -> Result<(Vec<Named>, Vec<String>), EngineError> {
    let mut missing = Vec::new();
    let mut list = Vec::new();
    for choice in choices {
        match choice {
            Choice::Golden => {}
            Choice::Tape => list.push(engines::tape(true)),
            Choice::Verilator => list.push(engines::verilator(false, None)?),
            Choice::Icarus => list.push(engines::icarus(false)?),
            Choice::All => {
                list.extend([engines::tape(true), engines::verilator(false, None)?, engines::icarus(false)?]);
            }
        }
    }
    if choices.is_empty() {
        list.push(engines::tape(true));
        for found in [engines::verilator(false, None), engines::icarus(false)] {
            match found {
                Ok(n) => list.push(n),
                Err(e) => missing.push(e.to_string()),
            }
        }
    }
    Ok((list, missing))
}

fn verify(config: &Config, seed: u64, engine: &[Choice], out: &Output) -> Done {
    let instance = configure(config)?;
    let design = instance.design()?;
    let campaign = Campaign { block: &*instance, design: &design, seed };
    let (engines, missing) = chosen(engine)?;
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
        good &= o.findings.is_empty();
    }
    lines.extend(missing.iter().map(|m| format!("not run: {m}")));
    lines.push(if good { "EQUAL: data, stream rules, resets and timing".into() } else { "FAILED".into() });
    out.line(&format!(
        "{} with stalls, resets and exact timing, seed {seed}\n\n{}\n\n{}",
        instance.module_name(),
        render(&rows),
        lines.join("\n")
    ));
    out.result(&json!({ "module": instance.module_name(), "seed": seed, "engines": values, "missing": missing, "equal": good }));
    Ok(good)
}

/// `STREAM=F.npy` pairs in the order of the ports.
fn files_of(
    given: &[String],
    ports: &[niello_testbench::streams::StreamPort],
    flag: &str,
) -> Result<Vec<PathBuf>, Error> {
    let names = || ports.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", ");
    let mut found = vec![None; ports.len()];
    for g in given {
        let (name, file) = g.split_once('=').ok_or_else(|| {
            format!("E108 {flag} {} is not STREAM=F.npy; help: streams are {}", g.escape_debug(), names())
        })?;
        let at = ports
            .iter()
            .position(|p| p.name == name)
            .ok_or_else(|| format!("E108 no stream `{}`; help: streams are {}", name.escape_debug(), names()))?;
        found[at] = Some(PathBuf::from(file));
    }
    found
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| format!("E108 {flag} is missing for a stream; help: streams are {}", names()).into())
}

fn run_block(config: &Config, inputs: &[String], outputs: &[String], engine: Choice, out: &Output) -> Done {
    let instance = configure(config)?;
    let design = instance.design()?;
    let border = Border::of(&design).ok_or(EngineError::Ports)?;
    let (ins, outs) = (files_of(inputs, &border.sources, "--input")?, files_of(outputs, &border.sinks, "--output")?);
    let mut streams = Vec::new();
    for (path, port) in ins.iter().zip(&border.sources) {
        let s = samples(path)?;
        let range = niello_gen::num::range_of(port.shape.bits, port.shape.signed);
        let fits = |v: &i64| range.is_none_or(|r| r.contains((*v).into()));
        if s.dtype == DType::F32 || !s.samples.iter().all(|t| t.ints().iter().all(fits)) {
            return Err(format!(
                "E106 {} does not hold integers of {} bits; help: stream {} takes those",
                path.display(),
                port.shape.bits,
                port.name
            )
            .into());
        }
        streams.push(s.samples);
    }
    let count = streams.first().map_or(0, Vec::len);
    if streams.iter().any(|s| s.len() != count) {
        return Err(
            "E106 the inputs have different numbers of frames; help: the leading dimension counts frames".into()
        );
    }
    let frames: Vec<Vec<Vec<i64>>> =
        (0..count).map(|i| streams.iter().map(|s| s[i].ints().to_vec()).collect()).collect();
    for (k, want) in instance.frame_elements().into_iter().flatten().enumerate() {
        if let Some(f) = frames.iter().find(|f| f[k].len() != want) {
            let (name, got) = (&border.sources[k].name, f[k].len());
            let what = format!("E106 a frame of stream {name} has {got} elements; help: the configuration says {want}");
            return Err(what.into());
        }
    }
    let results = match engine {
        Choice::Golden => frames.iter().map(|f| instance.golden(f)).collect(),
        Choice::All => return Err("E108 `run` takes one engine; help: name it, or use `block verify`".into()),
        _ => simulate(&*instance, &design, &border, &frames, engine)?,
    };
    for (k, (path, port)) in outs.iter().zip(&border.sinks).enumerate() {
        let tensors: Vec<Tensor> = results.iter().map(|r: &Vec<Vec<i64>>| Tensor::Int(r[k].clone())).collect();
        let dtype = match (port.shape.bits, port.shape.signed) {
            (0..=8, true) => DType::I8,
            (0..=8, false) => DType::U8,
            (0..=32, true) | (0..=31, false) => DType::I32,
            _ => DType::I64,
        };
        let value = Value { name: port.name.clone(), shape: vec![tensors.first().map_or(0, Tensor::len)], dtype };
        files::write_file(path, &npy::write(&value, &tensors)?)?;
    }
    out.line(&format!("{count} frames through {}", instance.module_name()));
    out.result(&json!({ "frames": count, "module": instance.module_name() }));
    Ok(true)
}

/// The frames through an engine; its own output, not the golden model's.
fn simulate(
    instance: &dyn Instance,
    design: &niello_gen::ir::ValidDesign,
    border: &Border,
    frames: &[Vec<Vec<i64>>],
    engine: Choice,
) -> Result<Vec<Vec<Vec<i64>>>, Error> {
    let (named, _) = chosen(&[engine])?;
    let work = Workload::new(frames, |f| instance.golden(f));
    let longest = frames.iter().map(|f| instance.contract(f)).max_by_key(|c| c.latency + c.ii);
    let contract = longest.unwrap_or(Contract { latency: 0, ii: 0 });
    let b = niello_testbench::campaign::batch(border, &work, Pattern::FREE, contract.latency + contract.ii);
    let run = named[0].engine.compile(design)?.run(std::slice::from_ref(&b))?.remove(0);
    let mut results: Vec<Vec<Vec<i64>>> = vec![Vec::new(); frames.len()];
    for (k, port) in border.sinks.iter().enumerate() {
        let lanes = port.shape.lanes as usize;
        let all: Vec<i64> = run.trace.received[k].words.chunks(port.words()).flat_map(|w| port.unpack(w)).collect();
        let mut at = 0;
        for (result, want) in results.iter_mut().zip(&work.outputs[k].frames) {
            result.push(all.iter().skip(at).take(want.len()).copied().collect());
            at += want.len().div_ceil(lanes) * lanes;
        }
    }
    Ok(results)
}
