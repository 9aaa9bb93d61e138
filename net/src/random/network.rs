//! A network out of the registry.

use super::{Choices, Dialect, Maker};
use crate::layers::RANDOM;
use crate::{Graph, Value};

/// A network. Words decide everything: a list for its dialect and input, and one for each layer. Where a layer's list draws what does not
/// go with the value before it, there is none.
pub fn network(name: &str, first: &[u64], layers: &[Vec<u64>]) -> Graph {
    let mut choices = Choices::new(first);
    let dialect = *choices.pick(&Dialect::ALL);
    let dtype = dialect.dtype(&mut choices);
    let shape = [9, 9, 4].map(|n| 1 + choices.below(n) as usize).to_vec();
    let mut m = Maker { choices, dialect, input: Value { name: "x".into(), shape, dtype }, nodes: Vec::new() };
    let mut at = 0;
    for words in layers {
        m.choices = Choices::new(words);
        let (_, random) = *m.choices.pick(RANDOM);
        let before = m.nodes.len();
        match random(&mut m, at) {
            Some(made) => at = made,
            // What was drawn on the way to nothing would be a second result.
            None => m.nodes.truncate(before),
        }
    }
    let Maker { input, nodes, .. } = m;
    let format = "random";
    Graph { name: name.into(), format, profile: dialect.profile(), input, nodes, hardware_softmax: true }
}
