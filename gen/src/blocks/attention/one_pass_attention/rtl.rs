use super::ahead::{self, Scored};
use super::widths::{LIMB, STEP};
use super::{Checked, Config, Mask};
use crate::blocks::parts::{divide, fit, product};
use crate::hdl::{Bool, Build, Mod, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = |lanes: u32| BeatShape::new(lanes, c.bits, c.signed);
    let q = m.stream_in("q_axis", shape(c.depth), true);
    let k = m.stream_in("k_axis", shape(c.depth), true);
    let v = m.stream_in("v_axis", shape(c.width), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.out_lanes, c.out_bits, c.out_signed), true);

    m.section("a key a cycle");
    let run = m.wire("moves_on");
    let step = (q.valid() & k.valid() & run.value()).named("step");
    let key = m.counter("key", c.keys.into()).reset(0);
    let here_last = if c.keys == 1 { m.bool(true) } else { key.q().eq(m.u(u64::from(c.keys) - 1, key.q().width())) };
    let ends = (step & m.count_to(key, c.keys.into(), step)).named("query_ends");
    let first = (!key.q().any()).named("first");
    let query = m.count("query", c.queries.into(), ends);
    q.set_ready(k.valid() & run.value() & here_last);
    k.set_ready(q.valid() & run.value());

    let frame_ends = (ends & query.at_last).named("frame_ends");
    let seen = sees(c, &m, key.q(), query.value, frame_ends);
    let score = score(c, &m, run.value(), (q, k));
    let cycles = c.derived().to_score();
    let scored = Scored {
        t: score,
        valid: m.pipe_flag("scored", run.value(), step, cycles),
        first: m.pipe("scored_first", run.value(), first, cycles),
        ends: m.pipe("scored_ends", run.value(), ends, cycles),
        frame: m.pipe("scored_frame", run.value(), query.at_last, cycles),
        seen: m.pipe("scored_seen", run.value(), seen, cycles),
    };
    let held = m.reg_b("held").reset(0);
    let sums = sums(c, &m, run.value(), scored, (v, held.q()));
    run.drive(sums.run);
    let over = tail(c, &m, &sums, out);
    held.set_when(sums.ends | over, sums.ends);
    m.finish()
}

/// Whether the query sees the key.
fn sees<'m>(c: &Config, m: &'m Mod<'_>, key: UInt<'m>, query: UInt<'m>, frame_ends: Bool<'m>) -> Bool<'m> {
    if c.mask == Mask::None || c.keys == 1 {
        return m.bool(true);
    }
    if c.mask == Mask::Filled {
        // The number of the frame, up to the last key's.
        let newest = m.counter("newest", c.keys.into()).reset(0);
        let (q, w) = (newest.q(), newest.q().width());
        let full = q.eq(m.u(u64::from(c.keys) - 1, w)).called("all_filled");
        newest.set_when(frame_ends & !full, (q + m.u(1, 1)).trunc(w));
        return key.le(q).named("filled");
    }
    let last = (query + m.lit(u64::from(c.keys - c.queries))).called("last_key");
    let before = key.le(last).named("not_after");
    if c.mask == Mask::Causal {
        return before;
    }
    let near = (key + m.lit(c.window.into())).gt(last).named("in_window");
    let sink = if c.sinks == 0 { m.bool(false) } else { key.lt(m.lit(c.sinks.into())).named("is_sink") };
    before & (near | sink)
}

/// An element without its zero point.
fn without<'m>(m: &'m Mod<'_>, x: SInt<'m>, zero: i64) -> SInt<'m> {
    if zero == 0 {
        return x;
    }
    x - m.s(zero, 10)
}

