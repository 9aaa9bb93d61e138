//! float32 in hardware: from fixed point and back, and an exact addition rounded once. Half to even everywhere.

use crate::hdl::{Bool, Mod, SInt, UInt, Value};
use crate::num::{bits_for_unsigned, Bits, Rounding};

/// A magnitude of at most `bits` bits as float32 sees it: 24 significant bits, half to even. Nothing to do where it always fits.
pub fn nearest_in_24_bits(x: UInt<'_>, bits: u32) -> UInt<'_> {
    let mut result = x;
    for drop in 1..=bits.saturating_sub(24) {
        // Chosen where the leading one stands at bit 23 + drop; larger magnitudes override it later.
        let reaches = (x >> (23 + drop)).called(format!("above{drop}")).any();
        let wide = x.to_signed().round_shift(drop, Rounding::HalfEven).as_unsigned().called(format!("wide{drop}"));
        let rounded = (wide.trunc(wide.width().min(x.width() + 1 - drop)) << drop)
            .zext(x.width() + 1)
            .trunc(x.width())
            .called(format!("rounded{drop}"));
        result = reaches.pick(rounded, result);
    }
    result
}

/// Where a conversion may put its registers.
pub trait Stage<'m> {
    /// A value, perhaps a cycle later.
    fn pass<V: Value<'m>>(&self, name: &str, v: V) -> V;
}

/// None: all in one cycle.
pub struct Now;
/// One after each of its three steps.
pub struct Pipelined<'m>(pub &'m Mod<'m>, pub Bool<'m>, pub String);

impl<'m> Stage<'m> for Now {
    fn pass<V: Value<'m>>(&self, _: &str, v: V) -> V {
        v
    }
}

impl<'m> Stage<'m> for Pipelined<'m> {
    fn pass<V: Value<'m>>(&self, name: &str, v: V) -> V {
        self.0.delay(&format!("{}_{name}", self.2), self.1, v)
    }
}

/// Registers of [`Pipelined`].
pub const TO_FLOAT_STAGES: u32 = 3;

/// float32 of `x 2^unit`, half to even, with flags for what is no number. Subnormal results and those beyond the largest
/// number cost logic only where `unit` and the width of `x` make them possible.
pub fn to_float32<'m>(
    m: &'m Mod<'_>,
    stage: &impl Stage<'m>,
    x: SInt<'m>,
    unit: i32,
    marks: Option<UInt<'m>>,
) -> UInt<'m> {
    let w = x.width();
    let negative = stage.pass("negative", x.is_negative());
    let magnitude = stage.pass("magnitude", x.abs()).called("magnitude");
    let marks = marks.map(|v| stage.pass("marks", v));
    // The exponent's field if the top bit is set; leading zeros come off it.
    let top = w as i32 - 1 + unit + 127;
    // The exponent stays above zero: what is smaller is subnormal.
    let limit = (top - 1 < w as i32 - 1).then(|| m.lit((top - 1).max(0) as u64));
    let (v, count) = normalize(m, None, magnitude, limit);
    let (negative, v) = (stage.pass("sign", negative), stage.pass("leading", v));
    let count = stage.pass("zeros", count);
    let marks = marks.map(|k| stage.pass("special", k));
    let width = bits_for_unsigned(top.max(511) as u128);
    let exponent = (m.u(top as u64, width) - count.zext(count.width().max(8))).called("exponent");
    let number = if limit.is_none() && top < 255 {
        let (mantissa, up) = significand(m, v);
        let code = m.concat(&[exponent.as_unsigned().trunc(8), mantissa]).called("code");
        let rounded = (code + up.to_uint()).trunc(31).called("rounded");
        (!v.bit(w - 1)).pick(m.u(0, 32), m.concat(&[negative.to_uint(), rounded]))
    } else {
        round(m, negative, v, exponent)
    };
    stage.pass("float", with_marks(m, number, marks))
}

