use super::widths::FRACTION;
use super::{Checked, Config, Mask};
use crate::blocks::parts::{divide, fit, product};
use crate::hdl::{Bool, Build, Mod, Reg, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

/// Bits of a shift that leaves nothing of any number.
const SHIFT_BITS: u32 = 6;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = |lanes: u32| BeatShape::new(lanes, c.bits, c.signed);
    let q = m.stream_in("q_axis", shape(c.depth), true);
    let k = m.stream_in("k_axis", shape(c.depth), true);
    let v = m.stream_in("v_axis", shape(c.width), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.out_lanes, c.out_bits, c.out_signed), true);

    m.section("a key a cycle; the last one of a query waits until the sums of the query before it have been read");
    let held = m.reg_b("held").reset(0);
    let come = (q.valid() & k.valid() & v.valid()).named("come");
    let key = m.counter("key", c.keys.into()).reset(0);
    let here_last = if c.keys == 1 { m.bool(true) } else { key.q().eq(m.u(u64::from(c.keys) - 1, key.q().width())) };
    let may = (!(here_last & held.q())).named("may");
    let step = (come & may).named("step");
    let ends = (step & m.count_to(key, c.keys.into(), step)).named("query_ends");
    let first = (!key.q().any()).named("first");
    let query = m.count("query", c.queries.into(), ends);
    q.set_ready(k.valid() & v.valid() & may & here_last);
    k.set_ready(q.valid() & v.valid() & may);
    v.set_ready(q.valid() & k.valid() & may);

    let keys = Keys { step, first, ends, frame: query.at_last, seen: sees(c, &m, key.q(), query.value) };
    let score = score(c, &m, (q, k));
    let sums = sums(c, &m, score, v, keys);
    tail(c, &m, sums, (held, ends), out);
    m.finish()
}

/// What is known of a key as it comes.
#[derive(Clone, Copy)]
struct Keys<'m> {
    step: Bool<'m>,
    first: Bool<'m>,
    ends: Bool<'m>,
    frame: Bool<'m>,
    seen: Bool<'m>,
}

