//! The sum, product or squared difference of two tensors of one shape, of which one may be constant.

mod add;
mod dyadic_add;
mod dyadic_sum;
mod float_add;
mod float_mul;
mod mul;
mod product;
pub(in crate::layers) mod random;
mod squared_difference;
mod sum;

pub use add::Add;
pub use dyadic_add::DyadicAdd;
pub use float_add::FloatAdd;
pub use float_mul::FloatMul;
pub use mul::Mul;
pub use squared_difference::SquaredDifference;

use std::sync::Arc;

use dyadic_sum::DyadicSum;
use product::Product;
use sum::Sum;

use super::parts::signed;
use super::{Engine, Layer, NoEngine};
use crate::{DType, Op, Recode};

/// How two codes become one.
#[derive(Clone, Debug, PartialEq)]
pub enum Pairing {
    /// The quantized sum.
    Add(Add),
    /// The quantized product.
    Mul(Mul),
    /// The square of a quantized difference.
    SquaredDifference(SquaredDifference),
    /// The sum of dyadic products.
    DyadicAdd(DyadicAdd),
    /// The dyadic product.
    DyadicMul(Recode),
    /// The quantized sum, in float32.
    FloatAdd(FloatAdd),
    /// The quantized product, in float32.
    FloatMul(FloatMul),
}

/// An operand that does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Its codes, over and over: whole pixels.
    pub codes: Vec<i64>,
    /// Their type.
    pub dtype: DType,
    /// It is the first operand.
    pub first: bool,
}

/// A sum or product.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// How codes become one.
    pub pairing: Pairing,
    /// The operand that is no tensor of the graph.
    pub constant: Option<Constant>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
}

impl Pairing {
    /// Of two tensors of so many channels.
    pub fn of_tensors(self, channels: u32) -> Op {
        Op::from(Pair { pairing: self, constant: None, channels })
    }

    /// Of a tensor of so many channels and a constant.
    pub fn beside(self, constant: Constant, channels: u32) -> Op {
        Op::from(Pair { pairing: self, constant: Some(constant), channels })
    }

    fn run(&self, a: &[i64], b: &[i64]) -> Vec<i64> {
        match self {
            Pairing::Add(p) => add::run(p, a, b),
            Pairing::Mul(p) => mul::run(p, a, b),
            Pairing::SquaredDifference(p) => squared_difference::run(p, a, b),
            Pairing::DyadicAdd(p) => dyadic_add::run(p, a, b),
            Pairing::DyadicMul(r) => product::run(r, a, b),
            Pairing::FloatAdd(p) => float_add::run(p, a, b),
            Pairing::FloatMul(p) => float_mul::run(p, a, b),
        }
    }
}

impl Pair {
    /// Which operand of the operator the tensors of the graph are.
    fn places(&self) -> [usize; 2] {
        match &self.constant {
            Some(c) if c.first => [1, 0],
            _ => [0, 1],
        }
    }

    /// A number for each code of both operands, the graph's tensors first.
    fn sum(&self, [table, other]: [Vec<i64>; 2], recode: Recode) -> Sum {
        let (channels, squared) = (self.channels, matches!(self.pairing, Pairing::SquaredDifference(_)));
        let Some(c) = &self.constant else {
            return Sum { tables: [table, other], constants: Vec::new(), channels, squared, recode };
        };
        let constants = c.codes.iter().map(|code| other[(code - c.dtype.range().0) as usize]).collect();
        Sum { tables: [table, Vec::new()], constants, channels, squared, recode }
    }

    /// Shares of the graph's tensors, which come first, of codes of these types.
    fn dyadic(&self, add: &DyadicAdd, types: [DType; 2]) -> Result<DyadicSum, NoEngine> {
        signed(&types)?;
        let share = |k: usize| {
            add.recode(self.places()[k], types[k]).ok_or_else(|| NoEngine {
                what: "an operand's product has more than 17 bits".into(),
                help: "multipliers below twice what makes the operand's codes 16 bits".into(),
            })
        };
        let constant = |c: &Constant| -> Vec<i64> {
            let scale = add.share(self.places()[1]);
            c.codes.iter().map(|code| scale.apply(*code)).collect()
        };
        let shares = if self.constant.is_some() { vec![share(0)?] } else { vec![share(0)?, share(1)?] };
        let constants = self.constant.as_ref().map_or_else(Vec::new, constant);
        Ok(DyadicSum { shares, constants, channels: self.channels, clamp: add.clamp() })
    }

    fn product(&self, zeros: [i64; 2], recode: Recode) -> Product {
        let constants = self.constant.as_ref().map_or_else(Vec::new, |c| c.codes.clone());
        Product { zeros: self.places().map(|p| zeros[p]), constants, channels: self.channels, recode }
    }
}

impl Layer for Pair {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        let Some(c) = &self.constant else { return self.pairing.run(x[0], x[1]) };
        let constant: Vec<i64> = c.codes.iter().cycle().take(x[0].len()).copied().collect();
        if c.first {
            self.pairing.run(&constant, x[0])
        } else {
            self.pairing.run(x[0], &constant)
        }
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        if x.iter().any(|o| o.len() != elements) {
            return vec![true; elements];
        }
        (0..elements).map(|i| x.iter().any(|o| o[i])).collect()
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let places = self.places();
        let of_constant = self.constant.as_ref().map(|c| c.dtype);
        let dtype = |k: usize| operands.get(k).copied().or(of_constant).unwrap_or(operands[0]);
        Ok(match &self.pairing {
            Pairing::Add(a) => Arc::new(self.sum([0, 1].map(|k| a.table(places[k], dtype(k))), a.recode())),
            Pairing::SquaredDifference(d) => {
                Arc::new(self.sum([0, 1].map(|k| d.table(places[k], dtype(k))), d.recode()))
            }
            Pairing::DyadicAdd(a) => Arc::new(self.dyadic(a, [0, 1].map(dtype))?),
            Pairing::FloatAdd(a) => {
                let shares = a.shares().ok_or_else(|| NoEngine {
                    what: "no fixed point adds these scales as float32 does".into(),
                    help: "calibrate again: the operands' scales differ too much from the result's".into(),
                })?;
                Arc::new(self.sum(places.map(|p| shares.tables[p].clone()), shares.recode))
            }
            Pairing::DyadicMul(r) => Arc::new(self.product([0, 0], r.clone())),
            Pairing::Mul(p) => Arc::new(self.product(p.zeros, p.recode())),
            Pairing::FloatMul(p) => Arc::new(self.product(p.zeros, p.recode())),
        })
    }
}
