//! What ONNX Runtime computes on an x86 without VNNI: its kernels of 8-bit codes multiply u8 x s8 with `vpmaddubsw`, which adds two products
//! and saturates their sum at 16 bits. (u8 x u8 takes another kernel; `session.x64quantprecision` takes that one always.)
//!
//! `acc[n] = sum_j sat16(u[2j] w[n][2j] + u[2j+1] w[n][2j+1]) - u_zero sum_k w[n][k] + bias[n]`, `u` the codes as u8: signed ones plus 128.
//! This is no result that niello stands for: it explains one that differs.

use crate::error::ModelError;
use niello_net::layers::{Conv, Dense};
use niello_net::{inside, DType, Graph, Tensor};

/// The result of one sample on such a machine, as far as its dense layers and convolutions saturate.
///
/// # Errors
/// E106: the sample is not one of the model.
pub fn run(graph: &Graph, input: &Tensor) -> Result<Tensor, ModelError> {
    // The exact run checks the sample.
    let mut results = graph.run(input)?;
    for (i, node) in graph.nodes.iter().enumerate() {
        let take = |v: &usize| if *v == 0 { input } else { &results[v - 1] };
        let operands: Vec<&Tensor> = node.inputs.iter().map(take).collect();
        let dtype = graph.value(node.inputs[0]).dtype;
        let now = match (node.op.layer::<Dense>(), node.op.layer::<Conv>()) {
            (Some(d), _) if dtype.bits() == 8 => Tensor::Int(dense(d, operands[0].ints(), dtype)),
            (_, Some(c)) if dtype.bits() == 8 => Tensor::Int(conv(c, operands[0].ints(), dtype)),
            _ => node.op.run(&operands, node.output.dtype),
        };
        results[i] = now;
    }
    Ok(results.pop().unwrap_or_else(|| input.clone()))
}

/// One output: `x` are the codes that the row's weights meet.
fn row(d: &Dense, n: usize, x: &[i64], dtype: DType) -> i64 {
    let lift = dtype.unsigned_shift();
    let w = &d.weights[n * x.len()..(n + 1) * x.len()];
    let mut acc = d.bias[n];
    for (x, w) in x.chunks(2).zip(w.chunks(2)) {
        let pair: i64 = x.iter().zip(w).map(|(x, w)| (x + lift) * w).sum();
        acc += pair.clamp(i16::MIN.into(), i16::MAX.into());
    }
    acc -= (d.x_zero + lift) * w.iter().sum::<i64>();
    d.recode.as_ref().map_or(acc, |r| r.requant(n).apply(acc))
}

fn dense(d: &Dense, x: &[i64], dtype: DType) -> Vec<i64> {
    (0..d.bias.len()).map(|n| row(d, n, x, dtype)).collect()
}

/// Patches as rows, `[ky][kx][channel]`; outside of the image stands the zero point.
fn conv(c: &Conv, x: &[i64], dtype: DType) -> Vec<i64> {
    let (w, channels) = (&c.window, c.window.channels as usize);
    let [rows, cols] = w.out();
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            let mut patch = Vec::new();
            for ky in 0..w.kernel[0] {
                for kx in 0..w.kernel[1] {
                    let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
                    let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
                    match iy.zip(ix) {
                        Some((iy, ix)) => patch.extend(&x[(iy * w.width + ix) as usize * channels..][..channels]),
                        None => patch.extend(std::iter::repeat_n(c.dense.x_zero, channels)),
                    }
                }
            }
            out.extend((0..c.dense.bias.len()).map(|n| row(&c.dense, n, &patch, dtype)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row__saturates_sums_of_two_products_and_nothing_else() {
        let d = |x_zero, weights: &[i64]| Dense { x_zero, weights: weights.to_vec(), bias: vec![5], recode: None };
        // 255 * 127 * 2 = 64,770 is more than 32,767; the third product stands alone.
        assert_eq!(row(&d(0, &[127, 127, 127]), 0, &[255, 255, 255], DType::U8), 32_767 + 32_385 + 5);
        assert_eq!(row(&d(0, &[-128, -128]), 0, &[255, 255], DType::U8), -32_768 + 5);
        // Signed codes are lifted by 128: those near their zero point saturate as well.
        assert_eq!(row(&d(-1, &[127, 127]), 0, &[127, 127], DType::I8), 32_767 - 127 * 254 + 5);
        assert_eq!(row(&d(3, &[100, -100]), 0, &[7, -9], DType::I8), 100 * 4 + 100 * 12 + 5);
    }
}
