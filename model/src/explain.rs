//! What led to one element of a node's result: the operands, and the sum that was recoded.

use crate::graph::{Node, Op, Recode, Tensor, Window};
use crate::ops::inside;

/// Terms that are written out.
const SHOWN: usize = 9;

/// In one line. `operands` are those of the node.
pub fn explain(node: &Node, operands: &[&Tensor], element: usize) -> String {
    let x = operands[0].ints();
    match &node.op {
        Op::Dense(d) => {
            let columns = x.len();
            let row = &d.weights[element * columns..(element + 1) * columns];
            let terms = row.iter().zip(x).map(|(w, x)| (*w, x - d.x_zero)).collect();
            weighted(terms, d.bias[element], d.recode.as_ref(), element)
        }
        Op::Conv(c) => {
            let (outputs, depth) = (c.dense.bias.len(), c.window.channels as usize);
            let (patch, n) = (element / outputs, element % outputs);
            let terms = terms(&c.window, patch, x, c.dense.x_zero, 0..depth, |tap, k| {
                c.dense.weights[(n * c.window.taps() as usize + tap) * depth + k]
            });
            weighted(terms, c.dense.bias[n], c.dense.recode.as_ref(), n)
        }
        Op::Grouped(g) => {
            let (outputs, depth) = (g.bias.len(), g.depth() as usize);
            let (patch, n) = (element / outputs, element % outputs);
            let first = n / g.rows() as usize * depth;
            let terms = terms(&g.window, patch, x, g.x_zero, first..first + depth, |tap, k| {
                g.weights[(n * g.window.taps() as usize + tap) * depth + k]
            });
            weighted(terms, g.bias[n], Some(&g.recode), n)
        }
        Op::Depthwise(d) => {
            let channels = d.window.channels as usize;
            let (patch, n) = (element / channels, element % channels);
            let taps = d.window.taps() as usize;
            let terms = terms(&d.window, patch, x, d.x_zero, n..n + 1, |tap, _| d.weights[n * taps + tap]);
            weighted(terms, d.bias[n], Some(&d.recode), n)
        }
        Op::Pool(p) => {
            let channels = p.window.channels as usize;
            let (patch, n) = (element / channels, element % channels);
            let zero = if p.average.is_some() { p.outside } else { 0 };
            let taps: Vec<i64> =
                terms(&p.window, patch, x, zero, n..n + 1, |_, _| 1).into_iter().map(|(_, x)| x).collect();
            let sum = taps.iter().sum::<i64>();
            let what = if p.average.is_some() { format!("their sum {sum}") } else { "their maximum".into() };
            format!("taps {}; {what}", list(&taps))
        }
        Op::FloatMean(p) => {
            let channels = p.window.channels as usize;
            let (patch, n) = (element / channels, element % channels);
            let taps = terms(&p.window, patch, x, p.from.zero, n..n + 1, |_, _| 1);
            format!("taps {}, added in float32", list(&taps.into_iter().map(|(_, x)| x).collect::<Vec<i64>>()))
        }
        Op::Concat(_) | Op::Pad(_) | Op::Enlarge(_) | Op::Transpose { .. } | Op::Softmax(_) => {
            "an element that moved".into()
        }
        _ => {
            let codes: Vec<String> =
                operands.iter().filter_map(|t| t.ints().get(element)).map(ToString::to_string).collect();
            format!("from {}", codes.join(" and "))
        }
    }
}

/// Weight and operand of every tap inside of the image.
fn terms(
    w: &Window,
    patch: usize,
    x: &[i64],
    zero: i64,
    channels: std::ops::Range<usize>,
    weight: impl Fn(usize, usize) -> i64,
) -> Vec<(i64, i64)> {
    let cols = w.out()[1];
    let (oy, ox) = (patch as u32 / cols, patch as u32 % cols);
    let mut found = Vec::new();
    for tap in 0..w.taps() {
        let (ky, kx) = (tap / w.kernel[1], tap % w.kernel[1]);
        let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
        let (Some(iy), Some(ix)) = (iy, ix) else { continue };
        let pixel = ((iy * w.width + ix) * w.channels) as usize;
        for (k, c) in channels.clone().enumerate() {
            found.push((weight(tap as usize, k), x[pixel + c] - zero));
        }
    }
    found
}

/// The products, their sum, and its code.
fn weighted(terms: Vec<(i64, i64)>, bias: i64, recode: Option<&Recode>, output: usize) -> String {
    let acc = bias + terms.iter().map(|(w, x)| w * x).sum::<i64>();
    let shown: Vec<String> = terms.iter().take(SHOWN).map(|(w, x)| format!("{w}*{x}")).collect();
    let more = if terms.len() > SHOWN { format!(" + ... ({} terms)", terms.len()) } else { String::new() };
    let code = recode.map_or(String::new(), |r| {
        let r = r.requant(output);
        format!(", {} with zero point {} gives {}", r.scale.name(), r.zero_point, r.apply(acc))
    });
    format!("acc = {bias} + {}{more} = {acc}{code}", shown.join(" + "))
}

fn list(values: &[i64]) -> String {
    let shown: Vec<String> = values.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = if values.len() > SHOWN { format!(", ... ({})", values.len()) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
