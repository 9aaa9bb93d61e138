//! A model's outputs, computed by its hardware in simulation.

use niello_model::Tensor;
use niello_net::plan::Plan;
use niello_testbench::campaign::Pattern;
use niello_testbench::frames::{self, Settings};

use crate::engines::Named;
use crate::golden::{finish, golden};
use crate::{Error, Model, Progress};

/// Results of samples as the plan's Verilog computes them on an engine, the host's parts around it.
///
/// A model that keeps something does so for `sequence` samples from reset.
///
/// # Errors
/// E106: a sample is not one of the model. E50x: the engine cannot run. E511: what it gives is not what the golden model says.
pub fn simulate(
    model: &Model,
    plan: &Plan,
    named: &Named,
    (samples, sequence): (&[Tensor], usize),
    progress: &dyn Progress,
) -> Result<Vec<Tensor>, Error> {
    let golden = golden(model.graph(), samples, sequence, progress)?;
    let settings = Settings { pattern: Pattern::FREE, slack: plan.slack(), per_batch: 8, resets: 0 };
    let bar = progress.begin(&named.label, samples.len() as u64);
    let design = plan.design()?;
    let o = frames::run(&*named.engine, &design, &golden.frames, &settings, |n| bar.set(n as u64))?;
    if let Some(f) = o.findings.first() {
        let help = "`niello verify --layers` tells where; report this, with the model";
        return Err(Error::new("E511", format!("on {}: {f}", named.label), help));
    }
    Ok(o.outputs.into_iter().map(|codes| finish(model.graph(), codes)).collect())
}
