//! What a block takes of a device, in shapes that are the same on every device. [`crate::device::DeviceModel`] maps them.

/// What a block takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Memories of more than a word.
    pub memories: Vec<Memory>,
    /// Multipliers of two variable operands.
    pub multipliers: Vec<Multiplier>,
    /// 4-input tables for everything else, carries included: an estimate, fitted to synthesized instances.
    pub logic: u64,
}

/// Memories of one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// How many.
    pub count: u64,
    /// Words of each.
    pub words: u64,
    /// Bits of a word; of constants, those in which words differ.
    pub bits: u64,
    /// Written and read; else constants.
    pub written: bool,
}

/// Multipliers of one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Multiplier {
    /// How many.
    pub count: u64,
    /// Bits of the operands, in two's complement.
    pub bits: [u32; 2],
}

impl Cost {
    /// So many 4-input tables, and nothing else.
    pub fn logic(tables: u64) -> Cost {
        Cost { logic: tables, ..Cost::default() }
    }

    /// With a memory that is written and read: one write and one read port.
    pub fn ram(self, words: u64, bits: u64) -> Cost {
        self.memory(Memory { count: 1, words, bits, written: true })
    }

    /// With so many memories of constants, each with one read port.
    pub fn roms(self, count: u64, words: u64, bits: u64) -> Cost {
        self.memory(Memory { count, words, bits, written: false })
    }

    /// With a memory of constants whose words from `split` on are a second one (0: there is none): what is read of both passes a
    /// multiplexer, and the address is compared.
    pub fn cut_rom(self, words: u64, bits: u64, split: u64) -> Cost {
        if split == 0 || split >= words {
            return self.roms(1, words, bits);
        }
        let mut cost = self.roms(1, split, bits).roms(1, words - split, bits);
        cost.logic += bits + 16;
        cost
    }

    /// With so many multipliers.
    pub fn multipliers(mut self, count: u64, a_bits: u32, b_bits: u32) -> Cost {
        if count > 0 {
            self.multipliers.push(Multiplier { count, bits: [a_bits, b_bits] });
        }
        self
    }

    /// Both together.
    pub fn plus(mut self, other: Cost) -> Cost {
        self.memories.extend(other.memories);
        self.multipliers.extend(other.multipliers);
        Cost { logic: self.logic + other.logic, ..self }
    }

    /// Bits of all memories.
    pub fn memory_bits(&self) -> u64 {
        self.memories.iter().map(|m| m.count * m.words * m.bits).sum()
    }

    /// Multipliers of all shapes.
    pub fn count_multipliers(&self) -> u64 {
        self.multipliers.iter().map(|m| m.count).sum()
    }

    /// A single word is no memory.
    fn memory(mut self, m: Memory) -> Cost {
        if m.words > 1 && m.bits > 0 && m.count > 0 {
            self.memories.push(m);
        }
        self
    }
}
