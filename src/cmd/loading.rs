//! Model and data files, and the planning options that several subcommands share.

use std::path::{Path, PathBuf};

use niello_fpga::{devices, Device};
use niello_gen::ir::Reports;
use niello_model::npy::Samples;
use niello_model::tflite::Profile;
use niello_model::{import_as, import_logits, network, npy, Graph, ModelError, MAX_FILE};
use niello_net::plan::{lower, Budget, Goal, Plan, PlanError};
use niello_net::Network;

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
    /// Of TFLite files.
    pub fn profile(&self) -> Profile {
        if self.profile.as_deref() == Some(Profile::Xnnpack.name()) {
            Profile::Xnnpack
        } else {
            Profile::Reference
        }
    }

    /// Some option asks for another hardware than the ordinary one.
    pub fn is_given(&self) -> bool {
        let numbers = [self.target_ii, self.max_multipliers, self.max_dsp, self.max_bram, self.max_lut];
        numbers.iter().any(Option::is_some) || self.exact_fifos
    }

    fn goal(&self) -> Goal {
        let budget = Budget { dsps: self.max_dsp, block_rams: self.max_bram, luts: self.max_lut };
        if budget != Budget::default() {
            return Goal::Within(budget);
        }
        self.target_ii.map_or(Goal::MaxMultipliers(self.max_multipliers.unwrap_or(MULTIPLIERS)), Goal::TargetIi)
    }

    /// The plan that the options ask for. Where they ask for none, a deep network has as many multipliers as it needs.
    fn plan(&self, network: Network) -> Result<Plan, Reports<PlanError>> {
        let device = self.device.planned();
        let found = lower(network.clone(), self.goal(), device);
        match found.as_ref().err().and_then(|e| e.0.first()) {
            Some(PlanError::TooFew { least, .. }) if self.max_multipliers.is_none() => {
                lower(network, Goal::MaxMultipliers(*least), device)
            }
            _ => found,
        }
    }
}

/// A device by its name.
pub fn device(name: &str) -> Result<&'static Device, String> {
    let names = || devices::ALL.map(|d| d.name).join(", ");
    Device::find(name).ok_or_else(|| format!("no such device; devices are {}", names()))
}

/// Multipliers where nothing was asked for.
const MULTIPLIERS: u64 = 64;

/// Reads a file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ModelError> {
    let fail = |what: String| ModelError::Read { path: niello_model::error::clean(&path.display().to_string()), what };
    let meta = std::fs::metadata(path).map_err(|e| fail(e.to_string()))?;
    if !meta.is_file() {
        return Err(fail("it is not a file".into()));
    }
    if meta.len() > limit {
        return Err(fail(format!("it has {} bytes, at most {limit} are read", meta.len())));
    }
    std::fs::read(path).map_err(|e| fail(e.to_string()))
}

/// Imports a model file, without its softmax where that was asked for.
pub fn load(path: &Path, folding: &Folding) -> Result<Graph, Box<dyn std::error::Error>> {
    let mut graph = match folding.logits {
        false => load_as(path, folding.profile())?,
        true => {
            let (name, bytes) = contents(path)?;
            let (graph, cut) = import_logits(&name, &bytes, folding.profile())?;
            if !cut {
                return Err(
                    "E108 --logits, but the model does not end with a softmax; help: leave the option out".into()
                );
            }
            graph
        }
    };
    if folding.profile.is_some() && graph.format != "tflite" {
        return Err(
            format!("E108 --profile, but the model is {}; help: only TFLite files have several", graph.format).into()
        );
    }
    if folding.hardware_softmax && !graph.ends_with_softmax() {
        return Err(
            "E108 --hardware-softmax, but the model does not end with a softmax; help: leave the option out".into()
        );
    }
    graph.hardware_softmax = folding.hardware_softmax;
    Ok(graph)
}

/// Imports a model file.
pub fn load_alone(path: &Path) -> Result<Graph, Box<dyn std::error::Error>> {
    load_as(path, Profile::default())
}

fn load_as(path: &Path, profile: Profile) -> Result<Graph, Box<dyn std::error::Error>> {
    let (name, bytes) = contents(path)?;
    Ok(import_as(&name, &bytes, profile)?)
}

/// A model file's name and bytes.
fn contents(path: &Path) -> Result<(String, Vec<u8>), ModelError> {
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, read(path, MAX_FILE)?))
}

/// Plans a graph.
pub fn planned(graph: &Graph, folding: &Folding) -> Result<Plan, Box<dyn std::error::Error>> {
    let plan = folding.plan(network(graph)?)?;
    if folding.exact_fifos {
        return niello::fifos::exact(plan);
    }
    Ok(plan)
}

/// Reads a `.npy`.
pub fn samples(path: &Path) -> Result<Samples, ModelError> {
    npy::read(&niello_model::error::clean(&path.display().to_string()), &read(path, MAX_FILE)?)
}

/// `<model without extension>.<suffix>` beside the model, if it is there.
pub fn beside(model: &Path, suffix: &str) -> Option<PathBuf> {
    Some(model.with_extension(suffix)).filter(|p| p.is_file())
}

#[cfg(test)]
#[allow(non_snake_case)]
mod tests {
    use niello_gen::num::Scale;
    use std::sync::Arc;

    use niello_net::layers::Dense;
    use niello_net::{Elements, Placed, Recode};

    use super::*;

    fn folding(max_multipliers: Option<u64>) -> Folding {
        let (target_ii, max_dsp, max_bram, max_lut) = (None, None, None, None);
        let (exact_fifos, logits, hardware_softmax, profile) = (false, false, false, None);
        let device = &devices::ECP5_85K;
        Folding {
            device,
            target_ii,
            max_multipliers,
            max_dsp,
            max_bram,
            max_lut,
            exact_fifos,
            logits,
            hardware_softmax,
            profile,
        }
    }

    #[test]
    fn plan__of_a_deep_network_has_as_many_multipliers_as_it_needs() {
        let input = Elements { count: 1, bits: 8, signed: true };
        let recode =
            || Recode { scales: vec![Scale::HalfUp { multiplier: 1, shift: 2 }], zero_point: 0, min: -128, max: 127 };
        let layer = |i: usize| {
            let dense = Dense { x_zero: 0, weights: vec![3], bias: vec![1], recode: Some(recode()) };
            Placed { name: format!("l{i}"), engine: Arc::new(dense), inputs: vec![i], output: input }
        };
        let nodes = (0..MULTIPLIERS as usize + 6).map(layer).collect();
        let network = Network { name: "deep".into(), profile: "test".into(), input, nodes };
        assert!(folding(None).plan(network.clone()).unwrap().multipliers() > MULTIPLIERS);
        let refused = folding(Some(MULTIPLIERS)).plan(network).unwrap_err();
        assert!(matches!(refused.0[..], [PlanError::TooFew { .. }]), "{refused}");
    }
}
