//! The cases of `data/make_sweep.py`: models, inputs and the framework's results, packed.

use std::io::Read;
use std::path::{Path, PathBuf};

use niello_model::{npy, Tensor};

/// A folder of cases.
pub struct Sweep {
    models: Vec<u8>,
    arrays: Vec<u8>,
    index: serde_json::Value,
}

/// One of them.
#[allow(dead_code)] // each test takes what it needs
pub struct Case<'s> {
    pub name: &'s str,
    pub model: &'s [u8],
    /// Operators that sum in float in the framework; of sums and products of two operands, some are functions of a code.
    pub float_sums: Vec<&'s str>,
    /// Samples and results, if the framework runs the model.
    pub data: Option<(Vec<Tensor>, Vec<Tensor>)>,
}

impl Sweep {
    /// A folder of `model/tests/data`, as the workspace's root sees it.
    pub fn read(root: &str, folder: &str) -> Sweep {
        let folder = path(root, folder);
        let unpacked = |file: &str| {
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(std::fs::File::open(folder.join(file)).unwrap())
                .read_to_end(&mut bytes)
                .unwrap();
            bytes
        };
        let (models, arrays) = (unpacked("models.bin.gz"), unpacked("arrays.bin.gz"));
        let index = serde_json::from_slice(&std::fs::read(folder.join("index.json")).unwrap()).unwrap();
        Sweep { models, arrays, index }
    }

    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.index.as_array().unwrap().iter().map(|entry| {
            let piece = |key: &str, file| entry.get(key).map(|place| slice(file, place));
            let array = |key: &str| piece(key, &self.arrays).map(|b| npy::read(key, b).unwrap().samples);
            let model = piece("model", &self.models).unwrap();
            let sums = entry.get("sums_in_float").and_then(|s| s.as_array());
            let float_sums = sums.into_iter().flatten().filter_map(|s| s.as_str()).collect();
            Case { name: entry["name"].as_str().unwrap(), model, float_sums, data: array("x").zip(array("y")) }
        })
    }
}

/// Where a folder of cases lies.
pub fn path(root: &str, folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(root).join("model/tests/data").join(folder)
}

fn slice<'s>(file: &'s [u8], place: &serde_json::Value) -> &'s [u8] {
    let number = |i: usize| place[i].as_u64().unwrap() as usize;
    &file[number(0)..number(0) + number(1)]
}
