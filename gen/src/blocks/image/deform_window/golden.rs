use super::{Checked, Config};

/// The defining equation.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let [x, dilations] = inputs else { return vec![Vec::new()] };
    let (h, w, channels) = (i64::from(c.height), i64::from(c.width), i64::from(c.channels));
    let (lanes, stride) = (i64::from(c.lanes), c.stride as usize);
    let mut dilation = dilations.iter();
    let mut out = Vec::new();
    for cy in (0..h).step_by(stride) {
        for cx in (0..w).step_by(stride) {
            let d = dilation.next().map_or(0, |d| (*d).min(c.max_dilation.into()));
            for first in (0..channels).step_by(lanes as usize) {
                for (y, x0) in [-d, 0, d].into_iter().flat_map(|dy| [-d, 0, d].map(|dx| (cy + dy, cx + dx))) {
                    for channel in first..first + lanes {
                        let outside = y < 0 || y >= h || x0 < 0 || x0 >= w;
                        out.push(if outside { c.pad_value } else { x[((y * w + x0) * channels + channel) as usize] });
                    }
                }
            }
        }
    }
    vec![out]
}
