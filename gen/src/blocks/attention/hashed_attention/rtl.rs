use super::{Checked, Config, Offset};
use crate::blocks::parts::outlet::{self, Outlet};
use crate::blocks::parts::{divide, fit, tree};
use crate::hdl::{Bool, Build, Level, Mod, Ram, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, Bits};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let (code, value) = (BeatShape::new(c.codes, 2, true), BeatShape::new(c.lanes, c.bits, true));
    let k = m.stream_in("k_axis", code, true);
    let v = m.stream_in("v_axis", value, true);
    let q = m.stream_in("q_axis", code, true);
    let own = (c.offset == Offset::Own).then(|| m.stream_in("w_axis", value, true));
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.out_bits, true), true);

    let (ready, words) = (m.level("ready_frames", 2), c.beats() + 1);
    let ram = m.ram("sums_ready", word_bits(c), 2 * words);
    let filled = sums(c, &m, (k, v), ready, ram);
    let emptied = results(c, &m, (q, own), ready, ram, out);
    ready.moves(filled, emptied);
    m.finish()
}

/// Bits of a word of sums.
fn word_bits(c: &Checked<Config>) -> u32 {
    c.derived().rows * c.lanes * c.derived().sum_bits
}

/// Where a token's cycles stand.
struct Slots<'m> {
    /// Which of its cycles.
    at: UInt<'m>,
    /// The one for the divisor.
    first: Bool<'m>,
    /// One for a beat of values.
    value: Bool<'m>,
    /// The last one, and the last one that is not idle.
    ends: Bool<'m>,
    last_value: Bool<'m>,
    /// Of the frame's last token.
    last_token: Bool<'m>,
}

fn slots<'m>(c: &Checked<Config>, m: &'m Mod<'_>, name: &str, step: Bool<'m>) -> Slots<'m> {
    let (slots, beats) = (c.derived().slots, c.beats());
    let slot = m.count(&format!("{name}_slot"), slots.into(), step);
    let token = m.count(&format!("{name}_token"), c.tokens.into(), step & slot.at_last);
    let w = slot.value.width();
    let last_value = slot.value.eq(m.u(beats.into(), w)).called(format!("{name}_last_value"));
    // Flags of a cycle are found in the one before: they decide whether a stream moves.
    let first = m.reg_b(&format!("{name}_first")).reset(1);
    first.set_when(step, slot.at_last);
    let value = m.reg_b(&format!("{name}_value")).reset(0);
    value.set_when(step, slot.value.lt(m.u(beats.into(), w)).called(format!("{name}_value_next")));
    let last_token = token.at_last;
    Slots { at: slot.value, first: first.q(), value: value.q(), ends: slot.at_last, last_value, last_token }
}

/// A word's address in one of two halves.
fn half_at<'m>(c: &Checked<Config>, m: &'m Mod<'_>, name: &str, slot: UInt<'m>, frame_ends: Bool<'m>) -> UInt<'m> {
    let words = c.beats() + 1;
    let half = m.reg_b(&format!("{name}_half")).reset(0);
    half.set_when(frame_ends, !half.q());
    let w = bits_for_count(2 * u64::from(words));
    let base = half.q().pick(m.u(words.into(), w), m.u(0, w));
    (base + slot.at_width(w)).trunc(w).called(format!("{name}_at"))
}

/// A number of a code: whether it is one, and whether it is -1.
fn code<'m>(s: UInt<'m>, b: u32) -> (Bool<'m>, Bool<'m>) {
    (s.bit(2 * b), s.bit(2 * b + 1))
}

