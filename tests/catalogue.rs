//! The committed catalogue is the one that the present blocks make, and its evidence is of the present Verilog.
#![allow(non_snake_case, missing_docs)]

use niello::catalogue::{digest, files, stage, Level, Records};
use niello::gen::blocks::all;
use niello::mutants::{self, choose, recorded, LEAST};
use niello::supported;

/// Mended by `make bless`, whose result wants reading.
#[test]
fn catalogue__is_up_to_date() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (path, text) in files(&all(), &Records::compiled()).unwrap() {
        let committed = std::fs::read_to_string(docs.join(&path)).unwrap_or_default();
        assert!(committed == text, "docs/{path} is not what the blocks make now; `make bless` writes it");
    }
}

/// README names the operators that the importers register, no more and no fewer.
#[test]
fn readme__lists_the_operators_that_are_registered() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(supported::readme(&readme).unwrap() == readme, "`niello block catalogue` writes README's list");
    assert_eq!(supported::readme("no list"), None);
    let list = supported::markdown();
    assert!(list.contains("`CONV_2D` (groups") && list.contains("`QLinearConv`") && list.contains("`BipolarQuant`"));
}

#[test]
fn every_block__has_evidence_of_its_present_verilog() {
    let mut records = Records::compiled().evidence;
    for b in all() {
        let name = b.about().name;
        let record = records.remove(name).unwrap_or_default();
        assert_eq!(record.stage(&digest(&*b).unwrap(), 1.0), Level::B2, "{name}: `make bless` records it");
    }
    assert!(records.is_empty(), "evidence of blocks that are gone: {:?}", records.keys());
}

/// Stage B2 asks for both; the record is of the Verilog that the block makes now.
#[test]
fn every_block__has_a_bench_that_kills_its_mutants() {
    let mut records = recorded();
    for b in all() {
        let name = b.about().name;
        let r = records.remove(name).unwrap_or_default();
        let present = mutants::digest(&choose(&*b).unwrap()).unwrap();
        assert_eq!(r.digest, present, "{name}: `make mutants BLOCK={name}` records it");
        assert!(r.rate() >= LEAST, "{name}: only {:.1} % of the relevant mutants are killed", 100.0 * r.rate());
        assert_eq!(
            r.mutants,
            r.kills() + r.harmless + r.exhausted + r.survivors.len() as u64,
            "{name}: some mutants are lost"
        );
        assert!(r.mutants >= 150, "{name}: only {} mutants", r.mutants);
        assert_eq!(stage(&*b, &Records::compiled()).unwrap(), Level::B2, "{name}");
    }
    assert!(records.is_empty(), "mutants of blocks that are gone: {:?}", records.keys());
}

/// Each has its framework's results beside it, and `cargo test -p niello-model` compares them all.
#[test]
fn readme__counts_the_models() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("model/tests/data");
    let results = |folder: &str| {
        let files = std::fs::read_dir(data.join(folder)).unwrap().flatten();
        files.filter(|e| e.file_name().to_string_lossy().ends_with(".y.npy")).count()
    };
    let n: usize = ["onnx", "onnx_images", "onnx_found", "qonnx", "niello", "tflite"].map(results).iter().sum();
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&format!("on {n} small models")), "README.md does not say {n} small models");
    // What becomes of the sweeps' cases.
    let answers = |folder: &str| std::fs::read_to_string(data.join(folder).join("answers.txt")).unwrap();
    let answers = answers("sweep_onnx") + &answers("sweep_tflite");
    let count = |word: &str| answers.lines().filter(|l| l.split(' ').nth(1) == Some(word)).count();
    let (all, exact, float) = (answers.lines().count(), count("exact"), count("float"));
    let refused = all - exact - float;
    let [all, exact, float, refused] = [all, exact, float, refused].map(|n| format!("{},{:03}", n / 1000, n % 1000));
    let says =
        format!("{exact} are exact, {float} have nodes that ONNX Runtime may run in float, {refused} are refused");
    let says = says.replace(" 0,", " ");
    assert!(readme.contains(&says) && readme.contains(&format!("on {all} generated models")), "{all}: {says}");
}

/// Whoever looks at a waveform sees what the author meant: of the wires of the catalogue's Verilog at least 80 % have names from the source.
#[test]
fn catalogue__names_its_wires() {
    let (mut all, mut named, mut lines) = (0, 0, Vec::new());
    for block in niello::gen::blocks::all_and_unproven() {
        let first = block.canonical().first().map_or("", |c| c.1);
        let design = niello::catalogue::canonical(&*block, first).unwrap().design().unwrap();
        let (wires, own) = niello::gen::emit::wires(&design);
        all += wires;
        named += own;
        lines.push(format!("{}: {own} of {wires}", block.about().name));
    }
    assert!(all > 500 && named * 100 >= 80 * all, "{named} of {all} wires are named:\n{}", lines.join("\n"));
}
