//! FIFOs as deep as a simulation without stalls needs them: one beat less, and a beat has to wait.

use crate::Error;
use niello_net::plan::Plan;
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::probes;

/// When beats entered and left a FIFO.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// The stage.
    pub stage: usize,
    /// Cycles in which a beat entered.
    pub entered: Vec<u64>,
    /// Cycles in which a beat left.
    pub left: Vec<u64>,
}

impl Traffic {
    /// The depth at which no beat had to wait: `stream_fifo` holds one more at its output.
    pub fn depth(&self) -> u32 {
        let (mut used, mut valid, mut most) = (0u32, false, 1);
        let (mut ins, mut outs) = (self.entered.iter().peekable(), self.left.iter().peekable());
        let end = self.left.last().copied().unwrap_or(0).max(self.entered.last().copied().unwrap_or(0));
        let first = self.entered.first().copied().unwrap_or(0);
        for cycle in first..=end {
            let enters = ins.next_if(|c| **c == cycle).is_some();
            let leaves = outs.next_if(|c| **c == cycle).is_some();
            if enters {
                most = most.max(used + 1);
            }
            let read = used > 0 && (!valid || leaves);
            valid = read || (valid && !leaves);
            used = used + u32::from(enters) - u32::from(read);
        }
        most
    }
}

/// The traffic of every FIFO, on frames of zeros: cycles do not depend on data. None: the network stands still.
///
/// # Errors
/// E4xx, E50x: the design cannot be simulated.
pub fn traffic(plan: &Plan) -> Result<Option<Vec<Traffic>>, Error> {
    let fifos = plan.fifos();
    if fifos.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let design = plan.probed_fifos()?;
    let latency: u64 = plan.stages.iter().map(|s| s.latency).sum();
    // What is in flight at once, and some more: the pattern repeats from then on.
    let frames = (4 + latency.div_ceil(plan.ii.max(1))).min(64) as usize;
    let slack = plan.slack();
    let elements = [plan.network.input.count as usize, plan.output().count as usize];
    let cycles = probes::cycles(&TapeEngine::default(), &design, frames, elements, slack)?;
    let Some(cycles) = cycles else { return Ok(None) };
    let of = |(stage, pair): (&usize, &[Vec<u64>])| Traffic {
        stage: *stage,
        entered: pair[0].clone(),
        left: pair[1].clone(),
    };
    Ok(Some(fifos.iter().zip(cycles.chunks(2)).map(of).collect()))
}

/// The plan with FIFOs of exactly the depth at which no beat waits for them.
///
/// # Errors
/// E510: the network stands still in simulation.
pub fn exact(plan: Plan) -> Result<Plan, Error> {
    let mut exact = plan;
    let seen = traffic(&exact)?.ok_or(Error::new(
        "E510",
        "the network stands still in simulation",
        "report this, with the model",
    ))?;
    for t in seen {
        let now = exact.fifo_depth(t.stage).unwrap_or(1);
        let depth = t.depth().max(exact.least_fifo_depth(t.stage)).min(now);
        exact = exact.with_fifo_depth(t.stage, depth).ok_or(Error::new("E204", "a FIFO of no depth", "report this"))?;
    }
    Ok(exact)
}
