//! The catalogue of blocks: `docs/blocks.md`, a picture and canonical Verilog for each block, `docs/mutants.md`, made from
//! the registry and from recorded evidence and figures. `niello block catalogue` writes it; a test holds the committed files to it.
// Of the project itself: what stops one of these is told in full by whoever calls it.
#![allow(clippy::missing_errors_doc)]

mod evidence;
mod page;
mod picture;

pub use crate::instances::{canonical, digest_of, text, Any};
pub use evidence::{digest, record, stage, Engines, Evidence, Level};
pub use page::page;
pub use picture::picture;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use niello_gen::blocks::AnyBlock;

use crate::mutants;

/// Recorded figures of a canonical configuration on ECP5.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Synthesized {
    /// LUT4 equivalents.
    pub lut_equivalents: u64,
    /// Flip-flops.
    pub registers: u64,
    /// Multipliers.
    pub dsps: u64,
    /// Block RAMs.
    pub block_rams: u64,
    /// Clock rate after place and route, in MHz, if registers are joined by logic.
    pub mhz: Option<f64>,
    /// The Verilog that was synthesized.
    pub digest: String,
}

/// Costs by `block/configuration`.
pub type Costs = BTreeMap<String, Synthesized>;

/// What is recorded of blocks.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// What was shown, by block.
    pub evidence: BTreeMap<String, Evidence>,
    /// What synthesis found, by `block/configuration`.
    pub costs: Costs,
    /// What benches kill, by block.
    pub mutants: BTreeMap<String, mutants::Record>,
}

impl Records {
    /// Those of niello's own blocks, as this program was built with them.
    pub fn compiled() -> Records {
        Records {
            evidence: serde_json::from_str(include_str!("../../docs/catalogue/evidence.json")).unwrap_or_default(),
            costs: serde_json::from_str(include_str!("../../docs/catalogue/costs.json")).unwrap_or_default(),
            mutants: mutants::recorded(),
        }
    }

    /// Those of a folder: `evidence.json`, `costs.json`, `mutants.json`; none where a file is not there.
    pub fn read(folder: &Path) -> Any<Records> {
        fn one<T: Default + serde::de::DeserializeOwned>(path: PathBuf) -> Any<T> {
            match std::fs::read_to_string(path) {
                Ok(text) => Ok(serde_json::from_str(&text)?),
                Err(_) => Ok(T::default()),
            }
        }
        Ok(Records {
            evidence: one(folder.join("evidence.json"))?,
            costs: one(folder.join("costs.json"))?,
            mutants: one(folder.join("mutants.json"))?,
        })
    }
}

/// Every file of the catalogue, relative to `docs/`.
pub fn files(blocks: &[Box<dyn AnyBlock>], records: &Records) -> Any<Vec<(String, String)>> {
    let mut list = vec![
        ("blocks.md".to_string(), page(blocks, records)?),
        ("errors.md".to_string(), crate::error::page()),
        ("mutants.md".to_string(), mutants::page(blocks, &records.mutants)?),
    ];
    for block in blocks {
        let name = block.about().name;
        let first = block.canonical().first().map_or("", |c| c.1);
        let instance = canonical(&**block, first)?;
        list.push((format!("catalogue/{name}.svg"), picture(name, &*instance)?));
        list.push((format!("catalogue/{name}.v"), text(&*instance)?));
    }
    Ok(list)
}
