//! Proofs of what blocks share: every input, every state, by the solvers that come with Yosys.

use std::fs;
use std::path::Path;

use niello_gen::blocks::proofs::{Obligation, Over};
use niello_gen::emit::verilog;
use niello_gen::ir::Dir;

use crate::instances::Any;

/// Steps of an induction beyond those after which nothing is left of a state.
const MORE: u32 = 2;

/// Whether it is proven. With `fault` the circuit has one, and a proof would mean that the claim says nothing.
///
/// # Errors
/// No Yosys, or one that gave no answer.
pub fn proven(o: &Obligation, fault: bool) -> Any<bool> {
    let folder = tempfile::Builder::new().prefix("niello-proof-").tempdir()?;
    let mut files = Vec::new();
    for f in verilog(&o.design) {
        fs::write(folder.path().join(&f.path), &f.text)?;
        files.extend(Some(f.path).filter(|p| p.ends_with(".v")));
    }
    let answer = match o.over {
        Over::Induction(cycles) => by_induction(o, &files, folder.path(), cycles + MORE, fault)?,
        Over::Reset(cycles) => from_reset(o, &files, folder.path(), cycles + 1, fault)?,
    };
    answer.ok_or_else(|| format!("{}: no answer; help: see {}", o.name, folder.keep().display()).into())
}

/// From a reset, and by induction over so many steps.
fn by_induction(o: &Obligation, files: &[String], folder: &Path, steps: u32, fault: bool) -> Any<Option<bool>> {
    // In the first step of all is a reset; the claim stands from the second one on.
    let question = format!(
        "proc\nflatten\nmemory_map\nopt -full\n\
         sat -tempinduct -seq 1 -set-at 1 rst 1 -set fault {} -prove holds 1 -initsteps {steps} -maxsteps {}",
        u8::from(fault),
        steps + MORE,
    );
    let answer = yosys(files, &o.design.top().name, folder, &question)?;
    Ok(match (answer.contains("Induction step proven: SUCCESS!"), answer.contains("FAIL!")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}

/// In each of so many cycles behind a reset, from any state before it: as a graph of ANDs, by ABC, which is faster where states are large.
fn from_reset(o: &Obligation, files: &[String], folder: &Path, cycles: u32, fault: bool) -> Any<Option<bool>> {
    let abc = niello_fpga::native("yosys-abc")?;
    let top = o.design.top();
    let own = |name: &str| if name == "fault" { format!("1'b{}", u8::from(fault)) } else { name.to_string() };
    let inputs: Vec<_> = top.ports_of(Dir::In).map(|(_, port)| (&*port.name, port.width)).collect();
    let pins: Vec<String> = inputs.iter().map(|(name, _)| format!(".{name}({})", own(name))).collect();
    let free = inputs.iter().filter(|(name, _)| own(name) == *name);
    let ports: Vec<String> = free.map(|(name, width)| format!("input [{}:0] {name}, ", width - 1)).collect();
    let wrapper = format!(
        "module proof(input clk, {}output broken);\n  reg begun = 0;\n  always @(posedge clk) begun <= 1;\n  wire holds;\n  {} u_claim(.clk(clk), .rst(!begun), {}, .holds(holds));\n  \
         assign broken = begun && !holds;\nendmodule\n",
        ports.concat(),
        top.name,
        pins.join(", "),
    );
    fs::write(folder.join("proof.v"), wrapper)?;
    let files: Vec<String> = files.iter().cloned().chain(["proof.v".into()]).collect();
    let passes = "proc\nflatten\nmemory_map\nopt -full\ntechmap\nopt_clean\ndfflegalize -cell $_DFF_P_ 01\nopt_clean\naigmap\nwrite_aiger -zinit proof.aig";
    yosys(&files, "proof", folder, passes)?;
    let log = "abc.log";
    let question = format!("read_aiger proof.aig; scorr; bmc3 -F {}", cycles + 1);
    niello_fpga::run(&abc, folder, &["-c", &question], log, &|_| ())?;
    let answer = fs::read_to_string(folder.join(format!("{log}.out")))?;
    let all = format!("No output asserted in {} frames", cycles + 1);
    Ok(match (answer.contains(&all), answer.contains("was asserted in frame")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}

/// Runs passes on a design; the log.
fn yosys(files: &[String], top: &str, folder: &Path, passes: &str) -> Any<String> {
    let yosys = niello_fpga::native("yosys")?;
    let script = format!("read_verilog {}\nhierarchy -check -top {top}\n{passes}\n", files.join(" "));
    fs::write(folder.join("prove.ys"), script)?;
    let log = "prove.log";
    niello_fpga::run(&yosys, folder, &["-q", "-l", log, "-s", "prove.ys"], log, &|_| ())?;
    Ok(fs::read_to_string(folder.join(log))?)
}
