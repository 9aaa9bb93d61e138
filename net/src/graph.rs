//! The graph: a model with its framework's meaning, on integers between its borders.

use std::sync::Arc;

use niello_gen::fault::Fault;

use crate::host::{self, FloatRounding, Quant};
use crate::layers::{Layer, Softmax};
use crate::{DType, Recode, Tensor, Value};

/// What a node does: what the host computes at the borders, or a layer.
#[derive(Clone, Debug)]
pub enum Op {
    /// `q = clamp(round(x / scale) + zero)`, in float32.
    Quantize {
        /// Of the result.
        scale: f32,
        /// Of the result.
        zero: i64,
        /// The framework's rounding.
        rounding: FloatRounding,
    },
    /// QONNX's Quant of floats.
    Quant(Quant),
    /// `x = (q - zero) * scale + bias`, each step in float32; one scale, or one for each element of the last dimension.
    Dequantize {
        /// Of the operand.
        scales: Vec<f32>,
        /// Of the operand.
        zero: i64,
        /// Reals that the model adds to sums: none, or one for each element of the last dimension.
        bias: Vec<f32>,
    },
    /// `exp(x - max) / sum of them`, of rows of reals.
    Softmax {
        /// Elements of a row.
        columns: usize,
    },
    /// The same elements in the same order.
    Reshape,
    /// Integers to integers.
    Layer(Arc<dyn Layer>),
}

impl<L: Layer> From<L> for Op {
    fn from(layer: L) -> Op {
        Op::Layer(Arc::new(layer))
    }
}

impl Op {
    /// The layer, if it is of that type.
    pub fn layer<L: Layer>(&self) -> Option<&L> {
        match self {
            Op::Layer(l) => l.of(),
            _ => None,
        }
    }

    /// The same to be changed, while nobody else has it.
    pub fn layer_mut<L: Layer>(&mut self) -> Option<&mut L> {
        match self {
            Op::Layer(l) => Arc::get_mut(l)?.of_mut(),
            _ => None,
        }
    }

    /// How its sums become codes, to be changed while nobody else has the layer.
    pub fn recode_mut(&mut self) -> Option<&mut Recode> {
        match self {
            Op::Layer(l) => Arc::get_mut(l)?.recode_mut(),
            _ => None,
        }
    }

    /// Moves elements, and computes nothing.
    pub fn moves(&self) -> bool {
        match self {
            Op::Reshape => true,
            Op::Layer(l) => l.moves(),
            _ => false,
        }
    }

    /// An integer form of what the framework computes in float, which comes near to it.
    pub fn is_near_float(&self) -> bool {
        matches!(self, Op::Layer(l) if l.is_near_float())
    }

    /// Between the borders it becomes hardware: everything but another name for the same elements.
    pub fn is_layer(&self) -> bool {
        !matches!(self, Op::Reshape)
    }

    /// What it keeps from one sample for the next one, as it is after reset.
    fn kept(&self) -> Vec<i64> {
        match self {
            Op::Layer(l) => l.kept(),
            _ => Vec::new(),
        }
    }

    /// The result for one sample; `dtype` is that of the result. Of a layer that keeps something: of the first sample.
    pub fn run(&self, operands: &[&Tensor], dtype: DType) -> Tensor {
        let x = operands[0];
        match self {
            Op::Quantize { scale, zero, rounding } => {
                let code = |v: &f32| host::quantize(*v, *scale, *zero, *rounding, dtype);
                Tensor::Int(x.floats().iter().map(code).collect())
            }
            Op::Quant(q) => Tensor::Int(x.floats().iter().map(|v| q.code(*v)).collect()),
            Op::Dequantize { scales, zero, bias } => Tensor::F32(host::dequantize(x.ints(), scales, *zero, bias)),
            Op::Softmax { columns } => Tensor::F32(host::softmax(x.floats(), *columns)),
            Op::Reshape => x.clone(),
            Op::Layer(l) => match (x, l.order()) {
                (Tensor::F32(v), Some(order)) => Tensor::F32(order.iter().map(|i| v[*i]).collect()),
                _ => Tensor::Int(l.golden(&operands.iter().map(|t| t.ints()).collect::<Vec<_>>())),
            },
        }
    }

    /// What led to one element of the result, in a line.
    pub fn explain(&self, operands: &[&Tensor], element: usize) -> String {
        let operands: Vec<&[i64]> = operands.iter().map(|t| t.ints()).collect();
        match self {
            Op::Layer(l) => l.explain(&operands, element),
            _ => crate::layers::from_operands(&operands, element),
        }
    }
}

/// What a graph was given that it does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongSample {
    /// What it was.
    pub what: String,
    /// What it takes.
    pub help: String,
}

impl WrongSample {
    /// With its code and help.
    pub fn fault(&self) -> Fault {
        Fault::new("E106", self.what.clone()).help(self.help.clone())
    }
}

niello_gen::coded!(WrongSample);

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// The model's name for it, made printable.
    pub name: String,
    /// What the file calls the operator.
    pub kind: String,
    /// What it computes.
    pub op: Op,
    /// What it takes: 0 is the model's input, `i + 1` the result of node `i`, which stands before it.
    pub inputs: Vec<usize>,
    /// What it gives.
    pub output: Value,
    /// The framework itself is known to run this node in float.
    pub float_in_framework: bool,
}

