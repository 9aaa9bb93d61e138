//! Yosys makes the faults: a list, and one design that holds them all behind a selector.

use std::fs;
use std::path::{Path, PathBuf};

use niello_fpga::Tool;
use niello_gen::emit::verilog;
use niello_gen::ir::ValidDesign;

use crate::instances::Any;

/// The input that says which fault is there; 0 for none.
pub const SELECTOR: &str = "mutsel";
/// Its bits.
pub const SELECTOR_BITS: usize = 16;

/// One fault, in Yosys' words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    options: Vec<String>,
}

impl Fault {
    fn parse(line: &str) -> Option<Fault> {
        let options: Vec<String> = line.strip_prefix("mutate ")?.split_whitespace().map(String::from).collect();
        Some(Fault { options })
    }

    fn get(&self, option: &str) -> &str {
        let at = self.options.iter().position(|o| o == option);
        at.and_then(|i| self.options.get(i + 1)).map_or("", String::as_str)
    }

    /// Clocks stay as they are: a simulator's answer would hang on the order of its events. Memories read without a
    /// clock here, so that their other controls mean nothing.
    fn sound(&self) -> bool {
        let (cell, port) = (self.get("-cell"), self.get("-port"));
        let idle = cell.contains("$memrd") && matches!(port, "ARST" | "SRST" | "EN");
        !port.ends_with("CLK") && !idle
    }

    /// Cell, port and bit, kind of fault, place in the Verilog.
    pub fn describe(&self) -> String {
        let mut text =
            format!("{} {}.{}[{}]", self.get("-mode"), self.get("-cell"), self.get("-port"), self.get("-portbit"));
        for (word, option) in [("by bit", "-ctrlbit"), ("net", "-wire"), ("at", "-src")] {
            if !self.get(option).is_empty() {
                text.push_str(&format!(" {word} {}", self.get(option)));
            }
        }
        text
    }

    fn apply(&self, select: usize) -> String {
        let mut options = String::new();
        for option in ["-mode", "-module", "-cell", "-port", "-portbit", "-ctrlbit"] {
            if !self.get(option).is_empty() {
                options.push_str(&format!(" {option} {}", self.get(option)));
            }
        }
        format!("mutate -ctrl {SELECTOR} {SELECTOR_BITS} {select}{options}\n")
    }
}

/// The faults of a design, with the folder in which Yosys works.
pub struct Faults {
    /// Fault `i` runs where the selector is `i + 1`.
    pub list: Vec<Fault>,
    pub(super) yosys: Tool,
    folder: PathBuf,
}

/// The flattened design without faults, and the one with all of them behind the selector.
const PLAIN: &str = "plain.il";
pub(super) const ALL: &str = "all.il";

impl Faults {
    /// Lists about `count` faults, spread over the design by Yosys, and puts them all into one design.
    pub fn make(design: &ValidDesign, count: usize, seed: u64) -> Any<Faults> {
        let folder = tempfile::Builder::new().prefix("niello-mutants-").tempdir()?.keep();
        let mut files = Vec::new();
        for f in verilog(design) {
            fs::write(folder.join(&f.path), &f.text)?;
            files.extend(Some(f.path).filter(|p| p.ends_with(".v")));
        }
        let mut faults = Faults { list: Vec::new(), yosys: niello_fpga::native("yosys")?, folder };
        // What initializes memories has to stay constant. Some of what comes is dropped, so more is asked for.
        let script = format!(
            "read_verilog {}\nhierarchy -check -top {}\nproc\npmuxtree\nflatten\nopt_clean\nwrite_rtlil {PLAIN}\n\
             mutate -list {} -seed {seed} -o faults.txt * t:$meminit* %d\n",
            files.join(" "),
            design.top().name,
            count + count / 2 + 8,
        );
        faults.script("list", &script)?;
        let listed = fs::read_to_string(faults.path().join("faults.txt"))?;
        faults.list = listed.lines().filter_map(Fault::parse).filter(Fault::sound).take(count).collect();
        let apply: String = faults.list.iter().enumerate().map(|(i, f)| f.apply(i + 1)).collect();
        let script = format!(
            "read_rtlil {PLAIN}\nmutate -ctrl {SELECTOR} {SELECTOR_BITS} 0 -mode none\n{apply}write_rtlil {ALL}\n\
             write_verilog -noattr all.v\n"
        );
        faults.script("apply", &script)?;
        Ok(faults)
    }

    /// The design with all faults.
    pub fn verilog(&self) -> Any<String> {
        Ok(fs::read_to_string(self.path().join("all.v"))?)
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Removes the folder, which stays where something failed.
    pub fn done(self) -> Any<()> {
        Ok(fs::remove_dir_all(&self.folder)?)
    }

    /// Runs a script; its log stays in the folder under its name.
    pub(super) fn script(&self, name: &str, text: &str) -> Any<()> {
        let (script, log) = (format!("{name}.ys"), format!("{name}.log"));
        fs::write(self.path().join(&script), text)?;
        Ok(niello_fpga::run(&self.yosys, self.path(), &["-q", "-l", &log, "-s", &script], &log, &|_| ())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault__is_read_described_and_applied() {
        let line = "mutate -mode cnot1 -module m -cell $procdff$26 -port Q -portbit 0 -ctrlbit 5 -wire out -wirebit 0 -src a.v:17.2-17.3";
        let f = Fault::parse(line).unwrap();
        assert_eq!(f.describe(), "cnot1 $procdff$26.Q[0] by bit 5 net out at a.v:17.2-17.3");
        let apply = "mutate -ctrl mutsel 16 3 -mode cnot1 -module m -cell $procdff$26 -port Q -portbit 0 -ctrlbit 5\n";
        assert_eq!(f.apply(3), apply);
        assert!(f.sound());
        assert!(!Fault::parse("mutate -mode inv -cell $procdff$26 -port CLK -portbit 0").unwrap().sound());
        assert!(!Fault::parse("mutate -mode inv -cell $memrd$4 -port EN -portbit 0").unwrap().sound());
    }
}
