//! Names of element types, by the public onnx.proto.

/// By number, as numpy calls them or would.
const TYPES: [&str; 29] = [
    "no type",
    "float32",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "int32",
    "int64",
    "string",
    "bool",
    "float16",
    "float64",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bfloat16",
    "float8_e4m3fn",
    "float8_e4m3fnuz",
    "float8_e5m2",
    "float8_e5m2fnuz",
    "uint4",
    "int4",
    "float4_e2m1",
    "float8_e8m0",
    "uint2",
    "int2",
    "float6_e2m3",
    "float6_e3m2",
];

/// Element types of constants that operators demand.
pub const FLOAT32: i32 = 1;
pub const INT32: i32 = 6;
pub const INT64: i32 = 7;

/// An element type's name.
pub(super) fn dtype(code: i32) -> &'static str {
    usize::try_from(code).ok().and_then(|c| TYPES.get(c)).copied().unwrap_or("a type of a newer version")
}