/// Whether the query sees the key.
fn sees<'m>(c: &Config, m: &'m Mod<'_>, key: UInt<'m>, query: UInt<'m>) -> Bool<'m> {
    if c.mask == Mask::None {
        return m.bool(true);
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
fn score<'m>(c: &Checked<Config>, m: &'m Mod<'_>, (q, k): (Source<'m>, Source<'m>)) -> SInt<'m> {
    let (on, w) = (m.bool(true), c.derived());
    m.section("the score: products, their sum, a factor");
    let product = |d: u32| {
        let a = m.delay(&format!("q{d}"), on, without(m, q.lane_number(d), c.q_zero));
        let b = m.delay(&format!("k{d}"), on, without(m, k.lane_number(d), c.k_zero));
        m.delay(&format!("product{d}"), on, a * b)
    };
    let mut terms: Vec<SInt> = (0..c.depth).map(product).collect();
    let mut level = 0;
    while terms.len() > 1 {
        let add = |(n, pair): (usize, &[SInt<'m>])| {
            m.delay(&format!("sum{level}_{n}"), on, pair.get(1).map_or(pair[0], |b| pair[0] + *b))
        };
        terms = terms.chunks(2).enumerate().map(add).collect();
        level += 1;
    }
    let acc = terms[0].at_width(w.acc_bits);
    let scaled = m.delay("scaled", on, acc * m.lit(w.multiplier).to_signed());
    (scaled >> w.shift).at_width(w.t_bits)
}

/// What is left of a query when its last key is in.
struct Sums<'m> {
    /// In this cycle.
    done: Bool<'m>,
    /// It is the frame's last query.
    frame: Bool<'m>,
    den: UInt<'m>,
    nums: Vec<SInt<'m>>,
}

/// Running maximum, denominator and numerators.
fn sums<'m>(c: &Checked<Config>, m: &'m Mod<'_>, t: SInt<'m>, v: Source<'m>, keys: Keys<'m>) -> Sums<'m> {
    let (on, w) = (m.bool(true), c.derived());
    let at_t = w.to_sums() - 5;
    let flag = |name: &str, f: Bool<'m>, cycles: u32| m.pipe_flag(name, on, f, cycles);

    m.section("the running maximum in octaves, and the exponential below it");
    let words = (0..1u32 << FRACTION).map(|f| {
        let e = 2f64.powf(f64::from(c.precision - 1) + f64::from(f) / f64::from(1u32 << FRACTION)).round();
        Bits::from_i128(c.precision, (e as i128).min((1 << c.precision) - 1))
    });
    let fraction = t.as_unsigned().slice(0, FRACTION);
    let exp = m.rom("exp", words.collect(), on, fraction);
    let exp = m.delay("exp", on, exp);
    let octave = t >> FRACTION;
    let octave = m.delay("octave", on, octave);
    let here = flag("here", keys.step & keys.seen, at_t + 1);
    let first = flag("first", keys.step & keys.first, at_t + 1);
    let some = m.reg_b("some").reset(0);
    let max = m.reg_s("highest", octave.width());
    let known = (some.q() & !first).named("known");
    some.set_when(here | first, here | known);
    let above = octave.gt(max.q()).called("above");
    let moves = (here & (above | !known)).named("moves");
    max.set_when(moves, octave);
    let saturated = |name: &str, d: SInt<'m>| {
        let d = d.as_unsigned();
        let over = d.width() > SHIFT_BITS;
        let all = m.u((1 << SHIFT_BITS) - 1, SHIFT_BITS);
        let some = over.then(|| d.slice(SHIFT_BITS, d.width() - SHIFT_BITS).any());
        let low = d.at_most(SHIFT_BITS).zext(SHIFT_BITS);
        some.map_or(low, |s| s.pick(all, low)).called(name)
    };
    let width = octave.width() + 1;
    let rise = saturated("rise", (octave - max.q()).at_width(width));
    let none = m.u(0, SHIFT_BITS);
    let rise = m.delay("rise", on, (moves & known).pick(rise, none));
    let below = saturated("below", (max.q() - octave).at_width(width));
    let below = m.delay("below", on, moves.pick(none, below));
    let p = m.delay("p", on, flag("seen", here, 1).pick(exp.shr_by(below), m.u(0, c.precision)));

    m.section("numerators and denominator: shifted where the maximum rises, and the key's share");
    let by = m.pipe("by", on, rise, 2);
    let begin = flag("begin", first, 3);
    let valid = flag("share", keys.step, at_t + 4);
    let done = flag("done", keys.ends, at_t + 5);
    let frame = m.pipe("frame", on, keys.frame, at_t + 5);
    let share = m.delay("p_share", on, p);
    let den = m.reg_u("den", w.den_bits);
    let kept = begin.pick(m.u(0, w.den_bits), den.q().shr_by(by));
    den.set_when(valid, (kept + share).at_width(w.den_bits));
    let numerator = |j: u32| {
        let value = without(m, v.lane_number(j), c.v_zero);
        let value = m.pipe(&format!("value{j}"), on, value, at_t + 3);
        let share = m.delay(&format!("share{j}"), on, p.to_signed() * value);
        let num = m.reg_s(&format!("num{j}"), w.num_bits);
        let kept = begin.pick(m.s(0, w.num_bits), num.q().shr_by(by));
        num.set_when(valid, (kept + share).at_width(w.num_bits));
        num.q()
    };
    Sums { done, frame, den: den.q(), nums: (0..c.width).map(numerator).collect() }
}

/// The division, and the results one after the other.
fn tail<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    sums: Sums<'m>,
    (held, ends): (Reg<'m, Bool<'m>>, Bool<'m>),
    out: Sink<'m>,
) {
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
    held.set_when(ends | over, ends);
    let rows: Vec<&[SInt]> = sums.nums.chunks(lanes).collect();
    let mut next: Vec<Option<SInt>> = vec![None; lanes];
    for (r, row) in rows.iter().enumerate().rev() {
        for (l, num) in row.iter().enumerate() {
            let moved = next[l].map_or(*num, |n| sums.done.pick(*num, n));
            next[l] = Some(m.delay(&format!("held{r}_{l}"), sums.done | issue, moved));
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
}