/// The product of query and key, and from it fractions of octaves.
fn score<'m>(c: &Checked<Config>, m: &'m Mod<'_>, run: Bool<'m>, (q, k): (Source<'m>, Source<'m>)) -> SInt<'m> {
    let w = c.derived();
    m.section("the score: products, their sum, a factor");
    let product = |d: u32| {
        let a = m.delay(&format!("q{d}"), run, without(m, q.lane_number(d), c.q_zero));
        let b = m.delay(&format!("k{d}"), run, without(m, k.lane_number(d), c.k_zero));
        m.delay(&format!("product{d}"), run, a * b)
    };
    let mut terms: Vec<SInt> = (0..c.depth).map(product).collect();
    let mut level = 0;
    while terms.len() > 1 {
        let add = |(n, pair): (usize, &[SInt<'m>])| {
            m.delay(&format!("sum{level}_{n}"), run, pair.get(1).map_or(pair[0], |b| pair[0] + *b))
        };
        terms = terms.chunks(2).enumerate().map(add).collect();
        level += 1;
    }
    let acc = terms[0].at_width(w.acc_bits);
    let factor = m.lit(w.multiplier).to_signed();
    let scaled = if w.acc_bits <= LIMB {
        m.delay("scaled", run, acc * factor)
    } else {
        // Two multipliers' products, and their sum.
        let low = m.delay("low_scaled", run, acc.as_unsigned().trunc(LIMB - 1).to_signed() * factor);
        let high = m.delay("high_scaled", run, (acc >> (LIMB - 1)) * factor);
        m.delay("scaled", run, (high << (LIMB - 1)) + low)
    };
    (scaled >> w.shift).at_width(w.t_bits)
}

/// What is left of a query when its last key is in.
struct Sums<'m> {
    /// Keys move: none of them waits for its value, or for the sums of the query before its own.
    run: Bool<'m>,
    /// The last key of a query is taken.
    ends: Bool<'m>,
    /// In this cycle.
    done: Bool<'m>,
    /// It is the frame's last query.
    frame: Bool<'m>,
    den: UInt<'m>,
    nums: Vec<SInt<'m>>,
}

/// What goes to a group of multipliers.
#[derive(Clone, Copy)]
struct Group<'m> {
    taken: Bool<'m>,
    p: UInt<'m>,
    moves: Bool<'m>,
    clears: Bool<'m>,
}

impl<'m> Group<'m> {
    /// The same, a cycle later.
    fn next(self, m: &'m Mod<'_>, n: u32) -> Group<'m> {
        let on = m.bool(true);
        Group {
            taken: m.delay_flag(&format!("taken_g{n}"), on, self.taken),
            p: m.delay(&format!("p_g{n}"), on, self.p),
            moves: m.delay(&format!("moves_g{n}"), on, self.moves),
            clears: m.delay(&format!("clears_g{n}"), on, self.clears),
        }
    }
}

/// Denominator and numerators.
fn sums<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    run: Bool<'m>,
    scored: Scored<'m>,
    (v, held): (Source<'m>, Bool<'m>),
) -> Sums<'m> {
    let (on, w) = (m.bool(true), c.derived());
    let key = ahead::exponential(c, m, run, scored);
    m.section("a key's value comes beside its exponential; a query's last key waits until the sums of the query before have been read");
    let may = (!(key.ends & held)).named("may");
    v.set_ready(key.wants & may);
    let moves_on = (!key.wants | (v.valid() & may)).named("value_here");
    let taken = m.delay_flag("taken", on, v.fire());
    let p = m.delay("p", run, key.share);
    let held = |name: &str, f: Bool<'m>| m.delay(name, run, f);
    let (moves, clears) = (held("moves", key.moves), held("clears", key.clears));

    m.section("numerators and denominator: a step down where the maximum rises, and the key's share; it goes from group to group of multipliers");
    let done = m.delay_flag("done_share", on, taken & held("ends_p", key.ends));
    let done = m.delay_flag("done", on, done);
    let frame = m.pipe("frame", on, held("frame_p", key.frame), 2);
    let down = 1 << STEP;
    let mut groups = vec![Group { taken, p, moves, clears }];
    for g in 1..=w.groups {
        groups.extend(groups.last().copied().map(|last| last.next(m, g)));
    }
    // A group's products are in their registers when its exponential is in the next group's.
    let shared = |g: usize| groups[g + 1];
    let den = m.reg_u("den", w.den_bits);
    let Group { taken: valid, p: share, moves, clears } = shared(0);
    let kept = clears.pick(m.u(0, w.den_bits), moves.pick((den.q() >> down).at_width(w.den_bits), den.q()));
    den.set_when(valid, (kept + share).at_width(w.den_bits));
    let numerator = |j: u32| {
        let g = (j / w.group) as usize;
        let value = m.delay(&format!("value{j}"), run, without(m, v.lane_number(j), c.v_zero));
        let value = m.pipe(&format!("value{j}"), on, value, g as u32);
        let share = m.delay(&format!("share{j}"), on, groups[g].p.to_signed() * value);
        let num = m.reg_s(&format!("num{j}"), w.num_bits);
        let Group { taken: valid, moves, clears, .. } = shared(g);
        let kept = clears.pick(m.s(0, w.num_bits), moves.pick((num.q() >> down).sext(w.num_bits), num.q()));
        num.set_when(valid, (kept + share).at_width(w.num_bits));
        num.q()
    };
    let nums = (0..c.width).map(numerator).collect();
    Sums { run: moves_on, ends: v.fire() & key.ends, done, frame, den: den.q(), nums }
}

