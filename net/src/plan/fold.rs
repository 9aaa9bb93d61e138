//! Folding: how many rows and columns of a matrix are computed in parallel.

/// A folding of one matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Rows in parallel.
    pub pe: u32,
    /// Columns in parallel.
    pub simd: u32,
    /// Cycles a frame: `ceil(rows / pe) * ceil(columns / simd)`.
    pub cycles: u64,
}

impl Folding {
    /// Multipliers used.
    pub fn multipliers(self) -> u64 {
        u64::from(self.pe) * u64::from(self.simd)
    }
}

/// Most rows or columns in parallel that `mvu` takes.
const MOST: u32 = 1024;

/// The folding with the fewest multipliers that takes at most `target` cycles; of several the one with the fewest
/// block RAMs, of those the fastest, then the one with the fewest rows in parallel. Sizes need not divide: 128 x 128 in 1,900
/// cycles takes 9 multipliers as 3 x 3, where exact divisors need 16.
pub fn fold(rows: u32, columns: u32, target: u64, block_rams: impl Fn(&Folding) -> u64) -> Option<Folding> {
    fold_within(MOST, [rows, columns], target, block_rams, |_| true)
}

/// The same with at most so many rows and columns in parallel, among foldings that will do.
pub fn fold_within(
    most: u32,
    [rows, columns]: [u32; 2],
    target: u64,
    block_rams: impl Fn(&Folding) -> u64,
    will_do: impl Fn(&Folding) -> bool,
) -> Option<Folding> {
    let mut best: Option<(Folding, u64)> = None;
    for pe in 1..=rows.min(most) {
        let passes = u64::from(rows.div_ceil(pe));
        let beats = target / passes;
        if beats == 0 {
            continue;
        }
        let simd = u64::from(columns).div_ceil(beats);
        if simd > u64::from(most) {
            continue;
        }
        // More columns than the target needs, where these alone will not do.
        let of = |simd: u32| Folding { pe, simd, cycles: passes * u64::from(columns.div_ceil(simd)) };
        let Some(found) = (simd as u32..=columns.min(most)).map(of).find(&will_do) else { continue };
        if best.is_some_and(|(b, _)| b.multipliers() < found.multipliers()) {
            continue;
        }
        let key = |(f, rams): &(Folding, u64)| (f.multipliers(), *rams, f.cycles, f.pe);
        let found = (found, block_rams(&found));
        if best.as_ref().is_none_or(|b| key(&found) < key(b)) {
            best = Some(found);
        }
    }
    best.map(|b| b.0)
}

/// The same with parallelism that divides both sizes.
pub fn fold_dividing(rows: u32, columns: u32, target: u64, block_rams: impl Fn(&Folding) -> u64) -> Option<Folding> {
    let divisors = |n: u32| (1..=n.min(MOST)).filter(move |d| n.is_multiple_of(*d));
    let of = |pe: u32, simd: u32| Folding { pe, simd, cycles: u64::from(rows / pe) * u64::from(columns / simd) };
    divisors(rows)
        .flat_map(|pe| divisors(columns).map(move |simd| of(pe, simd)))
        .filter(|f| f.cycles <= target)
        .min_by_key(|f| (f.multipliers(), block_rams(f), f.cycles, f.pe))
}

/// Cycles of the fastest folding.
pub fn fastest(rows: u32, columns: u32) -> u64 {
    u64::from(rows.div_ceil(MOST)) * u64::from(columns.div_ceil(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fold__finds_the_fewest_multipliers() {
        for (rows, columns) in [(1, 1), (7, 5), (10, 16), (16, 64), (13, 29)] {
            for target in [1, 2, 5, 17, 64, 1000] {
                let brute = (1..=rows)
                    .flat_map(|p| (1..=columns).map(move |s| (p, s)))
                    .filter(|(p, s)| u64::from(u32::div_ceil(rows, *p) * u32::div_ceil(columns, *s)) <= target)
                    .map(|(p, s)| u64::from(p * s))
                    .min();
                assert_eq!(
                    fold(rows, columns, target, |_| 0).map(Folding::multipliers),
                    brute,
                    "{rows}x{columns} in {target}"
                );
            }
        }
        assert_eq!(fold(128, 128, 1900, |_| 0).map(Folding::multipliers), Some(9));
    }

    /// Of foldings with as few multipliers the one with the fewest block RAMs, even if it takes longer.
    #[test]
    fn fold__of_equals_takes_the_fewest_block_rams() {
        let all: Vec<Folding> = (1..=4).filter_map(|pe| fold(64, 64, 1100, |f| u64::from(f.pe != pe))).collect();
        assert!(all.iter().all(|f| f.multipliers() == 4), "{all:?}");
        assert_eq!(all.iter().map(|f| f.pe).collect::<Vec<_>>(), [1, 2, 1, 4]);
    }
}
