//! Layers by their folders.

use super::{
    attention, bit_linear, cached_attention, concat, conv, dense, depthwise, enlarge, extremum, float_mean, float_norm,
    float_softmax, gated_recurrence, grouped, i_layernorm, matmul, pad, pair, permute, pool, rotary, shiftgelu,
    shiftmax, softmax, table,
};
use crate::random::Random;

/// Random layers, one for each folder, the simplest first.
pub const RANDOM: &[(&str, Random)] = &[
    ("table", table::random::random),
    ("conv", conv::random::random),
    ("dense", dense::random::random),
    ("depthwise", depthwise::random::random),
    ("grouped", grouped::random::random),
    ("pool", pool::random::random),
    ("float_mean", float_mean::random::random),
    ("softmax", softmax::random::random),
    ("pad", pad::random::random),
    ("permute", permute::random::random),
    ("enlarge", enlarge::random::random),
    ("concat", concat::random::random),
    ("pair", pair::random::random),
    ("extremum", extremum::random::random),
    ("float_norm", float_norm::random::random),
    ("float_softmax", float_softmax::random::random),
    ("matmul", matmul::random::random),
    ("gated_recurrence", gated_recurrence::random::random),
    ("attention", attention::random::random),
    ("rotary", rotary::random::random),
    ("bit_linear", bit_linear::random::random),
    ("shiftmax", shiftmax::random::random),
    ("shiftgelu", shiftgelu::random::random),
    ("i_layernorm", i_layernorm::random::random),
    ("cached_attention", cached_attention::random::random),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A layer that random networks never have would be tested by hand alone.
    #[test]
    fn random__has_every_folder() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/layers");
        let entries = std::fs::read_dir(folder).unwrap().flatten().filter(|e| e.path().is_dir());
        let mut folders: Vec<String> = entries.map(|e| e.file_name().into_string().unwrap()).collect();
        folders.retain(|f| f != "parts");
        folders.sort();
        let mut names: Vec<&str> = RANDOM.iter().map(|(name, _)| *name).collect();
        names.sort();
        assert_eq!(names, folders);
    }
}
