//! What operators of the domain have in common: dyadic numbers, codes without scales, and choices by name.

use niello_gen::num::{RealRounding, Scale};
use niello_net::{Codes, DType, Node, Recode};

use crate::error::clean;
use crate::onnx::binding::{Binding, Kind, Pending};
use crate::onnx::layout::Layout;
use crate::onnx::scope::{At, Scope};
use crate::onnx::waiting::{Seen, Target};

/// Largest multiplier and shift.
const MOST: i64 = 1 << 31;
const MOST_SHIFT: i64 = 62;

/// Signed codes of so many bits.
pub fn signed(bits: i64) -> Option<DType> {
    match bits {
        8 => Some(DType::I8),
        2..=16 => Some(DType::Bits { bits: bits as u8, signed: true }),
        _ => None,
    }
}

/// The type of a node's result: `bits`, 8 where it says nothing. None: an error is noted.
pub fn result(scope: &mut Scope, at: &At) -> Option<DType> {
    let bits = at.int("bits", 8);
    let found = signed(bits);
    if found.is_none() {
        scope.refuse(at, &format!("results of {bits} bits"), "2 to 16 bits");
    }
    found
}

/// Multipliers and shifts, of which there are as many as `counts` has. None: an error is noted.
pub fn numbers(scope: &mut Scope, at: &At, counts: &[usize]) -> Option<Vec<(i64, u32)>> {
    let (multipliers, shifts) = (at.ints("multiplier").unwrap_or(&[]), at.ints("shift").unwrap_or(&[]));
    if multipliers.len() != shifts.len() || !counts.contains(&multipliers.len()) {
        let (m, s) = (multipliers.len(), shifts.len());
        scope.inconsistent(at, format!("{m} multipliers and {s} shifts, it takes {counts:?}"));
        return None;
    }
    if let Some(m) = multipliers.iter().find(|m| !(0..=MOST).contains(*m)) {
        scope.inconsistent(at, format!("multiplier {m}: 0 to 2^31 is one"));
        return None;
    }
    if let Some(s) = shifts.iter().find(|s| !(0..=MOST_SHIFT).contains(*s)) {
        scope.inconsistent(at, format!("shift {s}: 0 to {MOST_SHIFT} is one"));
        return None;
    }
    Some(multipliers.iter().zip(shifts).map(|(m, s)| (*m, *s as u32)).collect())
}

/// How results become codes of `dtype`: one dyadic number, or one for each of `outputs`. None: an error is noted.
pub fn recode(scope: &mut Scope, at: &At, outputs: usize, dtype: DType) -> Option<Recode> {
    let scale = |(multiplier, shift): (i64, u32)| Scale::HalfEven { multiplier, shift };
    let scales = numbers(scope, at, &[1, outputs])?.into_iter().map(scale).collect();
    let (min, max) = dtype.range();
    Some(Recode { scales, zero_point: 0, min, max })
}

/// Codes at input `i`, which have no zero point. None: an error is noted.
pub fn codes(scope: &mut Scope, at: &At, i: usize) -> Option<(Codes, Binding)> {
    let bound = scope.binding(at, i)?;
    match bound.kind {
        Kind::Plain(dtype) if dtype != DType::F32 && dtype.bits() <= 16 => {
            Some((Codes { scale: 1.0, zero: 0, dtype }, bound))
        }
        _ => {
            let why = format!("its operand `{}` is no tensor of codes", clean(at.input(i)));
            scope.refuse(at, &why, "integers of at most 16 bits, as QuantizeLinear gives them");
            None
        }
    }
}

/// The same of 8 or 16 bits, where a meaning hangs on how many there are: a file's tensors have no others. None: an error is noted.
pub fn whole_codes(scope: &mut Scope, at: &At, i: usize) -> Option<(Codes, Binding)> {
    let (x, bound) = codes(scope, at, i)?;
    if x.dtype.container() != x.dtype {
        let why = format!("its operand `{}` has codes of {}", clean(at.input(i)), x.dtype.name());
        scope.refuse(at, &why, "codes of 8 or 16 bits: what an operator means hangs on them");
        return None;
    }
    Some((x, bound))
}

/// A choice by its name. None: an error is noted.
pub fn choice<C: Copy>(scope: &mut Scope, at: &At, name: &str, all: &[(&str, C)]) -> Option<C> {
    let text = at.text(name, all[0].0);
    let found = all.iter().find(|(n, _)| *n == text).map(|(_, c)| *c);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|(n, _)| *n).collect();
        scope.inconsistent(at, format!("{name} `{}`: {} are known", clean(&text), names.join(", ")));
    }
    found
}

/// An integer attribute within bounds. None: an error is noted.
pub fn number(
    scope: &mut Scope,
    at: &At,
    name: &str,
    default: i64,
    legal: std::ops::RangeInclusive<i64>,
) -> Option<u32> {
    let v = at.int(name, default);
    if !legal.contains(&v) {
        scope.inconsistent(at, format!("{name} {v}: {} to {} are legal", legal.start(), legal.end()));
        return None;
    }
    Some(v as u32)
}

/// What waited becomes a layer whose results are recoded so.
pub fn finish(scope: &mut Scope, at: &At, p: Pending, layout: Layout, recode: Recode, dtype: DType) {
    let to = Target {
        codes: Codes { scale: 1.0, zero: 0, dtype },
        bounds: dtype.range(),
        rounding: RealRounding::HalfEven,
        zero_inside: false,
        seen: Seen::Codes,
        channels: layout.stored().last().map_or(1, |c| *c as u32),
    };
    let mut op = match p.what.waiting().becomes(&to) {
        Ok(fused) => fused.op,
        Err(what) => return scope.inconsistent(at, what),
    };
    if let Some(own) = op.recode_mut() {
        *own = recode;
    }
    let output = niello_net::Value { name: clean(at.output()), shape: layout.stored(), dtype };
    let node = Node { name: p.name, kind: p.op, op, inputs: p.inputs, output, float_in_framework: false };
    let source = scope.push(node);
    scope.put(at, Binding { layout, source, kind: Kind::Plain(dtype) });
}
