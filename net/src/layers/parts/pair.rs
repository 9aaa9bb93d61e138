//! Layers of several operands: each on its lanes, and what comes too early in a FIFO.

use niello_gen::blocks::eltwise;
use niello_gen::num::Range;

use crate::plan::{ahead, together, Arrivals, Arrived, Pipeline, Spare, Tip};
use crate::Elements;

/// Operands in names of instances.
const NAMES: [&str; 2] = ["a", "b"];

/// The lowest and the highest one.
pub fn ends(values: &[i64]) -> (i64, i64) {
    (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0))
}

/// An operand of pixels of so many channels on its lanes, behind what waits; its name. The pipeline goes on from it.
pub fn operand(p: &mut Pipeline, k: usize, channels: u32, lanes: u32) -> String {
    let name = NAMES.get(k).map_or_else(|| format!("x{k}"), |n| n.to_string());
    p.go_on_from(k);
    p.by_pixels(channels);
    // What waits must be able to go at the pace of who takes it.
    p.widen(lanes, &name);
    p.wait(k, &name, channels);
    name
}

/// The ends of one or two operands.
pub struct Operands(pub Vec<Tip>);

impl Operands {
    /// All operands of so many channels as they are, on as many lanes.
    pub fn as_they_are(p: &mut Pipeline, channels: u32, lanes: u32) -> Operands {
        let mut tips = Vec::new();
        for k in 0..p.operands() {
            operand(p, k, channels, lanes);
            tips.push(p.tip());
        }
        Operands(tips)
    }

    /// The stage that takes them; gives the range of its results.
    pub fn join(&self, p: &mut Pipeline, role: &str, config: eltwise::Config, products: u64) -> Option<Range> {
        let (lanes, constants) = (config.lanes, config.constants.len() as u32);
        let c = p.check(role, config)?;
        let (bits, signed, result) = (c.derived().bits, c.derived().signed, c.derived().y);
        let wide = Elements { bits, signed, ..p.now };
        // A frame of the block has all constants once.
        let vector = p.vector;
        p.vector = vector.max(constants);
        p.stage(role, (wide, lanes), products, c);
        p.vector = vector;
        p.inputs_from(&self.0);
        Some(result)
    }

    /// When pixels of all of so many operands are done, and how many of each wait.
    pub fn arrivals(a: &Arrivals, operands: usize, pixels: u64) -> Arrived {
        let operands: Vec<Vec<u64>> = (0..operands).map(|k| a.come(k, pixels)).collect();
        let (done, waiting) = together(&operands, a.work(pixels));
        Arrived { done, spare: Spare { operands: waiting, least: ahead(&operands, a.slow), ..Spare::default() } }
    }
}
