use super::{Checked, Config};

/// Pixel by pixel, stream by stream.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let pixels = inputs[0].len() / c.channels[0] as usize;
    let mut out = Vec::new();
    for p in 0..pixels {
        for (x, channels) in inputs.iter().zip(&c.channels) {
            let channels = *channels as usize;
            out.extend(&x[p * channels..(p + 1) * channels]);
        }
    }
    vec![out]
}
