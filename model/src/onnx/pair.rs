//! Add and Mul of two tensors, QLinearAdd, QLinearMul; Add of a bias.

use super::flow::{Flow, Kind, Pending, What};
use super::import::{At, Importer};
use crate::error::clean;
use crate::graph::DType;
use crate::ops::Codes;

impl Importer {
    /// `Add` of two tensors; or of a bias, after a MatMul.
    pub(super) fn add(&mut self, at: &At) {
        let waits = |i: usize| matches!(self.flows.get(at.input(i)).map(|f| &f.kind), Some(Kind::Pending(_)));
        match (waits(0), waits(1)) {
            (true, _) => self.add_bias(at, 0, 1),
            (_, true) => self.add_bias(at, 1, 0),
            _ => self.pair(at, What::Sum),
        }
    }

    pub(super) fn mul(&mut self, at: &At) {
        self.pair(at, What::Product);
    }

    fn pair(&mut self, at: &At, what: fn([Codes; 2]) -> What) {
        for i in 0..2 {
            if self.producers.contains_key(at.input(i)) && !self.flows.contains_key(at.input(i)) {
                return self.constant_operand(at);
            }
        }
        let (Some((a, x)), Some((b, y))) = (self.operand(at, 0), self.operand(at, 1)) else { return };
        let Some((flow, mut pending)) = self.joined(at, [x, y], what([a, b])) else { return };
        // On some machines, and in some graphs on all.
        pending.float = self.takes_int8_or_passed(at);
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// QLinearAdd and QLinearMul: A, its scale and zero point, B, its own, the result's.
    pub(super) fn qlinear_pair(&mut self, at: &At) {
        if self.constants.contains_key(at.input(0)) || self.constants.contains_key(at.input(3)) {
            return self.constant_operand(at);
        }
        let (Some((a, x)), Some((b, y))) = (self.integer_operand(at, 0, 1), self.integer_operand(at, 3, 4)) else {
            return;
        };
        let Some(to) = self.codes(at, 6, 7) else { return };
        let what = if at.node.op_type == "QLinearAdd" { What::Sum([a, b]) } else { What::Product([a, b]) };
        let Some((flow, pending)) = self.joined(at, [x, y], what) else { return };
        self.finish(at, pending, flow.layout, to);
    }

    /// An operand is int8, or does not come straight from its DequantizeLinear.
    pub(super) fn takes_int8_or_passed(&self, at: &At) -> bool {
        let float = |f: &Flow| f.passed() || matches!(&f.kind, Kind::Real(r) if r.codes.dtype == DType::I8);
        at.node.input.iter().any(|name| self.flows.get(name).is_some_and(float))
    }

    fn constant_operand(&mut self, at: &At) {
        let op = clean(&at.node.op_type);
        self.unsupported(&at.place, &op, "an operand is constant", "two tensors that the model computes");
    }

    /// Both operands in one order.
    fn joined(&mut self, at: &At, [x, y]: [Flow; 2], what: What) -> Option<(Flow, Pending)> {
        let op = clean(&at.node.op_type);
        // What is stored as the file sees it moves, and not what a convolution gave: it may stand at the model's end.
        let keep_y = x.layout.is_plain() && !y.layout.is_plain();
        let (x, y) = match (y.layout.like(&x.layout).filter(|_| !keep_y), x.layout.like(&y.layout)) {
            (Some((layout, order)), _) => (x, self.arrange(Flow { layout, ..y }, order)),
            (_, Some((layout, order))) => (self.arrange(Flow { layout, ..x }, order), y),
            _ => {
                let why = format!("operands of {:?} and {:?}: a broadcast", x.layout.shape, y.layout.shape);
                self.unsupported(&at.place, &op, &why, "two tensors of one shape");
                return None;
            }
        };
        let (lo, hi) = (f32::NEG_INFINITY, f32::INFINITY);
        let inputs = vec![x.source, y.source];
        let pending = Pending { name: clean(at.output()), op, inputs, what, lo, hi, float: false, bounds: None };
        Some((x, pending))
    }
}
