//! What a fault changes within one cycle: a block and its mutant in the same state, which no register and no output leaves different.
//!
//! Two sides that begin alike stay alike if in no state that the block reaches a fault changes what a register takes next, or what is seen outside.
//! That needs the registers of one side only, and for most faults few of them: a counter's fault asks about counters, whatever they count. Where a fault
//! does change registers these may be loose: each side has its own, and it is asked whether any other register ever takes something else.

use std::collections::{BTreeSet, HashMap};

use super::aiger::Graph;

/// Registers of both sides that are the same one: gate's, and gold's.
pub type Twins = HashMap<usize, usize>;

/// Pairs registers by their names in both sides, `gold` and `gate`. `names` are Yosys' verbose map.
pub fn twins(names: &str) -> Twins {
    let registers = || {
        names.lines().filter_map(|l| match l.split_whitespace().collect::<Vec<_>>()[..] {
            ["latch", at, bit, name] => Some((at.parse::<usize>().ok()?, bit, name)),
            _ => None,
        })
    };
    let gold: HashMap<(&str, &str), usize> =
        registers().filter(|r| r.2.contains("gold.")).map(|(at, bit, name)| ((bit, name), at)).collect();
    let twin = |(at, bit, name): (usize, &str, &str)| {
        let other = name.replace("gate.", "gold.");
        gold.get(&(bit, &other[..])).filter(|g| name != other && **g != at).map(|g| (at, *g))
    };
    registers().filter_map(twin).collect()
}

/// What a step can change.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing, whatever the state.
    Nothing,
    /// Something where the circuit's output is 1: in these registers of the mutant, as far as gates show.
    Perhaps {
        /// In the AIGER format.
        circuit: Vec<u8>,
        /// Registers of the mutant.
        changed: BTreeSet<usize>,
    },
}

/// Of a miter with its mutant picked: one side's registers, and of the other side those that are `loose`; an output that is 1 where another one of them
/// would take something else, or where the miter's own output is 1.
pub fn step(miter: &Graph, twins: &Twins, loose: &BTreeSet<usize>) -> Step {
    let mut one = Strash::default();
    let mut literals = vec![0u32];
    literals.extend((0..miter.inputs).map(|_| one.leaf()));
    let mut kept = Vec::new();
    let literal_of = |at: usize| 1 + miter.inputs + at;
    let mut same = Vec::new();
    for (at, r) in miter.registers.iter().enumerate() {
        let twin = twins.get(&at).filter(|_| !loose.contains(&at));
        let like = twin.filter(|gold| miter.registers[**gold].starts == r.starts);
        // A register that holds itself is a constant; a twin's literal is there when all of them are.
        literals.push(match (r.next as usize == 2 * literal_of(at), like) {
            (true, _) => u32::from(r.starts),
            (_, Some(gold)) => {
                same.push((at, *gold));
                0
            }
            _ => {
                kept.push(at);
                one.leaf()
            }
        });
    }
    for (gate, gold) in &same {
        literals[literal_of(*gate)] = literals[literal_of(*gold)];
    }
    for (a, b) in &miter.ands {
        let (a, b) = (of(&literals, *a), of(&literals, *b));
        literals.push(one.and(a, b));
    }
    let (mut differs, mut changed) = (of(&literals, miter.output), BTreeSet::new());
    for (gate, gold) in same {
        let (a, b) = (of(&literals, miter.registers[gate].next), of(&literals, miter.registers[gold].next));
        let xor = one.xor(a, b);
        if xor != 0 {
            changed.insert(gate);
        }
        differs = 1 ^ one.and(1 ^ differs, 1 ^ xor);
    }
    if differs == 0 {
        return Step::Nothing;
    }
    let next = kept.iter().map(|at| (of(&literals, miter.registers[*at].next), miter.registers[*at].starts));
    Step::Perhaps { circuit: one.file(miter.inputs, &next.collect::<Vec<_>>(), differs), changed }
}

/// A literal of the miter in the new circuit.
fn of(literals: &[u32], literal: u32) -> u32 {
    literals[literal as usize / 2] ^ (literal & 1)
}

