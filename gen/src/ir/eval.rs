//! The definition of each operator, on arbitrary-width bits, and the reference simulator built on it.
//! Slow and plain on purpose: the Verilog printer and the tape engine must agree with it.

use num_bigint::{BigInt, BigUint};

use super::{Flat, Op};
use crate::num::Bits;

/// The value of an operator whose operands have values `a` (in operand order).
/// Sources (`Input`, `RegQ`, `MemQ`, `InstOut`) have no value of their own and give zero.
pub fn eval_op(op: &Op, width: u32, a: &[&Bits]) -> Bits {
    let bit = |b: bool| Bits::from_u64(1, u64::from(b));
    let ones = |w: u32| (BigUint::from(1u8) << w) - 1u8;
    match op {
        Op::Const(bits) => bits.clone(),
        Op::Input(_) | Op::RegQ(_) | Op::MemQ(..) | Op::InstOut(..) | Op::Wire(None) => Bits::zero(width),
        Op::Wire(Some(_)) => a[0].clone(),
        Op::Not(_) => Bits::new(width, ones(width) ^ a[0].unsigned()),
        Op::And(..) => Bits::new(width, a[0].unsigned() & a[1].unsigned()),
        Op::Or(..) => Bits::new(width, a[0].unsigned() | a[1].unsigned()),
        Op::Xor(..) => Bits::new(width, a[0].unsigned() ^ a[1].unsigned()),
        Op::ReduceAnd(_) => bit(*a[0].unsigned() == ones(a[0].width())),
        Op::ReduceOr(_) => bit(a[0].any()),
        Op::ReduceXor(_) => bit(a[0].unsigned().count_ones() % 2 == 1),
        Op::Add(..) => Bits::new(width, a[0].unsigned() + a[1].unsigned()),
        Op::Sub(..) => {
            Bits::from_bigint(width, &(BigInt::from(a[0].unsigned().clone()) - BigInt::from(a[1].unsigned().clone())))
        }
        Op::MulU(..) => Bits::new(width, a[0].unsigned() * a[1].unsigned()),
        Op::MulS(..) => Bits::from_bigint(width, &(a[0].signed() * a[1].signed())),
        Op::Eq(..) => bit(a[0] == a[1]),
        Op::LtU(..) => bit(a[0].unsigned() < a[1].unsigned()),
        Op::LtS(..) => bit(a[0].signed() < a[1].signed()),
        Op::Shl(..) => match shift_amount(a[1], width) {
            Some(n) => Bits::new(width, a[0].unsigned() << n),
            None => Bits::zero(width),
        },
        Op::ShrU(..) => match shift_amount(a[1], width) {
            Some(n) => Bits::new(width, a[0].unsigned() >> n),
            None => Bits::zero(width),
        },
        Op::ShrS(..) => {
            let n = shift_amount(a[1], width).unwrap_or(width - 1);
            Bits::from_bigint(width, &(a[0].signed() >> n))
        }
        Op::Mux(_, arms) => a[1 + a[0].index().min(arms.len() - 1)].clone(),
        Op::Zext(_) => Bits::new(width, a[0].unsigned().clone()),
        Op::Sext(_) => Bits::from_bigint(width, &a[0].signed()),
        Op::Slice(_, lo) => Bits::new(width, a[0].unsigned() >> *lo),
        Op::Concat(_) => {
            let joined = a.iter().fold(BigUint::ZERO, |acc, part| (acc << part.width()) | part.unsigned());
            Bits::new(width, joined)
        }
    }
}

fn shift_amount(n: &Bits, width: u32) -> Option<u32> {
    u32::try_from(n.index()).ok().filter(|n| *n < width)
}

/// A contract violation seen while simulating.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A value left the range that the generator had proven.
    Claim(usize),
    /// A read port read the word being written (memory, port).
    ReadDuringWrite(usize, usize),
    /// An access at or past the depth (memory).
    Address(usize),
}

/// The reference simulator: two-valued, cycle by cycle, on a flattened design.
#[derive(Clone, Debug)]
pub struct Reference {
    flat: Flat,
    values: Vec<Bits>,
    regs: Vec<Bits>,
    mems: Vec<Vec<Bits>>,
    mem_q: Vec<Vec<Bits>>,
    inputs: Vec<Bits>,
}

