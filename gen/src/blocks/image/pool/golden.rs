use super::{Checked, Config, Kind, Order};

/// The defining equation.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (taps, lanes, channels) = (c.taps as usize, c.lanes as usize, c.channels as usize);
    let groups = channels.div_ceil(lanes);
    let mut out = Vec::new();
    for channel in 0..channels {
        let value = |t: usize| {
            let beat = match c.order {
                Order::Channels => channel / lanes * taps + t,
                Order::Taps => t * groups + channel / lanes,
            };
            inputs[0][beat * lanes + channel % lanes]
        };
        let mut y = match c.kind {
            Kind::Sum => c.start + value(0),
            Kind::Max => value(0),
            Kind::Float32 => value(0) as f32 as i64,
        };
        for t in 1..taps {
            match c.kind {
                Kind::Max => y = y.max(value(t)),
                Kind::Sum => y += value(t),
                Kind::Float32 => y = (y + value(t)) as f32 as i64,
            }
        }
        out.push(y);
    }
    vec![out]
}
