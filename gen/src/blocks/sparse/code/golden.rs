//! Both ways in plain loops, bit by bit.

use super::{Code, Format};

/// What a code says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The elements, as patterns of bits.
    pub elements: Vec<u64>,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Bits that these take, those that the code is too short for included.
    pub bits: usize,
    /// The first block, counted from 0, at which the code is malformed.
    pub malformed: Option<u64>,
}

/// A block as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its elements.
    pub size: u64,
    /// Pairs that it claims to have; none of a bitmap.
    pub pairs: Option<u64>,
    /// Its kind is reserved.
    pub reserved: bool,
    /// What is read of them: indices and elements, rising.
    pub entries: Vec<(u64, u64)>,
}

impl Code {
    /// Bits of a tensor's code. Elements are patterns of `width` bits.
    pub fn encode(&self, elements: &[u64]) -> Vec<bool> {
        self.encode_as(elements, |shorter| shorter)
    }

    /// The same, but whether a block of a hybrid code is of coordinates is decided by `form`, which is told whether these are shorter.
    pub fn encode_as(&self, elements: &[u64], mut form: impl FnMut(bool) -> bool) -> Vec<bool> {
        let mut bits = Vec::new();
        let block = self.block as usize;
        let blocks = elements.len().div_ceil(block);
        for (b, part) in elements.chunks(block).enumerate() {
            let last = b + 1 == blocks;
            let count = part.iter().filter(|e| **e != 0).count() as u64;
            let (index, counted) = (log2(self.block), log2(self.block + 1));
            let coordinates = match self.format {
                Format::Bitmap => false,
                Format::Coordinates => true,
                Format::Hybrid => {
                    let bitmap = part.len() as u64 + count * u64::from(self.width);
                    form(u64::from(counted) + count * u64::from(index + self.width) < bitmap)
                }
            };
            put(&mut bits, u64::from(last), 1);
            if self.format == Format::Hybrid {
                put(&mut bits, u64::from(coordinates), 2);
            }
            if last {
                put(&mut bits, part.len() as u64 - 1, index);
            }
            if coordinates {
                put(&mut bits, count, counted);
                for (i, e) in part.iter().enumerate().filter(|(_, e)| **e != 0) {
                    put(&mut bits, i as u64, index);
                    put(&mut bits, *e, self.width);
                }
            } else {
                for e in part {
                    put(&mut bits, u64::from(*e != 0), 1);
                }
                for e in part.iter().filter(|e| **e != 0) {
                    put(&mut bits, *e, self.width);
                }
            }
        }
        bits
    }

    /// What the code of a tensor says that came in words of `word` bits.
    ///
    /// Bits behind the code's end read as zeros. A block that they are part of is malformed and the tensor's last one, of the size it says, and so is one of
    /// a reserved kind, whose elements are zeros. In a block of coordinates a pair that is out of order or range, and all behind it, are of no element.
    pub fn decode(&self, code: &[bool], word: u32) -> Decoded {
        let (index, counted) = (log2(self.block), log2(self.block + 1));
        let mut d = Decoded::default();
        let (mut at, mut block) = (0usize, 0u64);
        loop {
            let mut get = |n: u32| {
                let value = (0..n as usize).filter(|i| code.get(at + i) == Some(&true)).map(|i| 1u64 << i).sum::<u64>();
                at += n as usize;
                value
            };
            let mut wrong = false;
            let mut last = get(1) == 1;
            let kind = match self.format {
                Format::Hybrid => get(2),
                Format::Bitmap => 0,
                Format::Coordinates => 1,
            };
            let size = if last { get(index) + 1 } else { u64::from(self.block) };
            let mut elements = vec![0; size.min(self.block.into()) as usize];
            let (mut read, mut pairs) = (Vec::new(), (kind != 0).then_some(0));
            wrong |= size > self.block.into();
            match kind {
                0 => {
                    let there: Vec<bool> = elements.iter().map(|_| get(1) == 1).collect();
                    for (i, there) in (0..).zip(there) {
                        if there {
                            read.push((i, get(self.width)));
                        }
                    }
                }
                1 => {
                    let (count, mut next, mut ordered) = (get(counted), 0, true);
                    pairs = Some(count);
                    for _ in 0..count {
                        let (i, value) = (get(index), get(self.width));
                        ordered &= (next..elements.len() as u64).contains(&i);
                        if ordered {
                            read.push((i, value));
                            next = i + 1;
                        }
                    }
                    wrong |= !ordered;
                }
                _ => wrong = true,
            }
            for (i, value) in &read {
                elements[*i as usize] = *value;
            }
            let (short, reserved) = (at > code.len(), kind > 1);
            d.blocks.push(Block { size: elements.len() as u64, pairs, reserved, entries: read });
            last |= short | reserved;
            wrong |= short;
            // Whoever packs words fills the last one with zeros.
            let rest = code.get(at..).unwrap_or_default();
            wrong |= last && !reserved && (rest.len() >= word as usize || rest.contains(&true));
            d.elements.extend(elements);
            d.malformed = d.malformed.or(wrong.then_some(block));
            block += 1;
            if last {
                d.bits = at;
                return d;
            }
        }
    }
}

fn put(bits: &mut Vec<bool>, value: u64, n: u32) {
    bits.extend((0..n).map(|i| value >> i & 1 == 1));
}

/// Bits that tell `n` things apart.
fn log2(n: u32) -> u32 {
    let mut bits = 0;
    while 1u64 << bits < u64::from(n) {
        bits += 1;
    }
    bits
}