/// A model.
#[derive(Clone, Debug)]
pub struct Graph {
    /// A name fit for files and Verilog.
    pub name: String,
    /// `tflite` or `onnx`.
    pub format: &'static str,
    /// Whose arithmetic this is.
    pub profile: &'static str,
    /// What comes in.
    pub input: Value,
    /// In order: each takes results of nodes before it; the last one's is the model's.
    pub nodes: Vec<Node>,
    /// A softmax at the end is computed by the hardware, not by the host behind it.
    pub hardware_softmax: bool,
}

impl Graph {
    /// What goes out.
    pub fn output(&self) -> &Value {
        self.nodes.last().map_or(&self.input, |n| &n.output)
    }

    /// What an index of [`Node::inputs`] stands for.
    pub fn value(&self, index: usize) -> &Value {
        if index == 0 {
            &self.input
        } else {
            &self.nodes[index - 1].output
        }
    }

    /// Golden execution of one sample, the first one after reset: the result of every node, in order.
    ///
    /// # Errors
    /// E106: the sample is not one of the model.
    pub fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, WrongSample> {
        self.sequence().next(input)
    }

    /// Golden execution of samples one after the other.
    pub fn sequence(&self) -> Sequence<'_> {
        Sequence { graph: self, kept: self.nodes.iter().map(|n| n.op.kept()).collect() }
    }

    /// It keeps something from one sample for the next one.
    pub fn has_state(&self) -> bool {
        self.nodes.iter().any(|n| !n.op.kept().is_empty())
    }

    /// Nodes that a host computes before the hardware: those in front of the first integer node. What they took is not needed later.
    pub fn host_before(&self) -> usize {
        let host = |(i, n): &(usize, &Node)| {
            (matches!(n.op, Op::Quantize { .. } | Op::Quant(_)) || n.op.moves()) && n.inputs == [*i]
        };
        let most = self.nodes.iter().enumerate().take_while(host).count();
        let inside = |first: usize| self.nodes[first..].iter().flat_map(|n| &n.inputs).all(|v| *v >= first);
        (0..=most).rev().find(|first| inside(*first)).unwrap_or(0)
    }

    /// The softmax at the end, in front of what makes floats of it.
    fn softmax_at_end(&self) -> Option<usize> {
        let moves = |n: &&Node| matches!(n.op, Op::Dequantize { .. }) || n.op.moves();
        let end = self.nodes.len() - self.nodes.iter().rev().take_while(moves).count();
        end.checked_sub(1).filter(|i| self.nodes[*i].op.layer::<Softmax>().is_some())
    }

    /// True if the model ends with a softmax.
    pub fn ends_with_softmax(&self) -> bool {
        self.softmax_at_end().is_some()
    }

    /// Leaves a softmax at the end out, with what makes floats of it. False: there is none.
    pub fn cut_softmax(&mut self) -> bool {
        let found = self.softmax_at_end();
        self.nodes.truncate(found.unwrap_or(self.nodes.len()));
        found.is_some()
    }

    /// Nodes from here on are computed by the host after the hardware: floats, and a softmax at the end.
    pub fn host_after(&self) -> usize {
        let host = |(i, n): &(usize, &Node)| {
            let reals = matches!(n.op, Op::Dequantize { .. } | Op::Softmax { .. });
            let softmax = n.op.layer::<Softmax>().is_some() && !self.hardware_softmax;
            (reals || softmax || n.op.moves()) && n.inputs == [*i]
        };
        let tail = self.nodes.iter().enumerate().rev().take_while(host).count();
        (self.nodes.len() - tail).max(self.host_before())
    }
}

/// A graph at work: sample after sample, from reset.
#[derive(Clone, Debug)]
pub struct Sequence<'g> {
    graph: &'g Graph,
    /// What each node keeps.
    kept: Vec<Vec<i64>>,
}

impl Sequence<'_> {
    /// The result of every node for the next sample, in order.
    ///
    /// # Errors
    /// E106: the sample is not one of the model.
    pub fn next(&mut self, input: &Tensor) -> Result<Vec<Tensor>, WrongSample> {
        let (graph, expected) = (self.graph, self.graph.input.elements());
        if input.len() != expected {
            let what = format!("a sample has {} elements, the model takes {expected}", input.len());
            return Err(WrongSample { what, help: format!("give samples of shape {:?}", graph.input.shape) });
        }
        let mut results: Vec<Tensor> = Vec::with_capacity(graph.nodes.len());
        for (node, kept) in graph.nodes.iter().zip(&mut self.kept) {
            let take = |i: &usize| if *i == 0 { input } else { &results[i - 1] };
            let operands: Vec<&Tensor> = node.inputs.iter().map(take).collect();
            results.push(match &node.op {
                Op::Layer(l) if !kept.is_empty() => {
                    Tensor::Int(l.next(&operands.iter().map(|t| t.ints()).collect::<Vec<_>>(), kept))
                }
                op => op.run(&operands, node.output.dtype),
            });
        }
        Ok(results)
    }
}

/// A file-system and Verilog name near `text`, at most 24 characters.
pub fn tidy_name(text: &str) -> String {
    let stem: String = text.chars().take(24).collect::<String>().to_lowercase();
    niello_gen::ir::names::suggest(&stem)
}
