//! The softmax of rows of reals.

/// `exp(x - max) / sum of them`, each rounded to float32 once: a framework's own exponentials are within an ulp or two of these.
pub fn softmax(x: &[f32], columns: usize) -> Vec<f32> {
    let share = |row: &[f32]| -> Vec<f32> {
        let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exps: Vec<f64> = row.iter().map(|v| (f64::from(*v) - f64::from(most)).exp()).collect();
        let sum: f64 = exps.iter().sum();
        exps.into_iter().map(|e| (e / sum) as f32).collect()
    };
    x.chunks(columns.max(1)).flat_map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::softmax;

    #[test]
    fn softmax__has_rows_that_sum_to_one() {
        let y = softmax(&[1.0, 1.0, 3.0f32.ln(), 0.0], 2);
        assert_eq!(y[..2], [0.5, 0.5]);
        assert!((y[2] - 0.75).abs() < 1e-7 && (y[3] - 0.25).abs() < 1e-7);
        assert_eq!(softmax(&[-1000.0, 1000.0], 2), [0.0, 1.0]);
    }
}
