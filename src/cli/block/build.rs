//! `niello block build`: a block's Verilog in a folder that stands alone.

use std::path::Path;

use crate::building::seen_faults;
use crate::files;
use niello_testbench::campaign::random_workload;
use niello_testbench::export::{export, Export};
use serde_json::json;

use super::super::{Done, Output};
use super::{configure, Config};

/// Frames of the exported testbench.
const FRAMES: usize = 8;

/// Runs it.
pub fn run(config: &Config, output: &Path, force: bool, faults: Option<u64>, out: &Output) -> Done {
    let instance = configure(config, out)?;
    let design = instance.design()?;
    let work = random_workload(&*instance, FRAMES, 0);
    let first: Vec<Vec<i64>> = work.inputs.iter().map(|e| e.frames[0].clone()).collect();
    let contract = instance.contract(&first);
    let about = format!(
        "block {}, latency {} and II {} cycles for its first frame",
        config.name, contract.latency, contract.ii
    );
    let slack = contract.latency + contract.ii;
    let (coverage, sentence) = seen_faults(&design, &work, slack, slack, faults, out)?;
    let vectors = [format!("{sentence} `niello block build {} ... -o DIR --rom-faults N` measures it.", config.name)];
    let list = export(&Export { design: &design, work: &work, about: &about, slack, vectors: &vectors })?;
    files::write_folder(output, &list, force)?;
    out.line(&format!("{}: top module {}", output.display(), design.top().name))?;
    out.result(&json!({ "output": output.display().to_string(), "top": design.top().name,
                        "rom_faults": coverage.map(|c| json!({ "bits": c.bits, "faults": c.faults, "caught": c.caught })) }))?;
    Ok(true)
}
