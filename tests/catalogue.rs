//! The committed catalogue is the one that the present blocks make, and its evidence is of the present Verilog.
#![allow(non_snake_case, missing_docs)]

use niello::catalogue::{digest, evidence, files, Stage};
use niello::gen::blocks::all;

/// Mended by `make bless`, whose result wants reading.
#[test]
fn catalogue__is_up_to_date() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (path, text) in files().unwrap() {
        let committed = std::fs::read_to_string(docs.join(&path)).unwrap_or_default();
        assert!(committed == text, "docs/{path} is not what the blocks make now; `make bless` writes it");
    }
}

#[test]
fn every_block__has_evidence_of_its_present_verilog() {
    let mut records = evidence();
    for b in all() {
        let name = b.about().name;
        let record = records.remove(name).unwrap_or_default();
        let stage = record.stage(&digest(&*b).unwrap());
        assert_eq!(stage, Stage::B2, "{name}: `make bless` records it");
    }
    assert!(records.is_empty(), "evidence of blocks that are gone: {:?}", records.keys());
}
