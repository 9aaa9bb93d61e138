//! Frames for the testbench of an exported design: chosen so that every bit of every layer's results is seen as 0 and as 1, and measured
//! by what share of single-bit faults in the design's ROMs they see.

mod select;
mod toggles;

pub use select::{choose, Chosen};
pub use toggles::Toggles;

use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use niello_testbench::campaign::Workload;
use niello_testbench::engine::tape::{RomFault, RomFaults};
use niello_testbench::engine::EngineError;
use niello_testbench::scoreboard::Expected;

/// How many of a sample of ROM faults a workload sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Bits of all ROMs.
    pub bits: u64,
    /// Faults put in, one at a time, at random places.
    pub faults: u64,
    /// Those that changed a result.
    pub caught: u64,
}

/// Instructions of all simulated cycles that a build spends on faults where nobody says how many: some seconds.
const WORK: u64 = 1 << 28;
/// Faults in one pass of the engine: its other lane has none.
const PASS: u64 = 15;
/// Frames that a fault takes until it is seen, about.
const FRAMES: u64 = 4;
/// Most faults where nobody says how many.
const MOST: u64 = 512;

/// Puts `faults` random single-bit faults into the ROMs, or as many as a few seconds allow, and counts those that the frames see. A frame
/// takes `cycles`. None: there is no ROM, or not even one pass is affordable.
///
/// # Errors
/// The design's top has ports outside of streams; or it differs from what its frames expect without any fault.
pub fn rom_faults(
    design: &ValidDesign,
    work: &Workload,
    cycles: u64,
    slack: u64,
    faults: Option<u64>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Option<Coverage>, EngineError> {
    let roms = RomFaults::new(design)?;
    // A run takes its frames, the way through the network, and the quiet cycles at its end.
    let pass = roms.instructions().max(1) * (FRAMES * cycles.max(1) + 2 * slack);
    let wanted = faults.unwrap_or_else(|| (WORK / pass * PASS).min(MOST));
    let mut rng = Prng::named(0, "rom faults");
    let mut left: Vec<RomFault> = (0..wanted).filter_map(|_| roms.random(&mut rng)).collect();
    let all = left.len() as u64;
    if all == 0 {
        return Ok(None);
    }
    // Most faults are seen in the first frame: the others are not run again.
    let (mut first, mut size) = (0, 1);
    let frames = work.outputs.iter().map(|o| o.frames.len()).max().unwrap_or(0);
    while first < frames && !left.is_empty() {
        let part = part(work, first..(first + size).min(frames));
        let mut missed = Vec::new();
        for group in left.chunks(PASS as usize) {
            let seen = roms.caught(&part, slack, group).ok_or_else(|| EngineError::Failed {
                tool: "the tape".into(),
                what: "the design differs from what its frames expect, without any fault".into(),
                command: "niello verify".into(),
            })?;
            missed.extend(group.iter().zip(seen).filter(|(_, seen)| !seen).map(|(f, _)| *f));
            progress(all - left.len() as u64 + group.len() as u64 - missed.len().min(group.len()) as u64, all);
        }
        left = missed;
        (first, size) = (first + size, 2 * size);
    }
    Ok(Some(Coverage { bits: roms.bits(), faults: all, caught: all - left.len() as u64 }))
}

/// Some frames of a workload.
fn part(work: &Workload, frames: std::ops::Range<usize>) -> Workload {
    let cut = |list: &[Expected]| -> Vec<Expected> {
        list.iter().map(|e| Expected { frames: e.frames[frames.clone()].to_vec() }).collect()
    };
    Workload { inputs: cut(&work.inputs), outputs: cut(&work.outputs) }
}
