//! Operators that do nothing: with constants alone, or with one that leaves the other operand as it is.

use crate::ir::eval::eval_op;
use crate::ir::{Module, NetId, Op};
use crate::num::Bits;

/// What an operator of this width comes to: a constant, another net, or itself.
pub(super) fn folded(module: &Module, width: u32, op: Op) -> Op {
    let constant = |n: &NetId| match &module.nets.get(n.index())?.op {
        Op::Const(b) => Some(b),
        _ => None,
    };
    let mut values = Vec::new();
    let mut all = true;
    op.for_operands(|a| match constant(&a) {
        Some(b) => values.push(b),
        None => all = false,
    });
    if all && !values.is_empty() {
        return Op::Const(eval_op(&op, width, &values));
    }
    let zero = |n: &NetId| constant(n).is_some_and(|b| !b.any());
    let ones = |n: &NetId| constant(n).is_some_and(|b| b.signed() == (-1).into());
    let one = |n: &NetId, signed: bool| {
        constant(n).is_some_and(|b| if signed { b.signed() == 1.into() } else { *b.unsigned() == 1u32.into() })
    };
    let same = |n: &NetId| Op::Wire(Some(*n));
    match &op {
        Op::Mux(sel, arms) => match constant(sel) {
            Some(b) if !arms.is_empty() => {
                let at = usize::try_from(b.unsigned().clone()).unwrap_or(usize::MAX);
                same(&arms[at.min(arms.len() - 1)])
            }
            _ => op,
        },
        Op::And(a, b) if zero(a) || zero(b) => Op::Const(Bits::zero(width)),
        Op::And(a, b) | Op::Or(b, a) if matches!(op, Op::And(..)) && ones(a) || matches!(op, Op::Or(..)) && zero(a) => {
            same(b)
        }
        Op::And(a, b) | Op::Or(b, a) if matches!(op, Op::And(..)) && ones(b) || matches!(op, Op::Or(..)) && zero(b) => {
            same(a)
        }
        Op::Or(a, b) if ones(a) || ones(b) => Op::Const(Bits::from_i128(width, -1)),
        Op::Add(a, b) | Op::Xor(a, b) if zero(a) => same(b),
        Op::Add(a, b) | Op::Xor(a, b) | Op::Sub(a, b) if zero(b) => same(a),
        Op::Shl(a, n) | Op::ShrU(a, n) | Op::ShrS(a, n) if zero(n) => same(a),
        Op::MulU(a, b) | Op::MulS(a, b) if zero(a) || zero(b) => Op::Const(Bits::zero(width)),
        Op::MulU(a, b) if one(b, false) => Op::Zext(*a),
        Op::MulU(a, b) if one(a, false) => Op::Zext(*b),
        Op::MulS(a, b) if one(b, true) => Op::Sext(*a),
        Op::MulS(a, b) if one(a, true) => Op::Sext(*b),
        _ => op,
    }
}

/// The same for a whole module, in which more has become constant; false: nothing changed.
pub(super) fn fold_all(m: &mut Module) -> bool {
    let mut changed = false;
    for i in 0..m.nets.len() {
        let net = &m.nets[i];
        if matches!(net.op, Op::Const(_) | Op::Wire(_)) {
            continue;
        }
        let now = folded(m, net.width, net.op.clone());
        if now != m.nets[i].op {
            m.nets[i].op = now;
            changed = true;
        }
    }
    changed
}
