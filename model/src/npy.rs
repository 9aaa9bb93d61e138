//! `.npy` files: samples in, results out. The header is compared with the data's size before anything is
//! allocated.

use std::io::Cursor;

use ndarray::{ArrayD, IxDyn};
use ndarray_npy::{ReadNpyExt, ViewNpyExt, WriteNpyExt};

use crate::error::ModelError;
use crate::graph::{DType, Tensor, Value};

/// An array of samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// Dimensions of the file.
    pub shape: Vec<usize>,
    /// Element type of the file.
    pub dtype: DType,
    /// One tensor a sample: the leading dimension counts samples.
    pub samples: Vec<Tensor>,
}

/// Reads samples; `what` names them in errors.
pub fn read(what: &str, bytes: &[u8]) -> Result<Samples, ModelError> {
    if !plausible(bytes) {
        return Err(ModelError::Data {
            what: format!("{what} is no .npy file, or its shape promises more than it holds"),
            help: "save it again with numpy".into(),
        });
    }
    macro_rules! ints {
        ($t:ty, $dtype:expr) => {
            // A view checks the header against the length of the bytes and copies nothing.
            if let Ok(a) = ndarray::ArrayViewD::<$t>::view_npy(bytes) {
                let v: Vec<i64> = a.iter().map(|x| i64::from(*x)).collect();
                return split(what, a.shape(), $dtype, |r| Tensor::Int(v[r].to_vec()));
            }
        };
    }
    ints!(i8, DType::I8);
    ints!(u8, DType::U8);
    let aligned = aligned_copy(bytes);
    let bytes = aligned.as_bytes(bytes.len());
    if let Ok(a) = ndarray::ArrayViewD::<f32>::view_npy(bytes) {
        let v: Vec<f32> = a.iter().copied().collect();
        return split(what, a.shape(), DType::F32, |r| Tensor::F32(v[r].to_vec()));
    }
    ints!(i32, DType::I32);
    ints!(i64, DType::I64);
    let why = ArrayD::<f32>::read_npy(Cursor::new(&bytes[..bytes.len().min(4096)]))
        .err()
        .map_or(String::new(), |e| e.to_string());
    Err(ModelError::Data {
        what: format!("{what} is not a .npy array that niello reads: {}", crate::error::clean(&why)),
        help: "save it with numpy as float32, int8, uint8, int32 or int64, C order".into(),
    })
}

/// True if the header's dimensions could be those of this many bytes: none larger than the file, and none
/// empty but the number of samples. The array library allocates by the shape, so this comes first.
fn plausible(bytes: &[u8]) -> bool {
    let header = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let Some(shape) = header.split_once("'shape'").and_then(|(_, s)| s.split_once('(')?.1.split_once(')')).map(|s| s.0)
    else {
        return false;
    };
    let dims = shape.split(',').map(str::trim).filter(|d| !d.is_empty()).enumerate();
    dims.into_iter().all(|(i, d)| d.parse::<usize>().is_ok_and(|d| d <= bytes.len() && (d > 0 || i == 0)))
}

/// Views need aligned data; the header of a `.npy` is a multiple of 64 bytes, so an aligned start does.
struct Aligned(Vec<u64>);

fn aligned_copy(bytes: &[u8]) -> Aligned {
    let mut words = vec![0u64; bytes.len().div_ceil(8)];
    for (w, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
        let mut b = [0; 8];
        b[..chunk.len()].copy_from_slice(chunk);
        *w = u64::from_ne_bytes(b);
    }
    Aligned(words)
}

impl Aligned {
    fn as_bytes(&self, len: usize) -> &[u8] {
        // SAFETY: u8 has no alignment or validity requirement and the vector holds at least `len` bytes.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), len.min(self.0.len() * 8)) }
    }
}

fn split(
    what: &str,
    shape: &[usize],
    dtype: DType,
    sample: impl Fn(std::ops::Range<usize>) -> Tensor,
) -> Result<Samples, ModelError> {
    let Some((&n, rest)) = shape.split_first() else {
        return Err(ModelError::Data {
            what: format!("{what} is a scalar"),
            help: "the leading dimension counts samples".into(),
        });
    };
    let each: usize = rest.iter().product();
    let samples = (0..n).map(|i| sample(i * each..(i + 1) * each)).collect();
    Ok(Samples { shape: shape.to_vec(), dtype, samples })
}

