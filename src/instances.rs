//! Configurations of blocks for tools that treat them alike, and what their Verilog is.
// Of the project itself: what stops one of these is told in full by whoever calls it.
#![allow(clippy::missing_errors_doc)]

use std::hash::{Hash, Hasher};

use niello_gen::blocks::{AnyBlock, Instance};
use niello_gen::emit::verilog;

/// The result of a step of the catalogue.
pub type Any<T> = Result<T, Box<dyn std::error::Error>>;

/// A block's canonical configuration: its settings, checked.
pub fn canonical(block: &dyn AnyBlock, settings: &str) -> Any<Box<dyn Instance>> {
    let pairs = settings.split_whitespace().filter_map(|s| s.split_once('='));
    let pairs: Vec<(String, String)> = pairs.map(|(k, v)| (k.into(), v.into())).collect();
    Ok(block.configure(&pairs)?)
}

/// The Verilog of an instance in one text, its memories left out.
pub fn text(instance: &dyn Instance) -> Any<String> {
    let files = verilog(&instance.design()?).into_iter().filter(|f| f.path.ends_with(".v"));
    Ok(files.map(|f| f.text).collect::<Vec<_>>().join("\n"))
}

/// Of one text.
pub fn digest_of(text: &str) -> String {
    let mut h = niello_gen::ir::Fnv::default();
    text.hash(&mut h);
    format!("{:016x}", h.finish())
}
