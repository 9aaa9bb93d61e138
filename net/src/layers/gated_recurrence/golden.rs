//! Row after row, each with the state that the one before left.

use super::GatedRecurrence;

/// A sample, and the state behind it.
pub fn next(g: &GatedRecurrence, gates: &[i64], candidates: &[i64], state: &mut [i64]) -> Vec<i64> {
    let unit = 1i64 << g.gate_bits;
    let mut out = Vec::with_capacity(gates.len());
    for (i, (f, c)) in gates.iter().zip(candidates).enumerate() {
        let h = &mut state[i % g.channels as usize];
        let v = c * (1i64 << g.up);
        // Rounded, a half upwards.
        *h = v + (2 * f * (*h - v) + unit).div_euclid(2 * unit);
        out.push(*h);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::Layer;
    use super::*;

    /// Two samples of two rows are one of four rows.
    #[test]
    fn gated_recurrence__goes_on_where_a_sample_ends() {
        let g = GatedRecurrence { channels: 3, gate_bits: 8, up: 8 };
        let f: Vec<i64> = (0..12).map(|i| (i * 37) % 256).collect();
        let c: Vec<i64> = (0..12).map(|i| (i * 53) % 256 - 128).collect();
        let whole = g.golden(&[&f, &c]);
        let mut kept = g.kept();
        let parts: Vec<i64> =
            [0, 6].iter().flat_map(|at| g.next(&[&f[*at..at + 6], &c[*at..at + 6]], &mut kept)).collect();
        assert_eq!(whole, parts);
        assert_eq!(kept, whole[9..]);
        assert_ne!(g.golden(&[&f[6..], &c[6..]]), whole[6..]);
    }
}
