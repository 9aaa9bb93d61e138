//! Every block, for tools and tests that treat them alike. A new block is one line here.

use std::any::Any;
use std::fmt::Debug;
use std::marker::PhantomData;

use super::{
    absmax_quantize, argmax, bit_serial, concat, deform_window, depth_to_space, depthwise, eltwise, fork,
    gated_recurrence, hashed_attention, i_exp, i_gelu, i_layernorm, i_sqrt, intersect_mac, kv_cache, lif, lut,
    mac_array, mvu, mx_array, norm_float, one_pass_attention, operand_buffer, pad, permute, pool, pwl, replay, requant,
    rotary, row_gain, row_scale, shiftgelu, shiftmax, skid_buffer, sliding_window, softmax_float, softmax_ibert,
    softmax_ita, softmax_lut, sparse_decoder, sparse_encoder, sparse_lookup, sparse_mac, sparse_mvu, stream_fifo,
    structured_mac, threshold, threshold_sparsifier, upsample, width_converter,
};
use super::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Field, Sequence, Summary, Work};
use crate::hdl::Build;
use crate::ir::{DesignError, ModuleId, Reports, ValidDesign};
use crate::num::Prng;

/// All blocks, in the order of `niello block list`.
pub fn all() -> Vec<Box<dyn AnyBlock>> {
    vec![
        entry::<skid_buffer::Config>(),
        entry::<stream_fifo::Config>(),
        entry::<width_converter::Config>(),
        entry::<fork::Config>(),
        entry::<replay::Config>(),
        entry::<requant::Config>(),
        entry::<threshold::Config>(),
        entry::<lut::Config>(),
        entry::<mac_array::Config>(),
        entry::<mx_array::Config>(),
        entry::<bit_serial::Config>(),
        entry::<mvu::Config>(),
        entry::<sparse_mvu::Config>(),
        entry::<argmax::Config>(),
        entry::<sliding_window::Config>(),
        entry::<deform_window::Config>(),
        entry::<depthwise::Config>(),
        entry::<pool::Config>(),
        entry::<eltwise::Config>(),
        entry::<concat::Config>(),
        entry::<pad::Config>(),
        entry::<upsample::Config>(),
        entry::<depth_to_space::Config>(),
        entry::<permute::Config>(),
        entry::<shiftmax::Config>(),
        entry::<shiftgelu::Config>(),
        entry::<softmax_ita::Config>(),
        entry::<softmax_lut::Config>(),
        entry::<softmax_float::Config>(),
        entry::<i_layernorm::Config>(),
        entry::<norm_float::Config>(),
        entry::<operand_buffer::Config>(),
        entry::<i_exp::Config>(),
        entry::<i_gelu::Config>(),
        entry::<i_sqrt::Config>(),
        entry::<pwl::Config>(),
        entry::<gated_recurrence::Config>(),
        entry::<absmax_quantize::Config>(),
        entry::<row_gain::Config>(),
        entry::<row_scale::Config>(),
        entry::<rotary::Config>(),
        entry::<softmax_ibert::Config>(),
        entry::<hashed_attention::Config>(),
        entry::<kv_cache::Config>(),
        entry::<one_pass_attention::Config>(),
        entry::<sparse_encoder::Config>(),
        entry::<sparse_decoder::Config>(),
        entry::<sparse_lookup::Config>(),
        entry::<sparse_mac::Config>(),
        entry::<intersect_mac::Config>(),
        entry::<structured_mac::Config>(),
        entry::<threshold_sparsifier::Config>(),
        entry::<lif::Config>(),
    ]
}

/// Blocks that the benches run and nobody is offered by name yet: what their benches see of faults is not enough, or not recorded. Networks may have them.
pub fn unproven() -> Vec<Box<dyn AnyBlock>> {
    Vec::new()
}

/// Those that are offered and those that are not yet.
pub fn all_and_unproven() -> Vec<Box<dyn AnyBlock>> {
    all().into_iter().chain(unproven()).collect()
}

/// The block of that name.
pub fn find(name: &str) -> Option<Box<dyn AnyBlock>> {
    all().into_iter().find(|b| b.about().name == name)
}

/// A block without its type.
pub trait AnyBlock {
    /// Name, summary, equation.
    fn about(&self) -> About;
    /// See [`BlockConfig::CANONICAL`].
    fn canonical(&self) -> &'static [(&'static str, &'static str)];
    /// See [`BlockConfig::MUTATED`].
    fn mutated(&self) -> &'static [(&'static str, &'static str)];
    /// Fields of its configuration.
    fn fields(&self) -> Vec<Field>;
    /// The defaults changed by settings, checked.
    ///
    /// # Errors
    /// E3xx: all settings that cannot be read, are out of range or do not go together.
    fn configure(&self, settings: &[(String, String)]) -> Result<Box<dyn Instance>, Reports<ConfigError>>;
    /// A random legal configuration.
    ///
    /// # Errors
    /// E3xx: the strategy made a configuration that is not legal, which is a mistake of the block's.
    fn random(&self, rng: &mut Prng) -> Result<Box<dyn Instance>, Reports<ConfigError>>;
}

