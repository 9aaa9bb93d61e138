use num_bigint::BigUint;

use super::form::{Form, Kind};
use super::{Checked, Config};
use crate::blocks::parts::float32::nearest_in_24_bits;
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_range, bits_for_unsigned, Bits, Range, Rounding};

/// What one lane of one beat needs besides its accumulator.
struct Constants<'m> {
    multiplier: UInt<'m>,
    /// Second shift of the double rounding.
    right: UInt<'m>,
    /// Added before the shift.
    bias: SInt<'m>,
    /// The zero point with the channel's offset.
    zero_point: SInt<'m>,
}

/// The fields of a word of constants: channels' own ones; what all have in common stands in the logic.
struct Widths {
    multiplier: u32,
    right: u32,
    bias: u32,
    zero_point: u32,
}

impl Widths {
    fn new(c: &Checked<Config>) -> Widths {
        let form = c.derived();
        let one = |own: bool, bits: u32| if own { bits } else { 0 };
        Widths {
            multiplier: one(form.multipliers.len() > 1, form.multiplier_bits()),
            right: one(form.rights.len() > 1, right_bits(form)),
            bias: one(form.biases.len() > 1, form.bias_bits()),
            zero_point: one(!c.offsets.is_empty(), zero_bits(c)),
        }
    }

    fn lane(&self) -> u32 {
        self.multiplier + self.right + self.bias + self.zero_point
    }

    /// A channel's constants; padding behind the last one has the first one's.
    fn word(&self, c: &Checked<Config>, channel: usize) -> BigUint {
        let form = c.derived();
        let mut word = BigUint::ZERO;
        let mut at = 0;
        let mut put = |bits: u32, value: i64| {
            word |= BigUint::from(value as u64 & (u64::MAX >> (64 - bits))) << at;
            at += bits;
        };
        if self.multiplier > 0 {
            put(self.multiplier, form.multipliers.get(channel).copied().unwrap_or(form.multipliers[0]));
        }
        if self.right > 0 {
            put(self.right, form.rights.get(channel).copied().unwrap_or(0).into());
        }
        if self.bias > 0 {
            put(self.bias, form.biases.get(channel).copied().unwrap_or(0));
        }
        if self.zero_point > 0 {
            put(self.zero_point, if channel < c.offsets.len() { c.zero_point_of(channel) } else { 0 });
        }
        word
    }
}

/// What makes a lane's products.
#[derive(Clone, Copy)]
enum Products<'m> {
    /// A multiplier.
    AtOnce,
    /// Shifted sums, so many bits of the multiplier in a cycle.
    Serial(Steps<'m>),
}

/// The cycles of a beat.
#[derive(Clone, Copy)]
struct Steps<'m> {
    digit: u32,
    n: u32,
    /// The beat's first cycle.
    first: Bool<'m>,
    /// Another one follows.
    go: Bool<'m>,
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.acc_bits, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.out_bits, c.out_signed), true);

    let n = c.cycles(c.derived().multiplier_bits());
    m.section(if n == 1 {
        "the pipeline moves as one, unless a beat waits at its end"
    } else {
        "operands wait for their product; what is behind moves as one, unless a beat waits at its end"
    });
    let valid = [0, 1, 2, 3].map(|i| m.reg_b(&format!("valid_p{i}")).reset(0));
    let run = (!valid[3].q() | out.ready()).named("run");
    let (take, some, products) = if n == 1 {
        let products = match c.digit {
            0 => Products::AtOnce,
            digit => Products::Serial(Steps { digit, n, first: m.bool(true), go: m.bool(false) }),
        };
        (run, valid[0].q(), products)
    } else {
        let step = m.counter("step", n.into()).reset(0);
        let done = step.q().eq(m.u((n - 1).into(), step.q().width())).named("done");
        let take = (run & (done | !valid[0].q())).named("take");
        let go = (valid[0].q() & !done).named("go");
        let next = (step.q() + m.u(1, 1)).trunc(step.q().width()).called("next_value");
        step.set_when(take | go, take.pick(m.u(0, next.width()), next));
        let first = (!step.q().any()).named("first");
        (take, done & valid[0].q(), Products::Serial(Steps { digit: c.digit, n, first, go }))
    };
    s.set_ready(take);
    let mut before = s.valid();
    let mut last = s.last();
    for (i, v) in valid.iter().enumerate() {
        let enable = if i == 0 { take } else { run };
        v.set_when(enable, before);
        last = m.delay(&format!("last_p{i}"), enable, last);
        before = if i == 0 { some } else { v.q() };
    }

    m.section("operands: accumulators, and their channels' constants");
    let constants = constants(&m, c, s.fire());
    let accs: Vec<SInt> = (0..c.lanes).map(|i| m.delay(&format!("acc{i}"), take, s.lane_s(i))).collect();
    let mut codes = Vec::new();
    for (i, (acc, constant)) in accs.into_iter().zip(&constants).enumerate() {
        codes.push(lane(&m, c, i, (run, products), acc, constant));
    }
    out.drive(valid[3].q(), m.lanes(&codes), Some(last));
    m.finish()
}

