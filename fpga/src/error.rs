//! What can go wrong with tools (E52x).

use niello_gen::fault::{Explained, Fault};

/// A failed flow.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum SynthError {
    Missing { tool: String, help: String },
    Failed { tool: String, what: String, folder: String },
    Garbled { tool: String, what: String, folder: String },
    Io { path: String, what: String },
}

impl SynthError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            SynthError::Missing { tool, help } => Fault::new("E521", format!("{tool} was not found")).help(help),
            SynthError::Failed { tool, what, folder } => {
                Fault::new("E522", format!("{tool} failed: {what}")).help(format!("the run is kept in {folder}"))
            }
            SynthError::Garbled { tool, what, folder } => {
                Fault::new("E523", format!("{tool} wrote a report that niello cannot read: {what}"))
                    .help(format!("the run is kept in {folder}"))
            }
            SynthError::Io { path, what } => {
                Fault::new("E524", format!("cannot use {path}: {what}")).help("check the disk and its permissions")
            }
        }
    }
}

niello_gen::coded!(SynthError);

impl SynthError {
    /// An input/output error at a path.
    pub fn io(path: &std::path::Path, e: &std::io::Error) -> SynthError {
        SynthError::Io { path: path.display().to_string(), what: e.to_string() }
    }
}

/// What the codes of this stage mean.
pub const CODES: &[Explained] = &[
    Explained { code: "E521", title: "a tool for synthesis is missing", text: "`niello setup --synth` brings Yosys and nextpnr; with `--device NAME` place and route of other families too." },
    Explained { code: "E522", title: "synthesis, placement or routing failed", text: "The folder of the run is kept: its log has the whole story. A design that is too large for the device fails in placement." },
    Explained { code: "E523", title: "a report that cannot be read", text: "A tool wrote a report of another form than that of the versions that niello knows." },
    Explained { code: "E524", title: "a folder that cannot be used", text: "The folder of a run cannot be read or written." },
];
