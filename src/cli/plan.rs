//! `niello plan`: what would be built.

use std::path::PathBuf;

use crate::planning::{plan_json, plan_text};

use super::folding::Folding;
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    pub model: PathBuf,
    #[command(flatten)]
    pub folding: Folding,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let (_, plan) = args.folding.planned(&args.model)?;
    out.line(&plan_text(&plan))?;
    out.result(&plan_json(&plan))?;
    Ok(true)
}
