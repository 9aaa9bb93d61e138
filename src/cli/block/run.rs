//! `niello block run`: outputs for inputs.

use std::path::{Path, PathBuf};

use crate::engines::Choice;
use crate::files;
use crate::waveform::Waveform;
use crate::{Error, Given};
use niello_gen::blocks::{Contract, Instance};
use niello_model::{npy, DType, Tensor, Value};
use niello_testbench::campaign::{Pattern, Workload};
use niello_testbench::engine::EngineError;
use niello_testbench::scoreboard::judge;
use niello_testbench::streams::Border;
use serde_json::json;

use super::super::{Done, Output};
use super::verify::chosen;
use super::{configure, Config};

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
            Error::new(
                "E108",
                format!("{flag} {} is not STREAM=F.npy", g.escape_debug()),
                format!("streams are {}", names()),
            )
        })?;
        let at = ports.iter().position(|p| p.name == name).ok_or_else(|| {
            Error::new("E108", format!("no stream `{}`", name.escape_debug()), format!("streams are {}", names()))
        })?;
        found[at] = Some(PathBuf::from(file));
    }
    found.into_iter().collect::<Option<Vec<_>>>().ok_or_else(|| {
        Error::new("E108", format!("{flag} is missing for a stream"), format!("streams are {}", names()))
    })
}

/// Runs it, on the files of the input streams and of the output streams.
pub fn run(
    config: &Config,
    [inputs, outputs]: [&[String]; 2],
    engine: Choice,
    trace: Option<&Path>,
    out: &Output,
) -> Done {
    let waveform = Waveform::of(trace, &[engine])?;
    let instance = configure(config, out)?;
    let design = instance.design()?;
    let border = Border::of(&design).ok_or(EngineError::Ports)?;
    let (ins, outs) = (files_of(inputs, &border.sources, "--input")?, files_of(outputs, &border.sinks, "--output")?);
    let mut streams = Vec::new();
    for (path, port) in ins.iter().zip(&border.sources) {
        let s = Given::read(path)?.samples;
        let range = niello_gen::num::range_of(port.shape.bits, port.shape.signed);
        let fits = |v: &i64| range.is_none_or(|r| r.contains((*v).into()));
        if s.dtype == DType::F32 || !s.samples.iter().all(|t| t.ints().iter().all(fits)) {
            return Err(Error::new(
                "E106",
                format!("{} does not hold integers of {} bits", path.display(), port.shape.bits),
                format!("stream {} takes those", port.name),
            ));
        }
        streams.push(s.samples);
    }
    let count = streams.first().map_or(0, Vec::len);
    if streams.iter().any(|s| s.len() != count) {
        return Err(Error::new(
            "E106",
            "the inputs have different numbers of frames",
            "the leading dimension counts frames",
        ));
    }
    let frames: Vec<Vec<Vec<i64>>> =
        (0..count).map(|i| streams.iter().map(|s| s[i].ints().to_vec()).collect()).collect();
    for (k, want) in instance.frame_elements().into_iter().flatten().enumerate() {
        if let Some(f) = frames.iter().find(|f| f[k].len() != want) {
            let (name, got) = (&border.sources[k].name, f[k].len());
            let what = Error::new(
                "E106",
                format!("a frame of stream {name} has {got} elements"),
                format!("the configuration says {want}"),
            );
            return Err(what);
        }
    }
    let results = match engine {
        Choice::Golden => {
            let mut golden = instance.sequence();
            frames.iter().map(|f| golden(f)).collect()
        }
        Choice::All => return Err(Error::new("E108", "`run` takes one engine", "name it, or use `block verify`")),
        _ => simulate(&*instance, &design, &border, &frames, (engine, &waveform))?,
    };
    waveform.finish()?;
    let inputs: Vec<&Path> = ins.iter().map(PathBuf::as_path).collect();
    for (k, (path, port)) in outs.iter().zip(&border.sinks).enumerate() {
        let tensors: Vec<Tensor> = results.iter().map(|r: &Vec<Vec<i64>>| Tensor::Int(r[k].clone())).collect();
        let dtype = match (port.shape.bits, port.shape.signed) {
            (0..=8, true) => DType::I8,
            (0..=8, false) => DType::U8,
            (0..=16, true) => DType::I16,
            (0..=16, false) => DType::U16,
            (0..=32, true) | (0..=31, false) => DType::I32,
            _ => DType::I64,
        };
        let value = Value { name: port.name.clone(), shape: vec![tensors.first().map_or(0, Tensor::len)], dtype };
        files::write_result(path, &npy::write(&value, &tensors)?, &inputs)?;
    }
    out.line(&format!("{count} frames through {}", instance.module_name()))?;
    out.result(&json!({ "frames": count, "module": instance.module_name() }))?;
    Ok(true)
}

/// The frames through an engine; its own output, not the golden model's.
fn simulate(
    instance: &dyn Instance,
    design: &niello_gen::ir::ValidDesign,
    border: &Border,
    frames: &[Vec<Vec<i64>>],
    (engine, waveform): (Choice, &Waveform),
) -> Result<Vec<Vec<Vec<i64>>>, Error> {
    let (named, _) = chosen(&[engine], waveform)?;
    let work = Workload::new(frames, instance.sequence());
    let longest = frames.iter().map(|f| instance.contract(f)).max_by_key(|c| c.latency + c.ii);
    let contract = longest.unwrap_or(Contract { latency: 0, ii: 0 });
    let b = niello_testbench::campaign::batch(border, &work, Pattern::FREE, contract.latency + contract.ii);
    let run = named[0].engine.compile(design)?.run(std::slice::from_ref(&b))?.remove(0);
    if let Some(f) = judge(&run, border, &work.outputs).first() {
        let what = Error::new("E511", format!("on {}: {f}", named[0].label), "`niello block verify` tells more");
        return Err(what);
    }
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
