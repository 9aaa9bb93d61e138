//! Arrays of multiply-accumulate elements: all elements give the same sums, and keep busy.
#![allow(non_snake_case, missing_docs)]

use niello_gen::blocks::mac_array::{order, Config, Dataflow, Mac};
use niello_gen::blocks::{Checked, ConfigError, Instance};
use niello_gen::ir::Reports;
use niello_gen::num::Prng;
use niello_testbench::campaign::{batch, Campaign, Pattern, Workload};
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::Engine;
use niello_testbench::streams::Border;

/// The product of two matrices, by the array's own Verilog on the tape engine.
fn product(c: &Checked<Config>, a: &[i64], b: &[i64]) -> Vec<i64> {
    let design = c.design().unwrap();
    let border = Border::of(&design).unwrap();
    let frame = vec![order::pack_a(c, a), order::pack_b(c, b)];
    let contract = Instance::contract(c, &frame);
    // Expected values play no part here: only their number does.
    let n = Instance::golden(c, &frame)[0].len();
    let work = Workload::new(&[frame], |_| vec![vec![0; n]]);
    let one = batch(&border, &work, Pattern::FREE, contract.latency + contract.ii);
    let run = TapeEngine::default().compile(&design).unwrap().run(std::slice::from_ref(&one)).unwrap().remove(0);
    let port = &border.sinks[0];
    let out: Vec<i64> = run.trace.received[0].words.chunks(port.words()).flat_map(|w| port.unpack(w)).collect();
    order::unpack_c(c, &out)
}

/// Every dataflow with every element that it can have, on the same matrices: weights -1, 0, 1 and activations of four
/// bits suit them all.
#[test]
fn mac_array__every_element_gives_the_same_sums() {
    let (m, k, n) = (9u32, 12u32, 10u32);
    let mut rng = Prng::new(11);
    let a: Vec<i64> = (0..m * k).map(|_| rng.range(-8, 7)).collect();
    let b: Vec<i64> = (0..k * n).map(|_| rng.range(-1, 1)).collect();
    let mut expected = vec![0; (m * n) as usize];
    for i in 0..m as usize {
        for j in 0..n as usize {
            expected[i * n as usize + j] = (0..k as usize).map(|x| a[i * k as usize + x] * b[x * n as usize + j]).sum();
        }
    }
    let mut served = 0;
    for dataflow in Dataflow::ALL {
        for mac in Mac::ALL {
            let depth = if matches!(dataflow, Dataflow::Cube | Dataflow::Tree) { 4 } else { 1 };
            let config = Config {
                dataflow: *dataflow,
                mac: *mac,
                rows: 3,
                cols: 4,
                depth,
                m,
                k,
                n,
                a_bits: 4,
                b_bits: 2,
                ..Config::default()
            };
            let c: Result<Checked<Config>, Reports<ConfigError>> = Checked::new(config);
            match c {
                Ok(c) => {
                    assert_eq!(product(&c, &a, &b), expected, "{} {}", dataflow.text(), mac.text());
                    served += 1;
                }
                // What an element cannot serve is refused by name.
                Err(e) => assert!(e.0.iter().all(|e| matches!(e, ConfigError::NotServed { .. })), "{e}"),
            }
        }
    }
    assert_eq!(served, 21);
}

/// Fed without a gap, at sizes that divide: useful products over multipliers and measured cycles.
#[test]
fn mac_array__elements_are_busy_in_steady_state() {
    for (dataflow, depth, k) in [
        (Dataflow::OutputStationary, 1, 32),
        (Dataflow::WeightStationary, 1, 32),
        (Dataflow::Cube, 4, 64),
        (Dataflow::Tree, 4, 64),
    ] {
        let config = Config { dataflow, rows: 8, cols: 8, depth, m: 32, k, n: 32, ..Config::default() };
        let c = Checked::new(config).unwrap();
        let design = c.design().unwrap();
        let o = Campaign { block: &c, design: &design, seed: 1 }.run(&TapeEngine::default(), 1, 0).unwrap();
        assert!(o.findings.is_empty(), "{dataflow:?}: {:?}", o.findings);
        let busy = o.utilization.unwrap();
        assert!(busy >= 0.99, "{dataflow:?}: {busy}");
    }
}

/// Scales never hold up the elements of their block: fed without stalls, those of a block are taken with its first elements
/// or before, so that a sender may give scales first.
#[test]
fn mx_array__takes_scales_with_the_first_elements_of_their_block() {
    let block = niello_gen::blocks::find("mx_array").unwrap();
    for settings in ["", "dataflow=cube depth=4 rows=2 blocks=4", "dataflow=tree depth=32 rows=1 accumulator=exact"] {
        let pairs = settings.split_whitespace().filter_map(|s| s.split_once('='));
        let pairs: Vec<(String, String)> = pairs.map(|(k, v)| (k.into(), v.into())).collect();
        let instance = block.configure(&pairs).unwrap();
        let design = instance.design().unwrap();
        let border = Border::of(&design).unwrap();
        let frame = instance.random_frame(&mut Prng::new(1));
        let contract = instance.contract(&frame);
        let work = Workload::new(&vec![frame; 6], |f| instance.golden(f));
        let one = batch(&border, &work, Pattern::FREE, contract.latency + contract.ii);
        let run = TapeEngine::default().compile(&design).unwrap().run(std::slice::from_ref(&one)).unwrap().remove(0);
        let [a, _, a_scales, b_scales] = &run.trace.accepted[..] else { panic!("four inputs") };
        let steps = a.len() / a_scales.len();
        for (n, first) in a.iter().step_by(steps).enumerate() {
            assert!(a_scales[n] <= *first && b_scales[n] <= *first, "{settings}: block {n}");
        }
    }
}
