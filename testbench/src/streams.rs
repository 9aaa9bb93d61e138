//! The streams at a design's border and how elements are packed into beats.

use niello_gen::ir::{BeatShape, Dir, PortId, ValidDesign};

/// One stream, with its ports as positions among the design's inputs and outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamPort {
    /// Prefix of the port names.
    pub name: String,
    /// What a beat holds.
    pub shape: BeatShape,
    /// Payload bits.
    pub width: u32,
    /// Payload port.
    pub data: usize,
    /// Valid port.
    pub valid: usize,
    /// Ready port.
    pub ready: usize,
    /// Last port.
    pub last: Option<usize>,
}

impl StreamPort {
    /// 64-bit words of a packed beat: payload and last mark.
    pub fn words(&self) -> usize {
        (self.width as usize + usize::from(self.last.is_some())).div_ceil(64)
    }

    /// Packs one frame: `lanes` elements a beat, the last beat padded with `pad` and marked.
    pub fn pack(&self, elements: &[i64], mut pad: impl FnMut() -> i64) -> Vec<u64> {
        let lanes = self.shape.lanes as usize;
        let beats = elements.len().div_ceil(lanes);
        let mut words = vec![0u64; beats * self.words()];
        for (b, beat) in words.chunks_mut(self.words()).enumerate() {
            for lane in 0..lanes {
                let v = elements.get(b * lanes + lane).copied().unwrap_or_else(&mut pad);
                put_bits(beat, lane * self.shape.bits as usize, self.shape.bits, v as u64);
            }
            if self.last.is_some() && b + 1 == beats {
                put_bits(beat, self.width as usize, 1, 1);
            }
        }
        words
    }

    /// The elements of one packed beat, all lanes.
    pub fn unpack(&self, beat: &[u64]) -> Vec<i64> {
        (0..self.shape.lanes as usize)
            .map(|lane| {
                let raw = get_bits(beat, lane * self.shape.bits as usize, self.shape.bits);
                let shift = 64 - self.shape.bits.min(64);
                if self.shape.signed {
                    ((raw << shift) as i64) >> shift
                } else {
                    raw as i64
                }
            })
            .collect()
    }

    /// The last mark of a packed beat.
    pub fn is_last(&self, beat: &[u64]) -> bool {
        self.last.is_some() && get_bits(beat, self.width as usize, 1) == 1
    }
}

/// Writes the low `width` bits (at most 64) of `value` at bit `at`.
fn put_bits(words: &mut [u64], at: usize, width: u32, value: u64) {
    let value = if width >= 64 { value } else { value & ((1 << width) - 1) };
    words[at / 64] |= value << (at % 64);
    if at % 64 + width as usize > 64 {
        words[at / 64 + 1] |= value >> (64 - at % 64);
    }
}

/// Reads `width` bits (at most 64) at bit `at`.
fn get_bits(words: &[u64], at: usize, width: u32) -> u64 {
    let mut v = words[at / 64] >> (at % 64);
    if at % 64 + width as usize > 64 {
        v |= words[at / 64 + 1] << (64 - at % 64);
    }
    if width >= 64 {
        v
    } else {
        v & ((1 << width) - 1)
    }
}

/// All streams of a design's top: sources feed it, sinks take from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Border {
    /// Input streams.
    pub sources: Vec<StreamPort>,
    /// Output streams.
    pub sinks: Vec<StreamPort>,
}

impl Border {
    /// Reads the border. `None` if the top has ports outside of streams, which batches cannot drive.
    pub fn of(design: &ValidDesign) -> Option<Border> {
        let top = design.top();
        let position = |p: PortId, dir: Dir| top.ports_of(dir).position(|(q, _)| q == p).unwrap_or(usize::MAX);
        let mut border = Border::default();
        let mut ports = 0;
        for s in &top.streams {
            let (there, back) = if s.dir == Dir::In { (Dir::In, Dir::Out) } else { (Dir::Out, Dir::In) };
            let port = StreamPort {
                name: s.name.clone(),
                shape: s.shape,
                width: s.shape.width(),
                data: position(s.data, there),
                valid: position(s.valid, there),
                ready: position(s.ready, back),
                last: s.last.map(|l| position(l, there)),
            };
            ports += 3 + usize::from(s.last.is_some());
            if s.dir == Dir::In {
                border.sources.push(port)
            } else {
                border.sinks.push(port)
            }
        }
        (ports == top.ports.len()).then_some(border)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use niello_gen::num::Prng;

    #[test]
    fn pack__unpack_is_the_identity() {
        let mut rng = Prng::new(4);
        for _ in 0..500 {
            let shape = BeatShape::new(1 + rng.below(9) as u32, 1 + rng.below(40) as u32, rng.chance(0.5));
            let port = StreamPort {
                name: "s".into(),
                shape,
                width: shape.width(),
                data: 0,
                valid: 1,
                ready: 0,
                last: Some(2),
            };
            let (lo, hi) = if shape.signed {
                (-(1i64 << (shape.bits - 1)), (1i64 << (shape.bits - 1)) - 1)
            } else {
                (0, (1i64 << shape.bits) - 1)
            };
            let elements: Vec<i64> = (0..1 + rng.below(30)).map(|_| rng.range(lo, hi)).collect();
            let words = port.pack(&elements, || 0);
            let beats: Vec<&[u64]> = words.chunks(port.words()).collect();
            let back: Vec<i64> = beats.iter().flat_map(|b| port.unpack(b)).take(elements.len()).collect();
            assert_eq!(back, elements);
            assert!(beats.iter().enumerate().all(|(i, b)| port.is_last(b) == (i + 1 == beats.len())));
        }
    }
}
