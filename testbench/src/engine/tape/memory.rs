//! Memory ports at the clock edge.

use super::code::TapeMem;
use super::Machine;

impl<const L: usize> Machine<'_, L> {
    /// Fetches every enabled read into its fetch slots, then performs the writes. Outputs move later, with
    /// the registers, because a register may still be waiting for the old word.
    pub(super) fn read_and_write_memories(&mut self) {
        let tape = self.tape;
        for (m, mem) in tape.mems.iter().enumerate() {
            for lane in 0..L {
                self.reads(m, mem, lane);
                self.write(m, mem, lane);
            }
        }
    }

    fn at(&self, slot: u32, lane: usize) -> u64 {
        self.state[slot as usize * L + lane]
    }

    fn outside_reset(&self, lane: usize) -> bool {
        self.checks && self.at(self.tape.reset_slot, lane) == 0
    }

    fn reads(&mut self, m: usize, mem: &TapeMem, lane: usize) {
        for (enable, addr, fetch) in &mem.reads {
            if self.at(*enable, lane) == 0 {
                continue;
            }
            let addr = self.at(*addr, lane) as usize;
            if addr >= mem.depth {
                if self.outside_reset(lane) {
                    self.fault(lane, || format!("{}: read at {addr} of {} words", mem.path, mem.depth));
                }
                continue;
            }
            let written = mem.write.is_some_and(|(e, a, _)| self.at(e, lane) == 1 && self.at(a, lane) as usize == addr);
            if written && self.outside_reset(lane) {
                self.fault(lane, || format!("{}: word {addr} read while it is written", mem.path));
            }
            for limb in 0..mem.limbs {
                let word = match &mem.rom {
                    Some(rom) => rom[addr * mem.limbs + limb] ^ self.damage(m, addr, limb, lane),
                    None => self.rams[m][(addr * mem.limbs + limb) * L + lane],
                };
                self.state[(*fetch as usize + limb) * L + lane] = word;
            }
        }
    }

    /// What a fault flips of a ROM's limb in a lane.
    fn damage(&self, m: usize, word: usize, limb: usize, lane: usize) -> u64 {
        self.rom_faults.get(lane).map_or(0, |f| f.flips(m, word, limb))
    }

    fn write(&mut self, m: usize, mem: &TapeMem, lane: usize) {
        let Some((enable, addr, data)) = mem.write else { return };
        if self.at(enable, lane) == 0 {
            return;
        }
        let addr = self.at(addr, lane) as usize;
        if addr >= mem.depth {
            if self.outside_reset(lane) {
                self.fault(lane, || format!("{}: write at {addr} of {} words", mem.path, mem.depth));
            }
            return;
        }
        for limb in 0..mem.limbs {
            self.rams[m][(addr * mem.limbs + limb) * L + lane] = self.at(data + limb as u32, lane);
        }
    }
}
