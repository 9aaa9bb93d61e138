use super::{mac_array, Accumulator, Checked, Config, Dataflow, Format, Mac, ScaleFormat};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Every format, scale and accumulator; odd sizes; one row, and more rows than a sum needs cycles.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let c = candidate(rng);
        if c.rules().is_empty() && Checked::new(c.array()).is_ok() {
            return c;
        }
    }
}

fn candidate(rng: &mut Prng) -> Config {
    let dataflow = *rng.pick(&[Dataflow::OutputStationary, Dataflow::Cube, Dataflow::Tree]);
    let size = |rng: &mut Prng, most: u64| 1 + rng.below(most) as u32;
    let format = *rng.pick(Format::ALL);
    let mac = match format {
        Format::Int => *rng.pick(&[Mac::Plain, Mac::Plain, Mac::CarrySave, Mac::Packed]),
        Format::E4m3 | Format::E5m2 => *rng.pick(&[Mac::Plain, Mac::LMul]),
        _ => Mac::Plain,
    };
    let bits = |rng: &mut Prng| format.minifloat().map_or(*rng.pick(&[2, 4, 4, 8, 8, 11]), |f| f.bits());
    let (a_bits, b_bits) = (bits(rng), bits(rng));
    let rows = size(rng, 6);
    let cols = if mac == Mac::Packed { 2 * size(rng, 2) } else { size(rng, 3) };
    let depth = if dataflow == Dataflow::OutputStationary { 1 } else { size(rng, 8) };
    let scale = *rng.pick(ScaleFormat::ALL);
    Config {
        dataflow,
        mac,
        rows,
        cols,
        depth,
        m: rows + rng.below(2) as u32,
        blocks: size(rng, 3),
        n: cols + u32::from(rng.chance(0.3)),
        block: *rng.pick(&[1, 3, 4, 8, 8, 16, 32]),
        format,
        a_bits,
        b_bits,
        scale,
        scale_bits: if scale == ScaleFormat::E8m0 { 8 } else { size(rng, 8) },
        accumulator: *rng.pick(Accumulator::ALL),
        pipeline: rng.below(4) as u32,
    }
}

/// Elements as `mac_array` draws them. Scales near each other, so that sums meet; or anything, so that they overflow and
/// vanish; or such that results are subnormal. Sometimes the second half of the blocks takes back the first one.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let s = c.derived();
    let sizes = s.frame_elements(c);
    let drawn: Vec<Vec<i64>> = match c.format.minifloat() {
        Some(f) => {
            let special = rng.chance(0.25);
            sizes[..2].iter().map(|n| mac_array::codes(rng, *n, f, special)).collect()
        }
        None => {
            [(sizes[0], c.a_bits), (sizes[1], c.b_bits)].map(|(n, bits)| elements(rng, n as u64, bits, true)).into()
        }
    };
    let (lo, hi) = match c.scale {
        ScaleFormat::E8m0 => (0, 254),
        ScaleFormat::Exponent => (-(1i64 << (c.scale_bits - 1)), (1 << (c.scale_bits - 1)) - 1),
    };
    let (centre, spread) = match rng.below(5) {
        0 => (rng.range(lo, hi), hi - lo),
        1 => (hi, 6),
        // Sums of scales about 2^-149.
        2 => (if c.scale == ScaleFormat::E8m0 { 58 } else { lo }, 6),
        _ => ((lo + hi + 1) / 2, *rng.pick(&[0, 2, 12])),
    };
    let nan = c.scale == ScaleFormat::E8m0 && rng.chance(0.1);
    let mut scales = |n: usize| {
        let one = |rng: &mut Prng| (centre + rng.range(-spread, spread)).clamp(lo, hi);
        (0..n).map(|_| if nan && rng.chance(0.1) { 255 } else { one(rng) }).collect::<Vec<i64>>()
    };
    let (a, b) = (scales(sizes[2]), scales(sizes[3]));
    let mut frame = drawn;
    frame.extend([a, b]);
    if c.blocks > 1 && rng.chance(0.3) {
        ladder(c, &mut frame[2..], (lo, hi), rng);
    }
    if c.blocks > 1 && rng.chance(0.4) {
        cancel(c, &mut frame, 1 + rng.below(u64::from(c.blocks) - 1) as usize);
    }
    frame
}

/// Of three blocks the second one reaches the last bits of the first one's sum, and the third lets just those be lost: ties, and what
/// decides them.
fn ladder(c: &Checked<Config>, scales: &mut [Vec<i64>], (lo, hi): (i64, i64), rng: &mut Prng) {
    let centre = (lo + hi + 1) / 2;
    scales[1].fill(centre);
    for (block, rows) in scales[0].chunks_mut(c.rows as usize).enumerate() {
        let step = match block % c.blocks as usize % 3 {
            0 => 0,
            1 => -rng.range(14, 24),
            _ => rng.range(0, 8),
        };
        rows.fill((centre + step).clamp(lo, hi));
    }
}

/// A block is the first one with the signs of `a` turned: sums near zero, with the blocks around it or none left.
fn cancel(c: &Checked<Config>, frame: &mut [Vec<i64>], back: usize) {
    let s = c.derived();
    let (rows, cols, depth, steps) = (c.rows as usize, c.cols as usize, c.depth as usize, s.steps as usize);
    let lengths = [steps * rows * depth, steps * cols * depth, rows, cols];
    let lowest = -(1i64 << (c.a_bits - 1));
    for (stream, length) in frame.iter_mut().zip(lengths) {
        for tile in stream.chunks_mut(length * c.blocks as usize) {
            let (first, rest) = tile.split_at_mut(length);
            rest[(back - 1) * length..][..length].copy_from_slice(first);
        }
    }
    for tile in frame[0].chunks_mut(lengths[0] * c.blocks as usize) {
        for x in &mut tile[back * lengths[0]..][..lengths[0]] {
            *x = match c.format {
                Format::Int => (-*x).min(-lowest - 1),
                // The sign bit, in two's complement.
                _ if *x < 0 => *x - lowest,
                _ => *x + lowest,
            };
        }
    }
}

/// What results show.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let any = |f: fn(u32) -> bool| outputs[0].iter().any(|x| f(*x as u32));
    let rounded = c.accumulator == Accumulator::Float32;
    vec![
        ("a zero result", any(|x| x == 0)),
        ("a normal result", any(|x| (1..255).contains(&(x >> 23 & 0xff)))),
        ("a subnormal result", any(|x| x >> 23 & 0xff == 0 && x & 0x7f_ffff != 0)),
        ("an infinite result", any(|x| x & 0x7fff_ffff == 0x7f80_0000)),
        ("NaN", any(|x| x == 0x7fc0_0000)),
        ("a scale that is NaN", c.scale == ScaleFormat::E8m0 && inputs[2].contains(&255)),
        ("float32 sums", rounded),
        ("exact sums", !rounded),
    ]
}
