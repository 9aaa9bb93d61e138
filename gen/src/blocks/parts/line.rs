//! Blocks that compute each element on its own: registers in line, all of which move where the output is free.

use crate::blocks::Contract;
use crate::hdl::{Bool, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};

/// From elements of one shape to as many of another one; `each` makes a lane's result, so many `cycles` later, of registers that move where its flag
/// says. It is called with the lane's number.
pub fn line<F>(m: Mod<'_>, from: BeatShape, to: BeatShape, cycles: u32, each: F) -> ModuleId
where
    F: for<'m> Fn(&'m Mod<'_>, u32, Bool<'m>, UInt<'m>) -> UInt<'m>,
{
    let s = m.stream_in("s_axis", from, true);
    let out = m.stream_out("m_axis", to, true);
    let run = out.free().named("run");
    s.set_ready(run);
    m.section("a register in each stage; all move together");
    let lanes: Vec<UInt> = (0..from.lanes).map(|k| each(&m, k, run, s.lane(k))).collect();
    let valid = m.pipe_flag("valid", run, s.valid(), cycles);
    let last = m.pipe("last", run, s.last(), cycles);
    out.drive(valid, m.lanes(&lanes), Some(last));
    m.finish()
}

/// Of a frame of so many elements.
pub fn contract(elements: usize, lanes: u32, cycles: u32) -> Contract {
    let n = elements.div_ceil(lanes as usize) as u64;
    Contract { latency: n + u64::from(cycles) - 1, ii: n }
}
