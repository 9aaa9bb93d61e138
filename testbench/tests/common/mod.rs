//! Shared by the integration tests: the engines that this machine has.
#![allow(dead_code, missing_docs)]

use niello_testbench::engine::icarus::IcarusEngine;
use niello_testbench::engine::reference::ReferenceEngine;
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::verilator::VerilatorEngine;
use niello_testbench::engine::Engine;

/// The in-process engines, and the tools that are installed; says loudly what is missing.
pub fn engines(with_tools: bool) -> Vec<Box<dyn Engine>> {
    let mut list: Vec<Box<dyn Engine>> = vec![Box::new(ReferenceEngine), Box::new(TapeEngine::default())];
    if with_tools {
        if let Some(e) = niello_testkit::found(VerilatorEngine::find()) {
            list.push(Box::new(e));
        }
        if let Some(e) = niello_testkit::found(IcarusEngine::find()) {
            list.push(Box::new(e));
        }
    }
    list
}

/// The blocks to test: all of them, those not offered yet too, or the one that `NIELLO_BLOCK` names.
pub fn blocks() -> Vec<Box<dyn niello_gen::blocks::AnyBlock>> {
    let only = std::env::var("NIELLO_BLOCK").ok();
    let all = niello_gen::blocks::all_and_unproven().into_iter();
    let chosen: Vec<_> = all.filter(|b| only.as_deref().is_none_or(|o| o == b.about().name)).collect();
    assert!(!chosen.is_empty(), "NIELLO_BLOCK={} names no block", only.unwrap_or_default());
    chosen
}
