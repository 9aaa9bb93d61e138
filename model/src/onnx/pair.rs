//! Add and Mul of two tensors, QLinearAdd, QLinearMul; Add of a bias.

use super::flow::{Flow, Kind, Pending, What};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use niello_net::layers::{Enlarge, Enlarging};
use niello_net::{Codes, DType, Node, Op, Value};

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

    /// Of one constant: there is no pattern for two tensors.
    pub(super) fn difference(&mut self, at: &At) {
        if !self.with_constant(at) {
            let op = clean(&at.node.op_type);
            self.unsupported(&at.place, &op, "both operands are computed", "Add or Mul, or one constant operand");
        }
    }

    fn pair(&mut self, at: &At, what: fn([Codes; 2]) -> What) {
        if self.with_constant(at) {
            return;
        }
        let (Some((a, x)), Some((b, y))) = (self.operand(at, 0), self.operand(at, 1)) else { return };
        let Some((flow, mut pending)) = self.joined(at, [x, y], what([a, b])) else { return };
        // On some machines, and in some graphs on all.
        pending.float = self.takes_int8_or_passed(at);
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// QLinearAdd and QLinearMul: A, its scale and zero point, B, its own, the result's.
    pub(super) fn qlinear_pair(&mut self, at: &At) {
        if let Some(i) = [0, 3].into_iter().find(|i| self.constants.contains_key(at.input(*i))) {
            return self.qlinear_with_constant(at, i);
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

    /// One value a channel, at every pixel.
    fn spread(&mut self, at: &At, flow: Flow, shape: &[usize]) -> Option<Flow> {
        let ([_, _, channels], flow) = self.image(at, flow)?;
        let (width, height) = (*shape.last()?, if shape.len() == 3 { shape[1] } else { 1 });
        if height.max(width).max(channels) > 8192 {
            let (count, limit) = (height.max(width).max(channels) as u64, 8192);
            self.errors.push(crate::ModelError::TooLarge { place: at.place.clone(), count, limit });
            return None;
        }
        let layout = Layout::image(shape);
        let name = format!("{}_spread{}", clean(at.output()), self.nodes.len());
        let output = Value { name: name.clone(), shape: layout.stored(), dtype: self.dtype(flow.source) };
        let by = Enlarging::Nearest([height as u32, width as u32]);
        let op = Op::from(Enlarge { height: 1, width: 1, channels: channels as u32, by });
        let (kind, inputs) = (clean(&at.node.op_type), vec![flow.source]);
        let source = self.push(Node { name, kind, op, inputs, output, float_in_framework: false });
        Some(Flow { layout, source, ..flow })
    }

    /// Both operands in one order.
    fn joined(&mut self, at: &At, [x, y]: [Flow; 2], what: What) -> Option<(Flow, Pending)> {
        let op = clean(&at.node.op_type);
        let mut what = what;
        let (x, y) = match (spreads(&x, &y), spreads(&y, &x)) {
            (true, _) => {
                // Of an operand with one value for a run of elements the kernel takes the other one first.
                if let What::Sum(codes) | What::Product(codes) = &mut what {
                    codes.swap(0, 1);
                }
                let x = self.spread(at, x, &y.layout.shape)?;
                (y, x)
            }
            (_, true) => {
                let y = self.spread(at, y, &x.layout.shape)?;
                (x, y)
            }
            _ => (x, y),
        };
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
        let (name, kernel) = (clean(at.output()), self.kernel_types(at));
        let pending = Pending { name, op, inputs, what, lo, hi, float: false, kernel, bounds: None };
        Some((x, pending))
    }
}

/// This one has a value for each channel, the other one an image of them.
fn spreads(one: &Flow, other: &Flow) -> bool {
    let (a, b) = (&one.layout.shape, &other.layout.shape);
    a != b && a.len() == b.len() && a.len() >= 2 && a[0] == b[0] && a[1..].iter().all(|d| *d == 1)
}
