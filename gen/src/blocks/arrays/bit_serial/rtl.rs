use super::{Checked, Config, PLANES};
use crate::blocks::replay::{replay, Times};
use crate::hdl::{Bool, Build, Mod, SInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_unsigned, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let l = c.derived();
    let count_bits = bits_for_unsigned(PLANES.into());
    let a = m.stream_in("a_axis", BeatShape::new(c.depth, c.a_bits, c.a_signed), true);
    let p = m.stream_in("p_axis", BeatShape::new(1, count_bits, false), true);
    let b = m.stream_in("b_axis", BeatShape::new(c.cols * c.depth, 1, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.cols, l.acc_bits, true), true);
    let run = out.free().named("run");

    m.section("planes: counted for each result; the first of a frame holds the signs");
    let plane = m.counter("plane", PLANES.into()).reset(0);
    let next_plane = (plane.q() + m.u(1, 1)).named("planes");
    // Simulation catches a number of planes that is not one.
    let _ = p.valid().pick(p.lane(0), m.u(1, count_bits)).proven(Range::new(1, PLANES.into()));
    let last_plane = next_plane.eq(p.lane(0).zext(next_plane.width())).named("last_plane");
    let signs = m.reg_b("signs").reset(1);
    let go = (run & b.valid() & p.valid()).named("go");
    let step = replay(&m, go, a, l.beats, Times::Until(last_plane & p.last()));
    b.set_ready(run & p.valid() & step.some);
    let plane_end = (step.step & step.last).named("plane_end");
    let result = (plane_end & last_plane).named("result");
    p.set_ready(result);
    plane.set_when(plane_end, result.pick(m.u(0, plane.q().width()), next_plane.trunc(plane.q().width())));
    signs.set_when(plane_end, result & p.last());

    m.section("one register behind the streams: a step's bits, and what it means");
    let bits = m.delay("bits", run, b.data());
    let active = m.delay_flag("active", run, step.step);
    let negative = m.delay("negative", run, signs.q());
    let plane_first = m.delay("plane_first", run, step.first);
    let done = m.delay_flag("done", run, result);
    let frame_end = m.delay("frame_end", run, p.last());
    // Lanes beyond the vector's end count as zero.
    let used = c.k - (l.beats - 1) * c.depth;
    let partial = m.delay("partial", run, step.last);
    let lane = |k: u32| {
        let own = step.data.slice(k * c.a_bits, c.a_bits);
        let number = own.number(c.a_signed);
        let kept = if k < used { number } else { partial.pick(m.s(0, number.width()), number) };
        kept.named(format!("a{k}"))
    };
    let lanes: Vec<SInt> = (0..c.depth).map(lane).collect();

    m.section("the elements: a column each");
    let element = element(c, build);
    let stages = c.pipeline;
    let [active, done] =
        [("active", active), ("done", done)].map(|(n, f)| m.pipe_flag(&format!("{n}_late"), run, f, stages));
    let [late_signs, late_first, end] =
        [("negative", negative), ("plane_first", plane_first), ("frame_end", frame_end)]
            .map(|(n, f)| m.pipe(&format!("{n}_late"), run, f, stages));
    let a = m.lanes(&lanes.iter().map(|x| x.as_unsigned()).collect::<Vec<_>>()).called("a");
    let mut accs = Vec::new();
    for j in 0..c.cols {
        let u = m.instance(&format!("u_col{j}"), element);
        for (port, flag) in [("run_i", run), ("active_i", active), ("signs_i", late_signs), ("first_i", late_first)] {
            u.set(port, flag.to_uint());
        }
        u.set("a_i", a);
        u.set("bits_i", bits.slice(j * c.depth, c.depth));
        accs.push(u.get("acc_o").named(format!("acc{j}")));
    }
    let valid = m.delay_flag("valid", run, done);
    out.drive(valid, m.lanes(&accs), Some(m.delay("last", run, end)));
    m.finish()
}

/// A column: the selected elements' sum, and the accumulator, doubled where a plane starts.
fn element(c: &Checked<Config>, build: &Build) -> ModuleId {
    let l = c.derived();
    let bits = c.a_bits + u32::from(!c.a_signed);
    let m = build.module(format!("{}_col", c.module_name()));
    m.header("block", format!("a column: {} selected elements a cycle", c.depth));
    let [run, active, signs, first] = ["run_i", "active_i", "signs_i", "first_i"].map(|n| m.input(n, 1).bit(0));
    let (a, select) = (m.input("a_i", c.depth * bits), m.input("bits_i", c.depth));
    let chosen =
        |k: u32| select.bit(k).pick(a.slice(k * bits, bits).as_signed(), m.s(0, bits)).called(format!("chosen{k}"));
    let sum = SInt::sum((0..c.depth).map(chosen).collect()).unwrap_or(m.s(0, 1));
    let sum = m.pipe("sum", run, sum, c.pipeline);
    let acc = m.reg_s("acc", l.acc_bits);
    let twice = (acc.q() << 1).trunc(l.acc_bits).called("twice");
    let zero = m.s(0, l.acc_bits);
    let from: SInt = first.pick(signs.pick(zero, twice), acc.q()).called("from");
    let wide = sum.sext(sum.width() + 1);
    let term: SInt = signs.pick(-sum, wide).called("term");
    let next = (from + term).called("acc_next");
    proof(&m, active, next, l.acc);
    acc.set_when(run & active, next.at_width(l.acc_bits));
    m.output("acc_o", acc.q().as_unsigned());
    m.finish()
}

/// Claims the range for real steps: before the first one the registers hold anything.
fn proof<'m>(m: &'m Mod<'_>, active: Bool<'m>, next: SInt<'m>, range: Range) {
    let _: SInt = active.pick(next, m.s(0, next.width())).proven(range);
}
