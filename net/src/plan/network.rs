//! The planner's input: layers over integers.

use niello_gen::blocks::permute;
use niello_gen::num::{Requant, Scale};

/// A list of integers of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elements {
    /// How many.
    pub count: u32,
    /// Bits of each.
    pub bits: u32,
    /// Two's complement.
    pub signed: bool,
}

/// So many codes at most have their thresholds compared: four bits.
const FEW_CODES: i64 = 16;

/// How accumulators become codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Recode {
    /// One scale, or one for each output.
    pub scales: Vec<Scale>,
    /// Added after the rounding.
    pub zero_point: i64,
    /// Lowest code.
    pub min: i64,
    /// Highest code.
    pub max: i64,
}

impl Recode {
    /// Codes are found by counting thresholds, without a multiplier: where no line meets them, or where they are few.
    pub fn by_counting(&self) -> bool {
        match self.scales[0] {
            Scale::Float32Mean { .. } => true,
            Scale::Affine { .. } => self.max - self.min < FEW_CODES,
            _ => false,
        }
    }

    /// Sums have a real offset.
    pub fn is_affine(&self) -> bool {
        matches!(self.scales[0], Scale::Affine { .. })
    }

    /// The requantizer of an output.
    pub fn requant(&self, output: usize) -> Requant {
        let scale = self.scales[output % self.scales.len()];
        Requant { scale, zero_point: self.zero_point, min: self.min, max: self.max }
    }
}

/// A dense layer: `acc[n] = sum_k w[n][k] (x[k] - x_zero) + bias[n]`, then recoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Zero point of the input.
    pub x_zero: i64,
    /// Row by row, zero points already subtracted.
    pub weights: Vec<i64>,
    /// One for each output.
    pub bias: Vec<i64>,
    /// None: the accumulators are the output.
    pub recode: Option<Recode>,
}

/// Where the taps of a convolution or a pooling lie; images are HWC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows of the image.
    pub height: u32,
    /// Pixels of a row.
    pub width: u32,
    /// Channels of a pixel.
    pub channels: u32,
    /// Rows and pixels of a patch.
    pub kernel: [u32; 2],
    /// From patch to patch, down and across.
    pub stride: [u32; 2],
    /// Between taps, down and across.
    pub dilation: [u32; 2],
    /// Outside of the image: top, left, bottom, right.
    pub pads: [u32; 4],
}

impl Window {
    /// Taps of a patch.
    pub fn taps(&self) -> u32 {
        self.kernel[0] * self.kernel[1]
    }

    /// Rows of patches, and patches of a row. At least one each, if a patch fits into the padded image.
    pub fn out(&self) -> [u32; 2] {
        let along = |size: u32, before: u32, after: u32, axis: usize| {
            let extent = (self.kernel[axis] - 1) * self.dilation[axis] + 1;
            (size + before + after).saturating_sub(extent) / self.stride[axis] + 1
        };
        let [top, left, bottom, right] = self.pads;
        [along(self.height, top, bottom, 0), along(self.width, left, right, 1)]
    }

    /// Patches of an image.
    pub fn patches(&self) -> u64 {
        self.out().iter().map(|n| u64::from(*n)).product()
    }

    /// Every patch is one pixel.
    pub fn is_pointwise(&self) -> bool {
        self.taps() == 1 && self.stride == [1, 1] && self.pads == [0; 4]
    }

    /// The one patch is the image.
    pub fn is_global(&self) -> bool {
        self.kernel == [self.height, self.width] && self.dilation == [1, 1] && self.pads == [0; 4]
    }
}

/// A convolution: the dense layer at every patch, its taps outermost and channels innermost; outside of the image
/// stands the zero point.
#[derive(Clone, Debug, PartialEq)]
pub struct Conv {
    /// The patches.
    pub window: Window,
    /// What happens at each.
    pub dense: Dense,
}

/// A depthwise convolution: `acc[c] = sum_t w[c][t] (x[c][t] - x_zero) + bias[c]` at every patch, then recoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Depthwise {
    /// The patches.
    pub window: Window,
    /// Zero point of the input; it stands outside of the image too.
    pub x_zero: i64,
    /// Channel by channel.
    pub weights: Vec<i64>,
    /// One for each channel.
    pub bias: Vec<i64>,
    /// How sums become codes.
    pub recode: Recode,
}

/// A convolution in groups of channels: kernels lie `[output][ky][kx][channel of the group]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped {
    /// The patches.
    pub window: Window,
    /// Groups: they divide channels and outputs.
    pub groups: u32,
    /// Zero point of the input; it stands outside of the image too.
    pub x_zero: i64,
    /// Output by output.
    pub weights: Vec<i64>,
    /// One for each output.
    pub bias: Vec<i64>,
    /// How sums become codes.
    pub recode: Recode,
}

impl Grouped {
    /// Outputs of a group.
    pub fn rows(&self) -> u32 {
        self.bias.len() as u32 / self.groups.max(1)
    }

    /// Channels of a group.
    pub fn depth(&self) -> u32 {
        self.window.channels / self.groups.max(1)
    }
}

/// Pooling of codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The patches.
    pub window: Window,
    /// None: the largest code; else what becomes of the sum, with one scale or one for each patch.
    pub average: Option<Recode>,
    /// What stands outside of the image: the lowest code, or, of sums, the code that counts as zero and is subtracted from each tap.
    pub outside: i64,
    /// Sums in float32: the numbers that codes become, the lowest code's first. Each sum is rounded to 24 significant bits.
    pub float32: Option<Vec<i64>>,
}

