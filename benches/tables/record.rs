//! Figures of earlier runs, committed in `docs/catalogue/mac-tables.json` with a digest of the Verilog they belong to, so
//! that a machine without a cache synthesizes only what has changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use niello::catalogue::digest_of;
use niello::gen::emit::verilog;
use niello::gen::ir::ValidDesign;
use niello_fpga::Figures;
use serde::{Deserialize, Serialize};

use super::Any;

/// One synthesis.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    digest: String,
    figures: Figures,
}

/// All of them, by `row/device`.
pub struct Record(Mutex<BTreeMap<String, Entry>>);

fn path() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/docs/catalogue/mac-tables.json").into()
}

/// Of everything that synthesis reads, memories included.
pub fn digest(design: &ValidDesign) -> String {
    digest_of(&verilog(design).into_iter().map(|f| f.text).collect::<Vec<_>>().join("\n"))
}

impl Record {
    /// What is committed; none yet is no error.
    pub fn read() -> Any<Record> {
        let entries = match std::fs::read(path()) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(_) => BTreeMap::new(),
        };
        Ok(Record(Mutex::new(entries)))
    }

    /// The figures of this design, if they are those of its present Verilog.
    pub fn of(&self, key: &str, digest: &str) -> Option<Figures> {
        let entries = self.0.lock().ok()?;
        entries.get(key).filter(|e| e.digest == digest).map(|e| e.figures.clone())
    }

    /// Adds figures and writes the file.
    pub fn add(&self, key: &str, digest: &str, figures: &Figures) -> Any<()> {
        let mut entries = self.0.lock().map_err(|_| "E504 a thread of the table died")?;
        entries.insert(key.into(), Entry { digest: digest.into(), figures: figures.clone() });
        std::fs::write(path(), serde_json::to_string_pretty(&*entries)? + "\n")?;
        Ok(())
    }
}
