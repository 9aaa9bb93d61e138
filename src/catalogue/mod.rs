//! The catalogue of blocks: `docs/blocks.md`, a picture and canonical Verilog for each block, `docs/mutants.md`, made from
//! the registry and from recorded evidence and figures. `niello block catalogue` writes it; a test holds the committed files to it.

mod evidence;
mod page;
mod picture;

pub use evidence::{digest, digest_of, evidence, record, stage, Engines, Evidence, Stage};
pub use page::page;
pub use picture::picture;

use std::collections::BTreeMap;

use niello_gen::blocks::{all, AnyBlock, Instance};
use niello_gen::emit::verilog;

use crate::mutants;

/// The result of a step of the catalogue.
pub type Any<T> = Result<T, Box<dyn std::error::Error>>;

/// Recorded figures of a canonical configuration on ECP5.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Cost {
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
pub type Costs = BTreeMap<String, Cost>;

/// The recorded costs.
pub fn costs() -> Costs {
    serde_json::from_str(include_str!("../../docs/catalogue/costs.json")).unwrap_or_default()
}

/// A block's canonical configuration: its settings, checked.
pub fn canonical(block: &dyn AnyBlock, settings: &str) -> Any<Box<dyn Instance>> {
    let pairs = settings.split_whitespace().filter_map(|s| s.split_once('='));
    let pairs: Vec<(String, String)> = pairs.map(|(k, v)| (k.into(), v.into())).collect();
    Ok(block.configure(&pairs)?)
}

/// The Verilog of an instance in one text, its memories left out.
pub fn text(instance: &dyn Instance) -> Any<String> {
    let files = verilog(&instance.design()?).into_iter().filter(|f| f.path.ends_with(".v"));
    Ok(files.map(|f| f.text).collect::<Vec<_>>().join("\n"))
}

/// Every file of the catalogue, relative to `docs/`.
pub fn files() -> Any<Vec<(String, String)>> {
    let mut list = vec![("blocks.md".to_string(), page()?), ("mutants.md".to_string(), mutants::page()?)];
    for block in all() {
        let name = block.about().name;
        let first = block.canonical().first().map_or("", |c| c.1);
        let instance = canonical(&*block, first)?;
        list.push((format!("catalogue/{name}.svg"), picture(name, &*instance)?));
        list.push((format!("catalogue/{name}.v"), text(&*instance)?));
    }
    Ok(list)
}