/// The constants of each lane, one cycle after the beat was accepted: fixed ones, or from a ROM that is
/// addressed by the beat of the frame.
fn constants<'m>(m: &'m Mod<'_>, c: &Checked<Config>, take: Bool<'m>) -> Vec<Constants<'m>> {
    let (form, widths) = (c.derived(), Widths::new(c));
    let multiplier = || m.u(form.multipliers[0] as u64, form.multiplier_bits());
    let right = || m.u(form.rights.first().copied().unwrap_or(0).into(), right_bits(form));
    let bias = || m.s(form.biases.first().copied().unwrap_or(0), form.bias_bits());
    let zero_point = || m.s(c.zero_point, zero_bits(c));
    let lane_bits = widths.lane();
    if lane_bits == 0 {
        let fixed = |_| Constants { multiplier: multiplier(), right: right(), bias: bias(), zero_point: zero_point() };
        return (0..c.lanes).map(fixed).collect();
    }
    let beats = c.channels.div_ceil(c.lanes);
    let word = |beat: u32| {
        let lanes = (0..c.lanes).rev().map(|lane| widths.word(c, (beat * c.lanes + lane) as usize));
        Bits::new(lane_bits * c.lanes, lanes.fold(BigUint::ZERO, |value, lane| (value << lane_bits) | lane))
    };
    let beat = m.counter("beat", beats.into()).reset(0);
    m.count_to(beat, beats.into(), take);
    let q = m.rom("constants", (0..beats).map(word).collect(), take, beat.q().zext(bits_for_count(beats.into())));
    (0..c.lanes)
        .map(|i| {
            let own = q.slice(i * lane_bits, lane_bits).called("own");
            let mut at = 0;
            let mut field = |bits: u32| {
                at += bits;
                (bits > 0).then(|| own.slice(at - bits, bits))
            };
            Constants {
                multiplier: field(widths.multiplier).map_or_else(multiplier, |v| v.named(format!("multiplier{i}"))),
                right: field(widths.right).unwrap_or_else(right),
                bias: field(widths.bias).map_or_else(bias, |v| v.as_signed()),
                zero_point: field(widths.zero_point).map_or_else(zero_point, |v| v.as_signed()),
            }
        })
        .collect()
}

/// Bits of a zero point, offsets included.
fn zero_bits(c: &Config) -> u32 {
    bits_for_range(c.zero_points(), true)
}

fn right_bits(form: &Form) -> u32 {
    bits_for_unsigned(form.rights.iter().copied().max().unwrap_or(0).into())
}