/// A circuit in which gates with the same inputs are one gate.
#[derive(Default)]
struct Strash {
    leaves: u32,
    /// Gates: numbered from the last leaf; leaves come first.
    gates: Vec<(u32, u32)>,
    known: HashMap<(u32, u32), u32>,
}

impl Strash {
    fn leaf(&mut self) -> u32 {
        self.leaves += 1;
        2 * self.leaves
    }

    fn and(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (a.min(b), a.max(b));
        match (a, b) {
            (0, _) => 0,
            (1, b) => b,
            (a, b) if a == b => a,
            (a, b) if a == b ^ 1 => 0,
            pair => *self.known.entry(pair).or_insert_with(|| {
                self.gates.push(pair);
                2 * (self.leaves + self.gates.len() as u32)
            }),
        }
    }

    fn xor(&mut self, a: u32, b: u32) -> u32 {
        let (left, right) = (self.and(a, 1 ^ b), self.and(1 ^ a, b));
        1 ^ self.and(1 ^ left, 1 ^ right)
    }

    /// In the AIGER format: the leaves are inputs, then registers.
    fn file(&self, inputs: usize, registers: &[(u32, bool)], output: u32) -> Vec<u8> {
        let (n, gates) = (registers.len(), self.gates.len());
        let mut file = format!("aig {} {inputs} {n} 1 {gates}\n", inputs + n + gates).into_bytes();
        for (next, starts) in registers {
            file.extend(format!("{next} {}\n", u8::from(*starts)).into_bytes());
        }
        file.extend(format!("{output}\n").into_bytes());
        for (k, (a, b)) in self.gates.iter().enumerate() {
            let own = 2 * (self.leaves + 1 + k as u32);
            delta(&mut file, own - b);
            delta(&mut file, b - a);
        }
        file
    }
}

/// A number of the format's binary part: seven bits a byte, the lowest first.
fn delta(file: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        file.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    file.push(n as u8);
}

#[cfg(test)]
mod tests {
    use super::super::aiger::Register;
    use super::*;

    /// Two counters of a bit, `gold` and `gate`, that go where the input says; the second one not where its selector holds 1.
    fn counters(selected: bool) -> Graph {
        // Literals: 2 the input, 4 gold, 6 gate, 8 and 10 the selectors; gates from 12.
        let reg = |next, starts| Register { next, starts };
        let ands = vec![(2, 5), (3, 4), (13, 15), (2, 7), (3, 6), (19, 21), (11, 23)];
        let registers = vec![reg(17, false), reg(24, false), reg(8, false), reg(10, selected)];
        Graph { inputs: 1, registers, output: 0, ands }
    }

    #[test]
    fn step__is_nothing_where_both_sides_take_the_same() {
        let (twins, none) = (Twins::from([(1, 0), (3, 2)]), BTreeSet::new());
        assert_eq!(step(&counters(false), &twins, &none), Step::Nothing);
        let Step::Perhaps { circuit, changed } = step(&counters(true), &twins, &none) else { panic!("not seen") };
        assert_eq!(changed, BTreeSet::from([1]));
        assert_eq!(Graph::parse(&circuit).unwrap().registers.len(), 1);
        // Nothing outside shows that register.
        assert_eq!(step(&counters(true), &twins, &changed), Step::Nothing);
        let shown = Graph { output: 6, ..counters(true) };
        let Step::Perhaps { circuit, .. } = step(&shown, &twins, &changed) else { panic!("it is shown") };
        assert_eq!(Graph::parse(&circuit).unwrap().registers.len(), 2);
    }

    #[test]
    fn twins__are_registers_of_one_name() {
        let map = "latch 0 0 gold.a\nlatch 3 0 gate.a\nlatch 4 1 $flatten\\gate.$x\nlatch 1 1 $flatten\\gold.$x\nlatch 5 0 gate.b\ninput 0 0 gold.a\n";
        assert_eq!(twins(map), Twins::from([(3, 0), (4, 1)]));
    }
}
