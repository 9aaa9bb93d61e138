//! `niello sparsity`: zeros, and what codes of them save.

use std::path::PathBuf;

use niello_gen::blocks::sparse::code::Break;
use serde_json::{json, Value};

use crate::sparsity::{of_array, of_operands, of_weights, Measured};
use crate::table::{number, render};
use crate::{Error, Given, Import, Model};

use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// An array of integers (.npy, the leading dimension counts tensors), or a model (.tflite, .onnx), whose layers' weights are looked at.
    pub file: PathBuf,
    /// Samples for a model: what its layers with weights take is looked at too.
    #[arg(long, value_name = "X.npy")]
    pub inputs: Option<PathBuf>,
    /// Elements of a block.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(8..=1024))]
    pub block: u32,
    /// Bits of an array's element. Default: the fewest that hold all of them.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=32))]
    pub width: Option<u32>,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let parts = if args.file.extension().is_some_and(|e| e == "npy") { array(args)? } else { model(args)? };
    let mut listed = Vec::new();
    for (what, measured) in &parts {
        out.line(&format!("{what}, blocks of {}:\n\n{}\n", args.block, table(measured)))?;
        listed.extend(measured.iter().map(|m| machine(what, m)));
    }
    for width in widths(&parts) {
        out.line(&breaks(args.block, width))?;
    }
    out.result(&json!({ "block": args.block, "tensors": listed }))?;
    Ok(true)
}

/// What is measured, under a heading.
type Parts = Vec<(&'static str, Vec<Measured>)>;

fn array(args: &Args) -> Result<Parts, Error> {
    if args.inputs.is_some() {
        return Err(Error::new("E108", "an array takes no --inputs", "leave the option out, or name a model"));
    }
    let x = Given::read(&args.file)?.samples;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(vec![("the array", of_array(&name, &x, args.block, args.width)?)])
}

fn model(args: &Args) -> Result<Parts, Error> {
    if args.width.is_some() {
        return Err(Error::new("E108", "a model takes no --width", "its elements have their own; name an array"));
    }
    let model = Model::open(&args.file, &Import::default())?;
    let graph = model.graph();
    let mut parts = vec![("weights", of_weights(graph, args.block))];
    if parts[0].1.is_empty() {
        return Err(Error::new("E108", "no layer of this model has weights", "name an array, or another model"));
    }
    if let Some(inputs) = &args.inputs {
        let x = Given::read(inputs)?.samples;
        x.check_inputs("--inputs", graph)?;
        parts.push(("what layers with weights take", of_operands(graph, args.block, &x.samples)?));
    }
    Ok(parts)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Bits saved against no code; below zero it costs some.
fn saved(bits: u64, dense: u64) -> String {
    percent(1.0 - bits as f64 / dense.max(1) as f64)
}

fn table(measured: &[Measured]) -> String {
    let head =
        ["", "elements", "bits", "zeros", "of blocks", "dense", "bitmap", "coordinates", "hybrid", "shortest", "saves"];
    let mut rows = vec![head.map(String::from).to_vec()];
    for m in measured {
        let (s, (best, bits)) = (&m.sizes, m.best());
        rows.push(vec![
            m.name.clone(),
            number(s.elements),
            m.width.to_string(),
            percent(s.sparsity()),
            format!("{:.0} {:.0} {:.0}", 100.0 * m.quantile(0.0), 100.0 * m.quantile(0.5), 100.0 * m.quantile(1.0)),
            number(s.dense),
            number(s.bitmap),
            number(s.coordinates),
            format!("{} ({})", number(s.hybrid), number(s.by_coordinates)),
            best.map_or("none", |f| f.text()).into(),
            saved(bits, s.dense),
        ]);
    }
    let note = "of blocks: percent of zeros in the block with the fewest, the median one, the one with the most; hybrid: (blocks as coordinates)";
    format!("{}\n{note}", render(&rows))
}

fn widths(parts: &Parts) -> Vec<u32> {
    let mut widths: Vec<u32> = parts.iter().flat_map(|p| p.1.iter().map(|m| m.width)).collect();
    widths.sort_unstable();
    widths.dedup();
    widths
}

/// From which share of zeros on a code is shorter.
fn breaks(block: u32, width: u32) -> String {
    let at = Break::of(block, width);
    let share = |s: f64| if s >= 1.0 { "never".into() } else { format!("above {} zeros", percent(s.max(0.0))) };
    format!(
        "elements of {width} bits: a bitmap is shorter than no code {}, coordinates {}, coordinates than a bitmap {}",
        share(at.bitmap),
        share(at.coordinates),
        share(at.between)
    )
}

fn machine(what: &str, m: &Measured) -> Value {
    let (s, (best, bits)) = (&m.sizes, m.best());
    let mut histogram = [0u64; 11];
    for share in &m.blocks {
        histogram[(share * 10.0) as usize] += 1;
    }
    json!({
        "of": what, "name": m.name, "elements": s.elements, "width": m.width, "zeros": s.zeros, "blocks": s.blocks,
        "bits": { "dense": s.dense, "bitmap": s.bitmap, "coordinates": s.coordinates, "hybrid": s.hybrid },
        "blocks_as_coordinates": s.by_coordinates,
        "shortest": best.map_or("none", |f| f.text()), "shortest_bits": bits,
        "blocks_by_tenth_of_zeros": histogram,
    })
}
