//! What moves between nodes.

/// Type of a tensor's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DType {
    F32,
    I8,
    U8,
    I32,
    I64,
    /// 1 to 16 bits, for codes of QONNX models.
    Bits {
        bits: u8,
        signed: bool,
    },
}

impl DType {
    /// Codes of 16 bits, with their sign.
    pub const I16: DType = DType::Bits { bits: 16, signed: true };
    /// Codes of 16 bits, not negative.
    pub const U16: DType = DType::Bits { bits: 16, signed: false };

    /// The type of whole bytes in which arrays hold it.
    pub fn container(self) -> DType {
        match self {
            DType::Bits { bits: 0..=8, signed: true } => DType::I8,
            DType::Bits { bits: 0..=8, signed: false } => DType::U8,
            DType::Bits { signed: true, .. } => DType::I16,
            DType::Bits { signed: false, .. } => DType::U16,
            whole => whole,
        }
    }

    /// Bits of an integer type; 32 for `F32`.
    pub fn bits(self) -> u32 {
        match self {
            DType::I8 | DType::U8 => 8,
            DType::F32 | DType::I32 => 32,
            DType::I64 => 64,
            DType::Bits { bits, .. } => bits.into(),
        }
    }
    /// Two's complement.
    pub fn signed(self) -> bool {
        !matches!(self, DType::U8 | DType::Bits { signed: false, .. })
    }
    /// What codes of this type are larger by as uint8.
    pub fn unsigned_shift(self) -> i64 {
        if self == DType::I8 {
            128
        } else {
            0
        }
    }
    /// Lowest and highest value of an integer type.
    pub fn range(self) -> (i64, i64) {
        match self {
            DType::I8 => (-128, 127),
            DType::U8 => (0, 255),
            DType::I32 | DType::F32 => (i32::MIN.into(), i32::MAX.into()),
            DType::I64 => (i64::MIN, i64::MAX),
            DType::Bits { bits, signed: true } => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
            DType::Bits { bits, signed: false } => (0, (1 << bits) - 1),
        }
    }
    /// numpy's name, or one like it.
    pub fn name(self) -> &'static str {
        const NAMES: [[&str; 16]; 2] = [
            [
                "uint1", "uint2", "uint3", "uint4", "uint5", "uint6", "uint7", "uint8", "uint9", "uint10", "uint11",
                "uint12", "uint13", "uint14", "uint15", "uint16",
            ],
            [
                "int1", "int2", "int3", "int4", "int5", "int6", "int7", "int8", "int9", "int10", "int11", "int12",
                "int13", "int14", "int15", "int16",
            ],
        ];
        match self {
            DType::Bits { bits, signed } => NAMES[usize::from(signed)][usize::from(bits.clamp(1, 16)) - 1],
            DType::F32 => "float32",
            DType::I8 => "int8",
            DType::U8 => "uint8",
            DType::I32 => "int32",
            DType::I64 => "int64",
        }
    }
}

/// A tensor's elements, in the framework's order.
#[derive(Clone, Debug, PartialEq)]
pub enum Tensor {
    /// Floats.
    F32(Vec<f32>),
    /// Integers of any type.
    Int(Vec<i64>),
}

impl Tensor {
    /// Number of elements.
    pub fn len(&self) -> usize {
        match self {
            Tensor::F32(v) => v.len(),
            Tensor::Int(v) => v.len(),
        }
    }
    /// No elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The integers; empty for floats.
    pub fn ints(&self) -> &[i64] {
        if let Tensor::Int(v) = self {
            v
        } else {
            &[]
        }
    }
    /// The floats; empty for integers.
    pub fn floats(&self) -> &[f32] {
        if let Tensor::F32(v) = self {
            v
        } else {
            &[]
        }
    }
}

/// A tensor between nodes. The batch dimension is not part of its shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The model's name for it, made printable.
    pub name: String,
    /// Dimensions of one sample.
    pub shape: Vec<usize>,
    /// Element type.
    pub dtype: DType,
}

impl Value {
    /// Elements of one sample.
    pub fn elements(&self) -> usize {
        self.shape.iter().product()
    }
}
