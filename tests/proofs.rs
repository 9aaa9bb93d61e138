//! What a solver proves of dividers, roots, exponentials and codecs, and that it proves nothing of circuits with a fault.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use std::sync::atomic::{AtomicUsize, Ordering};

use niello::gen::blocks::proofs::{obligations, Obligation};
use niello::proofs::proven;

/// Each of them, on a circuit without a fault and on one with it.
fn prove(which: impl Fn(&Obligation) -> bool, least: usize) {
    if let Err(missing) = niello::fpga::native("yosys") {
        niello_testkit::tool(&missing.to_string());
        return;
    }
    let mut all = obligations().unwrap();
    all.retain(which);
    // Two at a time: the solver has one thread.
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(o) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = std::time::Instant::now();
            assert!(proven(o, false).unwrap(), "{}: {}", o.name, o.claim);
            assert!(!proven(o, true).unwrap(), "{}: a circuit with a fault is proven", o.name);
            println!("{}: {:.1} s", o.name, start.elapsed().as_secs_f64());
        }
    };
    std::thread::scope(|s| (0..2).for_each(|_| _ = s.spawn(work)));
    println!("proven: {}", all.len());
    assert!(all.len() >= least, "{} obligations", all.len());
}

#[test]
fn codecs__are_proven_and_with_a_fault_they_are_not() {
    let soak = niello_testkit::soak() > 1;
    // That either side waits takes minutes: with NIELLO_SOAK.
    prove(|o| is_codec(o) && (soak || !o.name.contains("waiting")), if soak { 6 } else { 3 });
}

fn is_codec(o: &Obligation) -> bool {
    o.name.contains("sparse")
}

fn is_exponential(o: &Obligation) -> bool {
    o.name.contains("exp") || o.name.contains("power")
}

#[test]
fn exponentials__are_proven_and_with_a_fault_they_are_not() {
    prove(is_exponential, 19);
}

#[test]
fn dividers_and_roots__are_proven_and_with_a_fault_they_are_not() {
    prove(|o| !is_exponential(o) && !is_codec(o), 11);
}
