//! Operands on their way into the array: zero points off, padding to zero, encoded for the elements, registered.

use super::super::{Checked, Config};
use crate::hdl::{Bool, Mod, SInt, Source, UInt};
use crate::num::{bits_for_range, Range};

/// Steps of output-stationary dataflows, one register behind the streams.
pub struct Steps<'m> {
    /// There is a step.
    pub valid: Bool<'m>,
    /// There will be one, in the cycle before.
    pub offered: Bool<'m>,
    /// The first of a tile.
    pub first: Bool<'m>,
    /// The first of a pass over a tile.
    pub pass_first: Bool<'m>,
    /// The number of the pass.
    pub pass: UInt<'m>,
    /// The last of a tile, in the cycle before the others.
    pub last: Bool<'m>,
    /// The last of a frame.
    pub end: Bool<'m>,
    /// Operands of each row.
    pub a: Vec<UInt<'m>>,
    /// Operands of each column of elements.
    pub b: Vec<UInt<'m>>,
}

/// `x - zero`, or zero where `padding`.
pub fn operand<'m>(m: &'m Mod<'_>, x: SInt<'m>, zero: i64, padding: Bool<'m>, bits: u32) -> SInt<'m> {
    let zero = Range::new(zero.into(), zero.into());
    let moved = if zero.lo == 0 { x } else { (x - m.s(zero.lo as i64, bits_for_range(zero, true))).called("moved") };
    padding.pick(m.s(0, bits), moved.at_width(bits)).called("operand")
}

/// Marks of a source's lanes that lie beyond `size` in the last tile.
pub fn beyond<'m>(m: &'m Mod<'_>, lane: u32, lanes: u32, size: u32, at_last: Bool<'m>) -> Bool<'m> {
    let used = size - (size.div_ceil(lanes) - 1) * lanes;
    if lane < used {
        m.bool(false)
    } else {
        at_last
    }
}

/// Joins both streams into steps.
pub fn steps<'m>(c: &Checked<Config>, m: &'m Mod<'_>, run: Bool<'m>, a: Source<'m>, b: Source<'m>) -> Steps<'m> {
    let s = c.derived();
    let cell = &s.cell;
    m.section("a step takes a beat of both operands");
    let pause = c.rows.max(s.least_cycles).saturating_sub(s.k_tiles * cell.digits());
    let pausing = m.reg_b("pausing").reset(0);
    let open = if pause > 0 { !pausing.q() } else { m.bool(true) };
    let valid = (a.valid() & b.valid() & open).named("step_valid");
    let fire = (run & valid).named("step");
    a.set_ready(run & b.valid() & open);
    b.set_ready(run & a.valid() & open);

    let k = m.count("k_tile", s.k_tiles.into(), fire);
    let pass = m.count("pass", cell.digits().into(), fire & k.at_last);
    let tile_end = (k.at_last & pass.at_last).named("tile_end");
    let n = m.count("n_tile", s.n_tiles.into(), fire & tile_end);
    let i = m.count("m_tile", s.m_tiles.into(), fire & tile_end & n.at_last);
    if pause > 0 {
        // A tile's rows take longer to leave than its steps to come.
        let left = m.counter("pause", pause.into()).reset(0);
        let over = m.count_to(left, pause.into(), run & pausing.q()).called("over");
        pausing.set_when(run, (fire & tile_end) | (pausing.q() & !over));
    } else {
        pausing.set(m.bool(false));
    }

    m.section("operands: zero points off, padding to zero, as the elements take them");
    let depth = cell.depth;
    let k_padding = |d: u32| beyond(m, d, depth, c.k, k.at_last);
    let mut rows = Vec::new();
    for r in 0..c.rows {
        let padded = beyond(m, r, c.rows, c.m, i.at_last);
        let one = |d: u32| operand(m, a.lane_number(r * depth + d), c.a_zero, padded | k_padding(d), cell.a_bits());
        let values: Vec<SInt> = (0..depth).map(one).collect();
        rows.push(m.delay(&format!("a{r}"), run, cell.encode_a(m, &format!("a{r}"), &values)));
    }
    let mut cols = Vec::new();
    let outs = cell.mac.outs();
    for e in 0..c.cols / outs {
        let one = |(j, d): (u32, u32)| {
            let padded = beyond(m, j, c.cols, c.n, n.at_last) | k_padding(d);
            operand(m, b.lane_number(j * depth + d), c.b_zero, padded, cell.b_bits())
        };
        let lanes = (e * outs..(e + 1) * outs).flat_map(|j| (0..depth).map(move |d| (j, d)));
        let values: Vec<SInt> = lanes.map(one).collect();
        cols.push(m.delay(&format!("b{e}"), run, cell.encode_b(m, &values)));
    }
    Steps {
        valid: m.delay_flag("valid", run, valid),
        offered: valid,
        first: m.delay("first", run, k.at_first & pass.at_first),
        pass_first: m.delay("pass_first", run, k.at_first),
        pass: m.delay("pass_p1", run, pass.value),
        last: (valid & tile_end).named("step_last"),
        end: m.delay("end", run, n.at_last & i.at_last),
        a: rows,
        b: cols,
    }
}
