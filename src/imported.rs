//! A model file, imported.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use niello_model::npy::Samples;
use niello_model::tflite::Profile;
use niello_model::{import_as, import_logits, npy, Graph, ModelError, MAX_FILE};

use crate::Error;

/// How a file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Whose arithmetic a TFLite file gets; none: LiteRT's reference kernels. Other files have one arithmetic.
    pub profile: Option<Profile>,
    /// A softmax at the end is left out: the results are the codes in front of it.
    pub logits: bool,
    /// A softmax at the end is computed in hardware too; otherwise the host does it, as exactly.
    pub hardware_softmax: bool,
}

/// An imported model: the graph whose golden execution is the only oracle of it.
#[derive(Clone, Debug)]
pub struct Model {
    graph: Arc<Graph>,
    path: PathBuf,
}

impl Model {
    /// Reads a `.tflite` or `.onnx` file of at most 1 GiB; its contents tell which it is.
    ///
    /// # Errors
    /// E101 to E105: all that is wrong with the model, or not supported. E107: it cannot be read. E108: an option that means nothing for
    /// it.
    pub fn open(path: impl AsRef<Path>, how: &Import) -> Result<Model, Error> {
        let path = path.as_ref();
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let model = Model::from_bytes(&name, &read(path, MAX_FILE)?, how)?;
        Ok(Model { path: path.to_path_buf(), ..model })
    }

    /// The same from memory, under a name.
    ///
    /// # Errors
    /// As [`Model::open`], but E107.
    pub fn from_bytes(name: &str, bytes: &[u8], how: &Import) -> Result<Model, Error> {
        const LEAVE: &str = "leave the option out";
        let profile = how.profile.unwrap_or_default();
        let mut graph = if how.logits {
            let (graph, cut) = import_logits(name, bytes, profile)?;
            if !cut {
                return Err(Error::new("E108", "--logits, but the model does not end with a softmax", LEAVE));
            }
            graph
        } else {
            import_as(name, bytes, profile)?
        };
        if how.profile.is_some() && graph.format != "tflite" {
            let what = format!("--profile, but the model is {}", graph.format);
            return Err(Error::new("E108", what, "only TFLite files have several"));
        }
        if how.hardware_softmax && !graph.ends_with_softmax() {
            return Err(Error::new("E108", "--hardware-softmax, but the model does not end with a softmax", LEAVE));
        }
        graph.hardware_softmax = how.hardware_softmax;
        Ok(Model { graph: Arc::new(graph), path: PathBuf::from(name) })
    }

    /// Its layers, between the host's parts at both ends.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The file that it was read from, or its name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// `<model without extension>.<suffix>` beside the model's file, if it is there.
    pub fn beside(&self, suffix: &str) -> Option<PathBuf> {
        Some(self.path.with_extension(suffix)).filter(|p| p.is_file())
    }
}

/// A path for messages: printable, in one line.
pub fn shown(path: &Path) -> String {
    niello_model::error::clean(&path.display().to_string())
}

/// Reads a file of at most `limit` bytes.
fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ModelError> {
    let fail = |what: String| ModelError::Read { path: shown(path), what };
    let meta = std::fs::metadata(path).map_err(|e| fail(e.to_string()))?;
    if !meta.is_file() {
        return Err(fail("it is not a file".into()));
    }
    if meta.len() > limit {
        return Err(fail(format!("it has {} bytes, at most {limit} are read", meta.len())));
    }
    std::fs::read(path).map_err(|e| fail(e.to_string()))
}

/// Samples of a `.npy` file, and its name.
#[derive(Clone, Debug)]
pub struct Given {
    /// The leading dimension counts them.
    pub samples: Samples,
    /// Where they come from, for the report.
    pub from: String,
}

impl Given {
    /// Reads a `.npy` file of at most 1 GiB.
    ///
    /// # Errors
    /// E106: it holds no samples. E107: it cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Given, Error> {
        let path = path.as_ref();
        let samples = npy::read(&shown(path), &read(path, MAX_FILE)?)?;
        Ok(Given { samples, from: path.display().to_string() })
    }
}
