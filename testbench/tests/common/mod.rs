//! Shared by the integration tests: the engines that this machine has.
#![allow(dead_code, missing_docs, clippy::print_stdout)]

use niello_testbench::engine::icarus::IcarusEngine;
use niello_testbench::engine::reference::ReferenceEngine;
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::verilator::VerilatorEngine;
use niello_testbench::engine::Engine;

/// The in-process engines, and the tools that are installed; says loudly what is missing.
pub fn engines(with_tools: bool) -> Vec<Box<dyn Engine>> {
    let mut list: Vec<Box<dyn Engine>> = vec![Box::new(ReferenceEngine), Box::new(TapeEngine::default())];
    if with_tools {
        match VerilatorEngine::find() {
            Ok(e) => list.push(Box::new(e)),
            Err(e) => skipped(&e.to_string()),
        }
        match IcarusEngine::find() {
            Ok(e) => list.push(Box::new(e)),
            Err(e) => skipped(&e.to_string()),
        }
    }
    list
}

/// How much more than usual to run: `NIELLO_SOAK`, 1 by default.
pub fn soak() -> u64 {
    std::env::var("NIELLO_SOAK").ok().and_then(|s| s.parse().ok()).unwrap_or(1)
}

/// A missing tool is reported, and fails where `NIELLO_REQUIRE_TOOLS` says that all must be there.
pub fn skipped(why: &str) {
    assert!(std::env::var_os("NIELLO_REQUIRE_TOOLS").is_none(), "a required tool is missing: {why}");
    println!("SKIPPED: {why}");
    eprintln!("SKIPPED: {why}");
}

/// The blocks to test: all of them, or the one that `NIELLO_BLOCK` names.
pub fn blocks() -> Vec<Box<dyn niello_gen::blocks::AnyBlock>> {
    let only = std::env::var("NIELLO_BLOCK").ok();
    let all = niello_gen::blocks::all().into_iter();
    let chosen: Vec<_> = all.filter(|b| only.as_deref().is_none_or(|o| o == b.about().name)).collect();
    assert!(!chosen.is_empty(), "NIELLO_BLOCK={} names no block", only.unwrap_or_default());
    chosen
}
