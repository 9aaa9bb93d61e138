//! What the place in the code goes on by: a header, then parts of a bitmap and its elements, or rows of pairs; and what each of these is when its bits are
//! in the view.

use super::masks::{flags, Part};
use super::plan::{plan, Plan};
use super::skip::skip;
use super::words::{Moves, Words};
use super::Cutter;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Mod, UInt};

/// What has been taken when its bits are in the view.
pub struct Taken<'m> {
    /// The view.
    pub view: UInt<'m>,
    /// A part of a bitmap.
    pub part: Bool<'m>,
    /// A row of pairs.
    pub pairs: Bool<'m>,
    /// Elements of a group of a bitmap.
    pub values: Bool<'m>,
    /// Which pairs there are; which elements of the group are not zero.
    pub mask: UInt<'m>,
    /// With `values` where zeros are skipped: the element's index within its block.
    pub index: Option<UInt<'m>>,
    /// With `pairs`: the block's first row.
    pub first: Bool<'m>,
    /// The block's last row or group.
    pub fin: Bool<'m>,
    /// With `fin`: the tensor ends.
    pub ends: Bool<'m>,
    /// A cycle of its own behind a tensor.
    pub end: Bool<'m>,
    /// With `end`: the code is too short, or what is behind the tensor is wrong.
    pub end_wrong: Bool<'m>,
    /// Elements of the block less one.
    pub size_less: UInt<'m>,
    /// The block's header is wrong.
    pub wrong: Bool<'m>,
    /// Something has been taken, when that is so, that will come in the view.
    pub places: Bool<'m>,
}

/// Takes the code apart where there is `room` for what comes of it.
pub fn steps<'m>(m: &'m Mod<'_>, c: &Cutter, words: Words<'m>, room: Bool<'m>) -> Taken<'m> {
    let (on, cycles) = (m.bool(true), c.view_cycles());
    let may = (words.there() & room).named("may");
    let turn = m.reg_b("turn").reset(1);
    let turns = (turn.q() & may).named("turns");
    let view = words.view(cycles);
    let (header_go, end_go) = (m.wire("header_go"), m.wire("end_go"));
    let seen = m.pipe_flag("header", on, header_go.value(), cycles);
    let plan = plan(m, c, view, seen, end_go.value());
    // Forgotten where a tensor ends: the next one begins with a header.
    let ends = (plan.last | plan.reserved | words.short()).named("ends");
    header_go.drive(turns & !ends);
    end_go.drive(turns & ends);
    let end = end_go.value();

    m.section("steps of known sizes: parts of a bitmap, or rows of pairs");
    let known = known(m, c, &plan, seen, may);
    let size_less = m.delay("size_less", plan.at, plan.size_less);

    m.section("elements of a bitmap, as many as it says");
    let values_go = m.wire("values_go");
    let part = m.pipe_flag("part", on, known.step & !plan.pairs, cycles);
    let group = (c.code.format != Format::Coordinates).then(|| {
        let part = Part { at: part, first: m.pipe("part_first", on, known.first, cycles), view };
        let of = if c.skip { skip } else { flags };
        of(m, c, &part, size_less, values_go.value())
    });
    let there = group.map_or(m.bool(false), |g| g.there & !known.stepping);
    values_go.drive(there & may);
    let values = values_go.value();

    m.section("the place goes on");
    let drain = m.reg_b("drain").reset(0);
    let drained = (drain.q() & words.drained()).named("drained");
    drain.set_when(end | drained, end & words.more());
    let pairs = (known.step & plan.pairs).named("pairs_go");
    let fin = group.map_or(known.last, |g| known.stepping.pick(known.last, g.fin)).called("last_of_block");
    let done = ((pairs | values) & fin).named("block_done");
    turn.set_when(turns | done | drained, done | drained | (end & !words.more()));
    let by = group.map_or(known.by, |g| there.pick(g.by, known.by));
    words.moves(&Moves { step: plan.at | known.step | values, by, ends: end, drain: drain.q() });

    m.section("what was taken, when its bits are in the view");
    let flag = |name: &str, v: Bool<'m>| m.pipe_flag(name, on, v, cycles);
    let with = |name: &str, v: Bool<'m>| m.pipe(name, on, v, cycles);
    let mask = match (group, known.mask) {
        (Some(g), Some(pairs)) => known.stepping.pick(pairs, g.mask),
        (Some(g), None) => g.mask,
        (None, pairs) => pairs.unwrap_or(m.u(0, 1)),
    };
    let rest_wrong = with("rest_wrong", words.short() | words.over());
    let counts = with("rest_counts", !plan.reserved);
    Taken {
        view,
        part,
        pairs: flag("pairs_at", pairs),
        values: flag("values_at", values),
        mask: m.pipe("mask", on, mask, cycles),
        index: group.and_then(|g| g.index).map(|index| m.pipe("index", on, index, cycles)),
        first: with("row_first", known.first),
        fin: with("fin", fin),
        // A cycle later it is known whether the code was too short for what was taken.
        ends: m.pipe("tensor_ends", on, ends, cycles - 1),
        end: flag("end", end),
        end_wrong: counts & (rest_wrong | view.any()),
        size_less,
        wrong: m.delay("header_wrong", plan.at, plan.wrong),
        places: (pairs | values | end).named("takes_place"),
    }
}

/// Steps whose bits the header tells.
struct Known<'m> {
    stepping: Bool<'m>,
    /// One goes, it is the first, the last; its bits, and which pairs there are.
    step: Bool<'m>,
    first: Bool<'m>,
    last: Bool<'m>,
    by: UInt<'m>,
    mask: Option<UInt<'m>>,
}

fn known<'m>(m: &'m Mod<'_>, c: &Cutter, plan: &Plan<'m>, seen: Bool<'m>, may: Bool<'m>) -> Known<'m> {
    let stepping = m.reg_b("stepping").reset(0);
    let step = (stepping.q() & may).named("step");
    // Each step's bits are known a cycle before: first the header's own.
    let w = plan.steps_less.width();
    let left = m.reg_u("steps_left", w);
    let less = (left.q() - m.u(1, 1)).as_unsigned().trunc(w).called("steps_left_less");
    let next = plan.at.pick(plan.steps_less, less).called("steps_next");
    left.set_when(plan.at | step, next);
    let ends = (!next.any()).called("steps_end");
    let last = m.delay("step_last", plan.at | step, ends);
    stepping.set_when(plan.at | step, plan.at | !last);
    let last_by = m.delay("last_by", plan.at, plan.last_by);
    let bits = |n: u32| m.u(n.into(), c.by_bits());
    let full = plan.pairs.pick(bits(c.group * c.code.entry_bits()), bits(c.part()));
    let by = ends.pick(plan.at.pick(plan.last_by, last_by), full);
    let by = m.delay("step_by", seen | plan.at | step, seen.pick(plan.by, by));
    let mask = plan.last_mask.map(|flags| {
        let flags = m.delay("last_mask", plan.at, flags);
        last.pick(flags, m.bool(true).repeat(flags.width()))
    });
    Known { stepping: stepping.q(), step, first: m.delay("step_first", plan.at | step, plan.at), last, by, mask }
}
