//! Zeros of tensors and what codes of them would save: of an array, of a model's weights, of what its layers take.

use niello_gen::blocks::sparse::code::{Format, Sizes};
use niello_gen::num::{bits_for_range, Range};
use niello_model::npy::Samples;
use niello_model::{Graph, Node, Op, Tensor};

use crate::Error;

/// A tensor, or the same tensor of many samples.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Which.
    pub name: String,
    /// Bits of an element.
    pub width: u32,
    /// Zeros, and lengths of codes.
    pub sizes: Sizes,
    /// The share of zeros of each block, rising.
    pub blocks: Vec<f64>,
}

impl Measured {
    /// Of elements of which `zero` stands for nothing; blocks begin anew in each part.
    fn of<'a>(name: String, block: u32, width: u32, zero: i64, parts: impl Iterator<Item = &'a [i64]>) -> Measured {
        let (mut sizes, mut blocks) = (Sizes::default(), Vec::new());
        for part in parts {
            let zeros: Vec<bool> = part.iter().map(|v| *v == zero).collect();
            sizes = sizes.plus(&Sizes::of(block, width, &zeros));
            let share = |b: &[bool]| b.iter().filter(|z| **z).count() as f64 / b.len() as f64;
            blocks.extend(zeros.chunks(block as usize).map(share));
        }
        blocks.sort_by(f64::total_cmp);
        Measured { name, width, sizes, blocks }
    }

    /// The shortest form.
    pub fn best(&self) -> (Option<Format>, u64) {
        self.sizes.best()
    }

    /// The share of zeros below which a share of the blocks lies: 0.5 is the median.
    pub fn quantile(&self, share: f64) -> f64 {
        let at = (share * (self.blocks.len().max(1) - 1) as f64).round() as usize;
        self.blocks.get(at).copied().unwrap_or(0.0)
    }
}

/// Of an array of integers: the leading dimension counts tensors. Without a width the fewest bits that hold all elements.
///
/// # Errors
/// E106: elements that are no integers, or wider than 32 bits or than `width`.
pub fn of_array(name: &str, x: &Samples, block: u32, width: Option<u32>) -> Result<Vec<Measured>, Error> {
    let parts: Vec<&[i64]> = x.samples.iter().filter(|t| matches!(t, Tensor::Int(_))).map(Tensor::ints).collect();
    if parts.len() < x.samples.len() {
        let help = "quantize it: a code keeps integers";
        return Err(Error::new("E106", format!("{name} holds numbers that are no integers"), help));
    }
    let needs = fewest(parts.iter().copied().flatten());
    let width = width.unwrap_or(needs);
    if needs > width || width > 32 {
        let what = format!("{name} holds an element of {needs} bits, more than {}", width.min(32));
        return Err(Error::new("E106", what, "codes take elements of 1 to 32 bits: --width"));
    }
    Ok(vec![Measured::of(name.into(), block, width, 0, parts.into_iter())])
}

/// Of the weights of a model's layers: those of each row follow each other.
pub fn of_weights(graph: &Graph, block: u32) -> Vec<Measured> {
    let of = |(name, weights): (String, &[i64])| {
        Measured::of(name, block, fewest(weights.iter()), 0, std::iter::once(weights))
    };
    let named = |n: &'_ Node| match &n.op {
        Op::Layer(l) => Some(of((n.name.clone(), l.weights()?))),
        _ => None,
    };
    graph.nodes.iter().filter_map(named).collect()
}

/// Of what the layers with weights take: their zero point stands for nothing.
///
/// # Errors
/// E106: a sample is not one of the model.
pub fn of_operands(graph: &Graph, block: u32, samples: &[Tensor]) -> Result<Vec<Measured>, Error> {
    let mut running = graph.sequence();
    let mut values: Vec<Vec<Tensor>> = Vec::with_capacity(samples.len());
    for x in samples {
        values.push(running.next(x)?);
    }
    let mut all = Vec::new();
    for n in &graph.nodes {
        let (Op::Layer(layer), Some(operand)) = (&n.op, n.inputs.first()) else { continue };
        let Some(sums) = layer.sums() else { continue };
        let of = |s: usize| if *operand == 0 { samples[s].ints() } else { values[s][operand - 1].ints() };
        let width = graph.value(*operand).dtype.bits();
        all.push(Measured::of(n.name.clone(), block, width, sums.x_zero, (0..samples.len()).map(of)));
    }
    Ok(all)
}

/// The fewest bits that hold all of them: two's complement if one is negative.
fn fewest<'a>(elements: impl Iterator<Item = &'a i64>) -> u32 {
    let (low, high) = elements.fold((0, 0), |(low, high), v| (*v.min(&low), *v.max(&high)));
    bits_for_range(Range::new(low.into(), high.into()), low < 0)
}
