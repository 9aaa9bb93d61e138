//! Every block's design elaborates and validates: without this its unit tests could be green while nothing can be built.
#![allow(non_snake_case, missing_docs)]

use niello_gen::blocks::{all_and_unproven, AnyBlock, Instance};
use niello_gen::num::Prng;

/// Of the configurations that stand for the block, and of random ones.
const RANDOM: u64 = 24;

fn settings(text: &str) -> Vec<(String, String)> {
    let pair = |s: &str| s.split_once('=').map(|(k, v)| (k.to_string(), v.to_string()));
    text.split_whitespace().filter_map(pair).collect()
}

fn configurations(block: &dyn AnyBlock) -> Vec<(String, Box<dyn Instance>)> {
    let name = block.about().name;
    let canonical = block.canonical().iter().map(|(which, text)| {
        let place = format!("{name} {which} ({text})");
        let made = block.configure(&settings(text)).unwrap_or_else(|e| panic!("{place}: {e}"));
        (place, made)
    });
    let random = (0..RANDOM).map(|seed| {
        let place = format!("{name} seed {seed}");
        let made = block.random(&mut Prng::named(seed, name)).unwrap_or_else(|e| panic!("{place}: {e}"));
        (place, made)
    });
    canonical.chain(random).collect()
}

#[test]
fn every_block__elaborates() {
    for block in all_and_unproven() {
        let list = configurations(&*block);
        assert!(list.len() > RANDOM as usize, "{}: no canonical configuration", block.about().name);
        for (place, instance) in list {
            let design = instance.design().unwrap_or_else(|e| panic!("{place}: {e}"));
            assert_eq!(design.top().name, instance.module_name(), "{place}");
        }
    }
}
