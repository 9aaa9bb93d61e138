//! Random networks of convolutions, in groups and depthwise too, pooling, borders, concatenations, sums, products and dense
//! layers: the hardware equals the
//! graph's golden execution, with the planned cycles, at random foldings, with and without stalls.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use niello::fpga::devices::ECP5_85K;
use niello::gen::ir::Reports;
use niello::gen::num::{Prng, Scale};
use niello::model::{network, DType, Graph, Node, Op, Tensor, Value};
use niello::net::layers::{
    Add, Concat, Constant, Conv, Dense, Depthwise, Enlarge, Enlarging, Grouped, Mul, Pad, Pairing, Permute, Pool, Table,
};
use niello::net::plan::{lower, Goal, PlanError};
use niello::net::{Codes, Recode, Window};
use niello::testbench::batch::Stall;
use niello::testbench::campaign::Pattern;
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::frames::{run, Frames, Settings};

struct Maker {
    rng: Prng,
    nodes: Vec<Node>,
    input: Value,
}

impl Maker {
    fn shape(&self, at: usize) -> [u32; 3] {
        let v = if at == 0 { &self.input } else { &self.nodes[at - 1].output };
        [v.shape[0] as u32, v.shape[1] as u32, v.shape[2] as u32]
    }

    fn push(&mut self, op: Op, inputs: Vec<usize>, shape: Vec<usize>) -> usize {
        let name = format!("n{}", self.nodes.len());
        let output = Value { name: name.clone(), shape, dtype: DType::I8 };
        self.nodes.push(Node { name, kind: "random".into(), op, inputs, output, float_in_framework: false });
        self.nodes.len()
    }

    fn recode(&mut self, outputs: u32, reach: f64) -> Recode {
        let scale = |rng: &mut Prng| {
            let m = (40.0 + rng.below(60) as f64) / reach;
            let (multiplier, shift) = niello::gen::num::gemmlowp::quantize_multiplier(m).unwrap();
            Scale::TfliteDouble { multiplier, shift }
        };
        let scales = (0..outputs).map(|_| scale(&mut self.rng)).collect();
        let zero_point = self.rng.range(-40, 40);
        let min = if self.rng.chance(0.3) { zero_point } else { -128 };
        Recode { scales, zero_point, min, max: 127 }
    }

    fn values(&mut self, n: u32, most: i64) -> Vec<i64> {
        (0..n).map(|_| self.rng.range(-most, most)).collect()
    }

    /// A window that fits, often with padding.
    fn window(&mut self, at: usize, conv: bool) -> Window {
        let [height, width, channels] = self.shape(at);
        loop {
            let long = self.rng.chance(0.15);
            let most = |n: u32| if long { n.into() } else { 4 };
            let kernel = [height, width].map(|n| (1 + self.rng.below(most(n)) as u32).min(n));
            let pick = |rng: &mut Prng| *rng.pick(&[1, 1, 1, 2, 3]);
            let stride = [pick(&mut self.rng), pick(&mut self.rng)];
            let dilation = kernel.map(|k| if conv && k > 1 && self.rng.chance(0.2) { 2 } else { 1 });
            let reach = [0, 1].map(|i| (kernel[i] - 1) * dilation[i]);
            let pads = match self.rng.below(3) {
                0 => [0; 4],
                1 => [reach[0] / 2, reach[1] / 2, reach[0] - reach[0] / 2, reach[1] - reach[1] / 2],
                _ => [reach[0], reach[1], 0, 0].map(|p| self.rng.below(u64::from(p) + 1) as u32),
            };
            let w = Window { height, width, channels, kernel, stride, dilation, pads };
            let fits = reach[0] < height + pads[0] + pads[2] && reach[1] < width + pads[1] + pads[3];
            if fits && (conv || w.taps() > 1) {
                return w;
            }
        }
    }

    fn conv(&mut self, at: usize, w: Window, outputs: u32) -> usize {
        let patch = w.taps() * w.channels;
        let weights = self.values(outputs * patch, 127);
        let bias = self.values(outputs, 4000);
        let recode = Some(self.recode(outputs, 64.0 * 60.0 * f64::from(patch).sqrt()));
        let [rows, cols] = w.out();
        let dense = Dense { x_zero: self.rng.range(-30, 30), weights, bias, recode };
        let shape = vec![rows as usize, cols as usize, outputs as usize];
        self.push(Op::from(Conv { window: w, dense }), vec![at], shape)
    }