/// The leading one moved to the top, by at most `limit`, and how far. By powers of two; `name` names the steps.
pub fn normalize<'m>(
    m: &'m Mod<'_>,
    name: Option<&str>,
    mut v: UInt<'m>,
    limit: Option<UInt<'m>>,
) -> (UInt<'m>, UInt<'m>) {
    let w = v.width();
    let mut count = Vec::new();
    for s in (0..bits_for_unsigned((w - 1).into())).rev() {
        let n = 1u32 << s;
        if n >= w {
            count.push(m.u(0, 1));
            continue;
        }
        let mut moves = !v.slice(w - n, n).any();
        if let Some(limit) = limit {
            // The count so far and this step, in units of the step.
            let so_far = m.concat(&[count.clone(), vec![m.u(1, 1)]].concat());
            let most = if s < limit.width() { limit >> s } else { m.u(0, 1) };
            moves = moves & so_far.le(most);
        }
        let moved = m.concat(&[v.trunc(w - n), m.u(0, 1).zext(n)]);
        if let Some(name) = name {
            moves = moves.named(format!("{name}_moves{n}"));
        }
        v = moves.pick(moved, v).called(format!("moved{n}"));
        if let Some(name) = name {
            v = v.named(format!("{name}_moved{n}"));
        }
        count.push(moves.to_uint());
    }
    (v, m.concat(&count))
}

/// Fraction bits of a number with its leading one at the top, and whether what is cut off rounds up.
fn significand<'m>(m: &'m Mod<'_>, v: UInt<'m>) -> (UInt<'m>, Bool<'m>) {
    let w = v.width();
    if w > 24 {
        let (kept, guard) = (v.slice(w - 24, 24), v.bit(w - 25));
        let sticky = if w > 25 { v.trunc(w - 25).any() } else { m.bool(false) };
        (kept.trunc(23), guard & (sticky | kept.bit(0)))
    } else {
        (m.concat(&[v, m.u(0, 1).zext(25 - w)]).slice(1, 23), m.bool(false))
    }
}

/// The code of a normalized number: subnormal where the top bit is not set (`exponent` is 1 then), infinite beyond the
/// largest number.
fn round<'m>(m: &'m Mod<'_>, negative: Bool<'m>, v: UInt<'m>, exponent: SInt<'m>) -> UInt<'m> {
    let w = exponent.width();
    let (mantissa, up) = significand(m, v);
    let over = exponent.gt(m.s(254, w.max(9)));
    let field = v.bit(v.width() - 1).pick(exponent.as_unsigned().trunc(8), m.u(0, 8)).called("field");
    let code = (m.concat(&[field, mantissa]) + up.to_uint()).trunc(31).called("code");
    m.concat(&[negative.to_uint(), over.pick(m.u(0x7f80_0000, 31), code)])
}

/// The number, or what the flags make of it: NaN, and both infinities if there are three of them.
fn with_marks<'m>(m: &'m Mod<'_>, number: UInt<'m>, marks: Option<UInt<'m>>) -> UInt<'m> {
    let nan = m.u(0x7fc0_0000, 32);
    match marks {
        None => number,
        Some(k) if k.width() == 1 => k.bit(0).pick(nan, number),
        Some(k) => {
            let (plus, minus) = (k.bit(1), k.bit(2));
            let infinite = m.concat(&[minus.to_uint(), m.u(0x7f80_0000, 31)]);
            (k.bit(0) | (plus & minus)).pick(nan, (plus | minus).pick(infinite, number))
        }
    }
}

/// An exact term of a float32 sum, its leading one at the top.
#[derive(Clone, Copy, Debug)]
pub struct Term<'m> {
    /// Below zero.
    pub negative: Bool<'m>,
    /// The magnitude, normalized; 24 bits at least.
    pub significand: UInt<'m>,
    /// The exponent's field that the top bit would have, unbounded.
    pub exponent: SInt<'m>,
    /// NaN, +infinity, -infinity.
    pub marks: UInt<'m>,
}

/// Registers that [`add`] has: the sum appears after so many.
pub const ADD_STAGES: u32 = 5;

