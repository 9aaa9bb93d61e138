//! The project's own random sequence: seeded, small, and never to change, so that a seed printed in a
//! report reproduces the run in any later version.

/// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit state, one output a step.
#[derive(Clone, Debug)]
pub struct Prng(u64);

impl Prng {
    /// A generator for this seed.
    pub fn new(seed: u64) -> Prng {
        Prng(seed)
    }

    /// A generator whose sequence depends on the seed and on a name, so that two users of one seed
    /// do not see the same numbers.
    pub fn named(seed: u64, name: &str) -> Prng {
        let hash =
            name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let mut p = Prng(seed ^ hash);
        p.next();
        p
    }

    /// The next 64 bits.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in `0..n` (n > 0).
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n.max(1))) >> 64) as u64
    }

    /// Uniform in `lo..=hi`.
    pub fn range(&mut self, lo: i64, hi: i64) -> i64 {
        let span = (i128::from(hi) - i128::from(lo) + 1).max(1) as u128;
        let r = if span > u128::from(u64::MAX) { self.next() } else { self.below(span as u64) };
        (i128::from(lo) + i128::from(r)) as i64
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        ((self.next() >> 11) as f64) < p * (1u64 << 53) as f64
    }

    /// One of the items.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prng__sequence_is_pinned() {
        let mut p = Prng::new(0);
        assert_eq!(p.next(), 0xe220_a839_7b1d_cdaf, "first output of SplitMix64 for seed 0");
        assert_eq!(p.next(), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn prng__range_reaches_both_ends() {
        let mut p = Prng::new(1);
        let seen: std::collections::BTreeSet<i64> = (0..200).map(|_| p.range(-2, 2)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [-2, -1, 0, 1, 2]);
        p.range(i64::MIN, i64::MAX);
    }
}
