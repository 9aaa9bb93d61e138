//! Points step through sets of a vector and a matrix; what the banks give is interpolated in three products and summed.

use niello::gen::blocks::queue::{queue, Given};
use niello::gen::blocks::sparse::sparse_lookup;
use niello::gen::blocks::{BlockConfig, Checked};
use niello::gen::hdl::{Bool, Build, Mod, SInt, Source, UInt};
use niello::gen::ir::{BeatShape, ModuleId};

use crate::dense;
use crate::grid::{Config, Memory, BANKS, WIDTH};
use crate::timing::TO_SUM;

/// Points on their way.
const POINTS: u32 = 32;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let table = BeatShape::new(if c.memory == Memory::Sparse { 8 } else { 1 }, WIDTH, c.memory == Memory::Dense);
    let tables: Vec<Source> = (0..BANKS).map(|k| m.stream_in(&format!("s_table{k}"), table, true)).collect();
    let points = m.stream_in("s_points", BeatShape::new(3, c.point_bits(), false), true);
    let out = m.stream_out("m_density", BeatShape::new(1, c.sum_bits(), true), true);

    m.section("a point, and where it is");
    let ready = m.wire("banks_ready");
    let (next, on) = (m.wire("point_done"), m.bool(true));
    let held = m.stage("point", next.value());
    points.set_ready(held.free());
    held.fill(points.valid());
    let most = m.u(u64::from((c.side - 1) << c.fraction), c.point_bits());
    let axes: Vec<Axis> = (0..3)
        .map(|k| {
            let at = m.delay(&format!("point{k}"), points.fire(), points.lane(k).min(most));
            Axis::of(&m, c, k, at)
        })
        .collect();
    let is_last = m.delay("point_last", points.fire(), points.last());

    m.section("its sets, one a cycle");
    let ask = m.stage("ask", ready.value());
    let places = m.level("points_taken", POINTS);
    let go = m.wire("go");
    let set = m.count("set", c.steps().into(), go.value());
    let rank = m.count("rank", c.ranks.into(), go.value());
    let along = m.count("along", 3, go.value() & rank.at_last).value;
    let may = (held.valid() & !(set.at_first & places.full())).named("may_ask");
    ask.fill(may);
    go.drive(may & ask.free());
    next.drive(go.value() & set.at_last);
    let last = m.delay("ask_last", go.value(), set.at_last & is_last);
    let enters = (go.value() & set.at_first).named("point_enters");
    let [x, y, z] = [0, 1, 2].map(|k| axes[k].even_weight);
    let kept = Given { at: enters, value: m.concat(&[is_last.to_uint(), z, y, x]) };
    let of = |k: [usize; 3], odd: usize| m.select(along, &k.map(|k| axes[k].halves[odd]));
    let indices: Vec<UInt> = (0..BANKS)
        .map(|bank| {
            let parts = match bank {
                0..=3 => vec![set.value, of([1, 0, 0], bank / 2), of([2, 2, 1], bank % 2)],
                _ => vec![set.value, of([0, 1, 2], bank - 4)],
            };
            m.delay(&format!("index{bank}"), go.value(), m.concat(&parts))
        })
        .collect();

    let asked = (ask.valid() & ready.value()).named("asked");
    let (at, elements, all) = match c.memory {
        Memory::Sparse => sparse(c, &m, &tables, (asked, last, &indices)),
        Memory::Dense => {
            let banks: Vec<_> = (0..BANKS)
                .map(|k| dense::dense(&m, &format!("bank{k}"), tables[k], c.size(k), (asked, last, indices[k])))
                .collect();
            let all = banks.iter().fold(on, |all, bank| all & bank.ready);
            (m.pipe_flag("there", on, asked, dense::CYCLES), banks.iter().map(|b| b.element).collect(), all)
        }
    };
    // Known a cycle late: behind a frame's last set it may be of the tables that this one had.
    let ended = m.delay_flag("frame_asked", on, asked & last);
    ready.drive(m.delay_flag("banks_there", on, all) & !ended);

    m.section("which set comes back");
    let set = m.count("back_set", c.steps().into(), at);
    let rank = m.count("back_rank", c.ranks.into(), at);
    let along = m.count("back_along", 3, at & rank.at_last).value;
    let back = (at & set.at_last).named("point_back");
    let kept = queue(&m, "kept", POINTS, kept, back).value;
    let ends = kept.bit(3 * (c.fraction + 1));
    let of = |name: &str, k: [u32; 3]| {
        let bits = c.fraction + 1;
        m.delay(name, on, m.select(along, &k.map(|k| kept.slice(k * bits, bits))))
    };
    let (wi, wj, wk) = (of("wi", [0, 1, 2]), of("wj", [1, 0, 0]), of("wk", [2, 2, 1]));
    let e: Vec<SInt> =
        elements.iter().zip(0..).map(|(e, k)| m.delay(&format!("element{k}"), on, e.as_signed())).collect();

    m.section("interpolated along k and i, then along j");
    let even = lerp(&m, c, "row_even", (e[0], e[1]), wk);
    let odd = lerp(&m, c, "row_odd", (e[2], e[3]), wk);
    let line = lerp(&m, c, "line", (e[4], e[5]), wi);
    let plane = lerp(&m, c, "plane", (even, odd), m.pipe("wj_then", on, wj, 3));
    let line = m.pipe("line_then", on, line, 3);

    m.section("their products, summed over the sets");
    let product = m.delay("product", on, plane * line);
    let product = m.delay("product_then", on, product);
    let (valid, first) = (m.pipe_flag("sets", on, at, TO_SUM - 1), m.pipe("sets_first", on, set.at_first, TO_SUM - 1));
    let sum = m.reg_s("sum", c.sum_bits());
    let before = first.pick(m.s(0, c.sum_bits()), sum.q());
    sum.set_when(valid, (before + product).trunc(c.sum_bits()).called("sum_next"));

    m.section("densities");
    let done = m.pipe_flag("done", on, back, TO_SUM);
    let ends = m.pipe("done_ends", on, ends, TO_SUM);
    let put = Given { at: done, value: m.concat(&[ends.to_uint(), sum.q().as_unsigned()]) };
    let density = queue(&m, "densities", POINTS, put, out.ready());
    places.moves(enters, density.left);
    out.drive(density.there, density.value.trunc(c.sum_bits()), Some(density.value.bit(c.sum_bits())));
    m.finish()
}