/// `sum + term`, exact and then rounded once: operands compared, aligned, added, their leading
/// zeros counted, normalized (a register after each), rounded. An
/// exact zero is +0; a result that rounds to zero keeps its sign.
pub fn add<'m>(m: &'m Mod<'_>, run: Bool<'m>, name: &str, sum: UInt<'m>, term: Term<'m>) -> UInt<'m> {
    let reg = |n: &str| format!("{name}_{n}");
    let sum = sum.named(reg("old"));
    let p = term.significand.width();
    let (field, fraction) = (sum.slice(23, 8).named(reg("old_field")), sum.trunc(23).named(reg("old_fraction")));
    let (top, normal) = (field.all(), field.any().named(reg("old_normal")));
    let own = m.concat(&[normal.to_uint(), fraction]);
    let own = if p > 24 { m.concat(&[own, m.u(0, p - 24)]) } else { own };
    let own = own.named(reg("old_significand"));
    let own_exponent =
        m.concat(&[field.slice(1, 7), (field.bit(0) | !normal).to_uint()]).to_signed().called("own_exponent");
    let infinite = (top & !fraction.any()).named(reg("old_infinite"));
    let own_marks = [top & fraction.any(), infinite & !sum.bit(31), infinite & sum.bit(31)].map(Bool::to_uint);
    let marks = term.marks | m.lanes(&own_marks);

    // The larger exponent first; a term of zero counts as small.
    let wide = term.exponent.width().max(10);
    let (theirs, ours) = (term.exponent.sext(wide), own_exponent.sext(wide).named(reg("old_exponent")));
    let swap = (theirs.gt(ours) & term.significand.bit(p - 1)).named(reg("swap"));
    let exponent = m.delay(&reg("exponent"), run, swap.pick(theirs, ours));
    let distance = swap.pick(theirs - ours, ours - theirs).as_unsigned().named(reg("apart"));
    let most = p + 3;
    let bits = bits_for_unsigned(most.into());
    let far = distance.gt(m.lit(most.into())).called(reg("far"));
    let distance = m.delay(&reg("distance"), run, far.pick(m.u(most.into(), bits), distance.trunc(bits)));
    let big = m.delay(&reg("big"), run, swap.pick(term.significand, own));
    let small = m.delay(&reg("small"), run, swap.pick(own, term.significand));
    let sign = m.delay(&reg("big_sign"), run, swap.pick(term.negative, sum.bit(31)));
    let opposite = m.delay(&reg("opposite"), run, term.negative ^ sum.bit(31));
    let marks = m.delay(&reg("marks"), run, marks);

    let small = shift_right_sticky(m, name, m.concat(&[small, m.u(0, 3)]), distance).called("small");
    let small = m.delay(&reg("small_aligned"), run, small);
    let big = m.concat(&[m.delay(&reg("big_aligned"), run, big), m.u(0, 3)]).called("big");
    let sign = m.delay(&reg("sign_aligned"), run, sign);
    let opposite = m.delay(&reg("opposite_aligned"), run, opposite);
    let exponent = m.delay(&reg("exponent_aligned"), run, exponent);
    let marks = m.delay(&reg("marks_aligned"), run, marks);
    let total = (big + small).named(reg("plus")).to_signed();
    let difference = (big - small).named(reg("minus")).sext(p + 5);
    let x = opposite.pick(difference, total).named(reg("exact"));
    let negative = (sign ^ x.is_negative()) & x.as_unsigned().any();
    let negative = m.delay(&reg("negative"), run, negative);
    let magnitude = m.delay(&reg("magnitude"), run, x.abs().trunc(p + 4)).called("magnitude");
    // One bit above the larger operand's top.
    let above = m.delay(&reg("above"), run, exponent + m.s(1, 2));
    let marks = m.delay(&reg("marks_sum"), run, marks);

    // The exponent is positive here: the sum's own is. What is smaller stays subnormal.
    let limit = (above - m.s(1, 2)).as_unsigned().trunc(wide - 1).named(reg("limit"));
    let zeros = leading_zeros(m, magnitude).named(reg("zeros"));
    let count = zeros.zext(wide - 1).min(limit).trunc(zeros.width()).called("count");
    let count = m.delay(&reg("count"), run, count);
    let negative = m.delay(&reg("negative_late"), run, negative);
    let magnitude = m.delay(&reg("magnitude_late"), run, magnitude);
    let above = m.delay(&reg("above_late"), run, above);
    let marks = m.delay(&reg("marks_late"), run, marks);

    let negative = m.delay(&reg("sign"), run, negative);
    let v = m.delay(&reg("leading"), run, magnitude.shl_by(count));
    let exponent = m.delay(&reg("field"), run, above - count.to_signed()).called("exponent");
    let marks = m.delay(&reg("special"), run, marks);
    with_marks(m, round(m, negative, v, exponent), Some(marks))
}