/// Product, rounding and clamp of one lane, a register after each.
fn lane<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    i: usize,
    (run, products): (Bool<'m>, Products<'m>),
    acc: SInt<'m>,
    k: &Constants<'m>,
) -> UInt<'m> {
    let form = c.derived();
    if i == 0 {
        m.section("product, rounding and clamp, a register after each");
    }
    let right = m.delay(&format!("right{i}"), run, k.right);
    let rounded = match form.kind {
        Kind::Affine => {
            let product = m.delay(&format!("product{i}"), run, products.product(m, i, acc, k.multiplier));
            let bias = if form.biases.len() > 1 { m.delay(&format!("bias{i}"), run, k.bias) } else { k.bias };
            (product + bias) >> form.shift
        }
        Kind::HalfEven => {
            let product = m.delay(&format!("product{i}"), run, products.product(m, i, acc, k.multiplier));
            let product = product.sext(product.width().max(form.shift + 1)).called("wide");
            let half = m.s((1 << (form.shift - 1)) - 1, form.shift.max(2));
            let odd = product.as_unsigned().bit(form.shift).to_uint().to_signed();
            (product + (half + odd).called("half")) >> form.shift
        }
        Kind::Double => {
            let product = m.delay(&format!("product{i}"), run, products.product(m, i, acc, k.multiplier));
            let high = ((product + m.s(1 << 30, 32)) >> 31).called("high");
            match form.rights[..] {
                [fixed] => high.round_shift(fixed, Rounding::HalfAway),
                _ => round_shift_by(m, high, right),
            }
        }
        Kind::SignMagnitude | Kind::TieWindow { .. } => {
            let negative = m.delay(&format!("negative{i}"), run, acc.is_negative());
            let mut magnitude = acc.abs().called("magnitude");
            if matches!(form.kind, Kind::TieWindow { .. }) {
                let most = c.acc_min.unsigned_abs().max(c.acc_max.unsigned_abs());
                magnitude = nearest_in_24_bits(magnitude, bits_for_unsigned(most.into()));
            }
            let product = products.unsigned(m, i, magnitude, k.multiplier);
            let product = m.delay(&format!("product{i}"), run, product);
            let nearest = if let Kind::TieWindow { odd, .. } = form.kind {
                tie_window(m, c, i, product, negative, odd)
            } else {
                (product + (m.u(1, 1) << (form.shift - 1))) >> form.shift
            };
            let positive = nearest.to_signed().called("positive");
            negative.pick((-positive).trunc(positive.width()), positive)
        }
    };
    let rounded = m.delay(&format!("rounded{i}"), run, rounded);
    // The channel's offset comes along with the rounding.
    let zero_point =
        if c.offsets.is_empty() { k.zero_point } else { m.pipe(&format!("zero_point{i}"), run, k.zero_point, 2) };
    let moved = match fixes(m, c, i, run, acc) {
        Some(moved_by) => rounded + moved_by,
        None if c.zero_points() == Range::new(0, 0) => rounded,
        None => rounded + zero_point,
    };
    let clamped = moved.clamp(c.min, c.max).called("clamped");
    let code = clamped.sext(clamped.width().max(c.out_bits)).trunc(c.out_bits).called("code");
    m.delay(&format!("code{i}"), run, code.as_unsigned())
}

impl<'m> Products<'m> {
    fn product(self, m: &'m Mod<'_>, i: usize, a: SInt<'m>, b: UInt<'m>) -> SInt<'m> {
        match self {
            Products::AtOnce => a * b.to_signed(),
            Products::Serial(steps) => steps.product(m, i, a, b),
        }
    }

    fn unsigned(self, m: &'m Mod<'_>, i: usize, a: UInt<'m>, b: UInt<'m>) -> UInt<'m> {
        match self {
            Products::AtOnce => a * b,
            Products::Serial(steps) => {
                let product = steps.product(m, i, a.to_signed(), b).called("product");
                product.as_unsigned().trunc(a.width() + steps.n * steps.digit)
            }
        }
    }
}

impl<'m> Steps<'m> {
    /// `a b`, in a beat's last cycle: low digits of `b` first, each times `a` on top of what is there, shifted down by a digit.
    fn product(self, m: &'m Mod<'_>, i: usize, a: SInt<'m>, b: UInt<'m>) -> SInt<'m> {
        let (digit, all) = (self.digit, self.n * self.digit);
        let rest = b.zext(all).called("rest");
        if self.n == 1 {
            return self.times(m, a, rest);
        }
        // Digits to come, and behind them those of the product that are done.
        let held = m.reg_u(&format!("digits{i}"), all);
        let rest = self.first.pick(rest, held.q()).called("rest");
        let high = m.reg_s(&format!("high{i}"), a.width());
        let before = self.first.pick(m.s(0, a.width()), high.q()).called("before");
        let sum =
            (before + self.times(m, a, rest.trunc(digit))).at_width(a.width() + digit).named(format!("partial{i}"));
        high.set_when(self.go, (sum >> digit).at_width(a.width()));
        let (low, coming) = (sum.as_unsigned().trunc(digit), rest.slice(digit, all - digit));
        held.set_when(self.go, m.concat(&[low, coming]));
        m.concat(&[sum.as_unsigned(), coming]).as_signed()
    }

    /// `a` times a digit.
    fn times(self, m: &'m Mod<'_>, a: SInt<'m>, digit: UInt<'m>) -> SInt<'m> {
        let part = |bit: u32| (digit.bit(bit).pick(a, m.s(0, a.width())) << bit).called(format!("part{bit}"));
        let sum = (1..self.digit).fold(part(0), |sum, bit| (sum + part(bit)).called("parts"));
        sum.at_width(a.width() + self.digit)
    }
}

