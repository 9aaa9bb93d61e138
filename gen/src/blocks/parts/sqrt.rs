//! Square roots, a bit of the root at a time.

use crate::hdl::{Bool, Mod, UInt};

/// Cycles from a start of [`serial`] to the next one, for a radicand of so many bits.
pub fn serial_apart(bits: u32) -> u64 {
    u64::from(bits.div_ceil(2)) + 1
}

/// `floor(sqrt(v))`, one bit a cycle from the highest: the digit-by-digit way, two bits of the radicand at a time, `4 root + 1` against what is left.
/// The radicand is taken where `start`; starts lie [`serial_apart`] cycles apart at least. The root is there in the cycle of the flag, `ceil(bits / 2) + 1`
/// after the start.
pub fn serial<'m>(m: &'m Mod<'_>, name: &str, start: Bool<'m>, v: UInt<'m>) -> (Bool<'m>, UInt<'m>) {
    let steps = v.width().div_ceil(2);
    let named = |what: &str| format!("{name}_{what}");
    let step = m.counter(&named("step"), u64::from(steps) + 1).reset(0);
    let sw = step.q().width();
    let busy = step.q().any().named(named("busy"));
    let less = (step.q() - m.u(1, 1)).as_unsigned().trunc(sw).called(named("step_less"));
    step.set_when(start | busy, start.pick(m.u(steps.into(), sw), less));
    let ahead = m.reg_u(&named("ahead"), 2 * steps);
    let root = m.reg_u(&named("root"), steps);
    // What is left is twice the root at most.
    let rest = m.reg_u(&named("rest"), steps + 1);
    let four = m.concat(&[rest.q(), ahead.q().slice(2 * steps - 2, 2)]).named(named("four"));
    let trial = m.concat(&[root.q(), m.u(1, 2)]).named(named("trial"));
    let left = (four - trial.zext(steps + 3)).named(named("left"));
    let goes = (!left.is_negative()).named(named("goes"));
    let kept = goes.pick(left.as_unsigned().trunc(steps + 1), four.trunc(steps + 1)).called(named("kept"));
    rest.set_when(start | busy, start.pick(m.u(0, steps + 1), kept));
    let shifted = if steps == 1 { goes.to_uint() } else { m.concat(&[root.q().trunc(steps - 1), goes.to_uint()]) };
    root.set_when(start | busy, start.pick(m.u(0, steps), shifted));
    let shifted = if steps == 1 { m.u(0, 2) } else { m.concat(&[ahead.q().trunc(2 * steps - 2), m.u(0, 2)]) };
    ahead.set_when(start | busy, start.pick(v.zext(2 * steps), shifted));
    let ready = m.delay_flag(&named("ready"), m.bool(true), step.q().eq(m.u(1, sw)));
    (ready, root.q())
}