impl Samples {
    /// Checks that these are samples of a value: type and number of elements.
    pub fn check(&self, what: &str, value: &Value) -> Result<(), ModelError> {
        let each: usize = self.shape[1..].iter().product();
        if self.dtype != value.dtype || each != value.elements() {
            return Err(ModelError::Data {
                what: format!(
                    "{what} has {} of shape {:?} a sample, the model {} of {:?}",
                    self.dtype.name(),
                    &self.shape[1..],
                    value.dtype.name(),
                    value.shape
                ),
                help: "the leading dimension counts samples; types and shapes are the model's own".into(),
            });
        }
        Ok(())
    }
}

/// Writes samples of a value.
pub fn write(value: &Value, samples: &[Tensor]) -> Result<Vec<u8>, ModelError> {
    let mut shape = vec![samples.len()];
    shape.extend(&value.shape);
    let mut out = Vec::new();
    let ints = || samples.iter().flat_map(|s| s.ints().iter().copied());
    macro_rules! save {
        ($values:expr) => {
            ArrayD::from_shape_vec(IxDyn(&shape), $values.collect())
                .map_err(|e| e.to_string())
                .and_then(|a| a.write_npy(&mut out).map_err(|e| e.to_string()))
        };
    }
    let done = match value.dtype {
        DType::F32 => save!(samples.iter().flat_map(|s| s.floats().iter().copied())),
        DType::I8 => save!(ints().map(|v| v as i8)),
        DType::U8 => save!(ints().map(|v| v as u8)),
        DType::I32 | DType::Bits { .. } => save!(ints().map(|v| v as i32)),
        DType::I64 => save!(ints()),
    };
    match done {
        Ok(()) => Ok(out),
        Err(e) => Err(ModelError::Data {
            what: format!("cannot write an array: {e}"),
            help: "this is a bug: please report it".into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(dtype: DType, shape: &[usize]) -> Value {
        Value { name: "x".into(), shape: shape.to_vec(), dtype }
    }

    #[test]
    fn npy__round_trip_of_every_type() {
        for dtype in [DType::I8, DType::U8, DType::I32, DType::I64] {
            let v = value(dtype, &[2, 2]);
            let s = vec![Tensor::Int(vec![1, 2, 3, 4]), Tensor::Int(vec![0, 5, 6, 7])];
            let back = read("x", &write(&v, &s).unwrap()).unwrap();
            assert_eq!((back.samples.clone(), back.dtype), (s, dtype));
            back.check("x", &v).unwrap();
            assert!(back.check("x", &value(dtype, &[3])).is_err());
        }
        let v = value(DType::F32, &[3]);
        let s = vec![Tensor::F32(vec![1.5, -0.0, f32::MAX])];
        assert_eq!(read("x", &write(&v, &s).unwrap()).unwrap().samples, s);
    }

    #[test]
    fn npy__bad_files_are_errors() {
        let good = write(&value(DType::F32, &[4]), &[Tensor::F32(vec![1.0; 4])]).unwrap();
        for n in 0..good.len() {
            assert!(read("x", &good[..n]).is_err(), "truncated at {n}");
        }
        // Shapes that no array library should be asked to allocate.
        for shape in ["(18446744073709551615, 0)", "(9223372036854775807, 0)", "(0, 9223372036854775807)", "(4, 0)"] {
            let header = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}");
            let mut bad = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
            bad.extend(format!("{header:117}\n").bytes());
            assert!(read("x", &bad).is_err(), "{shape}");
        }
        // A header that promises far more than there is.
        let huge = String::from_utf8_lossy(&good[10..74]).replace("(1, 4)", "(999999999, 999)");
        let mut bad = good.clone();
        bad.splice(10..74, huge.bytes());
        assert!(read("x", &bad).is_err());
    }
}
