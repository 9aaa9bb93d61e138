//! What LiteRT takes of each operator that is built: versions (of LiteRT 2.3.0's register, both resolvers), operands, options.

use super::operators::*;

/// What an operator is like.
pub(super) struct Signature {
    code: i32,
    /// The latest version; the first one is 1.
    pub(super) latest: i32,
    /// Fewest and most operands.
    pub(super) inputs: (usize, usize),
    /// The operand that may be left out, by its index or by -1.
    pub(super) optional: Option<usize>,
    /// The type of its options; 0 where it has none.
    pub(super) options: u8,
}

const ANY: usize = usize::MAX;

const fn row(code: i32, latest: i32, inputs: (usize, usize), options: u8) -> Signature {
    let optional = if matches!(code, CONV_2D | DEPTHWISE_CONV_2D | FULLY_CONNECTED) { Some(2) } else { None };
    Signature { code, latest, inputs, optional, options }
}

const SIGNATURES: [Signature; 31] = [
    row(ADD, 6, (2, 2), 11),
    row(SUB, 5, (2, 2), 28),
    row(MUL, 8, (2, 2), 21),
    row(CONCATENATION, 7, (1, ANY), 10),
    row(PAD, 6, (2, 2), 22),
    row(PADV2, 6, (3, 3), 43),
    row(DEPTH_TO_SPACE, 2, (1, 1), 94),
    row(RESIZE_NEAREST_NEIGHBOR, 4, (2, 2), 74),
    row(SQUEEZE, 2, (1, 1), 30),
    row(EXPAND_DIMS, 1, (2, 2), 52),
    row(MEAN, 3, (2, 2), 27),
    row(AVERAGE_POOL_2D, 3, (1, 1), 5),
    row(MAX_POOL_2D, 3, (1, 1), 5),
    row(CONV_2D, 8, (3, 3), 1),
    row(DEPTHWISE_CONV_2D, 7, (2, 3), 2),
    row(FULLY_CONNECTED, 14, (2, 3), 8),
    row(SOFTMAX, 4, (1, 1), 9),
    row(RESHAPE, 1, (1, 2), 17),
    row(SHAPE, 1, (1, 1), 55),
    row(STRIDED_SLICE, 8, (4, 4), 32),
    row(PACK, 5, (1, ANY), 59),
    row(DEQUANTIZE, 9, (1, 1), 38),
    row(QUANTIZE, 6, (1, 1), 89),
    row(TRANSPOSE, 9, (2, 2), 26),
    row(RELU, 3, (1, 1), 0),
    row(RELU_N1_TO_1, 1, (1, 1), 0),
    row(RELU6, 3, (1, 1), 0),
    row(LEAKY_RELU, 2, (1, 1), 75),
    row(LOGISTIC, 3, (1, 1), 0),
    row(TANH, 3, (1, 1), 0),
    row(HARD_SWISH, 1, (1, 1), 91),
];

/// What an operator is like. None: it is not built.
pub(super) fn signature(code: i32) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|s| s.code == code)
}
