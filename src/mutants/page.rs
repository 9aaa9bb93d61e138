//! `docs/mutants.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use niello_gen::blocks::AnyBlock;

use super::{choose, digest, Killer, Record, Verdict, LEAST};
use crate::instances::Any;

/// The page.
pub fn page(blocks: &[Box<dyn AnyBlock>], records: &BTreeMap<String, Record>) -> Any<String> {
    let mut t = format!(
        "# Mutants\n\nWritten by `niello block catalogue` from what `make mutants` recorded (a test holds it to that). Yosys puts faults into the\n\
Verilog of a few small configurations of each block, one fault a mutant: an inverted or stuck bit of a cell's port, or one\n\
that another bit of the port inverts; clocks stay as they are. The project's own campaign runs on each, and a mutant is\n\
killed by any finding. Columns count what the first part of the bench kills that sees it: beats compared without stalls,\n\
with stalls on both sides, the monitor of the stream rules, runs with a reset in their middle, and the contract of latency\n\
and interval. Survivors that no stream at the border can tell from the block, by SAT, are harmless. Where the solver has no\n\
answer and a configuration has few frames, all of them run on the survivor, in order and then mixed with stalls: equal are\n\
those that none of them tells from the block. Rate: killed of those that are neither; stage B2 asks for {:.0} %.\n\n\
| block | configurations | mutants | data | stalls | rules | resets | contract | harmless | equal | survive | rate |\n\
|---|---|---|---|---|---|---|---|---|---|---|---|\n",
        100.0 * LEAST
    );
    let (mut survivors, mut ran) = (String::new(), BTreeMap::<String, Vec<&str>>::new());
    for b in blocks {
        let name = b.about().name;
        let Some(r) = records.get(name) else { continue };
        let old = if digest(&choose(&**b)?)? == r.digest { "" } else { " (of earlier Verilog)" };
        let killed: Vec<String> =
            Killer::ALL.iter().map(|k| r.killed.get(k).copied().unwrap_or(0).to_string()).collect();
        writeln!(
            t,
            "| {name}{old} | {} | {} | {} | {} | {} | {} | {:.1} % |",
            r.configurations.join(", "),
            r.mutants,
            killed.join(" | "),
            r.harmless,
            r.exhausted,
            r.survivors.len(),
            100.0 * r.rate()
        )?;
        ran.entry(r.ran.as_ref().map_or("not recorded".into(), |r| r.text())).or_default().push(name);
        for s in &r.survivors {
            let verdict = if s.verdict == Verdict::Differs { "differs" } else { "undecided" };
            writeln!(survivors, "| {name} | {} | `{}` | {verdict} |", s.configuration, s.fault.replace('|', "\\|"))?;
        }
    }
    t.push_str("\n## Runs\n\n");
    for (how, blocks) in ran {
        writeln!(t, "- {how}: {}", blocks.join(", "))?;
    }
    if !survivors.is_empty() {
        t.push_str("\n## Survivors\nDiffers: the solver has inputs after a reset that tell it from the block. Undecided: no answer within its bounds.\n\n\
| block | configuration | fault | |\n|---|---|---|---|\n");
        t.push_str(&survivors);
    }
    Ok(t)
}