impl Pool {
    /// Each patch has its own scale: it divides by the taps inside of the image.
    pub fn by_patch(&self) -> bool {
        self.average.as_ref().is_some_and(|r| r.scales.len() > 1)
    }
}

/// A sum of two tensors: each operand's code becomes a number by a table, and the sum of both a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// For each operand one number for each code, the lowest code first. A constant operand has none.
    pub tables: [Vec<i64>; 2],
    /// Numbers of a constant second operand, over and over: whole pixels. Empty: it is a tensor.
    pub constants: Vec<i64>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
    /// How the sum becomes a code.
    pub recode: Recode,
}

/// A product of two tensors, each without its zero point.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Zero points of the operands.
    pub zeros: [i64; 2],
    /// Codes of a constant second operand, over and over: whole pixels. Empty: it is a tensor.
    pub constants: Vec<i64>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
    /// How the product becomes a code.
    pub recode: Recode,
}

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

/// An image with a border of one value: windows of one pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct Pad {
    /// The kernel is one pixel, the stride one.
    pub window: Window,
    /// Outside of the image.
    pub value: i64,
}

/// An image that becomes larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enlarge {
    /// Rows of the image.
    pub height: u32,
    /// Pixels of a row.
    pub width: u32,
    /// Channels of a pixel.
    pub channels: u32,
    /// How.
    pub by: Enlarging,
}

/// How an image becomes larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enlarging {
    /// Every pixel becomes so many rows and columns of itself.
    Nearest([u32; 2]),
    /// Channels become squares of this size.
    DepthToSpace(u32),
}

impl Enlarge {
    /// Rows, pixels of a row and channels of the result.
    pub fn out(&self) -> [u32; 3] {
        match self.by {
            Enlarging::Nearest([h, w]) => [self.height * h, self.width * w, self.channels],
            Enlarging::DepthToSpace(n) => [self.height * n, self.width * n, self.channels / (n * n)],
        }
    }
}

/// Elements in another order: dimension `k` of the result is dimension `order[k]` of the operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permute {
    /// Of the operand, outermost first.
    pub dims: Vec<u32>,
    /// For each dimension of the result.
    pub order: Vec<u32>,
}

impl Permute {
    /// Elements of the innermost dimension, before and after.
    pub fn pixels(&self) -> [u32; 2] {
        let last = |k: Option<usize>| k.and_then(|k| self.dims.get(k)).copied().unwrap_or(1);
        [last(self.dims.len().checked_sub(1)), last(self.order.last().map(|k| *k as usize))]
    }

    /// The innermost dimension stays innermost.
    pub fn keeps_pixels(&self) -> bool {
        self.order.last().is_none_or(|k| *k as usize + 1 == self.dims.len())
    }

    /// Rows that stay where they are.
    pub fn rows(&self) -> u64 {
        let still = permute::still(self.order.iter().map(|k| *k as usize));
        self.dims.iter().take(still).map(|d| u64::from(*d)).product()
    }
}

/// TFLite's int8 softmax of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoftmaxRow {
    /// Codes of a row.
    pub classes: u32,
    /// Of a code difference, to Q5.26.
    pub multiplier: i32,
    /// Left shift of the same.
    pub shift: u32,
}

/// An elementwise table: entry 0 belongs to the lowest input code.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One output code for each input code.
    pub entries: Vec<i64>,
}

/// What a layer does.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerOp {
    /// A matrix-vector product.
    Dense(Dense),
    /// A convolution.
    Conv(Conv),
    /// A depthwise convolution.
    Depthwise(Depthwise),
    /// A convolution in groups.
    Grouped(Grouped),
    /// Maximum or average.
    Pool(Pool),
    /// A sum of two tensors.
    Add(Sum),
    /// A product of two tensors.
    Mul(Product),
    /// Channels side by side.
    Concat(Concat),
    /// A border.
    Pad(Pad),
    /// A larger image.
    Enlarge(Enlarge),
    /// Elements in another order.
    Permute(Permute),
    /// A softmax of each row.
    Softmax(SoftmaxRow),
    /// A function of each element.
    Table(Table),
}

impl LayerOp {
    /// How its sums or products become codes.
    pub fn recode(&self) -> Option<&Recode> {
        match self {
            LayerOp::Dense(d) => d.recode.as_ref(),
            LayerOp::Conv(c) => c.dense.recode.as_ref(),
            LayerOp::Depthwise(d) => Some(&d.recode),
            LayerOp::Grouped(g) => Some(&g.recode),
            LayerOp::Pool(p) => p.average.as_ref(),
            LayerOp::Add(a) => Some(&a.recode),
            LayerOp::Mul(p) => Some(&p.recode),
            _ => None,
        }
    }
}

/// A layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// A legal name, unique in the network.
    pub name: String,
    /// What it does.
    pub op: LayerOp,
    /// What it takes: 0 is the network's input, `k` the result of layer `k - 1`, which stands before it.
    pub inputs: Vec<usize>,
    /// What it gives. Ignored for a dense layer without recoding, whose width is derived.
    pub output: Elements,
}

/// Layers, each taking results of those before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// A legal name.
    pub name: String,
    /// What the framework calls these semantics.
    pub profile: String,
    /// What comes in.
    pub input: Elements,
    /// In order; the last one's result is the network's.
    pub layers: Vec<Layer>,
}
