//! A network in the making: what layers draw from.

use std::sync::Arc;

use super::{Choices, Dialect};
use crate::layers::Layer;
use crate::{Codes, DType, Node, Op, Recode, Value, Window};

/// Most elements of a tensor.
const MOST_ELEMENTS: u32 = 600;

/// Draws a layer behind a value: adds nodes, and gives the value that stands for the result. None: it does not go with this value.
pub type Random = fn(&mut Maker, at: usize) -> Option<usize>;

/// A network in the making. A value is 0 for the input, `i + 1` for the result of node `i`; every value is an image.
#[derive(Clone, Debug)]
pub struct Maker<'w> {
    /// What decides.
    pub choices: Choices<'w>,
    /// Whose arithmetic.
    pub dialect: Dialect,
    pub(super) input: Value,
    pub(super) nodes: Vec<Node>,
}

impl Maker<'_> {
    fn value(&self, at: usize) -> &Value {
        at.checked_sub(1).map_or(&self.input, |node| &self.nodes[node].output)
    }

    /// Rows, pixels of a row and channels of a value.
    pub fn image(&self, at: usize) -> [u32; 3] {
        let shape = &self.value(at).shape;
        [0, 1, 2].map(|i| shape[i] as u32)
    }

    /// A value's type.
    pub fn dtype(&self, at: usize) -> DType {
        self.value(at).dtype
    }

    /// The type of a new tensor: TFLite has one for all.
    pub fn result_type(&mut self) -> DType {
        if self.dialect.is_tflite() {
            self.input.dtype
        } else {
            self.dialect.dtype(&mut self.choices)
        }
    }

    /// A zero point.
    pub fn zero(&mut self, dtype: DType) -> i64 {
        let (lo, hi) = dtype.range();
        self.choices.range(lo, hi)
    }

    /// What a tensor's codes stand for; equal and short scales make ties.
    pub fn codes(&mut self, dtype: DType) -> Codes {
        let zero = self.zero(dtype);
        let scale = match self.choices.below(3) {
            0 => 0.0625,
            1 => (4 + self.choices.below(8)) as f32 / 128.0,
            _ => 0.03 + self.choices.below(1 << 20) as f32 * 6e-8,
        };
        Codes { scale, zero, dtype }
    }

    /// Lowest and highest code: all, or those from the zero point on.
    pub fn bounds(&mut self, dtype: DType, zero: i64) -> (i64, i64) {
        let (lo, hi) = dtype.range();
        (if self.choices.chance(30) { zero } else { lo }, hi)
    }

    /// How sums of about `reach` become codes, one scale for all of so many outputs or one for each.
    pub fn recode(&mut self, outputs: u32, reach: f64, to: DType) -> Recode {
        let zero = self.zero(to);
        let (min, max) = self.bounds(to, zero);
        let half = 2f64.powi(to.bits() as i32 - 1);
        let dialect = self.dialect;
        let count = if self.choices.chance(50) { outputs } else { 1 };
        // All scales of a layer have one form: they are drawn with the same choices.
        let form = self.choices.clone();
        dialect.scale(&mut self.choices, 1.0, zero);
        let gains = self.choices.numbers(count, 500);
        let ties = self.choices.chance(25);
        let mut zero_point = zero;
        let scale = |k: &i64| {
            let gain = half * (0.8 + *k as f64 / 1000.0) / reach.max(1.0);
            let gain = if ties { 2f64.powi(gain.log2().round() as i32) } else { gain };
            let (scale, outside) = dialect.scale(&mut form.clone(), gain, zero);
            zero_point = outside;
            scale
        };
        let scales = gains.iter().map(scale).collect();
        Recode { scales, zero_point, min, max }
    }

    /// Weights of one to eight bits, some of them pruned, and what sums of so many of them, with codes of a value, reach.
    pub fn weights(&mut self, count: u32, terms: u32, at: usize) -> (Vec<i64>, f64) {
        let most = *self.choices.pick(&[127, 1, 7]);
        let mut weights = self.choices.numbers(count, most);
        let least = most * *self.choices.pick(&[0, 0, 50, 85]) / 100;
        weights.iter_mut().filter(|w| w.abs() < least).for_each(|w| *w = 0);
        let half = 2f64.powi(self.dtype(at).bits() as i32 - 1);
        (weights, 0.5 * most as f64 * half * f64::from(terms).sqrt())
    }

    /// So many codes of a type, any of them.
    pub fn codes_of(&mut self, count: u32, dtype: DType) -> Vec<i64> {
        let (lo, hi) = dtype.range();
        let numbers = self.choices.numbers(count, 1 << 20);
        numbers.iter().map(|v| lo + v.rem_euclid(hi - lo + 1)).collect()
    }

    /// A bias for each of so many sums.
    pub fn bias(&mut self, outputs: u32, reach: f64) -> Vec<i64> {
        self.choices.numbers(outputs, 1 + reach as i64)
    }

    /// A window on a value's image that holds a pixel of it somewhere, often with borders, seldom as large as the image.
    pub fn window(&mut self, at: usize, dilated: bool) -> Window {
        let [height, width, channels] = self.image(at);
        let long = self.choices.chance(15);
        let side = |c: &mut Choices, n: u32| (1 + c.below(if long { n.into() } else { 4 }) as u32).min(n);
        let kernel = [height, width].map(|n| side(&mut self.choices, n));
        let stride = [0; 2].map(|_| *self.choices.pick(&[1, 1, 1, 2, 3]));
        let wide = kernel.map(|k| if dilated && k > 1 && self.choices.chance(20) { 2 } else { 1 });
        // A patch without a border fits into the image.
        let fits = [height, width];
        let dilation = [0, 1].map(|i| if (kernel[i] - 1) * wide[i] < fits[i] { wide[i] } else { 1 });
        let reach = [0, 1].map(|i| (kernel[i] - 1) * dilation[i]);
        let pads = match self.choices.below(3) {
            0 => [0; 4],
            1 => [reach[0] / 2, reach[1] / 2, reach[0] - reach[0] / 2, reach[1] - reach[1] / 2],
            _ => [reach[0], reach[1], 0, 0].map(|p| self.choices.below(u64::from(p) + 1) as u32),
        };
        Window { height, width, channels, kernel, stride, dilation, pads }
    }

    /// Adds a layer. None: it has no hardware, or too many elements come out.
    pub fn layer<L: Layer>(&mut self, layer: L, inputs: Vec<usize>, shape: [u32; 3], dtype: DType) -> Option<usize> {
        let layer: Arc<dyn Layer> = Arc::new(layer);
        let types: Vec<DType> = inputs.iter().map(|v| self.dtype(*v)).collect();
        layer.clone().engine(&types).ok()?;
        if shape.iter().product::<u32>() > MOST_ELEMENTS {
            return None;
        }
        let name = format!("n{}", self.nodes.len());
        let output = Value { name: name.clone(), shape: shape.map(|n| n as usize).to_vec(), dtype };
        let kind = std::any::type_name::<L>().rsplit("::").next().unwrap_or_default().into();
        let op = Op::Layer(layer);
        self.nodes.push(Node { name, kind, op, inputs, output, float_in_framework: false });
        Some(self.nodes.len())
    }
}
