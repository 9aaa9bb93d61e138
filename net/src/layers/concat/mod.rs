//! Concatenation: tensors of the same pixels, their channels side by side.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::concat;

use super::parts::{lanes, most_lanes, operand, Operands, MOVED};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{DType, Elements};

/// Several tensors of the same pixels become one: their channels side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Concat {
    /// Channels of each operand.
    pub channels: Vec<u32>,
}

impl Concat {
    /// Channels of all operands.
    pub fn total(&self) -> u32 {
        self.channels.iter().sum()
    }

    /// Lanes divide this.
    pub fn common(&self) -> u32 {
        fn gcd(a: u32, b: u32) -> u32 {
            if b == 0 {
                a
            } else {
                gcd(b, a % b)
            }
        }
        self.channels.iter().fold(0, |g, c| gcd(g, *c)).max(1)
    }
}

impl Layer for Concat {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x)
    }
    fn explain(&self, _: &[&[i64]], _: usize) -> String {
        MOVED.into()
    }
    fn behind(&self, x: &[&[bool]], _: usize) -> Vec<bool> {
        let pixels = x[0].len() / self.channels[0].max(1) as usize;
        let part = |p: usize| x.iter().zip(&self.channels).flat_map(move |(o, c)| &o[p * *c as usize..][..*c as usize]);
        (0..pixels).flat_map(part).copied().collect()
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        Ok(self)
    }
}

impl Engine for Concat {
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.common())), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let pixels = u64::from(at.output.count / self.total().max(1));
        let lanes = lanes(self.common(), pixels * u64::from(self.total() / self.common()), at.target)?;
        Some(Choice { lanes, ..Choice::default() })
    }
    /// All operands side by side.
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let lanes = choice.lanes;
        let mut operands = Vec::new();
        for (k, channels) in self.channels.iter().enumerate() {
            operand(p, k, *channels, lanes);
            // Lanes divide the channels: pixels of all operands follow each other without padding.
            operands.push(p.tip());
        }
        let (bits, signed) = (p.now.bits, p.now.signed);
        let channels = self.channels.iter().map(|c| i64::from(*c)).collect();
        let Some(checked) = p.check("concat", concat::Config { lanes, bits, signed, channels }) else { return };
        p.vector = self.total();
        p.now = p.output();
        p.stage("concat", (p.output(), lanes), 0, checked);
        p.inputs_from(&operands);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let pixels = u64::from(a.output.count / self.total().max(1));
        let mut arrived = Operands::arrivals(a, self.channels.len(), pixels);
        // A pixel of each operand waits while those of the others pass, and the next one comes.
        arrived.spare.operands.iter_mut().for_each(|w| *w = (*w).max(2));
        arrived
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}
