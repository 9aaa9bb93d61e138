//! What follows from a configuration: fixed points, widths, cycles.

use super::Config;
use crate::blocks::parts::{product, tree};
use crate::num::{bits_for_range, bits_for_unsigned, range_of, Range};

/// Bits of a fraction of an octave.
pub const FRACTION: u32 = 8;
/// Bits of a sum of products that a multiplier takes at once.
pub const LIMB: u32 = 18;
/// Groups of multipliers at most: fewer than the cycles of a division. A group has [`GROUP`] of them at least.
const GROUPS: u32 = 4;
/// Multipliers that an exponential goes to in a cycle.
const GROUP: u32 = 4;
/// Octaves of a step of the maximum, as a shift.
pub const STEP: u32 = 2;
/// Keys that a maximum looks ahead, itself counted: two levels of pairs.
pub const AHEAD: u32 = 4;
/// Places of keys: the oldest one has its maximum.
pub const PLACES: u32 = AHEAD + 3;
/// Registers from a key that leaves its place to its exponential.
pub const WEIGHED: u32 = 3;
/// Bits of the quotient beyond those that the longest sum takes from it.
const GUARD: u32 = 12;

/// Fixed points and widths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Widths {
    /// Bits of a sum of products.
    pub acc_bits: u32,
    /// Of sums, for fractions of octaves.
    pub multiplier: u64,
    /// Bits dropped of that product.
    pub shift: u32,
    /// Bits of `t`.
    pub t_bits: u32,
    /// Bits of a maximum in steps: with room for the least one, from which as many may be taken as a maximum looks ahead.
    pub step_bits: u32,
    /// Bits of the denominator.
    pub den_bits: u32,
    /// Bits of a numerator, with its sign.
    pub num_bits: u32,
    /// `N`.
    pub numerator: u64,
    /// `K`.
    pub point: u32,
    /// Bits of `F`.
    pub quotient_bits: u32,
    /// Multipliers of a group, and groups.
    pub group: u32,
    /// See `group`.
    pub groups: u32,
    levels: u32,
    beats: u32,
}

impl Widths {
    /// Of settings that go together.
    pub fn of(c: &Config) -> Widths {
        let span = |zero: i64| {
            let r = range_of(c.bits, c.signed).map_or((0, 0), |r| (r.lo, r.hi));
            (r.0 - i128::from(zero)).abs().max(r.1 - i128::from(zero))
        };
        let most = span(c.q_zero) * span(c.k_zero) * i128::from(c.depth);
        let acc_bits = bits_for_range(Range::new(-most, most), true);
        // A multiplier of 16 bits.
        let real = c.scale * std::f64::consts::LOG2_E * f64::from(1u32 << FRACTION);
        let shift = (15 - real.log2().floor() as i32).clamp(0, 48) as u32;
        let multiplier = (real * 2f64.powi(shift as i32)).round().max(1.0) as u64;
        let t = most * i128::from(multiplier);
        let t_bits = bits_for_range(Range::new(-t - 1, t), true).saturating_sub(shift).max(FRACTION + 2);
        let step_bits = (t_bits - FRACTION - STEP.min(t_bits - FRACTION - 1)).max(4) + 2;
        let den_bits = bits_for_unsigned(u128::from(c.keys) * ((1 << c.precision) - 1));
        let num = i128::from(c.keys) * i128::from((1u32 << c.precision) - 1) * span(c.v_zero);
        let num_bits = bits_for_range(Range::new(-num - 1, num), true);
        let point = (den_bits + GUARD) as i32 - c.out_scale.log2().floor() as i32;
        let numerator = (c.out_scale * 2f64.powi(point)).round() as u64;
        // A denominator has a sixteenth of an exponential's range at least: the largest key's, a step below its maximum.
        let least = c.precision - (1 << STEP);
        let quotient_bits = bits_for_unsigned(u128::from(numerator >> least));
        let (levels, beats) = (tree::levels(c.depth), c.width / c.out_lanes);
        let point = point as u32;
        let group = GROUP.max(c.width.div_ceil(GROUPS));
        let groups = c.width.div_ceil(group);
        Widths {
            acc_bits,
            multiplier,
            shift,
            t_bits,
            step_bits,
            den_bits,
            num_bits,
            numerator,
            point,
            quotient_bits,
            group,
            groups,
            levels,
            beats,
        }
    }

    /// Cycles from a key to its score.
    pub fn to_score(&self) -> u32 {
        3 + self.levels + u32::from(self.acc_bits > LIMB)
    }

    /// Cycles from a key to the one in which its value is taken, where no key is waited for.
    fn until_value(&self) -> u32 {
        self.to_score() + PLACES + WEIGHED
    }

    /// Cycles from the value of a query's last key to the last read of its sums: three to its sums, the division, the reads.
    fn behind_value(&self) -> u64 {
        u64::from(3 + self.quotient_bits + 1 + self.beats)
    }

    /// Cycles from a query's last key to the last read of its sums.
    pub fn to_last_issue(&self) -> u64 {
        u64::from(self.until_value()) + self.behind_value()
    }

    /// Cycles between the last keys of two queries at least: the sums of one are held at a time.
    pub fn tail_cycles(&self) -> u64 {
        self.behind_value() + 1
    }

    /// Cycles from the read of a sum to its result.
    pub fn result_cycles(&self) -> u32 {
        1 + product::whole_cycles(self.num_bits, self.quotient_bits) + 3
    }
}