impl Reference {
    /// Power-on: uninitialized bits are taken from `fill`.
    pub fn new(flat: &Flat, mut fill: impl FnMut() -> u64) -> Reference {
        let mut draw = |w: u32| Bits::from_words(w, &(0..w.div_ceil(64)).map(|_| fill()).collect::<Vec<_>>());
        let regs = flat.regs.iter().map(|r| draw(r.width)).collect();
        let mem_q = flat.mems.iter().map(|m| m.reads.iter().map(|_| draw(m.width)).collect()).collect();
        let mems = flat
            .mems
            .iter()
            .map(|m| m.rom.clone().unwrap_or_else(|| (0..m.depth).map(|_| draw(m.width)).collect()))
            .collect();
        let values = flat.nets.iter().map(|n| Bits::zero(n.width)).collect();
        let inputs = flat.inputs.iter().map(|p| Bits::zero(p.width)).collect();
        Reference { flat: flat.clone(), values, regs, mems, mem_q, inputs }
    }

    /// Drives the input port at this position among the inputs.
    pub fn set_input(&mut self, index: usize, words: &[u64]) {
        self.inputs[index] = Bits::from_words(self.flat.inputs[index].width, words);
    }

    /// Settles all combinational nets.
    pub fn settle(&mut self) {
        for i in 0..self.flat.nets.len() {
            let net = &self.flat.nets[i];
            let value = match &net.op {
                Op::Input(p) => self.inputs[p.index()].clone(),
                Op::RegQ(r) => self.regs[r.index()].clone(),
                Op::MemQ(m, port) => self.mem_q[m.index()][*port as usize].clone(),
                op => {
                    let mut args = Vec::new();
                    op.for_operands(|a| args.push(&self.values[a.index()]));
                    eval_op(op, net.width, &args)
                }
            };
            self.values[i] = value;
        }
    }

    /// The value of the output port at this position among the outputs, after [`Reference::settle`].
    pub fn output(&self, index: usize) -> &Bits {
        &self.values[self.flat.outputs[index].net.index()]
    }

    /// The rising edge, with reset as given. Returns what broke a contract in the cycle that ends.
    pub fn clock(&mut self, reset: bool) -> Vec<Violation> {
        let mut broken = Vec::new();
        let value = |n: super::NetId| &self.values[n.index()];
        for (i, c) in self.flat.claims.iter().enumerate() {
            let v = value(c.net);
            let v = if c.signed { v.signed() } else { BigInt::from(v.unsigned().clone()) };
            if !reset && (v < BigInt::from(c.lo) || v > BigInt::from(c.hi)) {
                broken.push(Violation::Claim(i));
            }
        }
        let on = |n: Option<super::NetId>| n.is_none_or(|n| value(n).any());
        for (m, mem) in self.flat.mems.iter().enumerate() {
            let write = mem.write.filter(|w| value(w.enable).any());
            for (p, read) in mem.reads.iter().enumerate() {
                if !value(read.enable).any() {
                    continue;
                }
                let addr = value(read.addr).index();
                match self.mems[m].get(addr) {
                    Some(word) => self.mem_q[m][p] = word.clone(),
                    None if !reset => broken.push(Violation::Address(m)),
                    None => {}
                }
                if !reset && write.is_some_and(|w| value(w.addr).index() == addr) {
                    broken.push(Violation::ReadDuringWrite(m, p));
                }
            }
            if let Some(w) = write {
                match self.mems[m].get_mut(value(w.addr).index()) {
                    Some(word) => *word = value(w.data).clone(),
                    None if !reset => broken.push(Violation::Address(m)),
                    None => {}
                }
            }
        }
        for (i, r) in self.flat.regs.iter().enumerate() {
            match &r.reset {
                Some(v) if reset => self.regs[i] = v.clone(),
                _ if on(r.enable) => self.regs[i] = value(r.next).clone(),
                _ => {}
            }
        }
        broken
    }
}
