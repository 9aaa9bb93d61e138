//! Proofs without a solver: both sides of a miter compute the same by the same gates, where equal registers are assumed to be equal.
//!
//! The induction: all registers of one name hold the same at the start; those whose next values are not the same gate are no longer assumed to be;
//! when none of them is left and the trigger is 0, nothing tells the sides apart. Faults in what nothing reads are settled so, however hard what lies
//! in front of them is for a solver.

use std::collections::HashMap;

use super::aiger::Register;
use crate::instances::Any;

/// A miter's gates.
pub struct Structure {
    inputs: usize,
    registers: Vec<Register>,
    output: usize,
    /// Both operands of each gate.
    gates: Vec<[usize; 2]>,
    /// Registers of one name and bit, of both sides.
    pairs: Vec<[usize; 2]>,
}

/// An AIGER literal of what is constant.
const FALSE: usize = 0;

impl Structure {
    /// Of what a file says behind its registers.
    pub fn parse(inputs: usize, registers: Vec<Register>, rest: &[u8], gates: usize, map: &str) -> Any<Structure> {
        let garbled = "a miter that niello cannot read";
        let end = rest.iter().position(|b| *b == b'\n').ok_or(garbled)?;
        let output = std::str::from_utf8(&rest[..end])?.trim().parse()?;
        let mut bytes = rest[end + 1..].iter();
        let mut delta = || -> Any<usize> {
            let (mut v, mut shift) = (0, 0);
            loop {
                let b = *bytes.next().ok_or(garbled)?;
                v |= usize::from(b & 127) << shift;
                shift += 7;
                if b < 128 {
                    return Ok(v);
                }
            }
        };
        let first = 1 + inputs + registers.len();
        let mut list = Vec::new();
        for i in 0..gates {
            let a = (2 * (first + i)).checked_sub(delta()?).ok_or(garbled)?;
            let b = a.checked_sub(delta()?).ok_or(garbled)?;
            list.push([a, b]);
        }
        Ok(Structure { inputs, pairs: pairs(map)?, registers, output, gates: list })
    }

    /// Nothing tells the sides apart where the registers' values at the start are these, and constant registers are those that only hold.
    pub fn is_same(&self, starts: &[usize]) -> bool {
        let mut assumed: Vec<[usize; 2]> =
            self.pairs.iter().copied().filter(|[a, b]| starts[*a] == starts[*b]).collect();
        loop {
            let values = self.values(starts, &assumed);
            let of = |literal: usize| values[literal / 2] ^ (literal & 1);
            let before = assumed.len();
            assumed.retain(|[a, b]| of(self.registers[*a].next) == of(self.registers[*b].next));
            if assumed.len() == before {
                return of(self.output) == FALSE;
            }
        }
    }

    /// A literal for each variable: one for all gates that are the same.
    fn values(&self, starts: &[usize], assumed: &[[usize; 2]]) -> Vec<usize> {
        let mut values: Vec<usize> = (0..=self.inputs + self.registers.len()).map(|v| 2 * v).collect();
        for (i, r) in self.registers.iter().enumerate() {
            let own = 1 + self.inputs + i;
            if r.next == 2 * own {
                values[own] = starts[i];
            }
        }
        for [a, b] in assumed {
            values[1 + self.inputs + b] = values[1 + self.inputs + a];
        }
        let mut known = HashMap::new();
        for (i, [a, b]) in self.gates.iter().enumerate() {
            let of = |literal: usize| values[literal / 2] ^ (literal & 1);
            let (a, b) = (of(*a).max(of(*b)), of(*a).min(of(*b)));
            let value = match (a, b) {
                (_, FALSE) => FALSE,
                (_, 1) => a,
                _ if a == b => a,
                _ if a == b ^ 1 => FALSE,
                _ => *known.entry((a, b)).or_insert(2 * (1 + self.inputs + self.registers.len() + i)),
            };
            values.push(value);
        }
        values
    }
}

/// Registers named `gold.x` and `gate.x`.
fn pairs(map: &str) -> Any<Vec<[usize; 2]>> {
    let mut gold = HashMap::new();
    let mut gate = Vec::new();
    for line in map.lines() {
        let ["latch", at, bit, name] = line.splitn(4, ' ').collect::<Vec<_>>()[..] else { continue };
        if let Some(name) = name.strip_prefix("gold.") {
            gold.insert((name, bit), at.parse::<usize>()?);
        } else if let Some(name) = name.strip_prefix("gate.") {
            gate.push(((name, bit), at.parse::<usize>()?));
        }
    }
    Ok(gate.into_iter().filter_map(|(name, b)| Some([*gold.get(&name)?, b])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two registers that take an input; the gate's one takes it where a selector that only holds is 0. The trigger: they differ.
    #[test]
    fn structure__tells_a_fault_from_none() {
        // Variables: 1 the input; 2, 3 the registers; 4 the selector; 5: input and not the selector; 6 to 8: the registers differ.
        let registers = [2, 10, 8].map(|next| Register { next, start: 0 }).to_vec();
        let gates: [[usize; 2]; 4] = [[9, 2], [7, 4], [6, 5], [15, 13]];
        let mut rest = b"17\n".to_vec();
        for (i, [a, b]) in gates.iter().enumerate() {
            rest.extend([(2 * (5 + i) - a) as u8, (a - b) as u8]);
        }
        let map = "latch 0 0 gold.x\nlatch 1 0 gate.x\nlatch 2 0 select\n";
        let s = Structure::parse(1, registers, &rest, 4, map).unwrap();
        assert!(s.is_same(&[0, 0, 0]));
        assert!(!s.is_same(&[0, 0, 1]), "a stuck register");
        assert!(!s.is_same(&[0, 1, 0]), "another value at the start");
        let unread = Structure { output: 0, ..s };
        assert!(unread.is_same(&[0, 0, 1]), "what nothing reads");
    }
}
