//! Curves over shares from 0 to 100 %, the value on a logarithmic axis, as SVG.

use std::fmt::Write as _;

const SIZE: [f64; 2] = [640.0, 400.0];
const LEFT: f64 = 50.0;
const RIGHT: f64 = 210.0;
const EDGE: f64 = 30.0;
const COLOURS: [&str; 8] = ["#000000", "#0072b2", "#56b4e9", "#009e73", "#e69f00", "#cc79a7", "#d55e00", "#999999"];

/// The curves, from the least power of two to the largest that they reach.
pub fn svg(x: &[f64], curves: &[(&str, Vec<f64>)]) -> String {
    let all = || curves.iter().flat_map(|c| &c.1).map(|v| v.log2());
    let (low, high) = (all().fold(0.0, f64::min).floor(), all().fold(1.0, f64::max).ceil());
    let [width, height] = SIZE;
    let at_x = |v: f64| LEFT + v / 100.0 * (width - LEFT - RIGHT);
    let at_y = |v: f64| height - EDGE - (v.log2() - low) / (high - low) * (height - 2.0 * EDGE);
    let mut t = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    let rule = |t: &mut String, [x1, y1, x2, y2]: [f64; 4]| {
        let _ = writeln!(t, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>");
    };
    let text = |t: &mut String, x: f64, y: f64, anchor: &str, s: &str| {
        let _ = writeln!(t, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{s}</text>");
    };
    for power in low as i32..=high as i32 {
        let v = 2f64.powi(power);
        rule(&mut t, [LEFT, at_y(v), width - RIGHT, at_y(v)]);
        text(&mut t, LEFT - 6.0, at_y(v) + 4.0, "end", &format!("{v}"));
    }
    for share in (0..=100).step_by(20) {
        let share = f64::from(share);
        rule(&mut t, [at_x(share), EDGE, at_x(share), height - EDGE]);
        text(&mut t, at_x(share), height - EDGE + 15.0, "middle", &format!("{share} %"));
    }
    text(
        &mut t,
        LEFT,
        EDGE - 12.0,
        "start",
        "times as fast as the dense array, by the share of elements that are not zero",
    );
    for ((n, (name, values)), colour) in curves.iter().enumerate().zip(COLOURS) {
        let points: Vec<String> =
            x.iter().zip(values).map(|(x, y)| format!("{:.1},{:.1}", at_x(*x), at_y(*y))).collect();
        let _ = writeln!(
            t,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"/>",
            points.join(" ")
        );
        let y = EDGE + 20.0 * n as f64;
        let from = width - RIGHT + 14.0;
        let _ = writeln!(
            t,
            "<line x1=\"{from}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"1.8\"/>",
            from + 18.0
        );
        text(&mut t, from + 24.0, y + 4.0, "start", name);
    }
    t.push_str("</svg>\n");
    t
}
