//! `niello run`: outputs for inputs.

use std::path::PathBuf;

use crate::engines::{self, Choice};
use crate::files;
use crate::golden::{golden, sequence};
use crate::simulate::simulate;
use crate::{Error, Given};
use niello_model::npy;
use serde_json::json;

use super::folding::Folding;
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    pub model: PathBuf,
    /// Samples: the leading dimension counts them, type and shape are the model's.
    #[arg(long, value_name = "X.npy")]
    pub inputs: PathBuf,
    /// Where the results go.
    #[arg(long, value_name = "Y.npy")]
    pub outputs: PathBuf,
    /// What computes them.
    #[arg(long, value_enum, default_value = "tape")]
    pub engine: Choice,
    /// Of a model that keeps something from one sample for the next one: so many samples follow each other from reset (default: all).
    #[arg(long, value_name = "N")]
    pub sequence: Option<usize>,
    #[command(flatten)]
    pub folding: Folding,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    if args.engine == Choice::Golden && args.folding.is_given() {
        let what = "the golden model has no hardware to fold";
        return Err(Error::new("E108", what, "leave the option out, or name an engine"));
    }
    let computed_from = [args.model.as_path(), args.inputs.as_path()];
    files::check_result(&args.outputs, &computed_from)?;
    let model = args.folding.model(&args.model)?;
    let x = Given::read(&args.inputs)?.samples;
    x.check_inputs("--inputs", model.graph())?;
    if x.samples.is_empty() {
        return Err(Error::new("E106", "--inputs holds no sample", "the leading dimension counts samples"));
    }
    let sequence = sequence(model.graph(), args.sequence, x.samples.len())?;
    let named = match args.engine {
        Choice::Golden => None,
        Choice::Tape => Some(engines::tape(false)),
        Choice::Verilator => Some(engines::verilator(x.samples.len() > 2000, None)?),
        Choice::Icarus => Some(engines::icarus(false)?),
        Choice::All => {
            return Err(Error::new("E108", "`run` takes one engine", "name it, or use `verify --engine all`"));
        }
    };
    let results = match &named {
        None => golden(model.graph(), &x.samples, sequence, out)?.results,
        Some(named) => simulate(&model, &args.folding.plan(&model)?, named, (&x.samples, sequence), out)?,
    };
    let bytes = npy::write(model.graph().output(), &results)?;
    files::write_result(&args.outputs, &bytes, &computed_from)?;
    let (label, profile) = (named.map_or("golden".to_string(), |n| n.label), model.graph().profile);
    let shown = args.outputs.display();
    out.line(&format!("{} samples on {label}, profile {profile}: {shown}", results.len()))?;
    out.result(
        &json!({ "samples": results.len(), "engine": label, "profile": profile, "outputs": shown.to_string() }),
    )?;
    Ok(true)
}
