use super::{mac_array, Accumulator, Checked, Config, ScaleFormat, Shape};
use crate::blocks::parts::float32::{self, to_float32, Pipelined, Term};
use crate::blocks::{stream_fifo, BlockConfig};
use crate::hdl::{Bool, Build, Mod, Source, UInt};
use crate::ir::ModuleId;
use crate::num::{bits_for_range, bits_for_unsigned, Bits, Range};

/// A row of block sums on its way.
struct Beat<'m> {
    /// There is one.
    valid: Bool<'m>,
    /// The first block of its tile, and the last one.
    first: Bool<'m>,
    last: Bool<'m>,
    /// The frame's last beat.
    end: Bool<'m>,
    /// Which row.
    row: UInt<'m>,
    lanes: Vec<Lane<'m>>,
}

/// A block's sum with its flags, and by how much it is to be shifted.
#[derive(Clone, Copy)]
struct Lane<'m> {
    sum: UInt<'m>,
    marks: Option<UInt<'m>>,
    shift: UInt<'m>,
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let s = c.derived();
    let array = mac_array::Config::elaborate(&s.array, build);
    let m = c.module(build);
    let a = m.stream_in("a_axis", s.array.derived().a_beat(&s.array), true);
    let b = m.stream_in("b_axis", s.array.derived().b_beat(&s.array), true);
    let scales = [("a", c.rows), ("b", c.cols)].map(|(n, lanes)| {
        let from = m.stream_in(&format!("{n}_scale_axis"), s.scale_beat(c, lanes), true);
        waiting(c, &m, build, n, lanes, from)
    });
    let out = m.stream_out("m_axis", crate::ir::BeatShape::new(c.cols, 32, false), true);

    m.section("the array sums blocks");
    let u = m.instance("u_array", array);
    m.connect(a, u.sink("a_axis"));
    m.connect(b, u.sink("b_axis"));
    let run = out.free().named("run");
    let beat = enter(c, &m, run, u.source("m_axis"), scales);
    match c.accumulator {
        Accumulator::Exact => exact(c, &m, run, beat, out),
        Accumulator::Float32 => rounded(c, &m, run, beat, out),
    }
    m.finish()
}

/// Scales wait for the sums of their block.
fn waiting<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    build: &Build,
    name: &str,
    lanes: u32,
    from: Source<'m>,
) -> Source<'m> {
    let signed = c.scale == ScaleFormat::Exponent;
    let fifo = stream_fifo::Config { bits: c.scale_bits, lanes, signed, depth: c.derived().scale_depth() };
    // Its settings follow from this configuration's and lie in its ranges.
    let Ok(fifo) = Checked::new(fifo) else { return from };
    let u = m.instance(&format!("u_{name}_scales"), stream_fifo::Config::elaborate(&fifo, build));
    m.connect(from, u.sink("s_axis"));
    u.source("m_axis")
}

