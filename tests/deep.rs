//! Networks of thousands of layers: planning and elaborating them takes time in proportion.
#![allow(non_snake_case, missing_docs)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use niello_net::layers::{Engine, Table};
use niello_net::plan::{lower, Goal};
use niello_net::{Elements, Network, Placed};

/// 3,000 equal functions of 72 codes. Where each layer looks at all others, this takes a quarter of a minute; where each module is made again, more than two seconds.
#[test]
fn chain_of_3000_layers__is_planned_and_built_in_seconds() {
    let start = Instant::now();
    let input = Elements { count: 72, bits: 8, signed: false };
    let table = Table { lowest: 0, entries: (0..256).map(|q| if q < 9 { 9 } else { q }).collect() };
    let engine: Arc<dyn Engine> = Arc::new(table);
    let node = |i: usize| Placed { name: format!("l{i}"), engine: engine.clone(), inputs: vec![i], output: input };
    let nodes = (0..3000).map(node).collect();
    let network = Network { name: "deep".into(), profile: "test".into(), input, nodes };
    let plan = lower(network, Goal::MaxMultipliers(0), niello::fpga::devices::ECP5_85K.planned()).unwrap();
    let design = plan.design().unwrap();
    assert_eq!((plan.stages.len(), plan.ii), (3000, 1));
    // Equal layers are one module.
    assert!(design.modules().len() < 10, "{} modules", design.modules().len());
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}
