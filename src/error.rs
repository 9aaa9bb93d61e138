//! What can go wrong, as one type: faults with stable codes (docs/errors.md; `niello explain CODE`).

use std::fmt;

use niello_gen::fault::{Coded, Explained, Fault};
use niello_testbench::engine::EngineError;

/// Why something stopped: all faults of the stage that found them, at least one. Prints one a line, at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Vec<Fault>);

/// Faults that are printed.
const PRINTED: usize = 100;

impl Error {
    /// One fault of what was asked for.
    pub fn new(code: &'static str, what: impl Into<String>, help: impl Into<String>) -> Error {
        Error(vec![Fault::new(code, what).help(help)])
    }

    /// A mistake of niello's own, or of an installation: nothing helps but to report it.
    pub fn bug(code: &'static str, what: impl Into<String>) -> Error {
        Error::new(code, what, "report this, with the command and the file")
    }

    /// What stopped a tool of the project's own, the catalogue or the mutants: itself, where it is one of these.
    pub fn of_tool(e: Box<dyn std::error::Error>) -> Error {
        let engine = |e: Box<dyn std::error::Error>| e.downcast::<EngineError>().map(|e| Error::from(*e));
        let own = |e: Box<dyn std::error::Error>| e.downcast::<Error>().map(|e| *e);
        own(e).or_else(engine).unwrap_or_else(|e| Error::bug("E530", e.to_string()))
    }

    /// All faults.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }

    /// The first fault's code.
    pub fn code(&self) -> &'static str {
        self.0.first().map_or("", |f| f.code)
    }

    /// For machines: `[{ "code", "where", "what", "help" }]`; what is not known is null.
    pub fn json(&self) -> serde_json::Value {
        let one = |f: &Fault| serde_json::json!({ "code": f.code, "where": f.place, "what": f.what, "help": f.help });
        self.0.iter().map(one).collect()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().take(PRINTED).map(Fault::to_string).collect();
        write!(f, "{}", lines.join("\n"))?;
        match self.0.len().saturating_sub(PRINTED) {
            0 => Ok(()),
            more => write!(f, "\n... and {more} more"),
        }
    }
}

impl std::error::Error for Error {}

impl<E: Coded> From<E> for Error {
    fn from(e: E) -> Error {
        Error(e.faults())
    }
}

/// What the codes of this stage mean.
pub const CODES: &[Explained] = &[
    Explained { code: "E108", title: "an option that means nothing here", text: "It is out of range, contradicts another one, or could change nothing of what was asked for. Nothing was computed." },
    Explained { code: "E109", title: "a command line that cannot be read", text: "`niello --help` lists the commands, `niello COMMAND --help` their options." },
    Explained { code: "E506", title: "a file that cannot be written", text: "The disk is full, the folder does not exist, or its permissions forbid it. Nothing was changed." },
    Explained { code: "E507", title: "the folder holds something else", text: "niello replaces no folder that it did not write itself." },
    Explained { code: "E508", title: "the folder holds an earlier output", text: "With --force it is replaced, as a whole, once the new one is complete." },
    Explained { code: "E509", title: "the tools could not be set up", text: "pip or a tool failed while it was brought into .venv: check the network and the Python installation, or remove .venv and run `niello setup` again." },
    Explained { code: "E510", title: "the network stands still", text: "In simulation nothing moves any more: a FIFO is too small, which is niello's mistake. Report it with the model." },
    Explained { code: "E511", title: "the simulation differs", text: "The Verilog gave something else than the golden model, or broke a rule of streams. `niello verify --layers` names the layer, element and cycle. It is niello's mistake: report it with the model." },
    Explained { code: "E530", title: "a tool of the project's own failed", text: "The catalogue or the mutants could not be made: for niello's own repository." },
];

/// All codes, in order.
pub fn codes() -> Vec<Explained> {
    let stages = [
        niello_model::error::CODES,
        CODES,
        niello_net::plan::CODES,
        niello_gen::fault::CODES,
        niello_testbench::engine::CODES,
        niello_fpga::CODES,
    ];
    let mut all = stages.concat();
    all.sort_by_key(|e| e.code);
    all
}

/// Codes by what they are of.
const STAGES: [(&str, &str); 5] = [
    ("E1", "the model, its data, the command"),
    ("E2", "the plan"),
    ("E3", "settings of blocks"),
    ("E4", "the design"),
    ("E5", "tools and files"),
];

/// `docs/errors.md`.
pub fn page() -> String {
    let mut text = String::from(
        "# Errors\n\nWhat niello refuses, it refuses with a code that never changes its meaning, a place, what is wrong and what helps; all\n\
         faults of a stage at once. `niello explain CODE` prints an entry of this page, which is made from the sources\n\
         (`niello block catalogue`). With `--json` they are `{\"errors\": [{\"code\", \"where\", \"what\", \"help\"}]}`.\n",
    );
    for (first, stage) in STAGES {
        text += &format!("\n## {first}xx: {stage}\n\n| code | | |\n|---|---|---|\n");
        for e in codes().iter().filter(|e| e.code.starts_with(first)) {
            text += &format!("| {} | {} | {} |\n", e.code, e.title, e.text);
        }
    }
    text
}