/// Sums and scales meet. A row enters only if its last sum is back in its place.
fn enter<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    run: Bool<'m>,
    sums: Source<'m>,
    [a, b]: [Source<'m>; 2],
) -> Beat<'m> {
    let s = c.derived();
    m.section("a row of sums meets the scales of its block");
    let flight: Vec<_> = (1..s.distance).map(|i| m.reg_b(&format!("flight_p{i}")).reset(0)).collect();
    // Rows come in turn: with fewer than all of them on the way, this one is not among them.
    let open = match UInt::sum(flight.iter().map(|f| f.q().to_uint()).collect()) {
        Some(n) if c.rows < s.distance => n.lt(m.lit(c.rows.into())),
        _ => m.bool(true),
    }
    .named("row_is_back");
    let fire = (run & sums.valid() & a.valid() & b.valid() & open).named("fire");
    flight.iter().fold(fire, |from, r| {
        r.set_when(run, from);
        r.q()
    });
    sums.set_ready(run & a.valid() & b.valid() & open);
    let row = m.count("row", c.rows.into(), fire);
    let block = m.count("block", c.blocks.into(), fire & row.at_last);
    let tile = m.count("tile", s.tiles.into(), fire & row.at_last & block.at_last);
    a.set_ready(fire & row.at_last);
    b.set_ready(fire & row.at_last);

    let codes: Vec<(UInt, Bool)> = (0..c.rows).map(|r| scale(c, m, a.lane(r))).collect();
    let of_row = m.select(row.value, &codes.iter().map(|(x, _)| *x).collect::<Vec<_>>()).called("of_row");
    let nan = m.select(row.value, &codes.iter().map(|(_, n)| n.to_uint()).collect::<Vec<_>>()).bit(0).called("nan");
    let lane = |j: u32| {
        let (x, (other, n)) = (sums.lane(j), scale(c, m, b.lane(j)));
        let no_number = (nan | n).named(format!("scale{j}_nan"));
        let shift = (of_row + other).called(format!("scale{j}_shift"));
        let shift = no_number.pick(m.u(0, shift.width()), shift).trunc(bits_for_unsigned(s.most_shift.into()));
        let own = (s.array_flags > 0).then(|| x.slice(s.partial_bits, s.array_flags));
        let marks = match (own, c.scale) {
            (own, ScaleFormat::Exponent) => own,
            (None, _) => Some(no_number.to_uint()),
            (Some(own), _) => Some(own | no_number.to_uint().zext(s.array_flags)),
        };
        Lane {
            sum: m.delay(&format!("sum{j}"), run, x.trunc(s.partial_bits)),
            marks: marks.map(|v| m.delay(&format!("marks{j}"), run, v)),
            shift: m.delay(&format!("shift{j}"), run, shift),
        }
    };
    Beat {
        valid: m.delay_flag("valid", run, fire),
        first: m.delay("first", run, block.at_first),
        last: m.delay("last", run, block.at_last),
        end: m.delay("end", run, row.at_last & block.at_last & tile.at_last),
        row: m.delay("row_p1", run, row.value),
        lanes: (0..c.cols).map(lane).collect(),
    }
}

/// A scale's code counted from the lowest one, and whether it is NaN.
fn scale<'m>(c: &Checked<Config>, m: &'m Mod<'_>, code: UInt<'m>) -> (UInt<'m>, Bool<'m>) {
    match c.scale {
        ScaleFormat::E8m0 => (code, code.all()),
        ScaleFormat::Exponent => (code ^ m.u(1 << (c.scale_bits - 1), c.scale_bits), m.bool(false)),
    }
}

/// The rows' sums: read a cycle ahead of where they are used, or a register where there is one row.
struct Sums<'m> {
    before: UInt<'m>,
    store: Box<dyn Fn(Bool<'m>, UInt<'m>, UInt<'m>) + 'm>,
}

fn sums<'m>(c: &Checked<Config>, m: &'m Mod<'_>, width: u32, read: Bool<'m>, row: UInt<'m>) -> Sums<'m> {
    if c.rows == 1 {
        let held = m.reg_u("held", width);
        return Sums { before: held.q(), store: Box::new(move |enable, _, x| held.set_when(enable, x)) };
    }
    let ram = m.ram("sums", width, c.rows);
    Sums { before: ram.read(read, row), store: Box::new(move |enable, row, x| ram.write(enable, row, x)) }
}

/// Blocks shifted into place and added in fixed point; what leaves is rounded.
fn exact<'m>(c: &Checked<Config>, m: &'m Mod<'m>, run: Bool<'m>, beat: Beat<'m>, out: crate::hdl::Sink<'m>) {
    let s = c.derived();
    m.section("exact sums of blocks");
    let word = s.total_bits + s.flags;
    let rows = sums(c, m, word * c.cols, run & beat.valid, beat.row);
    let (valid, first) = (m.delay_flag("adding", run, beat.valid), m.delay("adding_first", run, beat.first));
    let row = m.delay("row_p2", run, beat.row);
    let total = |(j, lane): (usize, &Lane<'m>)| {
        let wide = lane.sum.as_signed().sext(s.partial_bits + s.most_shift).as_unsigned();
        let term = m.delay(&format!("term{j}"), run, wide.shl_by(lane.shift));
        let old = first.pick(m.bits(Bits::zero(word)), rows.before.slice(j as u32 * word, word)).called("old");
        let sum =
            (old.trunc(s.total_bits).as_signed() + term.as_signed()).trunc(s.total_bits).as_unsigned().called("sum");
        let marks = lane.marks.map(|v| m.delay(&format!("term_marks{j}"), run, v));
        match marks {
            None => sum,
            Some(v) => m.lanes(&[sum, v | old.slice(s.total_bits, s.flags)]),
        }
        .named(format!("total{j}"))
    };
    let totals: Vec<UInt> = beat.lanes.iter().enumerate().map(total).collect();
    let totals = m.lanes(&totals);
    (rows.store)(run & valid, row, totals);

    m.section("finished sums become float32");
    let leaving = m.pipe_flag("leaving", run, valid & m.delay("adding_last", run, beat.last), 4);
    let end = m.pipe("leaving_end", run, beat.end, 5);
    let done = m.delay("done", run, totals);
    let float = |j: u32| {
        let x = done.slice(j * word, word).called("x");
        let marks = (s.flags > 0).then(|| x.slice(s.total_bits, s.flags));
        to_float32(m, &Pipelined(m, run, format!("lane{j}")), x.trunc(s.total_bits).as_signed(), s.unit, marks)
    };
    out.drive(leaving, m.lanes(&(0..c.cols).map(float).collect::<Vec<_>>()), Some(end));
}

