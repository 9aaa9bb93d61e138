//! The maximum of a query, which looks some keys ahead: it rises by one step a key then, and what shifts sums is a choice of two.

use super::widths::{AHEAD, FRACTION, PLACES, STEP, WEIGHED};
use super::{Checked, Config};
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::Bits;

/// Bits of a shift that leaves nothing of any exponential.
const SHIFT_BITS: u32 = 5;

/// A key's score, and what is known of the key.
#[derive(Clone, Copy)]
pub struct Scored<'m> {
    /// The score in fractions of octaves.
    pub t: SInt<'m>,
    /// There is one.
    pub valid: Bool<'m>,
    /// It is its query's first key, its last one, one of the frame's last query.
    pub first: Bool<'m>,
    pub ends: Bool<'m>,
    pub frame: Bool<'m>,
    /// The query sees it.
    pub seen: Bool<'m>,
}

/// A key's exponential below the maximum.
pub struct Weighed<'m> {
    /// There is one in this cycle.
    pub wants: Bool<'m>,
    /// It.
    pub share: UInt<'m>,
    /// The sums so far move a step down; they are nothing beside it.
    pub moves: Bool<'m>,
    pub clears: Bool<'m>,
    /// As they came.
    pub ends: Bool<'m>,
    pub frame: Bool<'m>,
}

/// A key among those that are looked at.
#[derive(Clone, Copy)]
struct Place<'m> {
    octave: SInt<'m>,
    fraction: UInt<'m>,
    valid: Bool<'m>,
    first: Bool<'m>,
    ends: Bool<'m>,
    frame: Bool<'m>,
    seen: Bool<'m>,
}

/// Exponentials of keys in their order, each as the keys behind it let the maximum be. Registers move where `run`.
pub fn exponential<'m>(c: &Checked<Config>, m: &'m Mod<'_>, run: Bool<'m>, scored: Scored<'m>) -> Weighed<'m> {
    let w = c.derived();
    m.section("keys wait until those that the maximum looks at are there, or their query ends");
    let open = m.reg_b("open").reset(0);
    let push = (run & (scored.valid | !open.q())).named("push");
    open.set_when(push, scored.valid & !scored.ends);
    let least = least(w.step_bits);
    let octave = scored.t >> FRACTION;
    let own = ((octave >> STEP) + m.s(1, 2)).at_width(w.step_bits).called("own_step");
    let own = scored.seen.pick(own, m.s(least, w.step_bits));
    let mut places = vec![Place {
        octave,
        fraction: scored.t.as_unsigned().slice(0, FRACTION),
        valid: scored.valid,
        first: scored.first,
        ends: scored.ends,
        frame: scored.frame,
        seen: scored.seen,
    }];
    for k in 0..PLACES {
        let Some(p) = places.last().copied() else { continue };
        let valid = m.reg_b(&format!("key{k}")).reset(0);
        valid.set_when(push, p.valid);
        let flag = |name: &str, f: Bool<'m>| m.delay(&format!("{name}{k}"), push, f);
        places.push(Place {
            octave: m.delay(&format!("octave{k}"), push, p.octave),
            fraction: m.delay(&format!("fraction{k}"), push, p.fraction),
            valid: valid.q(),
            first: flag("first", p.first),
            ends: flag("ends", p.ends),
            frame: flag("frame", p.frame),
            seen: flag("seen", p.seen),
        });
    }
    // Places from here on hold registers: place 0 the newest key.
    let place = |k: usize| places[k + 1];
    // Of the keys behind the second factor of each comparison is found a place ahead: none where the query ends before them.
    let none = m.s(least, w.step_bits);
    let less = |v: SInt<'m>, by: i64| (v - m.s(by, 3)).at_width(w.step_bits);
    let step0 = m.delay("step0", push, own);
    let step1 = m.delay("step1", push, step0);
    let behind1 = m.delay("behind1", push, place(0).ends.pick(none, less(own, 1)));
    let pair2 = m.delay("pair2", push, step1.max(behind1).called("pair"));
    let ends = (place(4).ends | place(3).ends).named("pair_ends");
    let behind5 = m.delay("behind5", push, ends.pick(none, less(pair2, 2)));
    let pair5 = m.pipe("pair_late", push, pair2, 3);
    let four = m.delay("four6", push, pair5.max(behind5).called("four"));
    let left = m.delay_flag("left", run, push & place(5).valid);
    weigh(c, m, run, left, place(6), four)
}

/// The least maximum, from which what is looked ahead can be taken.
fn least(bits: u32) -> i64 {
    -(1i64 << (bits - 1)) + i64::from(AHEAD)
}

/// The maximum of a key that leaves its place, and its exponential below that.
fn weigh<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    run: Bool<'m>,
    left: Bool<'m>,
    key: Place<'m>,
    found: SInt<'m>,
) -> Weighed<'m> {
    let w = c.derived();
    m.section("the maximum in steps of octaves, and the exponential below it");
    let highest = m.reg_s("highest", w.step_bits);
    let before = key.first.pick(m.s(least(w.step_bits), w.step_bits), highest.q()).called("before");
    let rises = found.gt(before).named("rises");
    highest.set_when(run & left, rises.pick(found, before));
    let one = found.eq((before + m.s(1, 2)).at_width(w.step_bits)).called("rises_by_one");
    let flag = |name: &str, f: Bool<'m>| m.pipe(name, run, f, WEIGHED);
    let moves = flag("moves_weighed", one & !key.first);
    let clears = flag("clears_weighed", key.first | (rises & !one));

    let octave = m.delay("octave_weighed", run, key.octave);
    let apart = (highest.q() << STEP) - octave - m.s(1, 2);
    let apart = m.delay("apart", run, apart.as_unsigned());
    let all = m.u((1 << SHIFT_BITS) - 1, SHIFT_BITS);
    let below = apart.at_most(SHIFT_BITS).zext(SHIFT_BITS);
    let over = (apart.width() > SHIFT_BITS).then(|| apart.slice(SHIFT_BITS, apart.width() - SHIFT_BITS).any());
    let below = m.delay("below", run, over.map_or(below, |over| over.pick(all, below)));
    let words = (0..1u32 << FRACTION).map(|f| {
        let e = 2f64.powf(f64::from(c.precision - 1) + f64::from(f) / f64::from(1u32 << FRACTION)).round();
        Bits::from_i128(c.precision, (e as i128).min((1 << c.precision) - 1))
    });
    let exp = m.rom("exp", words.collect(), run, key.fraction);
    let exp = m.pipe("exp", run, exp, WEIGHED - 1);
    let seen = flag("seen_weighed", key.seen);
    let share = seen.pick(exp.shr_by(below), m.u(0, c.precision)).called("weight");
    let wants = m.pipe_flag("wants", run, left, WEIGHED);
    Weighed {
        wants,
        share,
        moves,
        clears,
        ends: flag("ends_weighed", key.ends),
        frame: flag("frame_weighed", key.frame),
    }
}