/// The sums over a frame's tokens; the flag: the last one of a frame is on its way to the half that is read.
fn sums<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    (k, v): (Source<'m>, Source<'m>),
    ready: Level<'m>,
    done: Ram<'m>,
) -> Bool<'m> {
    let (on, w) = (m.bool(true), c.derived());
    m.section("sums of values with the signs of their keys; the first slot sums the keys themselves");
    let step = m.wire("sum_step");
    let at = slots(c, m, "sum", step.value());
    let may = !(at.last_token & ready.full());
    let goes = k.valid() & (v.valid() | !at.value) & may;
    step.drive(goes);
    k.set_ready(goes & at.ends);
    v.set_ready(k.valid() & at.value & may);

    m.section("a sum is read, moved, and written back before it is read again");
    let first_token = m.reg_b("sum_first_token").reset(1);
    first_token.set_when(step.value() & at.ends, at.last_token);
    let words = c.beats() + 1;
    let address = at.at.at_width(bits_for_count(words.into()));
    let used = m.delay_flag("sum_used", on, step.value() & (at.first | at.value));
    // Of a single token there is nothing to go on from.
    let own = (c.tokens > 1).then(|| (m.ram("sums", word_bits(c), words), m.delay("sum_at", on, address)));
    let none = m.bits(Bits::zero(word_bits(c)));
    let kept = own.map_or(none, |(own, address)| {
        let again = m.delay_flag("sum_again", on, step.value() & (at.first | at.value) & !first_token.q());
        m.delay("kept", on, own.read(again, address))
    });
    let fresh = m.pipe("fresh", on, first_token.q(), 3);
    let keys = m.pipe("keys", on, k.data(), 3);
    let lane = |l: u32| {
        let ones = m.s(i64::from(l == 0), c.bits.max(2));
        let value = at.first.pick(ones, v.lane_s(l).sext(c.bits.max(2)));
        let value = m.pipe(&format!("value{l}"), on, value, 2).sext(c.bits.max(2) + 1);
        let minus = (m.s(0, 1) - value).at_width(c.bits.max(2) + 1);
        [m.delay(&format!("plus{l}"), on, value), m.delay(&format!("minus{l}"), on, minus)]
    };
    let values: Vec<[SInt; 2]> = (0..c.lanes).map(lane).collect();
    let sum = |r: u32, l: u32| {
        let (some, minus) = if r < c.codes { code(keys, r) } else { (m.bool(true), m.bool(false)) };
        let at = (r * c.lanes + l) * w.sum_bits;
        let old = fresh.pick(m.u(0, w.sum_bits), kept.slice(at, w.sum_bits)).as_signed();
        let [plus, less] = values[l as usize];
        let term = some.pick(minus.pick(less, plus), m.s(0, plus.width())).called(format!("term{r}_{l}"));
        m.delay(&format!("sum{r}_{l}"), on, (old + term).at_width(w.sum_bits).as_unsigned())
    };
    let word: Vec<UInt> = (0..w.rows).flat_map(|r| (0..c.lanes).map(move |l| (r, l))).map(|(r, l)| sum(r, l)).collect();
    let word = m.lanes(&word);
    if let Some((own, address)) = own {
        own.write(m.pipe_flag("sum_written", on, used, 3), m.pipe("sum_written_at", on, address, 3), word);
    }
    let filled = (step.value() & at.ends & at.last_token).named("filled");
    let half = half_at(c, m, "filled", at.at, filled);
    let to_half = m.pipe_flag("to_half", on, step.value() & (at.first | at.value) & at.last_token, 4);
    done.write(to_half, m.pipe("to_half_at", on, half, 4), word);
    filled
}

