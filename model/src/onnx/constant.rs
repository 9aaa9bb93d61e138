//! Constant tensors of an ONNX file.

use super::proto::TensorProto;
use niello_net::DType;

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// Dimensions; none for a scalar.
    pub shape: Vec<usize>,
    /// Element type.
    pub dtype: DType,
    /// The values, if they are integers.
    pub ints: Vec<i64>,
    /// The values, if they are floats.
    pub floats: Vec<f32>,
}

/// Why a tensor is none that is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unread {
    /// Its element type is not built.
    Type(i32),
    /// Its values are not in the file, or not all of them.
    Apart,
    /// It contradicts itself.
    Wrong(String),
}

/// Largest number of elements of a tensor.
pub const MAX_ELEMENTS: u64 = 1 << 26;

/// Quantized constants: codes, and one scale and zero point, or one for each entry of an axis.
#[derive(Clone, Debug)]
pub struct Quantized {
    pub codes: Constant,
    pub scales: Vec<f32>,
    pub zeros: Vec<i64>,
    /// The axis that several scales belong to, if the file names one.
    pub axis: Option<i64>,
}

impl Quantized {
    /// What the codes stand for.
    pub fn reals(&self) -> Vec<f32> {
        let one =
            |(i, q): (usize, &i64)| (q - self.zeros[i % self.zeros.len()]) as f32 * self.scales[i % self.scales.len()];
        self.codes.ints.iter().enumerate().map(one).collect()
    }
}

impl Constant {
    /// Reads a tensor.
    pub fn read(t: &TensorProto) -> Result<Constant, Unread> {
        let dtype = dtype(t.data_type).ok_or(Unread::Type(t.data_type))?;
        if t.data_location != 0 || t.segment.is_some() {
            return Err(Unread::Apart);
        }
        Constant::whole(t, dtype).map_err(Unread::Wrong)
    }

    fn whole(t: &TensorProto, dtype: DType) -> Result<Constant, String> {
        let shape: Vec<usize> = t
            .dims
            .iter()
            .map(|d| usize::try_from(*d))
            .collect::<Result<_, _>>()
            .map_err(|_| format!("shape {:?}", t.dims))?;
        let count = shape.iter().try_fold(1u64, |a, d| a.checked_mul(*d as u64)).filter(|n| *n <= MAX_ELEMENTS);
        let count = count.ok_or_else(|| format!("shape {:?} is too large", t.dims))? as usize;
        let raw = &t.raw_data;
        let (mut ints, mut floats) = (Vec::new(), Vec::new());
        let fields = [t.float_data.len(), t.int32_data.len(), t.int64_data.len(), raw.len()];
        if fields.iter().filter(|n| **n > 0).count() > 1 {
            return Err("its values stand in more than one field".into());
        }
        if raw.is_empty() {
            match dtype {
                DType::F32 => floats = t.float_data.clone(),
                DType::I64 => ints = t.int64_data.clone(),
                _ => ints = t.int32_data.iter().map(|v| i64::from(*v)).collect(),
            }
        } else if raw.len() == count * dtype.bits() as usize / 8 {
            let four = || raw.chunks_exact(4).map(|c| [c[0], c[1], c[2], c[3]]);
            match dtype {
                DType::F32 => floats = four().map(f32::from_le_bytes).collect(),
                DType::I8 => ints = raw.iter().map(|b| i64::from(*b as i8)).collect(),
                DType::U8 => ints = raw.iter().map(|b| i64::from(*b)).collect(),
                DType::I32 => ints = four().map(|c| i64::from(i32::from_le_bytes(c))).collect(),
                DType::Bits { signed, .. } => {
                    let two = raw.chunks_exact(2).map(|c| [c[0], c[1]]);
                    let short =
                        |c: [u8; 2]| if signed { i16::from_le_bytes(c).into() } else { u16::from_le_bytes(c).into() };
                    ints = two.map(short).collect();
                }
                DType::I64 => {
                    ints = raw.chunks_exact(8).map(|c| i64::from_le_bytes(c.try_into().unwrap_or_default())).collect();
                }
            }
        }
        let (lo, hi) = dtype.range();
        if let Some(v) = ints.iter().find(|v| !(lo..=hi).contains(*v)) {
            return Err(format!("value {v} in a tensor of {}", dtype.name()));
        }
        if ints.len() + floats.len() != count && !raw.is_empty() {
            return Err(format!("{} bytes of {} for shape {:?}", raw.len(), dtype.name(), t.dims));
        }
        if ints.len() + floats.len() != count {
            return Err(format!("{} values for shape {:?}", ints.len() + floats.len(), t.dims));
        }
        Ok(Constant { shape, dtype, ints, floats })
    }

    /// The values as floats.
    pub fn reals(&self) -> Vec<f32> {
        self.floats.iter().copied().chain(self.ints.iter().map(|v| *v as f32)).collect()
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.ints.len() + self.floats.len()
    }
}

/// An ONNX element type.
pub fn dtype(code: i32) -> Option<DType> {
    match code {
        1 => Some(DType::F32),
        2 => Some(DType::U8),
        3 => Some(DType::I8),
        4 => Some(DType::U16),
        5 => Some(DType::I16),
        6 => Some(DType::I32),
        7 => Some(DType::I64),
        _ => None,
    }
}