/// Blocks as float32 terms with all their bits, added to float32 sums.
fn rounded<'m>(c: &Checked<Config>, m: &'m Mod<'m>, run: Bool<'m>, beat: Beat<'m>, out: crate::hdl::Sink<'m>) {
    let s = c.derived();
    m.section("block sums, normalized");
    let valid = m.delay_flag("normalizing", run, beat.valid);
    let first = m.pipe("adding_first", run, beat.first, 2);
    let row = m.delay("row_p2", run, beat.row);
    let terms: Vec<Term> = beat.lanes.iter().enumerate().map(|(j, l)| term(s, m, run, j, l)).collect();

    m.section("added to the rows' sums");
    let rows = sums(c, m, 32 * c.cols, run & valid, row);
    let sum = |(j, t): (usize, &Term<'m>)| {
        let old = first.pick(m.u(0, 32), rows.before.slice(32 * j as u32, 32));
        float32::add(m, run, &format!("lane{j}"), old, *t).named(format!("total{j}"))
    };
    let totals = m.lanes(&terms.iter().enumerate().map(sum).collect::<Vec<_>>());
    // One more than the adder's registers: the term's own.
    let stages = 1 + float32::ADD_STAGES;
    let valid = m.pipe_flag("adding", run, valid, stages);
    let row = m.pipe("adding_row", run, row, stages);
    (rows.store)(run & valid, row, totals);
    let leaving = m.delay_flag("leaving", run, valid & m.pipe("adding_last", run, beat.last, 1 + stages));
    let end = m.pipe("leaving_end", run, beat.end, 2 + stages);
    out.drive(leaving, m.delay("results", run, totals), Some(end));
}

/// A block's sum with its leading one at the top; two registers.
fn term<'m>(s: &Shape, m: &'m Mod<'m>, run: Bool<'m>, j: usize, lane: &Lane<'m>) -> Term<'m> {
    let name = |n: &str| format!("term{j}_{n}");
    let x = lane.sum.as_signed();
    let w = x.width();
    // The exponent's field of the sum's top bit.
    let base = s.unit + w as i32 - 1 + 127;
    let range = Range::new(base.into(), i128::from(base) + i128::from(s.most_shift));
    let bits = bits_for_range(range, true);
    let place = (lane.shift.to_signed() + m.s(base.into(), bits)).at_width(bits).called(name("place_exact"));
    let negative = m.delay(&name("sign"), run, x.is_negative());
    let magnitude = m.delay(&name("magnitude"), run, x.abs()).called(name("absolute"));
    let place = m.delay(&name("place"), run, place);
    let marks = lane.marks.map(|v| m.delay(&name("marks"), run, v));

    let (v, count) = float32::normalize(m, Some(&format!("term{j}")), magnitude, None);
    let v = m.delay(&name("leading"), run, v);
    let three = marks.map_or(m.u(0, 3), |k| k.zext(3)).called(name("marks_of_three"));
    Term {
        negative: m.delay(&name("negative"), run, negative),
        significand: if w < 24 { m.concat(&[v, m.u(0, 24 - w)]) } else { v },
        exponent: m.delay(&name("exponent"), run, (place - count.to_signed()).called(name("exponent_exact"))),
        marks: m.delay(&name("special"), run, three),
    }
}
