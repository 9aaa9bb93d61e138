//! `docs/blocks.md`.

use std::fmt::Write as _;

use niello_gen::blocks::AnyBlock;
use niello_gen::num::Prng;

use super::{stage, Records};
use crate::instances::{canonical, digest_of, text, Any};

/// The page.
pub fn page(blocks: &[Box<dyn AnyBlock>], records: &Records) -> Any<String> {
    let mut t = String::from(
        "# Blocks\n\nWritten by `niello block catalogue` from the registry (a test holds it to that). Stages: B0 builds; B1 equal to its\n\
golden model on the tape engine and one simulator; B2 on the tape, Verilator and Icarus, with random stalls on both sides,\n\
resets and exact cycles, by a bench that kills at least 95 % of the block's relevant [mutants](mutants.md). A stage is that\n\
of recorded evidence, and falls back where the Verilog has changed since.\n\
Costs: ECP5-85F, speed grade 6, out of context, one seed.\n\n| block | stage | purpose |\n|---|---|---|\n",
    );
    for b in blocks {
        let a = b.about();
        writeln!(t, "| [{0}](#{0}) | {1:?} | {2} |", a.name, stage(&**b, records)?, a.summary)?;
    }
    for b in blocks {
        block(&mut t, &**b, records)?;
    }
    Ok(t)
}

fn block(t: &mut String, b: &dyn AnyBlock, records: &Records) -> Any<()> {
    let a = b.about();
    writeln!(t, "\n## {}\n\n{}: `{}`\n", a.name, sentence(a.summary), a.equation)?;
    writeln!(t, "![{0}](catalogue/{0}.svg)\n", a.name)?;
    writeln!(t, "| setting | default | legal | meaning |\n|---|---|---|---|")?;
    for f in b.fields() {
        let default = if f.default.is_empty() { "(empty)".into() } else { f.default };
        let legal = f.legal.replace('|', "\\|");
        writeln!(t, "| `{}` | {default} | {legal} | {} |", f.name, f.doc)?;
    }
    writeln!(t, "\n| configuration | latency | II | LUT-eq | FF | DSP | block RAM | MHz placed |\n|---|---|---|---|---|---|---|---|")?;
    for (name, settings) in b.canonical() {
        let i = canonical(b, settings)?;
        let c = i.contract(&i.random_frame(&mut Prng::named(0, "catalogue")));
        let digest = digest_of(&text(&*i)?);
        let cost = records.costs.get(&format!("{}/{name}", a.name)).filter(|c| c.digest == digest);
        let cells = match cost {
            None => vec!["-".to_string(); 5],
            Some(c) => {
                let mhz = c.mhz.map_or("-".into(), |f| format!("{f:.0}"));
                vec![
                    c.lut_equivalents.to_string(),
                    c.registers.to_string(),
                    c.dsps.to_string(),
                    c.block_rams.to_string(),
                    mhz,
                ]
            }
        };
        let shown = if settings.is_empty() { String::new() } else { format!(": `{settings}`") };
        writeln!(t, "| {name}{shown} | {} | {} | {} |", c.latency, c.ii, cells.join(" | "))?;
    }
    writeln!(
        t,
        "\nLatency and II in cycles, for a random frame. Canonical Verilog: [{0}.v](catalogue/{0}.v).",
        a.name
    )?;
    Ok(())
}

fn sentence(s: &str) -> String {
    let mut c = s.chars();
    c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
}
