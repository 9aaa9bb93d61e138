//! Single-bit faults in ROMs, a fault a lane: how many of them a set of frames sees says what the frames are worth.

use niello_gen::ir::{Flat, ValidDesign};
use niello_gen::num::Prng;

use super::{Machine, Tape, LANES};
use crate::batch::{Batch, Fill};
use crate::campaign::{batch, Pattern, Workload};
use crate::drive::drive;
use crate::engine::{EngineError, Run};
use crate::scoreboard::judge;
use crate::streams::Border;

/// A bit of a ROM that reads as its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RomFault {
    mem: usize,
    word: usize,
    bit: usize,
}

impl RomFault {
    /// What it does to a limb of a word.
    pub(super) fn flips(&self, mem: usize, word: usize, limb: usize) -> u64 {
        if (self.mem, self.word, self.bit / 64) == (mem, word, limb) {
            1 << (self.bit % 64)
        } else {
            0
        }
    }
}

/// A design whose ROMs can be damaged.
pub struct RomFaults {
    tape: Tape,
    border: Border,
    /// For each ROM: its position among the memories, words, bits of a word.
    roms: Vec<(usize, usize, usize)>,
}

impl RomFaults {
    /// Prepares a design.
    ///
    /// # Errors
    /// Its top has ports outside of streams.
    pub fn new(design: &ValidDesign) -> Result<RomFaults, EngineError> {
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        let tape = Tape::new(&Flat::new(design));
        let bits = |limbs: usize, top: u64| 64 * (limbs - 1) + top.count_ones() as usize;
        let mems = tape.mems.iter().enumerate().filter(|(_, m)| m.rom.is_some());
        let roms = mems.map(|(i, m)| (i, m.depth, bits(m.limbs, m.top_mask))).collect();
        Ok(RomFaults { tape, border, roms })
    }

    /// Bits of all ROMs.
    pub fn bits(&self) -> u64 {
        self.roms.iter().map(|(_, words, bits)| (words * bits) as u64).sum()
    }

    /// Instructions of a cycle: what simulating one costs.
    pub fn instructions(&self) -> u64 {
        (self.tape.nets.len() + self.tape.edges.len()) as u64
    }

    /// Any bit, each as likely as the others. None: there is no ROM.
    pub fn random(&self, rng: &mut Prng) -> Option<RomFault> {
        let mut at = rng.below(self.bits().max(1)) as usize;
        for (mem, words, bits) in &self.roms {
            if at < words * bits {
                return Some(RomFault { mem: *mem, word: at / bits, bit: at % bits });
            }
            at -= words * bits;
        }
        None
    }

    /// Faults that the frames see: for each, whether anything is found. No side stalls. A lane without a fault runs beside them: None,
    /// if something is found there, because then nothing says that a fault was seen.
    pub fn caught(&self, work: &Workload, slack: u64, faults: &[RomFault]) -> Option<Vec<bool>> {
        let b = Batch { fill: Fill::Zeros, ..batch(&self.border, work, Pattern::FREE, slack) };
        let group = |group: &[RomFault]| {
            let batches = vec![b.clone(); group.len() + 1];
            let mut machine = Machine::<LANES>::new(&self.tape, &[], false);
            machine.rom_faults = group.to_vec();
            let runs =
                drive(&mut machine, &self.border, &batches).into_iter().map(|trace| Run { trace, faults: Vec::new() });
            let mut found: Vec<bool> = runs.map(|run| !judge(&run, &self.border, &work.outputs).is_empty()).collect();
            let sound = found.pop() == Some(false);
            sound.then_some(found)
        };
        let groups: Option<Vec<Vec<bool>>> = faults.chunks(LANES - 1).map(group).collect();
        Some(groups?.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoreboard::Expected;
    use niello_gen::blocks::find;

    /// A design that differs without any fault has seen none; one whose table is read has seen some.
    #[test]
    fn caught__needs_a_sound_design() {
        let lut = find("lut").unwrap().configure(&[]).unwrap();
        let design = lut.design().unwrap();
        let work = Workload::new(&[vec![(-128..128).collect()]], |f| lut.golden(f));
        let roms = RomFaults::new(&design).unwrap();
        let mut rng = Prng::new(1);
        let faults: Vec<RomFault> = (0..40).filter_map(|_| roms.random(&mut rng)).collect();
        assert_eq!(roms.caught(&work, 300, &faults), Some(vec![true; 40]), "every entry of the table is read");
        let wrong = Workload { outputs: vec![Expected { frames: vec![vec![0; 256]] }], ..work };
        assert_eq!(roms.caught(&wrong, 300, &faults), None);
    }
}
