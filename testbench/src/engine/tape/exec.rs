//! Runs a tape over `L` lanes.

use super::code::{Code, Instr, WideOp};
use super::wide;

/// Executes the instructions in order. Every slot of a tape lies inside the state that
/// [`super::Machine::new`] allocates for it; the compiler of tapes guarantees that and a debug build
/// checks it.
pub fn run<const L: usize>(code: &[Instr], wides: &[WideOp], state: &mut [u64]) {
    #[cfg(target_arch = "x86_64")]
    if L > 1 {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512dq") {
            // SAFETY: the features were just detected.
            return unsafe { run_avx512::<L>(code, wides, state) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the feature was just detected.
            return unsafe { run_avx2::<L>(code, wides, state) };
        }
    }
    body::<L>(code, wides, state);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq")]
unsafe fn run_avx512<const L: usize>(code: &[Instr], wides: &[WideOp], state: &mut [u64]) {
    body::<L>(code, wides, state);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn run_avx2<const L: usize>(code: &[Instr], wides: &[WideOp], state: &mut [u64]) {
    body::<L>(code, wides, state);
}

type Word<const L: usize> = [u64; L];

#[inline(always)]
fn map1<const L: usize>(a: Word<L>, f: impl Fn(u64) -> u64) -> Word<L> {
    let mut r = [0; L];
    for i in 0..L {
        r[i] = f(a[i]);
    }
    r
}

#[inline(always)]
fn map2<const L: usize>(a: Word<L>, b: Word<L>, f: impl Fn(u64, u64) -> u64) -> Word<L> {
    let mut r = [0; L];
    for i in 0..L {
        r[i] = f(a[i], b[i]);
    }
    r
}

#[inline(always)]
fn map3<const L: usize>(a: Word<L>, b: Word<L>, c: Word<L>, f: impl Fn(u64, u64, u64) -> u64) -> Word<L> {
    let mut r = [0; L];
    for i in 0..L {
        r[i] = f(a[i], b[i], c[i]);
    }
    r
}

/// `c` is 0 or 1.
#[inline(always)]
fn choose(a: u64, b: u64, c: u64) -> u64 {
    let m = 0u64.wrapping_sub(c);
    (a & !m) | (b & m)
}

#[inline(always)]
fn body<const L: usize>(code: &[Instr], wides: &[WideOp], state: &mut [u64]) {
    let slots = state.len() / L;
    let base = state.as_mut_ptr().cast::<Word<L>>();
    let get = |slot: u32| {
        debug_assert!((slot as usize) < slots);
        // SAFETY: slots of a tape are below the number of words allocated; arrays of u64 need no more alignment.
        unsafe { *base.add(slot as usize) }
    };
    for i in code {
        let (sa, sb, mask) = (u32::from(i.sa), u32::from(i.sb), i.mask);
        let sext = |v: u64, s: u32| ((v << s) as i64 >> s) as u64;
        let r: Word<L> = match i.code {
            Code::Not => map1(get(i.a), |a| !a & mask),
            Code::And => map2(get(i.a), get(i.b), |a, b| a & b),
            Code::Or => map2(get(i.a), get(i.b), |a, b| a | b),
            Code::Xor => map2(get(i.a), get(i.b), |a, b| a ^ b),
            Code::AllOnes => map1(get(i.a), |a| u64::from(a == mask)),
            Code::NonZero => map1(get(i.a), |a| u64::from(a != 0)),
            Code::Parity => map1(get(i.a), |a| u64::from(a.count_ones() & 1)),
            Code::Add => map2(get(i.a), get(i.b), |a, b| a.wrapping_add(b) & mask),
            Code::Sub => map2(get(i.a), get(i.b), |a, b| a.wrapping_sub(b) & mask),
            Code::Mul => map2(get(i.a), get(i.b), |a, b| a.wrapping_mul(b) & mask),
            Code::AddSigned => map2(get(i.a), get(i.b), |a, b| sext(a, sa).wrapping_add(sext(b, sb)) & mask),
            Code::SubSigned => map2(get(i.a), get(i.b), |a, b| sext(a, sa).wrapping_sub(sext(b, sb)) & mask),
            Code::MulSigned => {
                let (la, lb) = (i.c & 63, (i.c >> 8) & 63);
                let field = |v: u64, left: u32, right: u32| ((v << left) as i64 >> right) as u64;
                map2(get(i.a), get(i.b), |a, b| field(a, la, sa).wrapping_mul(field(b, lb, sb)) & mask)
            }
            Code::Eq => map2(get(i.a), get(i.b), |a, b| u64::from(a == b)),
            Code::Less => map2(get(i.a), get(i.b), |a, b| u64::from(a < b)),
            Code::LessSigned => map2(get(i.a), get(i.b), |a, b| u64::from(((a << sa) as i64) < ((b << sa) as i64))),
            Code::Shl => map2(get(i.a), get(i.b), |a, n| if n < u64::from(sa) { (a << (n & 63)) & mask } else { 0 }),
            Code::Shr => map2(get(i.a), get(i.b), |a, n| if n < u64::from(sa) { a >> (n & 63) } else { 0 }),
            Code::ShrSigned => map2(get(i.a), get(i.b), |a, n| (sext(a, sb) as i64 >> n.min(63)) as u64 & mask),
            Code::Mux => map3(get(i.a), get(i.b), get(i.c), choose),
            Code::SignExtend => map1(get(i.a), |a| sext(a, sa) & mask),
            Code::ShrConst => map1(get(i.a), |a| (a >> sa) & mask),
            Code::Funnel => map2(get(i.a), get(i.b), |a, b| ((a >> sa) | (b << (64 - sa))) & mask),
            Code::Insert => map2(get(i.a), get(i.b), |a, b| (a | (b << sa)) & mask),
            Code::Copy | Code::RegAlways => map1(get(i.a), |a| a & mask),
            Code::RegEnable => map3(get(i.dst), get(i.a), get(i.c), choose),
            Code::RegReset => map3(get(i.a), get(i.b), get(0), choose),
            Code::RegResetEnable => {
                let kept = map3(get(i.dst), get(i.a), get(i.c), choose);
                map3(kept, get(i.b), get(0), choose)
            }
            Code::Wide => {
                // SAFETY: `base` came from `state`; no other reference to it is live here.
                let state = unsafe { std::slice::from_raw_parts_mut(base.cast::<u64>(), slots * L) };
                wide::run::<L>(&wides[i.a as usize], state);
                continue;
            }
        };
        debug_assert!((i.dst as usize) < slots);
        // SAFETY: as for `get`.
        unsafe { *base.add(i.dst as usize) = r };
    }
}
