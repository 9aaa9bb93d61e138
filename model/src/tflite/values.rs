//! Tensors of a file as values: shapes, types, scales, contents.

use super::file::File;
use super::names;
use crate::error::{clean, ModelError};
use niello_net::{Codes, DType, Value};

/// Largest number of elements of a tensor.
const MAX_ELEMENTS: u64 = 1 << 26;

impl File<'_> {
    /// One error for each element type that is not built.
    pub fn unsupported_types(&mut self) {
        for (code, tensors) in std::mem::take(&mut self.types) {
            let name = tensors.first().and_then(|t| self.tensors.get(*t as usize)).map(|t| clean(t.name()));
            let why = match tensors.len() {
                1 => "a tensor has this type".to_string(),
                n => format!("{n} tensors have this type, this is the first one"),
            };
            let nearest = "int8 or uint8 (quantize to int8), floats only at the model's ends";
            self.unsupported(&name.unwrap_or_default(), names::dtype(code).0, &why, nearest);
        }
    }

    /// A tensor without its batch dimension, which must be 1. None: it is not there, or an error is noted.
    pub fn value(&mut self, index: i32) -> Option<Value> {
        let t = usize::try_from(index).ok().and_then(|i| self.tensors.get(i)).copied()?;
        let name = clean(t.name());
        let dtype = match t.dtype() {
            0 => DType::F32,
            2 => DType::I32,
            3 => DType::U8,
            4 => DType::I64,
            9 => DType::I8,
            other => {
                self.types.entry(other).or_default().insert(index);
                return None;
            }
        };
        let dims = t.shape();
        let shape: Option<Vec<usize>> = dims.iter().map(|d| usize::try_from(*d).ok().filter(|d| *d > 0)).collect();
        let total = shape.as_ref().and_then(|s| s.iter().try_fold(1u64, |a, d| a.checked_mul(*d as u64)));
        match (shape, total) {
            (Some(shape), Some(total)) if total <= MAX_ELEMENTS => {
                let shape = if shape.len() > 1 && shape[0] == 1 { shape[1..].to_vec() } else { shape };
                Some(Value { name, shape, dtype })
            }
            (Some(_), total) => {
                self.errors.push(ModelError::TooLarge {
                    place: name,
                    count: total.unwrap_or(u64::MAX),
                    limit: MAX_ELEMENTS,
                });
                None
            }
            (None, _) => {
                self.inconsistent(&name, format!("shape {dims:?}"));
                None
            }
        }
    }

    /// Scales and zero points of a tensor; several belong to the entries of `axis`.
    pub fn scales(&mut self, place: &str, index: i32, axis: i32) -> Option<(Vec<f32>, Vec<i64>)> {
        let q = self.tensors.get(index as usize).and_then(|t| t.quantization());
        let (scales, zeros) = q.map(|q| (q.scale(), q.zero_point())).unwrap_or_default();
        let zeros: Vec<i64> = zeros.into_iter().map(i64::from).collect();
        let dimension = q.map_or(0, |q| q.dimension());
        let fault = if scales.len() > 1 && dimension != axis {
            Some(format!("one scale for each entry of dimension {dimension}, not of the outputs"))
        } else if scales.is_empty() {
            Some("a tensor has no scale".to_string())
        } else {
            scales
                .iter()
                .find(|s| !(s.is_normal() && **s > 0.0))
                .map(|s| format!("scale {s} is not a positive normal number"))
        };
        if let Some(what) = fault {
            self.quantization(place, what);
            return None;
        }
        Some((scales, zeros))
    }

    /// E104.
    pub fn quantization(&mut self, place: &str, what: String) {
        let help = "quantize the model to full integers (int8 activations and weights)".into();
        self.errors.push(ModelError::Quantization { place: place.into(), what, help });
    }

    /// The one scale and zero point of an activation.
    pub fn codes(&mut self, place: &str, index: i32, v: &Value) -> Option<Codes> {
        let (scales, zeros) = self.scales(place, index, 0)?;
        let (lo, hi) = v.dtype.range();
        match (&scales[..], &zeros[..]) {
            ([scale], [zero]) if (lo..=hi).contains(zero) && v.dtype.bits() == 8 => {
                Some(Codes { scale: *scale, zero: *zero, dtype: v.dtype })
            }
            _ => {
                self.quantization(
                    place,
                    format!("{} {} with {} scales and zero points {zeros:?}", v.dtype.name(), v.name, scales.len()),
                );
                None
            }
        }
    }

    /// A tensor that the file holds.
    pub fn is_constant(&self, index: i32) -> bool {
        let buffer = self.tensors.get(index as usize).map(|t| t.buffer() as usize);
        buffer.and_then(|b| self.buffers.get(b)).is_some_and(|b| !b.data().is_empty())
    }

    /// The integers in a tensor's buffer.
    pub fn constant(&mut self, place: &str, index: i32, v: &Value) -> Option<Vec<i64>> {
        let buffer = self.tensors.get(index as usize).map(|t| t.buffer() as usize);
        let data = buffer.and_then(|b| self.buffers.get(b)).map(|b| b.data()).unwrap_or_default();
        if data.is_empty() {
            let why = format!("`{}` is no constant of the file", v.name);
            self.unsupported(place, "a computed parameter", &why, "constant weights, biases and parameters");
            return None;
        }
        Some(match v.dtype {
            DType::I8 => data.iter().map(|b| i64::from(*b as i8)).collect(),
            DType::U8 => data.iter().map(|b| i64::from(*b)).collect(),
            DType::I64 => data.chunks_exact(8).map(|c| i64::from_le_bytes(c.try_into().unwrap_or_default())).collect(),
            _ => data.chunks_exact(4).map(|c| i64::from(i32::from_le_bytes([c[0], c[1], c[2], c[3]]))).collect(),
        })
    }
}
