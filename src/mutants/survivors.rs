//! Sorts mutants that no run kills: what can nobody tell from the block, and what did the bench miss?

use std::fs;

use niello_fpga::Tool;
use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use serde::{Deserialize, Serialize};

use super::faults::{Faults, ALL};
use super::miter::{variant, Outside};
use crate::catalogue::Any;

/// What became of a survivor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Proven: nothing at the border ever tells it from the block.
    Harmless,
    /// There are inputs after a reset at which it differs: the bench has a hole.
    Differs,
    /// No answer in time; it counts as one that differs.
    Undecided,
}

/// What ABC does with a miter: registers of both sides that are equal become one, then it looks for inputs that tell the
/// sides apart soon, then for a proof that there are none; where neither is found, for longer inputs.
const QUESTIONS: [&str; 2] = [
    "read_aiger miter.aig; strash; scorr; dc2; scorr -F 2; bmc3 -F 24 -T 5; pdr -T 15",
    "read_aiger miter.aig; strash; scorr; dc2; bmc3 -F 2000 -T 10",
];

/// Judges the survivors of one configuration.
pub struct Judge<'a> {
    faults: &'a Faults,
    abc: Tool,
    mapped: String,
}

impl Judge<'_> {
    /// Prepares the block without a fault. All registers and memories hold zeros at power-on; a reset follows.
    pub fn new<'a>(instance: &dyn Instance, design: &ValidDesign, faults: &'a Faults) -> Any<Judge<'a>> {
        let abc = niello_fpga::native("yosys-abc")?;
        faults.script("map", &format!("read_rtlil {ALL}\nmemory_map\ndffunmap\nopt_clean\nwrite_rtlil mapped.il\n"))?;
        let mapped = fs::read_to_string(faults.path().join("mapped.il"))?;
        fs::write(faults.path().join("gold.il"), variant(&mapped, "gold", 0))?;
        fs::write(faults.path().join("miter.v"), Outside::of(instance, design)?.miter())?;
        Ok(Judge { faults, abc, mapped })
    }

    /// What becomes of a mutant.
    pub fn verdict(&self, select: u64) -> Any<Verdict> {
        let path = self.faults.path();
        fs::write(path.join("gate.il"), variant(&self.mapped, "gate", select))?;
        self.faults.script(
            "miter",
            "read_rtlil gold.il\nread_rtlil gate.il\nread_verilog miter.v\nhierarchy -check -top miter\nproc\nflatten\n\
             dffunmap\nopt_clean\nopt_expr\nopt_merge\nopt_clean\nsetundef -zero -undriven -init\ntechmap\nopt_expr\nopt_merge\naigmap\n\
             opt_clean\nwrite_aiger miter.aig\n",
        )?;
        for question in QUESTIONS {
            let out = self.abc.command(path).args(["-c", question]).output()?;
            let answer = String::from_utf8_lossy(&out.stdout);
            fs::write(path.join("abc.log"), answer.as_bytes())?;
            if !out.status.success() || answer.contains("Error") {
                return Err(format!("E533 the solver gave no answer; help: see {}/abc.log", path.display()).into());
            }
            if answer.contains("was asserted in frame") {
                return Ok(Verdict::Differs);
            }
            if answer.contains("Property proved") {
                return Ok(Verdict::Harmless);
            }
        }
        Ok(Verdict::Undecided)
    }
}
