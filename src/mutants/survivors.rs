//! Sorts mutants that no run kills: what can nobody tell from the block, and what did the bench miss?

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use niello_fpga::Tool;
use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use serde::{Deserialize, Serialize};

use super::aiger::{Graph, Miter};
use super::faults::{Faults, ALL};
use super::miter::Outside;
use super::step::{step, twins, Step, Twins};
use crate::instances::Any;

/// What became of a survivor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Proven: nothing at the border ever tells it from the block.
    Harmless,
    /// The solver has no answer, but no frame of all that there are tells it from the block.
    Exhausted,
    /// There are inputs after a reset at which it differs: the bench has a hole.
    Differs,
    /// No answer in time; it counts as one that differs.
    Undecided,
}

/// What ABC is asked in turn, until there is an answer: first the selector becomes a constant and registers of both sides
/// that are equal become one, which often leaves little to prove; then it looks for inputs that tell the sides apart soon,
/// for a longer proof, for longer inputs. Each has its limits, as a multiplier has no end.
const QUESTIONS: [&str; 4] = [
    "read_aiger mutant.aig; zero; scleanup; strash; write_aiger small.aig; scorr -C 20; dc2; write_aiger small.aig; pdr -T 3",
    "read_aiger small.aig; strash; bmc3 -F 32 -T 5",
    "read_aiger small.aig; strash; pdr -T 10",
    "read_aiger small.aig; strash; bmc3 -F 2000 -T 8",
];
/// To gates: the block alone first, so that both sides are made of the same ones. Yosys builds a product another way each time, and that two of them are
/// equal no solver finds.
const MAPPED: &str = "dffunmap\nopt_expr\nopt_merge\nopt_clean\nsetundef -zero -undriven -init\ntechmap\nopt_expr\nopt_merge\nopt_clean\n";
/// What is asked of every survivor before any of them takes its time. First: does it ever change what a register takes?
const STEP: &str = "read_aiger step.aig; zero; scleanup; strash; scorr -C 20; dc2; pdr -T 2";
/// How often it is asked: the registers that it may have changed are loose the next time.
const LOOSER: usize = 3;
/// Then registers of both sides that are equal by induction become one: that settles faults in what nothing reads.
const EQUAL: &str = "read_aiger mutant.aig; zero; scleanup; strash; lcorr -C 10000; scleanup; strash; pdr -T 1";
/// Time for the survivors of a configuration; those that come later are undecided.
pub(super) const ENOUGH: Duration = Duration::from_secs(240);
/// Time for one question: sweeping has no bound of its own.
const LONG: Duration = Duration::from_secs(20);

/// Judges the survivors of one configuration.
pub struct Judge<'a> {
    faults: &'a Faults,
    abc: Tool,
    miter: Miter,
    twins: Twins,
    spent: Cell<Duration>,
}

impl Judge<'_> {
    /// Prepares the block without a fault. All registers and memories hold zeros at power-on; a reset follows.
    pub fn new<'a>(instance: &dyn Instance, design: &ValidDesign, faults: &'a Faults) -> Any<Judge<'a>> {
        let abc = niello_fpga::native("yosys-abc")?;
        let path = faults.path();
        fs::write(path.join("miter.v"), Outside::of(instance, design)?.miter())?;
        let script = format!(
            "read_rtlil {ALL}\nmemory_map\nrename {} dut\n{MAPPED}read_verilog miter.v\nhierarchy -check -top miter\n\
             proc\nflatten\n{MAPPED}aigmap\nopt_clean\nwrite_aiger -vmap miter.map miter.aig\n",
            design.top().name
        );
        faults.script("miter", &script)?;
        let names = fs::read_to_string(path.join("miter.map"))?;
        let miter = Miter::parse(fs::read(path.join("miter.aig"))?, &names)?;
        Ok(Judge { faults, abc, miter, twins: twins(&names), spent: Cell::default() })
    }

    /// The mutant is soon proven to be harmless.
    pub fn soon_harmless(&self, select: u64) -> Any<bool> {
        self.write(select)?;
        let miter = Graph::parse(&self.miter.with(select))?;
        let mut loose = BTreeSet::new();
        for _ in 0..LOOSER {
            let Step::Perhaps { circuit, changed } = step(&miter, &self.twins, &loose) else { return Ok(true) };
            fs::write(self.faults.path().join("step.aig"), circuit)?;
            if self.harmless(STEP)? {
                return Ok(true);
            }
            loose.extend(changed);
        }
        self.harmless(EQUAL)
    }

    fn harmless(&self, question: &str) -> Any<bool> {
        Ok(self.question(question)? == Some(Verdict::Harmless))
    }

    /// What becomes of a mutant.
    pub fn verdict(&self, select: u64) -> Any<Verdict> {
        let start = Instant::now();
        let verdict = if self.spent.get() < ENOUGH { self.ask(select)? } else { Verdict::Undecided };
        self.spent.set(self.spent.get() + start.elapsed());
        Ok(verdict)
    }

    fn ask(&self, select: u64) -> Any<Verdict> {
        self.write(select)?;
        // What the survivor before this one left must not answer for it.
        let small = self.faults.path().join("small.aig");
        if small.exists() {
            fs::remove_file(&small)?;
        }
        for (n, question) in QUESTIONS.iter().enumerate() {
            if n > 0 && !small.exists() {
                return Ok(Verdict::Undecided);
            }
            if let Some(verdict) = self.question(question)? {
                return Ok(verdict);
            }
        }
        Ok(Verdict::Undecided)
    }

    /// The mutant for the solver.
    fn write(&self, select: u64) -> Any<()> {
        Ok(fs::write(self.faults.path().join("mutant.aig"), self.miter.with(select))?)
    }

    /// What the solver answers, if it has one.
    fn question(&self, question: &str) -> Any<Option<Verdict>> {
        let path = self.faults.path();
        let log = path.join("abc.log");
        let mut abc = self
            .abc
            .command(path)
            .args(["-c", question])
            .stdin(Stdio::null())
            .stdout(fs::File::create(&log)?)
            .spawn()?;
        let start = Instant::now();
        let ended = loop {
            match abc.try_wait()? {
                Some(status) => break status.success(),
                None if start.elapsed() > LONG => {
                    abc.kill()?;
                    abc.wait()?;
                    break true;
                }
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        let answer = fs::read_to_string(&log)?;
        if !ended || ["Cannot open", "Empty network"].iter().any(|e| answer.contains(e)) {
            return Err(format!("the solver gave no answer; help: see {}/abc.log", path.display()).into());
        }
        Ok(if answer.contains("was asserted in frame") {
            Some(Verdict::Differs)
        } else {
            answer.contains("Property proved").then_some(Verdict::Harmless)
        })
    }
}
