//! How long codes of a tensor are, without writing them.

use super::{Code, Format};

/// Bits of a tensor in each format, with a header for each block where its blocks may differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Elements.
    pub elements: u64,
    /// Those that are zero.
    pub zeros: u64,
    /// Blocks.
    pub blocks: u64,
    /// Blocks that are shorter as coordinates.
    pub by_coordinates: u64,
    /// All bitmaps.
    pub bitmap: u64,
    /// All coordinates.
    pub coordinates: u64,
    /// The shorter one of each block.
    pub hybrid: u64,
    /// Without a code.
    pub dense: u64,
}

impl Sizes {
    /// Of the tensor's elements, of which each is zero or not.
    pub fn of(block: u32, width: u32, zeros: &[bool]) -> Sizes {
        let code = |format| Code { block, width, format };
        let (hybrid, fixed) = (code(Format::Hybrid), code(Format::Bitmap));
        let width = u64::from(width);
        let mut s = Sizes { elements: zeros.len() as u64, dense: zeros.len() as u64 * width, ..Sizes::default() };
        for part in zeros.chunks(block as usize) {
            let r = part.len() as u64;
            let n = part.iter().filter(|z| !**z).count() as u64;
            let bitmap = r + n * width;
            let coordinates = u64::from(hybrid.count_bits()) + n * (width + u64::from(hybrid.index_bits()));
            s.zeros += r - n;
            s.blocks += 1;
            s.by_coordinates += u64::from(coordinates < bitmap);
            s.bitmap += u64::from(fixed.header_bits()) + bitmap;
            s.coordinates += u64::from(fixed.header_bits()) + coordinates;
            s.hybrid += u64::from(hybrid.header_bits()) + coordinates.min(bitmap);
        }
        let end = if zeros.is_empty() { 0 } else { u64::from(hybrid.index_bits()) };
        (s.bitmap, s.coordinates, s.hybrid) = (s.bitmap + end, s.coordinates + end, s.hybrid + end);
        s
    }

    /// Of both, one tensor behind the other.
    pub fn plus(&self, other: &Sizes) -> Sizes {
        Sizes {
            elements: self.elements + other.elements,
            zeros: self.zeros + other.zeros,
            blocks: self.blocks + other.blocks,
            by_coordinates: self.by_coordinates + other.by_coordinates,
            bitmap: self.bitmap + other.bitmap,
            coordinates: self.coordinates + other.coordinates,
            hybrid: self.hybrid + other.hybrid,
            dense: self.dense + other.dense,
        }
    }

    /// The share of zeros.
    pub fn sparsity(&self) -> f64 {
        self.zeros as f64 / self.elements.max(1) as f64
    }

    /// The shortest: none is no code at all.
    pub fn best(&self) -> (Option<Format>, u64) {
        let coded =
            [(Format::Hybrid, self.hybrid), (Format::Bitmap, self.bitmap), (Format::Coordinates, self.coordinates)];
        let all = std::iter::once((None, self.dense)).chain(coded.map(|(f, bits)| (Some(f), bits)));
        all.min_by_key(|(_, bits)| *bits).unwrap_or_default()
    }
}

/// Shares of zeros from which on codes are shorter, for blocks in which zeros are spread evenly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// From this on bitmaps are shorter than no code; above 1 they never are.
    pub bitmap: f64,
    /// From this on coordinates are shorter than no code.
    pub coordinates: f64,
    /// From this on coordinates are shorter than a bitmap.
    pub between: f64,
}

impl Break {
    /// Of full blocks, in the middle of a tensor.
    pub fn of(block: u32, width: u32) -> Break {
        let code = Code { block, width, format: Format::Bitmap };
        let (b, w, header) = (f64::from(block), f64::from(width), f64::from(code.header_bits()));
        let (index, count) = (f64::from(code.index_bits()), f64::from(code.count_bits()));
        Break {
            // header + b + b d w < b w, header + count + b d (index + w) < b w, count + b d (index + w) < b + b d w, d = 1 - zeros.
            bitmap: (b + header) / (b * w),
            coordinates: 1.0 - (b * w - header - count) / (b * (index + w)),
            between: 1.0 - (b - count) / (b * index),
        }
    }
}
