//! `.npy` files: samples in, results out. The header is compared with the data's size before anything is
//! allocated.

use ndarray::{ArrayD, IxDyn};
use ndarray_npy::{ViewNpyExt, WriteNpyExt};

use crate::error::ModelError;
use niello_net::host::FloatRounding;
use niello_net::{DType, Graph, Op, Tensor, Value};

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
///
/// # Errors
/// E106: the bytes are no .npy file of numbers that niello reads, or a number is none.
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
    ints!(i16, DType::I16);
    ints!(u16, DType::U16);
    ints!(i32, DType::I32);
    ints!(i64, DType::I64);
    Err(unread(what, bytes))
}

/// Why an array is none that is read: its elements are of another type or byte order.
fn unread(what: &str, bytes: &[u8]) -> ModelError {
    let header = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let descr = header.split_once("'descr'").and_then(|(_, d)| d.split('\'').nth(1)).unwrap_or_default();
    let (order, kind) = descr.split_at(descr.chars().next().map_or(0, char::len_utf8));
    let name = NAMES.iter().find(|n| n.0 == kind).map(|n| n.1);
    let (has, help) = match name {
        Some(name) if READ.contains(&name) && order == ">" => {
            let native = "save it little-endian: numpy.save(file, a.astype(a.dtype.newbyteorder('<')))";
            (format!("is big-endian ({descr}, {name})"), native)
        }
        Some(name) if READ.contains(&name) => {
            (format!("has elements {descr} and is not as long as its header says"), "save it again with numpy")
        }
        Some(name) => (format!("has elements of {name}"), "save it with numpy as float32, int8, uint8, int32 or int64"),
        None => {
            let elements = if descr.is_empty() { "records" } else { descr };
            (
                format!("has elements `{}`", crate::error::clean(elements)),
                "save numbers: float32, int8, uint8, int32 or int64",
            )
        }
    };
    ModelError::Data { what: format!("{what} {has}"), help: help.into() }
}

/// numpy's names for types.
const NAMES: [(&str, &str); 15] = [
    ("f2", "float16"),
    ("f4", "float32"),
    ("f8", "float64"),
    ("f16", "longdouble"),
    ("i1", "int8"),
    ("i2", "int16"),
    ("i4", "int32"),
    ("i8", "int64"),
    ("u1", "uint8"),
    ("u2", "uint16"),
    ("u4", "uint32"),
    ("u8", "uint64"),
    ("b1", "bool"),
    ("c8", "complex64"),
    ("c16", "complex128"),
];

/// The types that are read.
const READ: [&str; 7] = ["float32", "int8", "uint8", "int16", "uint16", "int32", "int64"];

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
    ///
    /// # Errors
    /// E106: they are not.
    pub fn check(&self, what: &str, value: &Value) -> Result<(), ModelError> {
        let each: usize = self.shape[1..].iter().product();
        if self.dtype != value.dtype.container() || each != value.elements() {
            return Err(ModelError::Data {
                what: format!(
                    "{what} has {} of shape {:?} a sample, the model {} of {:?}",
                    self.dtype.name(),
                    &self.shape[1..],
                    value.dtype.container().name(),
                    value.shape
                ),
                help: "the leading dimension counts samples; types and shapes are the model's own".into(),
            });
        }
        self.every(what, "is not a number", "no code stands for it: leave the sample out", |v| !v.is_nan())
    }

    /// The same of what a model takes. Floats beyond all codes saturate in ONNX Runtime, infinite ones too; LiteRT gives them the
    /// lowest code, where they leave 32 bits.
    ///
    /// # Errors
    /// E106: they are not.
    pub fn check_inputs(&self, what: &str, graph: &Graph) -> Result<(), ModelError> {
        self.check(what, &graph.input)?;
        let first = graph.nodes.iter().find(|n| n.inputs.contains(&0)).map(|n| &n.op);
        let Some(Op::Quantize { scale, rounding: FloatRounding::HalfAway, .. }) = first else { return Ok(()) };
        let help = "scale or clip the samples to the model's range";
        self.every(what, "leaves 32 bits in codes, where LiteRT saturates no more", help, |v| {
            (v / scale).abs() < 2f32.powi(31)
        })
    }

    /// All floats are as they should be.
    fn every(&self, what: &str, fault: &str, help: &str, good: impl Fn(f32) -> bool) -> Result<(), ModelError> {
        for (sample, t) in self.samples.iter().enumerate() {
            if let Some(element) = t.floats().iter().position(|v| !good(*v)) {
                let value = t.floats()[element];
                let what = format!("{what}: sample {sample}, element {element}: {value} {fault}");
                return Err(ModelError::Data { what, help: help.into() });
            }
        }
        Ok(())
    }
}

