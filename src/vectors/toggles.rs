//! Which bits of a network's results have been seen as 0 and as 1.

use niello_model::{Graph, Tensor};

/// Bits seen as 1 and as 0: of every layer, for each entry of its innermost dimension (a channel, an output).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toggles {
    ones: Vec<u64>,
    zeros: Vec<u64>,
}

impl Toggles {
    /// Of one run of a graph: the results of all its nodes.
    pub fn of(graph: &Graph, values: &[Tensor]) -> Toggles {
        let mut t = Toggles { ones: Vec::new(), zeros: Vec::new() };
        let hardware = graph.host_before()..graph.host_after();
        for (node, value) in graph.nodes.iter().zip(values).take(hardware.end).skip(hardware.start) {
            if !node.op.is_layer() {
                continue;
            }
            let channels = node.output.shape.last().copied().unwrap_or(1).max(1);
            let bits = node.output.dtype.bits();
            let mask = if bits >= 64 { u64::MAX } else { (1 << bits) - 1 };
            let start = t.ones.len();
            t.ones.resize(start + channels, 0);
            t.zeros.resize(start + channels, 0);
            for (k, v) in value.ints().iter().enumerate() {
                t.ones[start + k % channels] |= *v as u64 & mask;
                t.zeros[start + k % channels] |= !*v as u64 & mask;
            }
        }
        t
    }

    /// Nothing seen yet, of the same layers.
    pub fn none(&self) -> Toggles {
        Toggles { ones: vec![0; self.ones.len()], zeros: vec![0; self.zeros.len()] }
    }

    /// Adds what another run of the same graph has seen.
    pub fn join(&mut self, other: &Toggles) {
        self.ones.iter_mut().zip(&other.ones).for_each(|(a, b)| *a |= b);
        self.zeros.iter_mut().zip(&other.zeros).for_each(|(a, b)| *a |= b);
    }

    /// Values of bits that another run has seen, and this not yet.
    pub fn news(&self, other: &Toggles) -> u64 {
        let new = |seen: &[u64], other: &[u64]| -> u64 {
            seen.iter().zip(other).map(|(a, b)| u64::from((b & !a).count_ones())).sum()
        };
        new(&self.ones, &other.ones) + new(&self.zeros, &other.zeros)
    }

    /// Bits seen as 0 and as 1, and bits seen at all.
    pub fn count(&self) -> (u64, u64) {
        let sum = |f: fn(u64, u64) -> u64| -> u64 {
            self.ones.iter().zip(&self.zeros).map(|(a, b)| u64::from(f(*a, *b).count_ones())).sum()
        };
        (sum(|a, b| a & b), sum(|a, b| a | b))
    }
}
