//! The options of subcommands that read and plan a model.

use std::path::Path;

use crate::{Error, Import, Model};
use niello_fpga::{devices, Device};
use niello_model::tflite::Profile;
use niello_net::plan::{Budget, Goal, Plan, Zeros};

/// How the network is folded.
#[derive(clap::Args, Clone, Debug)]
pub struct Folding {
    /// What it is folded and counted for: its multipliers and block RAMs choose among foldings.
    #[arg(long, default_value = "ecp5-85k", value_parser = device)]
    pub device: &'static Device,
    /// At most N cycles between frames, with the fewest multipliers.
    #[arg(long, value_name = "N", conflicts_with = "max_multipliers")]
    pub target_ii: Option<u64>,
    /// The fewest cycles between frames with at most N multipliers (requantizers included). Without any of these options: 64, or as many
    /// as a deep network needs.
    #[arg(long, value_name = "N")]
    pub max_multipliers: Option<u64>,
    /// The fewest cycles between frames with at most N multiplier blocks of the device (an ECP5-85F has 156).
    #[arg(long, value_name = "N", conflicts_with_all = ["target_ii", "max_multipliers"])]
    pub max_dsp: Option<u64>,
    /// The same with at most N block RAMs.
    #[arg(long, value_name = "N", conflicts_with_all = ["target_ii", "max_multipliers"])]
    pub max_bram: Option<u64>,
    /// The same with about N lookup tables: an estimate.
    #[arg(long, value_name = "N", conflicts_with_all = ["target_ii", "max_multipliers"])]
    pub max_lut: Option<u64>,
    /// What becomes of weights that are zero: neither held nor multiplied where that saves multipliers and is worth its tables and memories,
    /// or multiplied as any other weight.
    #[arg(long, value_name = "WAY", default_value = "skip", value_parser = zeros)]
    pub zeros: Zeros,
    /// Simulate, and cut every FIFO to the depth at which no beat waits for it (seconds, for large models).
    #[arg(long)]
    pub exact_fifos: bool,
    /// Leave a softmax at the end out: the results are the codes in front of it.
    #[arg(long)]
    pub logits: bool,
    /// Compute a softmax at the end in hardware too; without this the host does it, as exactly.
    #[arg(long, conflicts_with = "logits")]
    pub hardware_softmax: bool,
    /// Whose arithmetic a TFLite file gets: LiteRT's reference kernels, or what a Python interpreter computes (XNNPACK) in
    /// convolutions and dense layers. (default: tflite-ref)
    #[arg(long, value_name = "PROFILE", value_parser = ["tflite-ref", "tflite-xnnpack"])]
    pub profile: Option<String>,
}

impl Folding {
    /// Some option asks for another hardware than the ordinary one.
    pub fn is_given(&self) -> bool {
        self.goal().is_some() || self.exact_fifos || self.zeros != Zeros::Skip
    }

    fn goal(&self) -> Option<Goal> {
        let budget = Budget { dsps: self.max_dsp, block_rams: self.max_bram, luts: self.max_lut };
        if budget != Budget::default() {
            return Some(Goal::Within(budget));
        }
        self.target_ii.map(Goal::TargetIi).or(self.max_multipliers.map(Goal::MaxMultipliers))
    }

    /// The model of a file.
    ///
    /// # Errors
    /// See [`Model::open`].
    pub fn model(&self, path: &Path) -> Result<Model, Error> {
        let profile = self.profile.as_deref().map(|name| match name == Profile::Xnnpack.name() {
            true => Profile::Xnnpack,
            false => Profile::Reference,
        });
        let (logits, hardware_softmax) = (self.logits, self.hardware_softmax);
        Model::open(path, &Import { profile, logits, hardware_softmax })
    }

    /// Its plan.
    ///
    /// # Errors
    /// See [`crate::plan`].
    pub fn plan(&self, model: &Model) -> Result<Plan, Error> {
        let (device, goal, exact_fifos, zeros) = (self.device, self.goal(), self.exact_fifos, self.zeros);
        crate::plan(model, &crate::Folding { device, goal, exact_fifos, zeros })
    }

    /// Both.
    ///
    /// # Errors
    /// See [`Folding::model`] and [`Folding::plan`].
    pub fn planned(&self, path: &Path) -> Result<(Model, Plan), Error> {
        let model = self.model(path)?;
        let plan = self.plan(&model)?;
        Ok((model, plan))
    }
}

/// What becomes of zeros, by its name.
fn zeros(name: &str) -> Result<Zeros, String> {
    match name {
        "skip" => Ok(Zeros::Skip),
        "multiply" => Ok(Zeros::Multiply),
        _ => Err("skip and multiply are the ways".into()),
    }
}

/// A device by its name.
pub fn device(name: &str) -> Result<&'static Device, String> {
    let names = || devices::ALL.map(|d| d.name).join(", ");
    Device::find(name).ok_or_else(|| format!("no such device; devices are {}", names()))
}
