//! The miter of all mutants in the AIGER format: one is picked by what the selector's registers hold at the start, so that
//! Yosys makes the file once.

use crate::instances::Any;

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
