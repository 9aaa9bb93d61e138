//! A file while its operators are read: what was found so far, and what was wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::profile::Profile;
use super::schema::{Buffer, Model, SubGraph, Tensor};
use crate::error::ModelError;

/// A file that `validate` has seen: indices, sizes and counts are right wherever an operator is built.
pub struct File<'a> {
    /// The file.
    pub model: Model<'a>,
    /// Its graph.
    pub graph: SubGraph<'a>,
    /// The graph's tensors.
    pub tensors: Vec<Tensor<'a>>,
    /// Contents of tensors.
    pub buffers: Vec<Buffer<'a>>,
    /// Whose arithmetic.
    pub profile: Profile,
    /// Tensors that only say how a tensor is shaped: a file's tensors have their shapes besides.
    pub shapes: BTreeSet<i32>,
    /// Tensors of element types that are not built, by type.
    pub types: BTreeMap<i8, BTreeSet<i32>>,
    /// What was wrong.
    pub errors: Vec<ModelError>,
}

impl File<'_> {
    /// E101.
    pub fn unsupported(&mut self, place: &str, op: &str, why: &str, nearest: &str) {
        let (place, op, why, nearest) = (place.into(), op.into(), why.into(), nearest.into());
        self.errors.push(ModelError::Unsupported { place, op, why, nearest });
    }

    /// E103.
    pub fn inconsistent(&mut self, place: &str, what: String) {
        self.errors.push(ModelError::Inconsistent { place: place.into(), what });
    }
}
