//! Operations that need more than one word, limb by limb, lane by lane.

use super::code::{WideCode, WideOp};

/// Executes one operation for every lane.
pub fn run<const L: usize>(op: &WideOp, state: &mut [u64]) {
    let limbs = op.width.div_ceil(64) as usize;
    for lane in 0..L {
        let arg = |k: usize| Arg { state, slot: op.args[k].0 as usize, width: op.args[k].1, lane, lanes: L };
        let mut out = vec![0u64; limbs];
        compute(op, arg, &mut out);
        if !op.width.is_multiple_of(64) {
            out[limbs - 1] &= (1u64 << (op.width % 64)) - 1;
        }
        for (i, w) in out.iter().enumerate() {
            state[(op.dst as usize + i) * L + lane] = *w;
        }
    }
}

/// An operand of one lane.
struct Arg<'s> {
    state: &'s [u64],
    slot: usize,
    width: u32,
    lane: usize,
    lanes: usize,
}

impl Arg<'_> {
    fn limbs(&self) -> usize {
        self.width.div_ceil(64) as usize
    }
    /// A limb; zeros past the end.
    fn limb(&self, i: usize) -> u64 {
        if i < self.limbs() {
            self.state[(self.slot + i) * self.lanes + self.lane]
        } else {
            0
        }
    }
    fn negative(&self) -> bool {
        self.limb((self.width as usize - 1) / 64) >> ((self.width - 1) % 64) & 1 == 1
    }
    /// A limb of the sign-extended value.
    fn signed_limb(&self, i: usize) -> u64 {
        let (own, top) = (self.limb(i), self.width as usize / 64);
        let ones = if self.negative() { u64::MAX } else { 0 };
        if i > top || (i == top && self.width.is_multiple_of(64)) {
            ones
        } else if i == top {
            own | (ones << (self.width % 64))
        } else {
            own
        }
    }
    /// The value as a shift amount, `limit` or more as `limit`.
    fn amount(&self, limit: u32) -> u32 {
        let high = (1..self.limbs()).any(|i| self.limb(i) != 0);
        if high {
            limit
        } else {
            self.limb(0).min(u64::from(limit)) as u32
        }
    }
}

fn compute<'s>(op: &WideOp, arg: impl Fn(usize) -> Arg<'s>, out: &mut [u64]) {
    let n = out.len();
    match op.op {
        WideCode::Add => {
            let (a, b, mut carry) = (arg(0), arg(1), false);
            for (i, o) in out.iter_mut().enumerate() {
                let (s, c1) = a.limb(i).overflowing_add(b.limb(i));
                let (s, c2) = s.overflowing_add(u64::from(carry));
                (*o, carry) = (s, c1 | c2);
            }
        }
        WideCode::Sub => {
            let (a, b, mut borrow) = (arg(0), arg(1), false);
            for (i, o) in out.iter_mut().enumerate() {
                let (s, c1) = a.limb(i).overflowing_sub(b.limb(i));
                let (s, c2) = s.overflowing_sub(u64::from(borrow));
                (*o, borrow) = (s, c1 | c2);
            }
        }
        WideCode::MulU => {
            let (a, b) = (arg(0), arg(1));
            multiply(n, |i| a.limb(i), |i| b.limb(i), out);
        }
        WideCode::MulS => {
            let (a, b) = (arg(0), arg(1));
            multiply(n, |i| a.signed_limb(i), |i| b.signed_limb(i), out);
        }
        WideCode::Eq => {
            let (a, b) = (arg(0), arg(1));
            out[0] = u64::from((0..a.limbs()).all(|i| a.limb(i) == b.limb(i)));
        }
        WideCode::LtU | WideCode::LtS => {
            let (a, b) = (arg(0), arg(1));
            let signs = matches!(op.op, WideCode::LtS) && a.negative() != b.negative();
            let first = (0..a.limbs()).rev().find(|i| a.limb(*i) != b.limb(*i));
            out[0] = u64::from(if signs { a.negative() } else { first.is_some_and(|i| a.limb(i) < b.limb(i)) });
        }
        WideCode::ReduceAnd => {
            let a = arg(0);
            let full = |i: usize| if (i + 1) * 64 <= a.width as usize { u64::MAX } else { (1 << (a.width % 64)) - 1 };
            out[0] = u64::from((0..a.limbs()).all(|i| a.limb(i) == full(i)));
        }
        WideCode::ReduceOr => {
            let a = arg(0);
            out[0] = u64::from((0..a.limbs()).any(|i| a.limb(i) != 0));
        }
        WideCode::ReduceXor => {
            let a = arg(0);
            out[0] = u64::from((0..a.limbs()).map(|i| a.limb(i).count_ones()).sum::<u32>() & 1);
        }
        WideCode::Shl => {
            let (a, by) = (arg(0), arg(1).amount(op.width));
            let (limbs, bits) = ((by / 64) as usize, by % 64);
            for i in (limbs..n).filter(|_| by < op.width) {
                let low = if bits > 0 && i > limbs { a.limb(i - limbs - 1) >> (64 - bits) } else { 0 };
                out[i] = (a.limb(i - limbs) << bits) | low;
            }
        }
        WideCode::ShrU => {
            let (a, by) = (arg(0), arg(1).amount(op.width));
            shift_right(|i| a.limb(i), by, out);
        }
        WideCode::ShrS => {
            let (a, by) = (arg(0), arg(1).amount(op.width));
            shift_right(|i| a.signed_limb(i), by, out);
        }
        WideCode::Sext => {
            let a = arg(0);
            (0..n).for_each(|i| out[i] = a.signed_limb(i));
        }
    }
}

fn shift_right(limb: impl Fn(usize) -> u64, by: u32, out: &mut [u64]) {
    let (limbs, bits) = ((by / 64) as usize, by % 64);
    for (i, o) in out.iter_mut().enumerate() {
        let high = if bits > 0 { limb(i + limbs + 1) << (64 - bits) } else { 0 };
        *o = (limb(i + limbs) >> bits) | high;
    }
}

/// Schoolbook product modulo `2^(64 n)`.
fn multiply(n: usize, a: impl Fn(usize) -> u64, b: impl Fn(usize) -> u64, out: &mut [u64]) {
    for i in 0..n {
        let mut carry = 0u128;
        for j in 0..n - i {
            let t = u128::from(a(i)) * u128::from(b(j)) + u128::from(out[i + j]) + carry;
            out[i + j] = t as u64;
            carry = t >> 64;
        }
    }
}
