//! What memories take of a device with block RAMs of 18 kbit and LUT memory of 16 x 4 (ECP5), and where a ROM is cut in two.
//!
//! The rule is how Yosys' `memory_libmap` weighs its choices for ECP5: of shapes of a block RAM, LUT memory and plain logic the
//! cheapest. tests/synth.rs compares it with synthesis.

use super::resources::{luts, Resources};

/// Words and bits of a word, of one block RAM.
const SHAPES: [(u64, u64); 6] = [(16384, 1), (8192, 2), (4096, 4), (2048, 9), (1024, 18), (512, 36)];

/// What Yosys weighs a block RAM with; LUT memory of 16 x 4 weighs 4, a bit of plain logic 1, of a constant one 1/16.
const BLOCK_RAM: u64 = 128;

/// A memory of so many words of so many bits.
#[derive(Clone, Copy)]
struct Memory {
    depth: u64,
    width: u64,
    written: bool,
}

/// Block RAMs or LUT memories as one memory: `banks` deep, the bits of all banks side by side.
#[derive(Clone, Copy)]
struct Mapping {
    banks: u64,
    /// Block RAMs or LUT memories.
    pieces: u64,
}

impl Memory {
    /// Pieces of one shape. Bits of a word that are written together come in bytes of nine, where a piece has as many.
    fn mapped(self, (depth, width): (u64, u64)) -> Mapping {
        let banks = self.depth.div_ceil(depth);
        let byte = if self.written { width.min(9) } else { 1 };
        Mapping { banks, pieces: (banks * self.width.next_multiple_of(byte)).div_ceil(width) }
    }

    /// What a mapping weighs, in sixteenths: pieces, multiplexers of what is read, and the selection of what is written.
    fn weight(self, map: Mapping, piece: u64) -> u64 {
        let select = if self.written && map.banks > 1 { map.banks } else { 0 };
        16 * (2 + piece * map.pieces) + 8 * ((map.banks - 1) * self.width + select)
    }

    fn resources(self) -> Resources {
        let bits = self.depth * self.width;
        let weighed = |shape| {
            let map = self.mapped(shape);
            (self.weight(map, BLOCK_RAM), map)
        };
        let rams = SHAPES.map(weighed).into_iter().min_by_key(|(weight, _)| *weight);
        let logic = if self.written { 16 * bits } else { bits };
        let tables = if self.written { self.weight(self.mapped((16, 4)), 4).min(logic) } else { logic };
        match rams {
            Some((weight, map)) if weight < tables => {
                Resources { block_rams: map.pieces, ..luts((map.banks - 1) * self.width) }
            }
            // Tables of 16 words, and what chooses among them.
            _ => luts(bits / 8),
        }
    }
}

fn taken(depth: u64, width: u64, written: bool) -> Resources {
    if depth <= 1 || width == 0 {
        return Resources::default();
    }
    Memory { depth, width, written }.resources()
}

/// What a memory takes that is written and read.
pub fn ram(depth: u64, width: u64) -> Resources {
    taken(depth, width, true)
}

/// What a memory of constants takes.
pub fn rom(depth: u64, width: u64) -> Resources {
    taken(depth, width, false)
}

/// What a memory of constants takes whose words from `split` on are a second one (0: there is none).
pub fn cut_rom(depth: u64, width: u64, split: u64) -> Resources {
    if split == 0 || split >= depth {
        return rom(depth, width);
    }
    // The words of both pass a multiplexer; the address is compared.
    rom(split, width).plus(rom(depth - split, width)).plus(luts(width + 16))
}

/// LUTs that a block RAM is worth: what an ECP5-85F has of them.
pub const LUTS_OF_A_RAM: u64 = 83_640 / 208;

/// Where a memory of constants is best cut in two (0: nowhere). Depths are cut at the powers of two that block RAMs have: what is left
/// over then does not take a whole bank.
pub fn best_cut(depth: u64, width: u64) -> u64 {
    let worth = |split: &u64| {
        let r = cut_rom(depth, width, *split);
        r.block_rams * LUTS_OF_A_RAM + r.luts
    };
    let cuts = (4..24).map(|k| depth >> k << k).filter(|split| *split > 0 && depth - split > 1);
    std::iter::once(0).chain(cuts).min_by_key(worth).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Block RAMs and not, as Yosys 0.70 maps memories of these shapes alone.
    #[test]
    fn memories__take_what_yosys_gives_them() {
        for (depth, width, block_rams) in [
            (1536, 88, 8),
            (1040, 32, 3),
            (1024, 32, 2),
            (43, 126, 0),
            (66, 57, 0),
            (258, 8, 0),
            (577, 2, 0),
            (100, 48, 2),
        ] {
            assert_eq!(rom(depth, width).block_rams, block_rams, "constants, {depth} x {width}");
        }
        for (depth, width, block_rams) in [(64, 33, 1), (300, 17, 1), (600, 73, 5), (1100, 41, 4), (2100, 17, 3)] {
            assert_eq!(ram(depth, width).block_rams, block_rams, "{depth} x {width}");
        }
        assert_eq!((rom(1, 8), ram(0, 8), rom(9, 0)), Default::default());
    }

    #[test]
    fn best_cut__is_where_less_is_taken() {
        // Forty in one memory; thirty of 4096 words and seven of the rest.
        assert_eq!(
            (rom(5504, 120).block_rams, best_cut(5504, 120), cut_rom(5504, 120, 4096).block_rams),
            (40, 4096, 37)
        );
        for (depth, width) in [(2048, 36), (1024, 18), (512, 36), (600, 9), (64, 64), (1, 8), (0, 8)] {
            assert_eq!(best_cut(depth, width), 0, "{depth} x {width}: nothing to save");
        }
        for depth in 2..3000u64 {
            for width in [4, 9, 24, 88] {
                let (split, rest) = (best_cut(depth, width), depth - best_cut(depth, width));
                assert!(split == 0 || (split > 1 && rest > 1 && split.is_multiple_of(rest.next_power_of_two())));
            }
        }
    }
}
