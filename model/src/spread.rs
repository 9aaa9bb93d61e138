//! Constants that spread to a tensor's shape.

/// A constant's values for the elements of a tensor, without what repeats itself: whole pixels of `pixel` elements. `shape` is
/// aligned with the last of the tensor's `dims`; `order` names each stored element by its place in the file's order. None: the
/// shape does not fit.
pub fn spread(values: &[i64], shape: &[usize], dims: &[usize], order: &[usize], pixel: usize) -> Option<Vec<i64>> {
    let lead = dims.len().checked_sub(shape.len())?;
    let fits = shape.iter().zip(&dims[lead..]).all(|(own, dim)| *own == 1 || own == dim);
    if !fits || values.len() != shape.iter().product::<usize>() {
        return None;
    }
    let value = |index: &usize| {
        let (mut rest, mut at, mut stride) = (*index, 0, 1);
        for (dim, own) in dims[lead..].iter().zip(shape).rev() {
            at += (rest % dim) % own * stride;
            rest /= dim;
            stride *= own;
        }
        values[at]
    };
    let all: Vec<i64> = order.iter().map(value).collect();
    let repeats = |n: &usize| all.len().is_multiple_of(*n) && all.chunks(*n).all(|c| *c == all[..*n]);
    let period = (1..=all.len() / pixel.max(1)).map(|k| k * pixel).find(repeats)?;
    Some(all[..period].to_vec())
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn spread__aligns_the_last_dimensions() {
        let plain: Vec<usize> = (0..12).collect();
        let of = |values: &[i64], shape: &[usize]| spread(values, shape, &[2, 2, 3], &plain, 3);
        assert_eq!(of(&[7, 8, 9], &[3]), Some(vec![7, 8, 9]));
        assert_eq!(of(&[7, 8, 9], &[1, 1, 3]), Some(vec![7, 8, 9]));
        assert_eq!(of(&[4], &[]), Some(vec![4; 3]));
        assert_eq!(of(&[4, 5], &[2, 1]), Some(vec![4, 4, 4, 5, 5, 5]));
        assert_eq!(of(&[4, 5], &[2, 1, 1]), Some(vec![4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5]));
        assert_eq!(of(&[1, 2], &[2]), None);
        assert_eq!(of(&[1, 2, 3], &[1, 1, 1, 3]), None);
        assert_eq!(of(&[1, 2], &[3]), None);
        // The first dimension stored last.
        let order: Vec<usize> = (0..6).flat_map(|i| [i, i + 6]).collect();
        assert_eq!(spread(&[4, 5], &[2, 1, 1], &[2, 2, 3], &order, 2), Some(vec![4, 5]));
    }
}