/// The trait of an instance, and that a checked configuration is one: each method is what the block's own function says, by its name.
macro_rules! instance {
    ($( $(#[$doc:meta])* fn $name:ident($($arg:ident: $of:ty),*) -> $gives:ty; )*) => {
        /// A checked configuration without its type.
        pub trait Instance: Any + Debug {
            /// Name, summary, equation.
            fn about(&self) -> About;
            /// Module name.
            fn module_name(&self) -> String;
            /// Every field's value.
            fn settings(&self) -> Vec<(&'static str, String)>;
            /// The same block with the same settings.
            fn same(&self, other: &dyn Instance) -> bool;
            /// The block alone, as a design.
            ///
            /// # Errors
            /// E4xx: the block breaks a rule of the IR, which is a mistake of the block's.
            fn design(&self) -> Result<ValidDesign, Reports<DesignError>>;
            $( $(#[$doc])* fn $name(&self, $($arg: $of),*) -> $gives; )*
        }

        impl<C: BlockConfig> Instance for Checked<C> {
            fn about(&self) -> About {
                C::ABOUT
            }
            fn module_name(&self) -> String {
                Checked::module_name(self)
            }
            fn settings(&self) -> Vec<(&'static str, String)> {
                self.values()
            }
            fn same(&self, other: &dyn Instance) -> bool {
                other.of::<C>().is_some_and(|o| self.equals(o))
            }
            fn design(&self) -> Result<ValidDesign, Reports<DesignError>> {
                Checked::design(self)
            }
            $( fn $name(&self, $($arg: $of),*) -> $gives {
                C::$name(self, $($arg),*)
            } )*
        }
    };
}

instance! {
    /// Adds the block's modules to a build.
    fn elaborate(build: &Build) -> ModuleId;
    /// See [`BlockConfig::golden`].
    fn golden(inputs: &[Vec<i64>]) -> Vec<Vec<i64>>;
    /// See [`BlockConfig::sequence`].
    fn sequence() -> Sequence<'_>;
    /// See [`BlockConfig::contract`].
    fn contract(inputs: &[Vec<i64>]) -> Contract;
    /// See [`BlockConfig::cost`].
    fn cost() -> Cost;
    /// See [`BlockConfig::summary`].
    fn summary() -> Summary;
    /// See [`BlockConfig::random_frame`].
    fn random_frame(rng: &mut Prng) -> Vec<Vec<i64>>;
    /// See [`BlockConfig::every_frame`].
    fn every_frame() -> Option<Vec<Vec<Vec<i64>>>>;
    /// See [`BlockConfig::frame_elements`].
    fn frame_elements() -> Option<Vec<usize>>;
    /// See [`BlockConfig::work`].
    fn work() -> Option<Work>;
    /// See [`BlockConfig::bins`].
    fn bins(inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)>;
}

struct Entry<C>(PhantomData<C>);

/// A block for a registry.
pub fn entry<C: BlockConfig>() -> Box<dyn AnyBlock> {
    Box::new(Entry::<C>(PhantomData))
}

impl<C: BlockConfig> AnyBlock for Entry<C> {
    fn about(&self) -> About {
        C::ABOUT
    }
    fn canonical(&self) -> &'static [(&'static str, &'static str)] {
        C::CANONICAL
    }
    fn mutated(&self) -> &'static [(&'static str, &'static str)] {
        C::MUTATED
    }
    fn fields(&self) -> Vec<Field> {
        C::fields()
    }
    fn configure(&self, settings: &[(String, String)]) -> Result<Box<dyn Instance>, Reports<ConfigError>> {
        let config = C::from_settings(C::ABOUT.name, settings).map_err(Reports)?;
        Ok(Box::new(Checked::new(config)?))
    }
    fn random(&self, rng: &mut Prng) -> Result<Box<dyn Instance>, Reports<ConfigError>> {
        Ok(Box::new(Checked::new(C::random(rng))?))
    }
}

impl dyn Instance {
    /// The block's name.
    pub fn name(&self) -> &'static str {
        self.about().name
    }

    /// The configuration, if the block is that one.
    pub fn of<C: BlockConfig>(&self) -> Option<&Checked<C>> {
        (self as &dyn Any).downcast_ref()
    }
}