/// A coordinate.
struct Axis<'m> {
    /// Half the even node around it, half the odd one.
    halves: [UInt<'m>; 2],
    /// The even node's weight; the odd one has the rest.
    even_weight: UInt<'m>,
}

impl<'m> Axis<'m> {
    fn of(m: &'m Mod<'_>, c: &Config, k: u32, at: UInt<'m>) -> Axis<'m> {
        let named = |what: &str| format!("axis{k}_{what}");
        let (f, half) = (c.fraction, c.node_bits() - 1);
        let (rest, is_odd) = (at.trunc(f).zext(f + 1), at.bit(f));
        let odd = at.slice(f + 1, half);
        // Behind the last node it is the first one again, of weight 0.
        let even = (odd + is_odd.to_uint()).trunc(half).called(named("even"));
        let other = (m.u(1 << f, f + 1) - rest).as_unsigned().trunc(f + 1).called(named("other"));
        Axis { halves: [even, odd], even_weight: is_odd.pick(rest, other).called(named("weight")) }
    }
}

/// `even w + odd (2^fraction - w)`, three registers later: the even one's way from the odd one is multiplied.
fn lerp<'m>(m: &'m Mod<'_>, c: &Config, name: &str, (even, odd): (SInt<'m>, SInt<'m>), w: UInt<'m>) -> SInt<'m> {
    let named = |what: &str| format!("{name}_{what}");
    let on = m.bool(true);
    let way = m.delay(&named("way"), on, even - odd);
    let w = m.delay(&named("weight"), on, w);
    let part = m.delay(&named("part"), on, way * w.to_signed());
    let odd = m.pipe(&named("from"), on, odd, 2);
    let bits = odd.width() + c.fraction;
    // It lies between both.
    m.delay(name, on, ((odd << c.fraction) + part).trunc(bits).called(named("at")))
}

/// Whether elements come, which, and whether all banks may be asked.
fn sparse<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'m>,
    tables: &[Source<'m>],
    (asked, last, indices): (Bool<'m>, Bool<'m>, &[UInt<'m>]),
) -> (Bool<'m>, Vec<UInt<'m>>, Bool<'m>) {
    let on = m.bool(true);
    let bits = c.derived().iter().map(|l| l.index_bits()).max().unwrap_or(1);
    let report = m.stream_out("m_tables", BeatShape::new(2 * BANKS as u32, bits, false), false);
    m.section("banks that hold what is not zero");
    let bank = |k: usize| {
        let lookup = &c.derived()[k];
        let u = m.instance(&format!("u_bank{k}"), sparse_lookup::Config::elaborate(lookup, m.build()));
        m.connect(tables[k], u.sink("s_table"));
        let ask = u.sink("s_index");
        ask.drive(asked, indices[k].at_width(lookup.index_bits()), Some(last));
        // All of them answer in the same cycle, which nothing behind them delays. An index that is outside gives a zero.
        let (out, outside) = (u.source("m_axis"), u.source("m_outside"));
        out.set_ready(on);
        outside.set_ready(on);
        (ask.ready(), out, u.source("m_table"))
    };
    let banks: Vec<(Bool, Source, Source)> = (0..BANKS).map(bank).collect();
    let whole = banks.iter().fold(on, |all, (_, _, r)| all & r.valid()).named("reports_there");
    let lanes: Vec<UInt> = banks.iter().flat_map(|(_, _, r)| [0, 1].map(|k| r.lane(k).zext(bits))).collect();
    // Known a cycle late, and taken once.
    let (said, takes) = (m.stage("said", report.ready()), m.wire("reports_taken"));
    let known = m.delay_flag("reports_known", on, whole & !takes.value());
    takes.drive(known & said.free());
    said.fill(known);
    for (_, _, r) in &banks {
        r.set_ready(takes.value());
    }
    report.drive(said.valid(), m.delay("said", takes.value(), m.lanes(&lanes)), None);
    let ready = banks.iter().fold(on, |all, (ready, _, _)| all & *ready);
    (banks[0].1.valid(), banks.iter().map(|(_, out, _)| out.data()).collect(), ready)
}