/// The zero point, one more or less for accumulators that need it; beside `rounded`.
fn fixes<'m>(m: &'m Mod<'_>, c: &Checked<Config>, i: usize, run: Bool<'m>, acc: SInt<'m>) -> Option<SInt<'m>> {
    let zero = c.zero_point;
    let bits = bits_for_range(Range::new((zero - 1).into(), (zero + 1).into()), true);
    let mut moved: Option<SInt> = None;
    for (name, delta) in [("more", 1), ("less", -1)] {
        let values: Vec<i64> = c.derived().fixes.iter().filter(|f| f.1 == delta).map(|f| f.0).collect();
        let Some((first, rest)) = values.split_first() else { continue };
        let is = |v: i64| acc.eq(m.s(v, c.acc_bits));
        let hit = rest.iter().fold(is(*first), |any, v| any | is(*v));
        let hit = m.pipe(&format!("{name}{i}"), run, hit.to_uint(), 2).bit(0);
        moved = Some(hit.pick(m.s(zero + delta, bits), moved.unwrap_or(m.s(zero, bits))));
    }
    moved
}

/// `x / 2^n`, half away from zero, for a run-time `n`.
fn round_shift_by<'m>(m: &'m Mod<'_>, x: SInt<'m>, n: UInt<'m>) -> SInt<'m> {
    let top = (1u32 << n.width()).min(32);
    let half = (m.u(1, top).shl_by(n) >> 1).called("half");
    let down = (x.is_negative() & n.any()).to_uint();
    let biased = (x + (half.to_signed() - down.to_signed())).called("biased");
    biased.shr_by(n)
}

/// See [`super::form::tie_window`]. Only octaves whose result can survive the clamp are searched for the leading
/// one, and of those only the ones whose window can reach a tie.
fn tie_window<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    i: usize,
    product: UInt<'m>,
    negative: Bool<'m>,
    odd: bool,
) -> UInt<'m> {
    let s = c.derived().shift;
    let n = product.zext(product.width().max(s + 1));
    let quotient = (n >> s).named(format!("quotient{i}"));
    let rem = n.trunc(s).called("rem_value");
    let half = m.u(1, 1) << (s - 1);
    let distance = (rem - half).abs().named(format!("distance{i}"));
    let zero = c.zero_points();
    let ends =
        [c.min, c.max].into_iter().flat_map(|code| [zero.lo, zero.hi].map(|z| (i128::from(code) - z).unsigned_abs()));
    let most = ends.max().unwrap_or(0) + 1;
    let high = (s + bits_for_unsigned(most) + 1).min(n.width() - 1);
    let low = 24.max(s.saturating_sub(2));
    let near = if low > high {
        distance.eq(m.u(0, 1).zext(distance.width()))
    } else {
        let lead: Vec<UInt> = (low..=high)
            .map(|bit| {
                let above = if bit == high { m.bool(false) } else { n.slice(bit + 1, high - bit).any() };
                (n.bit(bit) & !above).to_uint()
            })
            .collect();
        let window = m.lanes(&lead);
        let window = if low > 24 { window << (low - 24) } else { window };
        window.named(format!("window{i}")).ge(distance)
    };
    let near = near_the_sum(m, c, i, quotient, negative, distance).map_or(near, |n| near | n);
    let parity = if odd { !quotient.bit(0) } else { quotient.bit(0) };
    let up = near.pick(parity.to_uint(), rem.gt(half).to_uint()).called("up");
    quotient + up
}

/// Where the zero point is added before the rounding, float32's ulp is that of the sum: its leading one gives the window.
fn near_the_sum<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    i: usize,
    quotient: UInt<'m>,
    negative: Bool<'m>,
    distance: UInt<'m>,
) -> Option<Bool<'m>> {
    let Kind::TieWindow { zero: Some(zero), .. } = c.derived().kind else { return None };
    let s = c.derived().shift;
    let q = quotient.to_signed();
    let signed = negative.pick((-q).at_width(q.width() + 1), q.sext(q.width() + 1));
    let zero = m.s(zero, bits_for_range(Range::new(zero.into(), zero.into()), true));
    let sum = (signed + zero).abs().named(format!("sum{i}"));
    // Larger sums are clamped, whatever they round to.
    let most = c.max.unsigned_abs().max(c.min.unsigned_abs()) + 2;
    let high = bits_for_unsigned(most.into()).min(sum.width() - 1);
    let low = 24u32.saturating_sub(s);
    if low > high {
        return None;
    }
    let lead: Vec<UInt> = (low..=high)
        .map(|bit| {
            let above = if bit == high { m.bool(false) } else { sum.slice(bit + 1, high - bit).any() };
            (sum.bit(bit) & !above).to_uint()
        })
        .collect();
    let window = m.lanes(&lead);
    let at = s + low - 24;
    let window = if at > 0 { window << at } else { window };
    Some(window.named(format!("sum_window{i}")).ge(distance) & sum.slice(low, high + 1 - low).any())
}
