//! Bits and elements as streams have them.

use super::Code;

/// Bits of bytes, the lowest of each first.
pub fn bits(bytes: &[i64]) -> Vec<bool> {
    bytes.iter().flat_map(|byte| (0..8).map(move |i| byte >> i & 1 == 1)).collect()
}

/// Bytes of bits, the first one lowest.
pub fn bytes(bits: &[bool]) -> Vec<i64> {
    let byte = |b: &[bool]| b.iter().zip(0..).map(|(bit, i)| i64::from(*bit) << i).sum();
    bits.chunks(8).map(byte).collect()
}

impl Code {
    /// A tensor's code as bytes of whole words, zeros behind it.
    pub fn words(&self, elements: &[u64], word: u32) -> Vec<i64> {
        let mut bits = self.encode(elements);
        bits.resize(bits.len().next_multiple_of(word as usize), false);
        bytes(&bits)
    }

    /// The number that an element's pattern is.
    pub fn number(&self, pattern: u64, signed: bool) -> i64 {
        let number = pattern as i64;
        if signed && number >> (self.width - 1) == 1 {
            number - (1 << self.width)
        } else {
            number
        }
    }
}
