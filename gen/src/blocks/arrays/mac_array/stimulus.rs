use super::{order, Accumulator, Cell, Checked, Config, Dataflow, Format, Mac, Shape};
use crate::blocks::stimulus::elements;
use crate::num::minifloat::MiniFloat;
use crate::num::{range_of, Prng};

/// Every dataflow with every element it can have, odd sizes, any sign mix, zero points.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let c = candidate(rng);
        if c.rules().is_empty() {
            return c;
        }
    }
}

fn candidate(rng: &mut Prng) -> Config {
    let dataflow = *rng.pick(Dataflow::ALL);
    let mac = *rng.pick(Mac::ALL);
    let size = |rng: &mut Prng, most: u64| 1 + rng.below(most) as u32;
    let (m, k, n) = (size(rng, 12), size(rng, 24), size(rng, 12));
    let (mut rows, mut cols) = (size(rng, 6), size(rng, 5));
    if rng.chance(0.1) {
        (rows, cols) = (1, 1);
    }
    let mut depth = match dataflow {
        Dataflow::Cube | Dataflow::Tree => size(rng, 6),
        _ => 1,
    };
    if mac == Mac::Lookup {
        depth = 4 * size(rng, 2);
    }
    if mac == Mac::Packed {
        cols = 2 * size(rng, 3);
    }
    if mac.serial() {
        rows = size(rng, 4);
    }
    let widths = [1, 2, 3, 4, 5, 7, 8, 8, 8, 13, 16];
    let small = [2, 3, 4, 4, 4, 5];
    let bits = |rng: &mut Prng| if mac == Mac::Packed { *rng.pick(&small) } else { *rng.pick(&widths) };
    let (mut a_bits, mut b_bits) = (bits(rng), bits(rng));
    let (mut a_signed, mut b_signed) = (rng.chance(0.5), rng.chance(0.5));
    if mac == Mac::Ternary {
        (b_bits, b_signed) = (2, true);
    }
    let zero = |rng: &mut Prng, bits, signed| {
        let r = range_of(bits, signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
        match rng.below(4) {
            0 => *rng.pick(&[r.0, r.1]),
            1 => rng.range(r.0, r.1),
            _ => 0,
        }
    };
    let format = match mac {
        Mac::LMul => *rng.pick(&[Format::E4m3, Format::E5m2]),
        Mac::Plain => *rng.pick(Format::ALL),
        _ => Format::Int,
    };
    let mut accumulator = Accumulator::Exact;
    if let Some(f) = format.minifloat() {
        (a_bits, b_bits, a_signed, b_signed) = (f.bits(), f.bits(), true, true);
        if dataflow != Dataflow::WeightStationary {
            accumulator = *rng.pick(Accumulator::ALL);
        }
    }
    let float = format != Format::Int;
    let a_zero = if float { 0 } else { zero(rng, a_bits, a_signed) };
    let b_zero = if float || mac == Mac::Ternary { 0 } else { zero(rng, b_bits, b_signed) };
    let pipeline = rng.below(1 + u64::from(Cell::most_pipeline(mac, depth))) as u32;
    Config {
        dataflow,
        mac,
        rows,
        cols,
        depth,
        m,
        k,
        n,
        a_bits,
        a_signed,
        a_zero,
        b_bits,
        b_signed,
        b_zero,
        format,
        accumulator,
        pipeline,
    }
}

/// Codes of a format; NaN and infinities only with `special`, or no sum would show anything else.
pub fn codes(rng: &mut Prng, n: usize, f: MiniFloat, special: bool) -> Vec<i64> {
    let finite = |c: u32| f.units(c).is_some();
    let largest = (0..1u32 << (f.bits() - 1)).rev().find(|c| finite(*c)).unwrap_or(0);
    let sign = 1u32 << (f.bits() - 1);
    let corners = [0, sign, 1, sign + 1, largest, largest + sign, 1 << f.mantissa];
    let mut draw = || loop {
        let code = if rng.chance(0.3) { *rng.pick(&corners) } else { rng.below(u64::from(sign) * 2) as u32 };
        if special || finite(code) {
            // The harness wants two's complement.
            return if code >= sign { i64::from(code) - 2 * i64::from(sign) } else { i64::from(code) };
        }
    };
    (0..n).map(|_| draw()).collect()
}

/// Matrices in the order of the streams, with anything in the padding; sometimes the extremes of every sum.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let s: &Shape = c.derived();
    if let Some(f) = c.format.minifloat() {
        let special = rng.chance(0.25);
        return vec![codes(rng, s.a_elements(c), f, special), codes(rng, s.b_elements(c), f, special)];
    }
    let mut a = elements(rng, s.a_elements(c) as u64, c.a_bits, c.a_signed);
    let mut b = elements(rng, s.b_elements(c) as u64, c.b_bits, c.b_signed);
    if c.mac == Mac::Ternary {
        b.iter_mut().for_each(|w| *w = (*w).max(-1));
    }
    if rng.chance(0.3) {
        let (x, y) = (range_of(c.a_bits, c.a_signed), range_of(c.b_bits, c.b_signed));
        let end = |rng: &mut Prng, r: Option<crate::num::Range>| r.map_or(0, |r| *rng.pick(&[r.lo, r.hi]) as i64);
        let (x, y) = (end(rng, x), end(rng, y));
        a.fill(x);
        b.fill(if c.mac == Mac::Ternary { y.max(-1) } else { y });
    } else if rng.chance(0.3) {
        let matrix = |v: &[i64], n: u32| v.iter().cycle().take(n as usize).copied().collect::<Vec<_>>();
        (a, b) = (order::pack_a(c, &matrix(&a, c.m * c.k)), order::pack_b(c, &matrix(&b, c.k * c.n)));
    }
    vec![a, b]
}