/// Zeros above the leading one; the width, or a little more, where there is none.
fn leading_zeros<'m>(m: &'m Mod<'_>, v: UInt<'m>) -> UInt<'m> {
    let w = v.width();
    let places = w.next_power_of_two();
    // Whether a part is empty, and the zeros at its top; ones below the value end the count.
    let bit = |i: u32| if i < w { !v.bit(w - 1 - i) } else { m.bool(false) };
    let mut parts: Vec<(Bool<'m>, Option<UInt<'m>>)> = (0..places).map(|i| (bit(i), None)).collect();
    while parts.len() > 1 {
        let join = |p: &[(Bool<'m>, Option<UInt<'m>>)]| {
            let ((high, x), (low, y)) = (p[0], p[1]);
            let count = match (x, y) {
                (Some(x), Some(y)) => m.concat(&[high.to_uint(), high.pick(y, x)]),
                _ => high.to_uint(),
            };
            ((high & low).called("empty"), Some(count.called("zeros")))
        };
        parts = parts.chunks(2).map(join).collect();
    }
    parts[0].1.unwrap_or(m.u(0, 1))
}

/// Shifted right; the low bit says too whether anything but zeros was lost.
fn shift_right_sticky<'m>(m: &'m Mod<'_>, name: &str, mut v: UInt<'m>, n: UInt<'m>) -> UInt<'m> {
    let w = v.width();
    let mut lost = m.bool(false);
    for s in 0..n.width() {
        let by = 1u32 << s;
        let moves = n.bit(s);
        let (out, moved) = if by < w {
            (v.trunc(by).any(), m.concat(&[m.u(0, by), v.slice(by, w - by)]))
        } else {
            (v.any(), m.u(0, w))
        };
        lost = (lost | (moves & out)).named(format!("{name}_lost{by}"));
        v = moves.pick(moved, v).named(format!("{name}_aligned{by}"));
    }
    m.concat(&[v.slice(1, w - 1), (v.bit(0) | lost).to_uint()]).named(format!("{name}_aligned"))
}

/// The number of `w` bits, in units of `2^unit`, that a float32 stands for (it is a multiple of the unit), and its flags.
pub fn from_float32<'m>(m: &'m Mod<'_>, code: UInt<'m>, unit: i32, w: u32, count: u32) -> (SInt<'m>, Option<UInt<'m>>) {
    let (e, frac) = (code.slice(23, 8), code.trunc(23));
    let top = e.all();
    let significand = m.concat(&[e.any().to_uint(), frac]);
    let shift = (e - m.u((unit + 127) as u64, 8)).as_unsigned();
    let most = w + 23;
    let bits = bits_for_unsigned(most.into()).min(shift.width());
    let wide = significand.zext(most.max(24) + 1).shl_by(shift.trunc(bits));
    let magnitude = (wide >> 23).trunc(w - 1);
    let magnitude = (top | !e.any()).pick(m.bits(Bits::zero(w - 1)), magnitude);
    let signed = magnitude.to_signed();
    let value = code.bit(31).pick((-signed).trunc(w), signed);
    let (nan, infinite) = (top & frac.any(), top & !frac.any());
    let marks = match count {
        0 => None,
        1 => Some(nan.to_uint()),
        _ => Some(m.lanes(&[nan.to_uint(), (infinite & !code.bit(31)).to_uint(), (infinite & code.bit(31)).to_uint()])),
    };
    (value, marks)
}
