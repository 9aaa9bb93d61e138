//! Proofs of what blocks share: every input, every state, by Yosys' solver.

use std::fs;

use niello_gen::blocks::proofs::{Obligation, Over};
use niello_gen::emit::verilog;

use crate::instances::Any;

/// Steps of an induction beyond those after which nothing is left of a state.
const MORE: u32 = 2;

/// Whether Yosys proves it: from a reset, and by induction over as many steps as leave nothing of a state. With `fault` the circuit has one, and a
/// proof would mean that the claim says nothing.
///
/// # Errors
/// No Yosys, or one that gave no answer.
pub fn proven(o: &Obligation, fault: bool) -> Any<bool> {
    let yosys = niello_fpga::native("yosys")?;
    let folder = tempfile::Builder::new().prefix("niello-proof-").tempdir()?;
    let mut files = Vec::new();
    for f in verilog(&o.design) {
        fs::write(folder.path().join(&f.path), &f.text)?;
        files.extend(Some(f.path).filter(|p| p.ends_with(".v")));
    }
    let question = match o.over {
        // In the first step of all is a reset; the claim stands from the second one on.
        Over::Induction(cycles) => {
            let steps = cycles + MORE;
            format!("-tempinduct -seq 1 -set-at 1 rst 1 -prove holds 1 -initsteps {steps} -maxsteps {}", steps + MORE)
        }
        Over::Reset(cycles) => {
            let no_other: Vec<String> = (2..=cycles + 1).map(|step| format!("-set-at {step} rst 0")).collect();
            format!("-seq {} -set-at 1 rst 1 {} -prove holds 1 -prove-skip 1", cycles + 1, no_other.join(" "))
        }
    };
    let script = format!(
        "read_verilog {}\nhierarchy -check -top {}\nproc\nflatten\nmemory_map\nopt -full\nsat -set fault {} {question}\n",
        files.join(" "),
        o.design.top().name,
        u8::from(fault),
    );
    fs::write(folder.path().join("prove.ys"), script)?;
    let log = "prove.log";
    niello_fpga::run(&yosys, folder.path(), &["-q", "-l", log, "-s", "prove.ys"], log, &|_| ())?;
    let answer = fs::read_to_string(folder.path().join(log))?;
    let proof = match o.over {
        Over::Induction(_) => "Induction step proven: SUCCESS!",
        Over::Reset(_) => "no model found: SUCCESS!",
    };
    match (answer.contains(proof), answer.contains("FAIL!")) {
        (true, false) => Ok(true),
        (false, true) => Ok(false),
        _ => {
            let kept = folder.keep();
            Err(format!("{}: Yosys gave no answer; help: see {}/{log}", o.name, kept.display()).into())
        }
    }
}
