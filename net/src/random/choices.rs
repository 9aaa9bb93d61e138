//! A list of words as a source of choices.

use niello_gen::num::Prng;

/// Words from outside, each read once. A word of 0 makes the simplest choice, and behind the end of the list all are 0: a shorter list
/// and lower words make something simpler.
#[derive(Clone, Debug)]
pub struct Choices<'w> {
    words: std::slice::Iter<'w, u64>,
}

impl<'w> Choices<'w> {
    /// From these words.
    pub fn new(words: &'w [u64]) -> Choices<'w> {
        Choices { words: words.iter() }
    }

    fn next(&mut self) -> u64 {
        self.words.next().copied().unwrap_or(0)
    }

    /// In `0..n` (n > 0), 0 first; it never falls as the word rises.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n.max(1))) >> 64) as u64
    }

    /// In `lo..=hi` (lo <= hi), what is nearest to 0 first.
    pub fn range(&mut self, lo: i64, hi: i64) -> i64 {
        let k = 0.clamp(lo, hi) + self.below((hi - lo + 1) as u64) as i64;
        if k > hi {
            k - (hi - lo + 1)
        } else {
            k
        }
    }

    /// True with that probability, of a hundred; false first.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) + percent >= 100
    }

    /// One of the items, the first one first.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// A sequence for data, of which no single number is worth a choice: integers from -most to most.
    pub fn numbers(&mut self, n: u32, most: i64) -> Vec<i64> {
        let mut rng = Prng::new(self.next());
        (0..n).map(|_| rng.range(-most, most)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices__of_zero_and_of_nothing_are_the_first_ones() {
        for words in [&[0; 8][..], &[]] {
            let mut c = Choices::new(words);
            assert_eq!((c.below(9), c.range(-3, 5), c.range(2, 5), c.range(-5, -2)), (0, 0, 2, -2));
            assert!(!c.chance(99) && *c.pick(&[7, 8]) == 7);
        }
    }

    #[test]
    fn choices__reach_both_ends() {
        let mut c = Choices::new(&[u64::MAX, u64::MAX, 1 << 63, u64::MAX, u64::MAX]);
        assert_eq!((c.below(9), c.range(-3, 5), c.range(-3, 5)), (8, -1, 4));
        assert!(c.chance(1) && *c.pick(&[7, 8]) == 8);
    }
}
