//! Transpose: dimension `i` of the result is dimension `steps[i]` of the operand.

use crate::graph::Tensor;

pub fn run(x: &Tensor, dims: &[usize], steps: &[usize]) -> Tensor {
    let order = order(dims, steps);
    match x {
        Tensor::F32(v) => Tensor::F32(order.iter().map(|i| v[*i]).collect()),
        Tensor::Int(v) => Tensor::Int(order.iter().map(|i| v[*i]).collect()),
    }
}

/// Where each element of the result comes from.
fn order(dims: &[usize], steps: &[usize]) -> Vec<usize> {
    let total: usize = dims.iter().product();
    let sizes: Vec<usize> = steps.iter().map(|s| dims[*s]).collect();
    let mut found = Vec::with_capacity(total);
    for i in 0..total {
        // The result's coordinates of element i, and where they lie in the operand.
        let (mut rest, mut at) = (i, 0);
        for (size, step) in sizes.iter().zip(steps).rev() {
            at += rest % size * dims[step + 1..].iter().product::<usize>();
            rest /= size;
        }
        found.push(at);
    }
    found
}
