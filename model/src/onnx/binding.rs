//! What names stand for while nodes are read: codes, the reals that they stand for, or an operator that waits for its quantizer.

use std::rc::Rc;

use super::layout::Layout;
use super::parts::sums::Sums;
use super::waiting::Waiting;
use niello_net::{Codes, DType};

/// A value.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its dimensions, and how it is stored.
    pub layout: Layout,
    /// What it comes from, among the graph's values; an operator that waits has its own.
    pub source: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Codes, or floats at the model's border.
    Plain(DType),
    /// Codes as reals.
    Real(Real),
    /// Not yet codes.
    Pending(Box<Pending>),
}

/// Codes, and a function of what they stand for.
#[derive(Clone, Debug)]
pub struct Real {
    /// Scale, zero point and type.
    pub codes: Codes,
    /// What each code has become, the lowest one first, if that is not `(q - zero) * scale`; and who did it.
    pub function: Option<(String, Vec<f32>)>,
    /// Something stands between the DequantizeLinear and who takes this: ONNX Runtime finds no pattern, and computes in float.
    pub passed: bool,
    /// Among those is an operator past which ONNX Runtime does not pull the DequantizeLinear.
    pub kept: bool,
}

impl Real {
    /// Codes with nothing done to them.
    pub fn of(codes: Codes) -> Real {
        Real { codes, function: None, passed: false, kept: false }
    }

    /// What each code stands for, the lowest one first.
    pub fn values(&self) -> Vec<f32> {
        match &self.function {
            Some((_, values)) => values.clone(),
            None => reals(&self.codes),
        }
    }

    /// A function after what was done before.
    pub fn then(&self, name: String, f: impl Fn(f32) -> f32) -> Real {
        let values = self.values().into_iter().map(f).collect();
        Real { function: Some((name, values)), ..self.clone() }
    }
}

/// What each code stands for, the lowest one first.
pub fn reals(c: &Codes) -> Vec<f32> {
    let (lo, hi) = c.dtype.range();
    (lo..=hi).map(|q| (q - c.zero) as f32 * c.scale).collect()
}

/// An operator whose result is not quantized yet.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its result's name.
    pub name: String,
    /// Its operator.
    pub op: String,
    /// Operands, among the graph's values.
    pub inputs: Vec<usize>,
    /// What it computes.
    pub what: What,
    /// Clamp of its result: the least real.
    pub lo: f32,
    /// The most.
    pub hi: f32,
    /// ONNX Runtime is known to compute it in float.
    pub float: bool,
    /// Types in which its kernels would take the operands, behind DequantizeLinears.
    pub kernel: Vec<DType>,
}

/// What waits.
#[derive(Clone, Debug)]
pub enum What {
    /// Weighted sums: a bias and a normalization behind them become part of them.
    Sums(Sums),
    /// Anything else.
    Other(Rc<dyn Waiting>),
}

impl What {
    /// The operator that waits.
    pub fn waiting(&self) -> &dyn Waiting {
        match self {
            What::Sums(s) => s,
            What::Other(w) => &**w,
        }
    }
}

impl<W: Waiting + 'static> From<W> for What {
    fn from(w: W) -> What {
        What::Other(Rc::new(w))
    }
}

impl Pending {
    /// Nothing clamps its result.
    pub fn is_free(&self) -> bool {
        self.lo == f32::NEG_INFINITY && self.hi == f32::INFINITY
    }

    /// The sums, where it is that.
    pub fn sums(&self) -> Option<&Sums> {
        match &self.what {
            What::Sums(s) => Some(s),
            What::Other(_) => None,
        }
    }

    /// The same, to become part of them.
    pub fn sums_mut(&mut self) -> Option<&mut Sums> {
        match &mut self.what {
            What::Sums(s) => Some(s),
            What::Other(_) => None,
        }
    }
}

impl Binding {
    /// A waiting operator's result, of this layout.
    pub fn waits(layout: Layout, source: usize, p: Pending) -> Binding {
        Binding { layout, source, kind: Kind::Pending(Box::new(p)) }
    }

    /// See [`Real::kept`].
    pub fn kept(&self) -> bool {
        matches!(&self.kind, Kind::Real(r) if r.kept)
    }

    /// See [`Real::passed`].
    pub fn passed(&self) -> bool {
        matches!(&self.kind, Kind::Real(r) if r.passed)
    }
}