/// The results of a frame's tokens; the flag: the last sum is read.
fn results<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    (q, own): (Source<'m>, Option<Source<'m>>),
    ready: Level<'m>,
    done: Ram<'m>,
    out: Sink<'m>,
) -> Bool<'m> {
    let (on, w) = (m.bool(true), c.derived());
    m.section("a token's divisor, then its numerators");
    let places = Outlet::new(m, outlet::places(c.result_cycles()));
    let step = m.wire("step");
    let at = slots(c, m, "result", step.value());
    let may = (ready.some() & !places.full()).named("may");
    let values = own.map_or(on, |s| s.valid() | !at.value);
    step.drive(q.valid() & values & may);
    q.set_ready(step.value() & at.ends);
    if let Some(s) = own {
        s.set_ready(q.valid() & at.value & may);
    }
    let emptied = (step.value() & at.ends & at.last_token).named("emptied");
    let address = half_at(c, m, "result", at.at, emptied);
    let used = m.delay_flag("used", on, step.value() & (at.first | at.value));
    let word = m.delay("word", on, done.read(used, m.delay("word_at", on, address)));

    m.section("sums with the signs of the query, and the offset");
    let query = m.pipe("query", on, q.data(), 3);
    let levels = tree::levels(c.codes);
    let first = m.pipe("divides", on, at.first, 3 + levels);
    let weight = |v: SInt<'m>| times(c.weight(), v);
    let numerator = |l: u32| {
        let sum = |r: u32| word.slice((r * c.lanes + l) * w.sum_bits, w.sum_bits).as_signed();
        let term = |b: u32| {
            let (some, minus) = code(query, b);
            let sum = sum(b).sext(w.sum_bits + 1);
            let term = minus.pick((m.s(0, 1) - sum).at_width(w.sum_bits + 1), sum);
            m.delay(&format!("with{b}_{l}"), on, some.pick(term, m.s(0, w.sum_bits + 1)))
        };
        let total = tree::sum_signed(m, &format!("total{l}"), (0..c.codes).map(term).collect());
        let offset = match own {
            Some(s) => {
                let value = m.pipe(&format!("own{l}"), on, s.lane_s(l), 3 + levels);
                let tokens = i64::from(c.weight()) * i64::from(c.tokens);
                first.pick(m.s(tokens, w.num_bits), weight(value).at_width(w.num_bits))
            }
            None => weight(m.pipe(&format!("all{l}"), on, sum(c.codes), levels)).at_width(w.num_bits),
        };
        let offset = m.delay(&format!("offset{l}"), on, offset);
        // The first slot's sum is the divisor, and not above it.
        m.delay(&format!("num{l}"), on, (total + offset).at_width(w.num_bits.max(w.den_bits + 1)))
    };
    let numerators: Vec<SInt> = (0..c.lanes).map(numerator).collect();
    let den = m.reg_u("den", w.den_bits);
    let divides = m.pipe("divides_num", on, first, 2);
    den.set_when(divides, numerators[0].as_unsigned().trunc(w.den_bits));
    let results: Vec<UInt> = (0..c.lanes).map(|l| quotient(c, m, l, numerators[l as usize], den.q())).collect();

    let put = m.pipe_flag("put", on, step.value() & at.value, c.result_cycles());
    let last = m.pipe("last", on, at.last_token & at.last_value, c.result_cycles());
    places.drive(step.value() & at.value, put, m.lanes(&results), last, out);
    emptied
}

/// `factor v` by shifts and sums.
fn times<'m>(factor: u32, v: SInt<'m>) -> SInt<'m> {
    let terms = (0..32).filter(|b| factor & (1 << b) != 0).map(|b| v << b);
    SInt::sum(terms.collect()).unwrap_or(v)
}

/// A numerator by the divisor of its token, rounded and saturated.
fn quotient<'m>(c: &Checked<Config>, m: &'m Mod<'_>, l: u32, num: SInt<'m>, den: UInt<'m>) -> UInt<'m> {
    let on = m.bool(true);
    let minus = m.pipe(&format!("below{l}"), on, num.is_negative(), 2 + 1 + c.out_bits);
    // Halves count up: twice the magnitude and the divisor, by twice the divisor.
    let size = m.delay(&format!("size{l}"), on, num.abs());
    let dividend = m.delay(&format!("dividend{l}"), on, (size << (c.fraction + 1)) + den);
    let twice = m.delay(&format!("twice{l}"), on, den << 1);
    let found = divide::staged(m, &format!("y{l}"), dividend, twice, c.out_bits);
    let wide = found.zext(c.out_bits + 1).as_signed();
    let signed = minus.pick((m.s(0, 1) - wide).at_width(c.out_bits + 1), wide);
    let signed = m.delay(&format!("signed{l}"), on, signed);
    m.delay(&format!("fitted{l}"), on, fit::fit(m, &format!("fit{l}"), signed, c.out_bits, true))
}
