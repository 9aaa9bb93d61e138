//! Transpose: dimension `i` of the result is dimension `order[i]` of the operand.

use super::Permute;

/// Where each element of the result comes from.
pub fn order(p: &Permute) -> Vec<usize> {
    let list = |v: &[u32]| v.iter().map(|d| *d as usize).collect::<Vec<_>>();
    let (dims, steps) = (list(&p.dims), list(&p.order));
    let total: usize = dims.iter().product();
    let sizes: Vec<usize> = steps.iter().map(|s| dims[*s]).collect();
    let mut found = Vec::with_capacity(total);
    for i in 0..total {
        // The result's coordinates of element i, and where they lie in the operand.
        let (mut rest, mut at) = (i, 0);
        for (size, step) in sizes.iter().zip(&steps).rev() {
            at += rest % size * dims[step + 1..].iter().product::<usize>();
            rest /= size;
        }
        found.push(at);
    }
    found
}
