use super::load::Operand;
use super::{load, pe, Checked, Config};
use crate::blocks::BlockConfig;
use crate::hdl::{Bool, Build, Instance, Mod, Source, UInt};
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let (a, b) = (load::elaborate(&c.a(), build), load::elaborate(&c.b(), build));
    let pe = pe::elaborate(c, &c.key(), build);
    let m = c.module(build);
    let words = BeatShape::new(c.word / 8, 8, false);
    let streams = ["a_axis", "b_axis"].map(|name| m.stream_in(name, words, true));
    let out = m.stream_out("m_axis", BeatShape::new(c.cols, c.sum_bits(), true), true);
    let reports = [("a_report", c.a()), ("b_report", c.b())]
        .map(|(name, o)| m.stream_out(name, BeatShape::new(2, o.report_bits(), false), false));

    m.section("both operands");
    let freed = m.wire("matrices_freed");
    let operands = [("u_a", a), ("u_b", b)].map(|(name, module)| m.instance(name, module));
    for ((u, from), report) in operands.iter().zip(streams).zip(reports) {
        m.connect(from, u.sink("s_axis"));
        m.connect(u.source("m_report"), report);
        u.set("freed_i", freed.value().to_uint());
    }

    m.section("a PE for each column of a beat");
    let pes: Vec<Instance> = (0..c.cols).map(|p| m.instance(&format!("u_pe{p}"), pe)).collect();
    for (name, u, o) in [("a", operands[0], c.a()), ("b", operands[1], c.b())] {
        write(&m, name, u, &o, &pes);
    }

    m.section("a sum of each");
    let sums: Vec<Source> = pes.iter().map(|u| u.source("m_axis")).collect();
    let all = sums.iter().fold(m.bool(true), |all: Bool, s| all & s.valid()).named("sums_there");
    let stage = m.stage("out", out.ready());
    let takes = (all & stage.free()).named("sums_leave");
    stage.fill(all);
    for s in &sums {
        s.set_ready(takes);
    }
    let last = sums[0].last();
    freed.drive(m.delay_flag("frame_left", m.bool(true), takes & last));
    let data: Vec<UInt> = sums.iter().map(|s| s.data()).collect();
    out.drive(stage.valid(), m.delay("out", takes, m.lanes(&data)), Some(m.delay("out_last", takes, last)));
    m.finish()
}

/// What comes of an operand goes to all PEs, or to one at a time.
fn write<'m>(m: &'m Mod<'_>, name: &str, u: Instance<'m>, o: &Operand, pes: &[Instance<'m>]) {
    let whole = u.get("whole_o");
    for what in ["value", "row"] {
        let (at, to, v) = (u.get(&format!("{what}_at_o")), u.get(&format!("{what}_to_o")), u.get(&format!("{what}_o")));
        let which = (o.copies > 1).then(|| u.get(&format!("{what}_pe_o")));
        for (p, pe) in pes.iter().enumerate() {
            let own = which.map_or(m.bool(true), |w| w.eq(m.u(p as u64, w.width())));
            pe.set(&format!("{name}_{what}_at_i"), (at.any() & own).to_uint());
            pe.set(&format!("{name}_{what}_to_i"), to);
            pe.set(&format!("{name}_{what}_i"), v);
        }
    }
    for pe in pes {
        pe.set(&format!("{name}_whole_i"), whole);
    }
}
