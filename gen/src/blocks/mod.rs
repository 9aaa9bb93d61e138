//! Hardware blocks in families, one folder each, and what they have in common.
//!
//! A block is its configuration type: [`BlockConfig`] ties together the legal ranges, the generator, the
//! golden model, the timing contract and the stimulus. A configuration is usable only as
//! [`Checked`], which exists only if every rule holds.

pub mod arrays;
pub mod attention;
pub mod codes;
mod config;
mod cost;
pub mod events;
pub mod image;
pub mod matrix;
pub mod nonlinear;
mod parts;
pub mod proofs;
mod registry;
pub mod sequence;
pub mod sparse;
pub mod stimulus;
pub mod stream;

pub use arrays::{bit_serial, mac_array, mx_array};
pub use attention::{hashed_attention, one_pass_attention, rotary};
pub use codes::{argmax, eltwise, lut, requant, row_scale, threshold};
pub use config::{Bound, ConfigError, Field, Setting, Settings};
pub use cost::{Cost, Memory, Multiplier};
pub use events::lif;
pub use image::{deform_window, depth_to_space, depthwise, pad, pool, sliding_window, upsample};
pub use matrix::{mvu, operand_buffer, sparse_mvu};
pub use nonlinear::{
    absmax_quantize, i_exp, i_gelu, i_layernorm, i_sqrt, norm_float, pwl, row_gain, shiftgelu, shiftmax, softmax_float,
    softmax_ibert, softmax_ita, softmax_lut,
};
pub use parts::queue;
pub use registry::{all, all_and_unproven, entry, find, unproven, AnyBlock, Instance};
pub use sequence::{gated_recurrence, kv_cache};
pub use sparse::{
    intersect_mac, sparse_decoder, sparse_encoder, sparse_lookup, sparse_mac, structured_mac, threshold_sparsifier,
};
pub use stream::{concat, fork, permute, replay, skid_buffer, stream_fifo, width_converter};

use std::hash::{Hash, Hasher};
use std::ops::Deref;

use crate::hdl::{Build, Mod};
use crate::ir::{DesignError, ModuleId, Reports, ValidDesign};
use crate::num::Prng;

/// Exact timing without stalls. Cycles count clock edges between two beats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// From the first accepted beat of a frame to its last delivered beat.
    pub latency: u64,
    /// Distance of frame starts when frames follow each other without a gap.
    pub ii: u64,
}

/// What a block of multipliers has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Products that the results need; padding does not count.
    pub products: u64,
    /// Products that the hardware could make in a cycle.
    pub elements: u64,
}

impl Work {
    /// The share of the hardware that is useful at an initiation interval.
    pub fn utilization(self, ii: u64) -> f64 {
        self.products as f64 / (self.elements as f64 * ii as f64)
    }
}

/// What a block says of itself.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Folder, module and setting name.
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// The function computed, in symbols.
    pub equation: &'static str,
}

/// What tables show of a configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Sizes.
    pub shape: String,
    /// Results in parallel.
    pub pe: Option<u32>,
    /// Operands of each in parallel.
    pub simd: Option<u32>,
    /// Bits of an operand in a cycle, where they come one after the other.
    pub digit: Option<u32>,
}

impl Summary {
    /// Of a size, with so many results in parallel.
    pub fn new(shape: String, pe: u32) -> Summary {
        Summary { shape, pe: Some(pe), ..Summary::default() }
    }

    /// With so many operands of each in parallel.
    pub fn simd(self, simd: u32) -> Summary {
        Summary { simd: Some(simd), ..self }
    }
}

/// A golden model at work: frame after frame.
pub type Sequence<'a> = Box<dyn FnMut(&[Vec<i64>]) -> Vec<Vec<i64>> + 'a>;

