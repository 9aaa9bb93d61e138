//! The planner's input: layers, each taking results of those before it.

use std::sync::Arc;

use crate::layers::Engine;
use crate::Elements;

/// A layer's hardware at its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// A legal name, unique in the network.
    pub name: String,
    /// What it does.
    pub engine: Arc<dyn Engine>,
    /// What it takes: 0 is the network's input, `k` the result of node `k - 1`, which stands before it.
    pub inputs: Vec<usize>,
    /// What it gives. Ignored for a dense layer without recoding, whose width is derived.
    pub output: Elements,
}

impl Placed {
    /// The fewest cycles in which it can be done.
    pub fn fewest_cycles(&self) -> u64 {
        self.engine.pace(self.output).fewest
    }
}

/// Layers between the borders.
#[derive(Clone, Debug)]
pub struct Network {
    /// A legal name.
    pub name: String,
    /// What the framework calls these semantics.
    pub profile: String,
    /// What comes in.
    pub input: Elements,
    /// In order; the last one's result is the network's.
    pub nodes: Vec<Placed>,
}
