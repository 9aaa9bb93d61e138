//! Which types ONNX Runtime's kernels see, and where that keeps an operator in float.
//!
//! On x86 it makes int8 codes uint8 where one QuantizeLinear feeds one DequantizeLinear that one node takes. What a node takes and
//! gives must then have one type, or DequantizeLinear, the float operator and QuantizeLinear stay as the file has them.

use std::collections::{BTreeMap, BTreeSet};

use super::flow::{Kind, Pending, What};
use super::import::{At, Importer};
use super::proto::GraphProto;
use niello_net::layers::FloatAdd;
use niello_net::{Codes, DType};

/// Results of QuantizeLinears that become uint8, if they are int8.
pub(super) fn made_unsigned(graph: &GraphProto) -> BTreeSet<String> {
    let mut readers: BTreeMap<&str, Vec<&super::proto::NodeProto>> = BTreeMap::new();
    for node in &graph.node {
        for name in &node.input {
            readers.entry(name).or_default().push(node);
        }
    }
    let ends = |name: &str| graph.output.iter().filter(|o| o.name == name).count();
    let taken = |name: &str| readers.get(name).map_or(&[][..], |r| &r[..]);
    // A DequantizeLinear that several nodes take becomes as many.
    let copies = |out: &String| taken(out).len() + ends(out);
    let one = |name: &str| {
        let dequantized = taken(name).iter().all(|n| n.op_type == "DequantizeLinear");
        let copies: usize = taken(name).iter().filter_map(|n| n.output.first()).map(copies).sum();
        dequantized && ends(name) == 0 && copies == 1
    };
    let results = graph.node.iter().filter(|n| n.op_type == "QuantizeLinear").filter_map(|n| n.output.first());
    results.filter(|name| one(name)).cloned().collect()
}

/// On what sums, products and averages are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Codes, as the file has them.
    Codes,
    /// Codes, uint8 for int8.
    Unsigned,
    /// What they stand for.
    Reals,
}

impl Seen {
    /// What the zero point of the result is larger by, inside of the rounding.
    pub(super) fn shift(self, to: Codes) -> i64 {
        match self {
            Seen::Codes => 0,
            Seen::Unsigned => to.unsigned_shift(),
            Seen::Reals => -to.zero,
        }
    }

    /// The sum; of reals only where some fixed point gives its codes.
    pub(super) fn sum(self, add: FloatAdd) -> FloatAdd {
        let reals = FloatAdd { of_reals: true, ..add };
        match self {
            Seen::Unsigned => add.unsigned(),
            Seen::Reals if reals.shares().is_some() => reals,
            _ => add,
        }
    }
}

impl Importer {
    fn kernel_type(&self, codes: &str, dtype: DType) -> DType {
        match dtype {
            DType::I8 if self.unsigned.contains(codes) => DType::U8,
            dtype => dtype,
        }
    }

    /// Types of the dequantized codes that a node takes.
    pub(super) fn kernel_types(&self, at: &At) -> Vec<DType> {
        let own = |name: &String| match self.flows.get(name).map(|f| &f.kind) {
            Some(Kind::Real(r)) => match self.producers.get(name).and_then(|dq| dq.input.first()) {
                Some(codes) => Some(self.kernel_type(codes, r.codes.dtype)),
                // Behind what only moves elements a pair of its own is put.
                None => Some(DType::U8),
            },
            _ => None,
        };
        at.node.input.iter().filter_map(own).collect()
    }

    /// On what an operator that this QuantizeLinear follows is computed; `clamped` between the two.
    pub(super) fn seen(&self, p: &Pending, at: &At, to: DType, clamped: bool) -> Seen {
        let result = self.kernel_type(at.output(), to);
        match () {
            _ if self.is_qonnx || p.kernel.is_empty() => Seen::Codes,
            _ if clamped || self.has_no_kernel(p, at, to) => Seen::Reals,
            _ if p.kernel.iter().chain([&result]).all(|t| *t == DType::U8) => Seen::Unsigned,
            _ => Seen::Codes,
        }
    }

    /// No kernel of codes takes these types and gives the codes of this QuantizeLinear.
    pub(super) fn has_no_kernel(&self, p: &Pending, at: &At, to: DType) -> bool {
        let result = self.kernel_type(at.output(), to);
        // Side by side, codes are rounded alike in float.
        if matches!(p.what, What::Concat(_)) {
            return false;
        }
        p.kernel.iter().any(|t| *t != result) || no_products(p)
    }
}

/// QLinearMatMul and MatMulIntegerToFloat take uint8 here.
pub(super) fn no_products(p: &Pending) -> bool {
    p.op == "MatMul" && p.kernel.contains(&DType::I8)
}