/// A block, as its configuration.
pub trait BlockConfig: Settings + Clone + PartialEq + std::fmt::Debug + 'static {
    /// Name, summary, equation.
    const ABOUT: About;
    /// Configurations that stand for the block in the catalogue: name and settings, the first one pictured.
    const CANONICAL: &'static [(&'static str, &'static str)] = &[("default", "")];
    /// Configurations whose Verilog gets faults to test the bench, where the usual choice (small canonical and random ones that show the
    /// most of the Verilog) picks those in which little can be seen; name and settings.
    const MUTATED: &'static [(&'static str, &'static str)] = &[];
    /// What checking computes once: derived widths, constants, tables.
    type Derived: Clone + std::fmt::Debug + 'static;

    /// Products of settings that are bounded though each setting is legal alone: what no machine could hold is refused before anything
    /// is allocated.
    fn bounds(&self) -> Vec<Bound> {
        Vec::new()
    }
    /// Checks the rules between fields (single ranges and [`BlockConfig::bounds`] are already checked) and derives.
    ///
    /// # Errors
    /// E3xx: all rules between fields that are broken.
    fn derive(&self) -> Result<Self::Derived, Vec<ConfigError>>;
    /// What an earlier configuration derived, where the settings in which this one differs change nothing of it: for derivations that
    /// take longer than a look at all settings.
    fn rederive(&self, _earlier: &Checked<Self>) -> Option<Self::Derived> {
        None
    }
    /// Key parameters of the module's name, without the prefix and the block's name.
    fn key(&self) -> String;
    /// Adds the block's modules to a build.
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId;
    /// One frame, the first one after reset: elements of each input stream to elements of each output stream.
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>>;
    /// Frame after frame, from reset: [`BlockConfig::golden`] of each, unless a block keeps something of a frame for the next one.
    fn sequence(c: &Checked<Self>) -> Sequence<'_> {
        Box::new(|inputs| Self::golden(c, inputs))
    }
    /// Timing of a frame.
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract;
    /// What it takes of a device.
    fn cost(c: &Checked<Self>) -> Cost;
    /// What tables of plans show of it.
    fn summary(c: &Checked<Self>) -> Summary {
        Summary { shape: c.key(), ..Summary::default() }
    }
    /// A legal configuration, corners included.
    fn random(rng: &mut Prng) -> Self;
    /// A frame for each input stream, corners included.
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>>;
    /// Every frame there is, where that is a matter of seconds: a frame for each input stream, as in [`BlockConfig::random_frame`].
    fn every_frame(_c: &Checked<Self>) -> Option<Vec<Vec<Vec<i64>>>> {
        None
    }
    /// Elements of a frame on each input, if the configuration fixes them; none: any length is a frame.
    fn frame_elements(_c: &Checked<Self>) -> Option<Vec<usize>> {
        None
    }
    /// Useful products of a frame and the multipliers that could make them, for blocks that multiply.
    fn work(_c: &Checked<Self>) -> Option<Work> {
        None
    }
    /// Names of the coverage bins, and those that a frame hits.
    fn bins(_c: &Checked<Self>, _inputs: &[Vec<i64>], _outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        Vec::new()
    }
    /// Further header lines.
    fn notes(_c: &Checked<Self>) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A configuration whose every rule holds.
#[derive(Clone, Debug)]
pub struct Checked<C: BlockConfig> {
    config: C,
    derived: C::Derived,
    suffix: &'static str,
}

impl<C: BlockConfig> Checked<C> {
    /// Checks every range and rule.
    ///
    /// # Errors
    /// E3xx: all ranges and rules that are broken.
    pub fn new(config: C) -> Result<Checked<C>, Reports<ConfigError>> {
        Checked::check(config, C::derive)
    }

