//! What a device has, and how synthesis maps shapes of memories and multipliers to it: data from outside; the generator knows no device.

use crate::blocks::{Cost, Memory, Multiplier};

/// Of a device, or what is taken of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// Multiplier blocks.
    pub dsps: u64,
    /// Block RAMs.
    pub block_rams: u64,
    /// Lookup tables, carries included: an estimate.
    pub luts: u64,
}

impl Resources {
    /// So many lookup tables, and nothing else.
    pub fn luts(n: u64) -> Resources {
        Resources { luts: n, ..Resources::default() }
    }

    /// Both together.
    pub fn plus(self, other: Resources) -> Resources {
        Resources {
            dsps: self.dsps + other.dsps,
            block_rams: self.block_rams + other.block_rams,
            luts: self.luts + other.luts,
        }
    }

    /// So many times.
    pub fn times(self, n: u64) -> Resources {
        Resources { dsps: n * self.dsps, block_rams: n * self.block_rams, luts: n * self.luts }
    }
}

/// A device, as far as plans depend on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeviceModel {
    /// Its name on the command line.
    pub name: &'static str,
    /// All that it has.
    pub capacity: Resources,
    /// What multiplier blocks are called.
    pub multiplier_name: &'static str,
    /// Words and bits of a word that a block RAM can have.
    pub block_ram: &'static [(u64, u64)],
    /// Bits of a word that are written together at least.
    pub write_bits: u64,
    /// Memory in lookup tables: words and bits of a piece, and what Yosys weighs it with. Without any, small memories are registers.
    pub table_ram: Option<(u64, u64, u64)>,
    /// How a product is cut into multiplier blocks. None: there are none, products are lookup tables.
    pub multiplier: Option<Slicing>,
    /// Lookup tables for 16 four-input ones of a block's logic.
    pub tables_of_16: u64,
    /// When and how the figures were compared with synthesis.
    pub fit: &'static str,
}

/// How products become multiplier blocks: pieces of so many bits of each operand; what is left of very few bits is added in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slicing {
    /// Bits of a piece of the wider and of the narrower operand.
    pub piece: [u32; 2],
    /// The most bits left over that take no piece.
    pub remnant: u32,
    /// The fewest bits of the narrower operand for which a block is taken.
    pub least: u32,
}

/// What Yosys weighs a block RAM with; a bit of plain logic weighs 1, of a constant 1/16.
const BLOCK_RAM: u64 = 128;

/// Pieces of a memory as one: `banks` deep, the bits of all banks side by side.
#[derive(Clone, Copy)]
struct Mapping {
    banks: u64,
    pieces: u64,
}

impl Memory {
    /// Pieces of one shape. Bits of a word are written so many together, where a piece has as many.
    fn mapped(self, (words, bits): (u64, u64), write_bits: u64) -> Mapping {
        let banks = self.words.div_ceil(words);
        let byte = if self.written { bits.min(write_bits) } else { 1 };
        Mapping { banks, pieces: (banks * self.bits.next_multiple_of(byte)).div_ceil(bits) }
    }

    /// What a mapping weighs, in sixteenths: pieces, multiplexers of what is read, and the selection of what is written.
    fn weight(self, map: Mapping, piece: u64) -> u64 {
        let select = if self.written && map.banks > 1 { map.banks } else { 0 };
        16 * (2 + piece * map.pieces) + 8 * ((map.banks - 1) * self.bits + select)
    }
}

impl DeviceModel {
    /// Nothing but lookup tables: for what hangs on no device.
    pub const PLAIN: DeviceModel = DeviceModel {
        name: "plain",
        capacity: Resources { dsps: 0, block_rams: 0, luts: 0 },
        multiplier_name: "multipliers",
        block_ram: &[],
        write_bits: 1,
        table_ram: None,
        multiplier: None,
        tables_of_16: 16,
        fit: "",
    };

    /// What a cost takes of it.
    pub fn resources(&self, cost: &Cost) -> Resources {
        let logic = Resources::luts((cost.logic * self.tables_of_16).div_ceil(16));
        let memories = cost.memories.iter().map(|m| self.memory(*m));
        let multipliers = cost.multipliers.iter().map(|m| self.multiplier(*m));
        memories.chain(multipliers).fold(logic, Resources::plus)
    }

    /// What memories take: of the shapes of a block RAM, memory in tables and plain logic that which Yosys' `memory_libmap` weighs least.
    pub fn memory(&self, m: Memory) -> Resources {
        if m.words <= 1 || m.bits == 0 {
            return Resources::default();
        }
        let bits = m.words * m.bits;
        let weighed = |shape: &(u64, u64)| {
            let map = m.mapped(*shape, self.write_bits);
            (m.weight(map, BLOCK_RAM), map)
        };
        let rams = self.block_ram.iter().map(weighed).min_by_key(|(weight, _)| *weight);
        let logic = if m.written { 16 * bits } else { bits };
        let tables = match self.table_ram {
            Some((words, wide, piece)) if m.written => {
                m.weight(m.mapped((words, wide), self.write_bits), piece).min(logic)
            }
            _ => logic,
        };
        let one = match rams {
            Some((weight, map)) if weight < tables => {
                Resources { block_rams: map.pieces, ..Resources::luts((map.banks - 1) * m.bits) }
            }
            // Tables of 16 words, and what chooses among them.
            _ => Resources::luts(bits / 8),
        };
        one.times(m.count)
    }

    /// What multipliers take.
    pub fn multiplier(&self, m: Multiplier) -> Resources {
        let (wide, narrow) = (m.bits[0].max(m.bits[1]), m.bits[0].min(m.bits[1]));
        // A product with one bit is a choice, and counted with the logic.
        if narrow <= 1 {
            return Resources::default();
        }
        match self.multiplier {
            Some(s) if narrow >= s.least => {
                let pieces = |w: u32, piece: u32| u64::from(w / piece + u32::from(w % piece > s.remnant)).max(1);
                let dsps = m.count * pieces(wide, s.piece[0]) * pieces(narrow, s.piece[1]);
                Resources { dsps, ..Resources::default() }
            }
            _ => Resources::luts(m.count * u64::from(wide) * u64::from(narrow)),
        }
    }

    /// Lookup tables that a block RAM is worth: as many as the device has for each.
    pub fn luts_of_a_ram(&self) -> u64 {
        self.capacity.luts / self.capacity.block_rams.max(1)
    }

    /// Lookup tables that all of it is worth: block RAMs and multiplier blocks count as many as the device has for each.
    pub fn worth(&self, r: Resources) -> u64 {
        r.block_rams * self.luts_of_a_ram() + r.dsps * (self.capacity.luts / self.capacity.dsps.max(1)) + r.luts
    }

    /// Where a memory of constants is best cut in two (0: nowhere). Depths are cut at the powers of two that block RAMs have: what is
    /// left over then does not take a whole bank.
    pub fn best_cut(&self, words: u64, bits: u64) -> u64 {
        let worth = |split: &u64| self.worth(self.resources(&Cost::default().cut_rom(words, bits, *split)));
        let cuts = (4..24).map(|k| words >> k << k).filter(|split| *split > 0 && words - split > 1);
        std::iter::once(0).chain(cuts).min_by_key(worth).unwrap_or_default()
    }
}