    /// A pair of tensors of one shape: the last one, and what one or two convolutions make of it.
    fn pair(&mut self, at: usize) -> (usize, usize) {
        let [height, width, channels] = self.shape(at);
        let mut long = at;
        for _ in 0..1 + self.rng.below(2) {
            let k = [height, width].map(|n| if n > 2 && self.rng.chance(0.7) { 3 } else { 1 });
            let (y, x) = (k[0] / 2, k[1] / 2);
            let (stride, dilation) = ([1, 1], [1, 1]);
            let w = Window { height, width, channels, kernel: k, stride, dilation, pads: [y, x, y, x] };
            long = self.conv(long, w, channels);
        }
        (long, at)
    }

    fn concat(&mut self, parts: Vec<usize>) -> usize {
        if parts.len() == 1 {
            return parts[0];
        }
        let channels: Vec<u32> = parts.iter().map(|p| self.shape(*p)[2]).collect();
        let [height, width, _] = self.shape(parts[0]).map(|n| n as usize);
        let shape = vec![height, width, channels.iter().sum::<u32>() as usize];
        self.push(Op::from(Concat { channels }), parts, shape)
    }

    fn layer(&mut self, at: usize) -> usize {
        let [height, width, channels] = self.shape(at);
        match self.rng.below(14) {
            0..=2 => {
                let (w, outputs) = (self.window(at, true), 1 + self.rng.below(6) as u32);
                self.conv(at, w, outputs)
            }
            3 => {
                let w = self.window(at, true);
                let (weights, bias) = (self.values(w.taps() * channels, 127), self.values(channels, 4000));
                let recode = self.recode(channels, 64.0 * 60.0 * f64::from(w.taps()).sqrt());
                let [rows, cols] = w.out();
                let op = Op::from(Depthwise { window: w, x_zero: self.rng.range(-30, 30), weights, bias, recode });
                self.push(op, vec![at], vec![rows as usize, cols as usize, channels as usize])
            }
            4 if height * width > 1 => {
                let mut w = self.window(at, false);
                let average = self.rng.chance(0.5);
                w.dilation = [1, 1];
                let by_patch = average && self.rng.chance(0.5);
                if average && !by_patch {
                    w.pads = [0; 4];
                }
                let scales = if by_patch { divisors(&w) } else { vec![Scale::MeanHalfAway(w.taps())] };
                let outside = if average { 0 } else { -128 };
                let average = average.then_some(Recode { scales, zero_point: 0, min: -128, max: 127 });
                let [rows, cols] = w.out();
                let op = Op::from(Pool { window: w, average, outside, float32: None });
                self.push(op, vec![at], vec![rows as usize, cols as usize, channels as usize])
            }
            5 | 6 => {
                let (long, short) = self.pair(at);
                let shape = [height, width, channels].map(|n| n as usize).to_vec();
                let codes = |zero| Codes { scale: 0.05, zero, dtype: DType::I8 };
                let (a, b) = (codes(self.rng.range(-20, 20)), codes(self.rng.range(-20, 20)));
                let y = Codes { scale: 0.09, zero: 3, dtype: DType::I8 };
                let bounds = (-128, 127);
                let op = if self.rng.chance(0.7) {
                    Pairing::Add(Add::new(a, b, y, bounds).unwrap())
                } else {
                    Pairing::Mul(Mul::new(a, b, y, bounds).unwrap())
                };
                let inputs = if self.rng.chance(0.5) { vec![long, short] } else { vec![short, long] };
                self.push(op.of_tensors(channels), inputs, shape)
            }
            7 => {
                let depth = 1 + self.rng.below(3) as u32;
                let wide = if channels.is_multiple_of(depth) { at } else { self.concat(vec![at; depth as usize]) };
                let (w, channels) = (self.window(wide, true), self.shape(wide)[2]);
                let (groups, rows) = (channels / depth, 1 + self.rng.below(3) as u32);
                let outputs = groups * rows;
                let (weights, bias) = (self.values(outputs * w.taps() * depth, 127), self.values(outputs, 4000));
                let recode = self.recode(outputs, 64.0 * 60.0 * f64::from(w.taps() * depth).sqrt());
                let x_zero = self.rng.range(-30, 30);
                let [y, x] = w.out().map(|n| n as usize);
                let op = Op::from(Grouped { window: w, groups, x_zero, weights, bias, recode });
                self.push(op, vec![wide], vec![y, x, outputs as usize])
            }
            11 => {
                let codes = |zero| Codes { scale: 0.05, zero, dtype: DType::I8 };
                let (a, b) = (codes(self.rng.range(-20, 20)), codes(self.rng.range(-20, 20)));
                let y = Codes { scale: 0.09, zero: 3, dtype: DType::I8 };
                let minus = self.rng.chance(0.3);
                let op = if minus || self.rng.chance(0.5) {
                    Pairing::Add(Add { minus, ..Add::new(a, b, y, (-128, 127)).unwrap() })
                } else {
                    Pairing::Mul(Mul::new(a, b, y, (-128, 127)).unwrap())
                };
                // For each channel, each pixel of a row, or each element.
                let pixels = *self.rng.pick(&[1, width, height * width]);
                let (codes, first) = (self.values(pixels * channels, 127), self.rng.chance(0.5));
                let op = op.beside(Constant { codes, dtype: DType::I8, first }, channels);
                self.push(op, vec![at], [height, width, channels].map(|n| n as usize).to_vec())
            }
            12 => {
                let steps = self.rng.pick(&[[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]).to_vec();
                let dims = [height, width, channels].map(|n| n as usize);
                let shape = steps.iter().map(|s| dims[*s]).collect();
                self.push(Op::from(Permute::new(&dims, &steps)), vec![at], shape)
            }
            8 => {
                let pads = [0; 4].map(|_| *self.rng.pick(&[0, 1, 1, 2, 3]));
                let one = [1, 1];
                let window = Window { height, width, channels, kernel: one, stride: one, dilation: one, pads };
                let [y, x] = window.out().map(|n| n as usize);
                let value = self.rng.range(-128, 127);
                self.push(Op::from(Pad { window, value }), vec![at], vec![y, x, channels as usize])
            }
            10 if height * width <= 40 => {
                let by = match self.rng.below(2) {
                    0 => Enlarging::Nearest([1 + self.rng.below(2) as u32, 1 + self.rng.below(3) as u32]),
                    _ => Enlarging::DepthToSpace(2),
                };
                let wide = match by {
                    Enlarging::DepthToSpace(_) if !channels.is_multiple_of(4) => self.concat(vec![at; 4]),
                    _ => at,
                };
                let e = Enlarge { height, width, channels: self.shape(wide)[2], by };
                let shape = e.out().map(|n| n as usize).to_vec();
                self.push(Op::from(e), vec![wide], shape)
            }
            9 => {
                let (long, short) = self.pair(at);
                let mut parts = vec![long, short, short];
                parts.truncate(2 + self.rng.below(2) as usize);
                if self.rng.chance(0.5) {
                    parts.reverse();
                }
                self.concat(parts)
            }
            _ => {
                let table = (-128..128i64).map(|x| (x / 2 + 10).max(0)).collect();
                self.push(
                    Op::from(Table { lowest: -128, entries: table }),
                    vec![at],
                    [height, width, channels].map(|n| n as usize).to_vec(),
                )
            }
        }
    }
}

/// For each patch, the mean over its taps inside of the image, counted one by one.
fn divisors(w: &Window) -> Vec<Scale> {
    let [rows, cols] = w.out();
    let inside = |at: u32, pad: u32, size: u32| at >= pad && at < pad + size;
    let mut scales = Vec::new();
    for (y, x) in (0..rows).flat_map(|y| (0..cols).map(move |x| (y, x))) {
        let mut n = 0;
        for (ky, kx) in (0..w.kernel[0]).flat_map(|ky| (0..w.kernel[1]).map(move |kx| (ky, kx))) {
            let (row, col) = (y * w.stride[0] + ky, x * w.stride[1] + kx);
            n += u32::from(inside(row, w.pads[0], w.height) && inside(col, w.pads[1], w.width));
        }
        scales.push(Scale::MeanHalfAway(n.max(1)));
    }
    scales
}

fn graph(seed: u64) -> Graph {
    let mut rng = Prng::named(seed, "networks");
    let shape = vec![1 + rng.below(9) as usize, 1 + rng.below(9) as usize, 1 + rng.below(4) as usize];
    let input = Value { name: "x".into(), shape, dtype: DType::I8 };
    let mut m = Maker { rng, nodes: Vec::new(), input };
    let mut at = 0;
    for _ in 0..1 + m.rng.below(5) {
        at = m.layer(at);
    }
    if m.rng.chance(0.3) {
        let [h, w, c] = m.shape(at);
        let (rows, n) = (1 + m.rng.below(5) as u32, h * w * c);
        let (weights, bias) = (m.values(rows * n, 127), m.values(rows, 4000));
        let recode = Some(m.recode(rows, 64.0 * 60.0 * f64::from(n).sqrt()));
        let dense = Dense { x_zero: 5, weights, bias, recode };
        m.push(Op::from(dense), vec![at], vec![rows as usize]);
    }
    Graph {
        name: format!("net{seed}"),
        format: "random",
        profile: "tflite-ref",
        input: m.input,
        nodes: m.nodes,
        hardware_softmax: false,
    }
}

/// The goal, or the nearest that the planner names.
fn reachable(g: &Graph, goal: Goal) -> Goal {
    let Err(Reports(errors)) = lower(network(g).unwrap(), goal, ECP5_85K.planned()) else { return goal };
    let nearest = errors.iter().map(|e| match e {
        PlanError::TooFew { least, .. } => *least,
        PlanError::TooFast { best, .. } => *best,
        e => panic!("{}: {e}", g.name),
    });
    let n = nearest.max().unwrap();
    if matches!(goal, Goal::TargetIi(_)) {
        Goal::TargetIi(n)
    } else {
        Goal::MaxMultipliers(n)
    }
}

fn check(seed: u64, goal: Goal, stall: Stall) {
    let g = graph(seed);
    // What moves at the ends is the host's.
    let (first, end) = (g.host_before(), g.host_after());
    if network(&g).unwrap().nodes.is_empty() {
        return;
    }
    let goal = reachable(&g, goal);
    let place = format!("network {seed} {goal:?} {stall:?}");
    let plan = lower(network(&g).unwrap(), goal, ECP5_85K.planned()).unwrap_or_else(|e| panic!("{place}: {e}"));
    let design = plan.design().unwrap_or_else(|e| panic!("{place}: {e}"));
    let mut rng = Prng::named(seed, "samples");
    let mut frames = Frames::default();
    for _ in 0..10 {
        let x: Vec<i64> = (0..g.input.elements()).map(|_| rng.range(-128, 127)).collect();
        let values = g.run(&Tensor::Int(x.clone())).unwrap();
        frames.outputs.push(values[end - 1].ints().to_vec());
        frames.inputs.push(if first == 0 { x } else { values[first - 1].ints().to_vec() });
    }
    let free = stall == Stall::None;
    let pattern = if free { Pattern::FREE } else { Pattern { source: stall, sink: stall, seed } };
    let slack = plan.slack();
    let o = run(
        &TapeEngine::default(),
        &design,
        &frames,
        &Settings { pattern, slack, per_batch: 10, resets: usize::from(!free) },
        |_| {},
    )
    .unwrap_or_else(|e| panic!("{place}: {e}"));
    assert!(o.findings.is_empty() && o.mismatches == 0, "{place}: {:?}", o.findings);
    if free {
        let stages: Vec<_> = plan
            .stages
            .iter()
            .map(|s| {
                format!(
                    "{} {} {:?} lanes {} of {} frames {}",
                    s.name, s.ii, s.inputs, s.lanes, s.output.count, s.frames
                )
            })
            .collect();
        let ii = o.timing.and_then(|t| t.ii);
        assert_eq!(ii, Some(plan.ii), "{place}: simulated and planned II of {stages:#?}");
    }
}

/// A fork has sixteen outputs: more takers are an error of the plan, not a design that falls apart.
#[test]
fn too_many_takers__are_refused() {
    let input = Value { name: "x".into(), shape: vec![2, 2, 2], dtype: DType::I8 };
    let mut m = Maker { rng: Prng::new(0), nodes: Vec::new(), input };
    let codes = Codes { scale: 0.05, zero: 0, dtype: DType::I8 };
    let add = Pairing::Add(Add::new(codes, codes, codes, (-128, 127)).unwrap()).of_tensors(2);
    for k in 0..17 {
        m.push(add.clone(), vec![k, 0], vec![2, 2, 2]);
    }
    let g = Graph {
        name: "many".into(),
        format: "random",
        profile: "tflite-ref",
        input: m.input,
        nodes: m.nodes,
        hardware_softmax: false,
    };
    let Err(Reports(errors)) = lower(network(&g).unwrap(), Goal::TargetIi(100), ECP5_85K.planned()) else {
        panic!("planned")
    };
    assert!(matches!(errors[..], [PlanError::Takers { takers: 18, .. }]), "{errors:?}");
}

#[test]
fn random_networks__hardware_equals_golden_with_the_planned_cycles() {
    let more = std::env::var("NIELLO_SOAK").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    for seed in 0..120 * more {
        let mut rng = Prng::named(seed, "goals");
        let goal = match rng.below(3) {
            0 => Goal::MaxMultipliers(1),
            1 => Goal::MaxMultipliers(5 + rng.below(40)),
            _ => Goal::TargetIi(30 + rng.below(3000)),
        };
        check(seed, goal, Stall::None);
        check(seed, goal, *rng.pick(&[Stall::Bernoulli(0.2), Stall::Bernoulli(0.7), Stall::Alternating]));
    }
}
