//! The miter of all mutants in the AIGER format: one is picked by what the selector's registers hold at the start, so that
//! Yosys makes the file once.

use crate::instances::Any;

/// A circuit of a file: literals are twice a number, plus one where it is inverted; 0 is false, then come inputs, registers, gates.
#[derive(Clone, Debug)]
pub struct Graph {
    /// How many.
    pub inputs: usize,
    /// The registers.
    pub registers: Vec<Register>,
    /// The first output.
    pub output: u32,
    /// Gates: the literals of their inputs.
    pub ands: Vec<(u32, u32)>,
}

/// A register.
#[derive(Clone, Copy, Debug)]
pub struct Register {
    /// What it takes next.
    pub next: u32,
    /// What it holds at the start.
    pub starts: bool,
}

impl Graph {
    /// Reads a file. Registers whose start is unknown are refused.
    pub fn parse(file: &[u8]) -> Any<Graph> {
        let garbled = "a circuit that niello cannot read";
        let mut at = 0;
        let mut line = || -> Any<String> {
            let end = file.get(at..).and_then(|f| f.iter().position(|b| *b == b'\n')).ok_or(garbled)?;
            let text = String::from_utf8(file[at..at + end].to_vec())?;
            at += end + 1;
            Ok(text)
        };
        let sizes: Vec<usize> = line()?.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
        let [_, inputs, registers, outputs, ands] = sizes[..] else { return Err(garbled.into()) };
        let register = |text: String| match text.split_whitespace().collect::<Vec<_>>()[..] {
            [next] => Ok(Register { next: next.parse()?, starts: false }),
            [next, "0" | "1"] => Ok(Register { next: next.parse()?, starts: text.ends_with('1') }),
            _ => Any::Err(garbled.into()),
        };
        let registers = (0..registers).map(|_| register(line()?)).collect::<Any<Vec<_>>>()?;
        let outputs = (0..outputs).map(|_| Ok(line()?.parse()?)).collect::<Any<Vec<u32>>>()?;
        let mut binary = file[at..].iter();
        let mut delta = || -> Any<u32> {
            let (mut n, mut shift) = (0, 0);
            loop {
                let byte = *binary.next().ok_or(garbled)?;
                n |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    return Ok(n);
                }
            }
        };
        let first = 1 + inputs + registers.len();
        let gate = |k: usize| {
            let b = (2 * (first + k) as u32).checked_sub(delta()?).ok_or(garbled)?;
            Any::Ok((b.checked_sub(delta()?).ok_or(garbled)?, b))
        };
        let ands = (0..ands).map(gate).collect::<Any<Vec<_>>>()?;
        Ok(Graph { inputs, registers, output: *outputs.first().ok_or(garbled)?, ands })
    }
}

/// A file `aig M I L O A`, a line for each register (what it takes next, and what it holds at the start unless that is 0),
/// then what stays as it is.
pub struct Miter {
    header: String,
    registers: Vec<String>,
    rest: Vec<u8>,
    /// Registers that hold the selector's bits, and which bit.
    selector: Vec<(usize, u32)>,
}

impl Miter {
    /// Reads a file and Yosys' map of it, in which the selector is named `select`.
    pub fn parse(file: Vec<u8>, map: &str) -> Any<Miter> {
        let garbled = "a miter that niello cannot read";
        let mut lines = file.split(|b| *b == b'\n');
        let mut text = || lines.next().and_then(|l| String::from_utf8(l.to_vec()).ok()).ok_or(garbled);
        let header = text()?;
        let sizes: Vec<usize> = header.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
        let [_, inputs, latches, ..] = sizes[..] else { return Err(garbled.into()) };
        let registers = (0..latches).map(|_| text()).collect::<Result<Vec<_>, _>>()?;
        let read = header.len() + 1 + registers.iter().map(|r| r.len() + 1).sum::<usize>();
        let rest = file.get(read..).ok_or(garbled)?.to_vec();
        let mut selector = Vec::new();
        for line in map.lines() {
            let ["latch", at, bit, "select"] = line.split_whitespace().collect::<Vec<_>>()[..] else { continue };
            let (at, bit): (usize, u32) = (at.parse()?, bit.parse()?);
            // It holds what it holds: its own literal is what it takes next.
            let literal = (2 * (1 + inputs + at)).to_string();
            if registers.get(at).and_then(|r| r.split_whitespace().next()) != Some(&literal) {
                return Err(garbled.into());
            }
            selector.push((at, bit));
        }
        Ok(Miter { header, registers, rest, selector })
    }

    /// The file with a mutant picked. A selector's bit that is not there is one that no mutant needs.
    pub fn with(&self, select: u64) -> Vec<u8> {
        let mut registers = self.registers.clone();
        for (at, bit) in &self.selector {
            let literal = registers[*at].split_whitespace().next().unwrap_or_default();
            registers[*at] = format!("{literal} {}", select >> bit & 1);
        }
        let mut file = format!("{}\n", self.header).into_bytes();
        for r in registers {
            file.extend(r.into_bytes());
            file.push(b'\n');
        }
        file.extend(&self.rest);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn miter__differs_in_what_the_selector_holds() {
        let file = b"aig 4 1 3 1 0\n4\n2 1\n8\n2\n\x80binary\n".to_vec();
        let map = "input 0 0 clk\nlatch 0 0 gate.mutsel\nlatch 0 0 select\nlatch 2 1 select\n";
        let m = Miter::parse(file.clone(), map).unwrap();
        assert_eq!(m.with(2), b"aig 4 1 3 1 0\n4 0\n2 1\n8 1\n2\n\x80binary\n");
        assert!(Miter::parse(file, "latch 1 0 select\n").is_err(), "a register that changes is no selector");
    }
}
