//! Widths derived from ranges.

/// An inclusive range of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// Smallest value.
    pub lo: i128,
    /// Largest value.
    pub hi: i128,
}

impl Range {
    /// `lo..=hi`.
    pub fn new(lo: i128, hi: i128) -> Range {
        Range { lo: lo.min(hi), hi: hi.max(lo) }
    }

    /// The range that holds both.
    pub fn union(self, other: Range) -> Range {
        Range { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// True if `v` lies inside.
    pub fn contains(self, v: i128) -> bool {
        self.lo <= v && v <= self.hi
    }

    /// All sums of a value of each, if they fit an `i128`.
    pub fn checked_add(self, o: Range) -> Option<Range> {
        Some(Range { lo: self.lo.checked_add(o.lo)?, hi: self.hi.checked_add(o.hi)? })
    }

    /// All differences.
    pub fn checked_sub(self, o: Range) -> Option<Range> {
        Some(Range { lo: self.lo.checked_sub(o.hi)?, hi: self.hi.checked_sub(o.lo)? })
    }

    /// All products.
    pub fn checked_mul(self, o: Range) -> Option<Range> {
        let p = [
            self.lo.checked_mul(o.lo)?,
            self.lo.checked_mul(o.hi)?,
            self.hi.checked_mul(o.lo)?,
            self.hi.checked_mul(o.hi)?,
        ];
        Some(Range { lo: p.into_iter().min()?, hi: p.into_iter().max()? })
    }
}

/// Fewest bits that hold `0..=max` (at least 1).
pub fn bits_for_unsigned(max: u128) -> u32 {
    (128 - max.leading_zeros()).max(1)
}

/// Fewest bits that count `0..n`, i.e. address `n` places (at least 1).
pub fn bits_for_count(n: u64) -> u32 {
    bits_for_unsigned(u128::from(n.saturating_sub(1)))
}

/// Fewest bits that hold the range: two's complement if `signed`. An unsigned reading takes the upper end.
pub fn bits_for_range(r: Range, signed: bool) -> u32 {
    if !signed {
        return bits_for_unsigned(r.hi.max(0) as u128);
    }
    let magnitude = |v: i128| 129 - if v < 0 { v.leading_ones() } else { v.leading_zeros() };
    magnitude(r.lo).max(magnitude(r.hi)).max(1)
}

/// The values of `width` bits, if an `i128` holds them.
pub fn range_of(width: u32, signed: bool) -> Option<Range> {
    match (width, signed) {
        (0, _) => Some(Range { lo: 0, hi: 0 }),
        (1..=127, false) => Some(Range { lo: 0, hi: ((1u128 << width) - 1) as i128 }),
        (1..=127, true) => Some(Range { lo: -(1i128 << (width - 1)), hi: (1i128 << (width - 1)) - 1 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_for_range__is_the_smallest_width() {
        for lo in -70i128..=70 {
            for hi in lo..=70 {
                let r = Range::new(lo, hi);
                let w = bits_for_range(r, true);
                let holds = |w| range_of(w, true).is_some_and(|x| x.contains(lo) && x.contains(hi));
                assert!(holds(w) && (w == 1 || !holds(w - 1)), "{lo}..={hi} -> {w}");
            }
        }
        assert_eq!((bits_for_count(1), bits_for_count(2), bits_for_count(5), bits_for_count(8)), (1, 1, 3, 3));
    }
}