/// Writes samples of a value.
///
/// # Errors
/// E106: a sample has another number of elements, or an element does not fit the type.
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
    let done = match value.dtype.container() {
        DType::F32 => save!(samples.iter().flat_map(|s| s.floats().iter().copied())),
        DType::I8 => save!(ints().map(|v| v as i8)),
        DType::U8 => save!(ints().map(|v| v as u8)),
        DType::Bits { signed: true, .. } => save!(ints().map(|v| v as i16)),
        DType::Bits { .. } => save!(ints().map(|v| v as u16)),
        DType::I32 => save!(ints().map(|v| v as i32)),
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
        for dtype in [DType::I8, DType::U8, DType::I16, DType::U16, DType::I32, DType::I64] {
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

    /// A file of these elements.
    fn file(descr: &str, order: &str, shape: &str, bytes: &[u8]) -> Vec<u8> {
        let header = format!("{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}");
        let mut f = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
        f.extend(format!("{header:117}\n").bytes());
        f.extend(bytes);
        f
    }

    #[test]
    fn npy__other_elements_are_named() {
        for (descr, piece) in [
            ("'>f4'", "is big-endian (>f4, float32); help: save it little-endian"),
            ("'>i4'", "is big-endian (>i4, int32)"),
            ("'<f8'", "has elements of float64; help: save it with numpy as float32"),
            ("'>f8'", "has elements of float64"),
            ("'<f2'", "has elements of float16"),
            ("'|b1'", "has elements of bool"),
            ("'<u4'", "has elements of uint32"),
            ("'<U3'", "has elements `<U3`"),
            ("[('a', '<f4')]", "help: save numbers"),
        ] {
            let text = read("x", &file(descr, "False", "(1, 2)", &[0; 16])).unwrap_err().to_string();
            assert!(text.starts_with("E106 x ") && text.contains(piece), "{descr}: {text}");
        }
    }

    #[test]
    fn npy__columns_first_are_read_in_rows() {
        let f = read("x", &file("'|u1'", "True", "(2, 3)", &[1, 4, 2, 5, 3, 6])).unwrap();
        assert_eq!(f.samples, [Tensor::Int(vec![1, 2, 3]), Tensor::Int(vec![4, 5, 6])]);
    }

    #[test]
    fn npy__what_is_no_number_is_told_where() {
        let v = value(DType::F32, &[3]);
        let of = |samples: &[[f32; 3]]| {
            let tensors: Vec<Tensor> = samples.iter().map(|s| Tensor::F32(s.to_vec())).collect();
            read("x", &write(&v, &tensors).unwrap()).unwrap()
        };
        let text = of(&[[0.0; 3], [0.0, 1.0, f32::NAN]]).check("x", &v).unwrap_err().to_string();
        assert!(text.starts_with("E106 x: sample 1, element 2: NaN is not a number"), "{text}");
        let far = of(&[[0.0, f32::INFINITY, f32::MIN]]);
        far.check("x", &v).unwrap();
        // ONNX Runtime saturates, LiteRT does not.
        for (rounding, taken) in [(FloatRounding::HalfEven, true), (FloatRounding::HalfAway, false)] {
            let op = Op::Quantize { scale: 0.5, zero: 0, rounding };
            let node = niello_net::Node {
                name: "q".into(),
                kind: "q".into(),
                op,
                inputs: vec![0],
                output: value(DType::I8, &[3]),
                float_in_framework: false,
            };
            let graph = Graph {
                name: "m".into(),
                format: "any",
                profile: "any",
                input: v.clone(),
                nodes: vec![node],
                hardware_softmax: false,
            };
            assert_eq!(far.check_inputs("x", &graph).is_ok(), taken);
            assert!(of(&[[1e9, -1e9, 0.0]]).check_inputs("x", &graph).is_ok());
        }
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