    fn check(
        config: C,
        derive: impl FnOnce(&C) -> Result<C::Derived, Vec<ConfigError>>,
    ) -> Result<Checked<C>, Reports<ConfigError>> {
        let errors = config.out_of_range(C::ABOUT.name);
        if !errors.is_empty() {
            return Err(Reports(errors));
        }
        let errors: Vec<ConfigError> = config.bounds().iter().filter_map(|b| b.broken(C::ABOUT.name)).collect();
        if !errors.is_empty() {
            return Err(Reports(errors));
        }
        let derived = derive(&config).map_err(Reports)?;
        Ok(Checked { config, derived, suffix: "" })
    }

    /// The same settings, and nothing more in either.
    fn equals(&self, other: &Checked<C>) -> bool {
        self.config == other.config && self.suffix == other.suffix
    }

    /// What checking derived.
    pub fn derived(&self) -> &C::Derived {
        &self.derived
    }

    /// Another configuration of the block: what is derived alike is derived once.
    ///
    /// # Errors
    /// As [`Checked::new`].
    pub fn changed(&self, config: C) -> Result<Checked<C>, Reports<ConfigError>> {
        if config == self.config && self.suffix.is_empty() {
            return Ok(self.clone());
        }
        Checked::check(config, |c| c.rederive(self).map_or_else(|| c.derive(), Ok))
    }

    /// The same with derived facts that no setting asks for, under a name of its own: for blocks that contain this one.
    pub(crate) fn variant(self, suffix: &'static str, change: impl FnOnce(&mut C::Derived)) -> Checked<C> {
        let mut v = Checked { suffix, ..self };
        change(&mut v.derived);
        v
    }

    /// Module name: `nl_<block>_<key>`.
    pub fn module_name(&self) -> String {
        let key = self.config.key();
        let key = if key.is_empty() { key } else { format!("_{key}") };
        format!("nl_{}{key}{}", C::ABOUT.name, self.suffix)
    }

    /// The block alone, as a design.
    ///
    /// # Errors
    /// E4xx: the block breaks a rule of the IR, which is a mistake of the block's.
    pub fn design(&self) -> Result<ValidDesign, Reports<DesignError>> {
        let build = Build::new();
        let top = C::elaborate(self, &build);
        build.validate(top)
    }

    /// Settings that are not the defaults, long lists cut short.
    fn changed_settings(&self) -> String {
        let short =
            |v: &str| if v.len() > 40 { format!("{}...", v.chars().take(37).collect::<String>()) } else { v.into() };
        let defaults = C::fields();
        let is_default = |k: &str, v: &str| defaults.iter().any(|f| f.name == k && f.default == v);
        let values = self.config.values();
        let changed: Vec<String> =
            values.iter().filter(|(k, v)| !is_default(k, v)).map(|(k, v)| format!("{k}={}", short(v))).collect();
        match changed.len() {
            0 => "defaults".into(),
            n if n == values.len() => changed.join(" "),
            _ => format!("{}, else defaults", changed.join(" ")),
        }
    }

    /// Starts the block's top module with its header.
    pub fn module<'b>(&self, build: &'b Build) -> Mod<'b> {
        let m = build.module(self.module_name());
        m.header("block", format!("{}: {}", C::ABOUT.name, C::ABOUT.summary));
        m.header("computes", C::ABOUT.equation);
        m.header("config", self.changed_settings());
        let mut hash = crate::ir::Fnv::default();
        self.config.values().hash(&mut hash);
        m.header("niello", format!("{}, config {:016x}", env!("CARGO_PKG_VERSION"), hash.finish()));
        for (k, v) in C::notes(self) {
            m.header(k, v);
        }
        m
    }
}

/// Six hexadecimal digits of a configuration: blocks whose settings hold tables put them into their key, so
/// that two designs in one folder never share a name for different contents.
pub(crate) fn digest(config: &impl Settings) -> String {
    let mut hash = crate::ir::Fnv::default();
    config.values().hash(&mut hash);
    format!("{:06x}", hash.finish() & 0xff_ffff)
}

impl<C: BlockConfig> Deref for Checked<C> {
    type Target = C;
    fn deref(&self) -> &C {
        &self.config
    }
}
