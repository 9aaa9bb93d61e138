//! The waveform of a run: Verilator writes VCD, vcd2fst makes an FST of it.

use std::path::{Path, PathBuf};

use crate::engines::Choice;
use crate::Error;

/// The waveform asked for, if any.
pub struct Waveform {
    /// What Verilator writes.
    pub vcd: Option<PathBuf>,
    fst: Option<PathBuf>,
}

impl Waveform {
    /// Of the option's value and the engines that are named.
    ///
    /// # Errors
    /// No Verilator among the engines, no such folder, another ending, a tool that is missing.
    pub fn of(path: Option<&Path>, engines: &[Choice]) -> Result<Waveform, Error> {
        let Some(path) = path.map(Path::to_path_buf) else { return Ok(Waveform { vcd: None, fst: None }) };
        let verilator = engines.is_empty() || engines.iter().any(|e| matches!(e, Choice::Verilator | Choice::All));
        if !verilator {
            return Err(Error::new("E108", "--trace needs Verilator among the engines", "add --engine verilator"));
        }
        if !path.parent().is_none_or(|p| p.as_os_str().is_empty() || p.is_dir()) {
            return Err(Error::new(
                "E506",
                format!("cannot write {}: its folder does not exist", path.display()),
                "make the folder",
            ));
        }
        match path.extension().and_then(|e| e.to_str()) {
            Some("vcd") => Ok(Waveform { vcd: Some(path), fst: None }),
            Some("fst") if niello_testbench::tools::on_path("vcd2fst").is_some() => {
                Ok(Waveform { vcd: Some(path.with_extension("fst.vcd")), fst: Some(path) })
            }
            Some("fst") => Err(Error::new("E501", "vcd2fst was not found", "name the file .vcd, or install gtkwave")),
            _ => Err(Error::new("E108", format!("--trace {} is neither .vcd nor .fst", path.display()), "name it so")),
        }
    }

    /// Makes the FST, where one was asked for.
    ///
    /// # Errors
    /// vcd2fst failed.
    pub fn finish(&self) -> Result<(), Error> {
        let (Some(vcd), Some(fst)) = (&self.vcd, &self.fst) else { return Ok(()) };
        let done = std::process::Command::new("vcd2fst").arg(vcd).arg(fst).output();
        if !done.is_ok_and(|o| o.status.success()) {
            return Err(Error::new("E502", "vcd2fst failed", format!("the waveform is in {}", vcd.display())));
        }
        let _ = std::fs::remove_file(vcd);
        Ok(())
    }
}