/// The division, and the results one after the other; the flag: the last sum is read.
fn tail<'m>(c: &Checked<Config>, m: &'m Mod<'_>, sums: &Sums<'m>, out: Sink<'m>) -> Bool<'m> {
    let w = c.derived();
    m.section("the quotient of a query");
    let low = Bits::from_i128(w.quotient_bits, i128::from(w.numerator) & ((1i128 << w.quotient_bits) - 1));
    let high = m.lit(w.numerator >> w.quotient_bits);
    let dividend = divide::Dividend { high, low: divide::Low::Bits(m.bits(low)) };
    let found = divide::serial(m, "divide", sums.done, dividend, sums.den, w.quotient_bits);

    m.section("its sums, held, and read lane by lane");
    let lanes = c.out_lanes as usize;
    let beats = c.width / c.out_lanes;
    let run = out.free().named("run");
    let active = m.reg_b("active").reset(0);
    let issue = (active.q() & run).named("issue");
    let beat = m.count("beat", beats.into(), issue);
    let over = (issue & beat.at_last).named("over");
    active.set_when(found.ready | over, found.ready);
    let rows: Vec<&[SInt]> = sums.nums.chunks(lanes).collect();
    let mut next: Vec<Option<SInt>> = vec![None; lanes];
    let loads: Vec<Bool> =
        (0..w.groups).map(|g| m.pipe_flag(&format!("loads_g{g}"), m.bool(true), sums.done, g)).collect();
    for (r, row) in rows.iter().enumerate().rev() {
        for (l, num) in row.iter().enumerate() {
            let load = loads[((r * lanes + l) as u32 / w.group) as usize];
            let moved = next[l].map_or(*num, |n| load.pick(*num, n));
            next[l] = Some(m.delay(&format!("held{r}_{l}"), load | issue, moved));
        }
    }
    let frame = m.delay("frame_held", sums.done, sums.frame);
    let empty = m.delay("empty", sums.done, !sums.den.any());

    m.section("results: a product of magnitudes, its sign, the rounding, the saturation");
    let cycles = product::whole_cycles(w.num_bits, w.quotient_bits);
    let result = |l: usize| {
        let num = next[l].unwrap_or(m.s(0, w.num_bits));
        let size = m.delay(&format!("size{l}"), run, num.abs().at_width(w.num_bits));
        let quotient = m.delay(&format!("factor{l}"), run, found.quotient);
        let minus = m.pipe(&format!("minus{l}"), run, num.is_negative(), 1 + cycles);
        let size = product::whole(m, &format!("result{l}"), run, size, quotient);
        let wide = size.width() + 1;
        let size = size.zext(wide).as_signed();
        let signed = minus.pick((m.s(0, wide) - size).trunc(wide), size);
        let signed = m.delay(&format!("signed{l}"), run, signed);
        let half = m.lit(1 << (w.point - 1)).to_signed();
        let rounded = ((signed + half) >> w.point) + m.s(c.out_zero, 18);
        let rounded = m.delay(&format!("rounded{l}"), run, rounded);
        let fitted = fit::fit(m, &format!("fit{l}"), rounded, c.out_bits, c.out_signed);
        let zero = m.u((c.out_zero as u64) & ((1 << c.out_bits) - 1), c.out_bits);
        let none = m.pipe(&format!("none{l}"), run, empty, cycles + 3);
        m.delay(&format!("y{l}"), run, none.pick(zero, fitted))
    };
    let results: Vec<UInt> = (0..lanes).map(result).collect();
    let valid = m.pipe_flag("valid", run, active.q(), w.result_cycles());
    let last = m.pipe("last", run, frame & beat.at_last, w.result_cycles());
    out.drive(valid, m.lanes(&results), Some(last));
    over
}
