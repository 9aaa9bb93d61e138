//! A deformable layer as CoDeNet has it, put together from blocks: known answers in, codes out of the Verilog.
#![allow(non_snake_case, missing_docs, clippy::disallowed_methods)]

mod common;

use niello_gen::blocks::{deform_window, depthwise, requant, BlockConfig, Checked};
use niello_gen::hdl::Build;
use niello_gen::ir::{BeatShape, ValidDesign};
use niello_gen::num::Scale;
use niello_testbench::batch::Stall;
use niello_testbench::campaign::{batch, Pattern, Workload};
use niello_testbench::scoreboard::judge;
use niello_testbench::streams::Border;

struct Layer {
    window: deform_window::Config,
    sums: depthwise::Config,
    codes: requant::Config,
}

/// `deform_window`, `depthwise` and `requant`, one behind the other.
fn design(layer: &Layer) -> ValidDesign {
    let build = Build::new();
    let m = build.module("deformable_layer");
    let lanes = layer.window.lanes;
    let pixels = m.stream_in("s_axis", BeatShape::new(lanes, 8, true), true);
    let dilations = m.stream_in("d_axis", BeatShape::new(1, layer.window.d_bits, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(lanes, 8, true), true);
    let window = m.instance("u_window", Checked::new(layer.window.clone()).unwrap().elaborated(&build));
    m.connect(pixels, window.sink("s_axis"));
    m.connect(dilations, window.sink("d_axis"));
    let sums = m.instance("u_sums", Checked::new(layer.sums.clone()).unwrap().elaborated(&build));
    m.connect(window.source("m_axis"), sums.sink("s_axis"));
    let codes = m.instance("u_codes", Checked::new(layer.codes.clone()).unwrap().elaborated(&build));
    m.connect(sums.source("m_axis"), codes.sink("s_axis"));
    m.connect(codes.source("m_axis"), out);
    let top = m.finish();
    build.validate(top).unwrap()
}

trait Elaborated {
    fn elaborated(&self, build: &Build) -> niello_gen::ir::ModuleId;
}

impl<C: BlockConfig> Elaborated for Checked<C> {
    fn elaborated(&self, build: &Build) -> niello_gen::ir::ModuleId {
        C::elaborate(self, build)
    }
}

#[test]
fn codenet__a_layer_of_blocks_gives_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/codenet_deform_dw3x3.json");
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    for v in json["vectors"].as_array().unwrap() {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let int = |k: &str| v[k].as_u64().unwrap() as u32;
        let (size, channels) = (int("D"), int("C"));
        // Theirs is channels outermost.
        let hwc = |x: Vec<i64>| -> Vec<i64> {
            let n = x.len() / channels as usize;
            (0..n).flat_map(|p| (0..channels as usize).map(move |k| k * n + p)).map(|i| x[i]).collect()
        };
        let lanes = if channels > 1 { 2 } else { 1 };
        let sums = depthwise::Config { channels, lanes, w_bits: 4, weights: list("w"), ..Default::default() };
        let layout = Checked::new(sums.clone()).unwrap().derived().clone();
        let layer = Layer {
            window: deform_window::Config {
                height: size,
                width: size,
                channels,
                lanes,
                stride: int("stride"),
                pad_value: -128,
                ..Default::default()
            },
            codes: requant::Config {
                channels,
                lanes,
                acc_bits: layout.acc_bits,
                acc_min: layout.result.lo as i64,
                acc_max: layout.result.hi as i64,
                scales: list("scale").iter().map(|s| Scale::HalfUp { multiplier: *s, shift: 16 }).collect(),
                zero_point: -128,
                offsets: list("bias"),
                ..Default::default()
            },
            sums,
        };
        let design = design(&layer);
        let border = Border::of(&design).unwrap();
        let frame = vec![hwc(list("x")), list("dilation")];
        let mut work = Workload::new(&[frame.clone(), frame.clone(), frame], |_| vec![hwc(list("y"))]);
        // Behind `depthwise` a frame is a pixel.
        let pixels =
            work.outputs[0].frames.iter().flat_map(|f| f.chunks(channels as usize)).map(<[i64]>::to_vec).collect();
        work.outputs[0].frames = pixels;
        let patterns = Stall::SUITE.map(|sink| Pattern { source: Stall::None, sink, seed: 7 });
        // What the layer holds back is less than an image and its patches.
        let slack = u64::from(size * size * channels * 20);
        let batches: Vec<_> = patterns.iter().map(|p| batch(&border, &work, *p, slack)).collect();
        for engine in common::engines(v["id"] == 9) {
            let runs = engine.compile(&design).unwrap().run(&batches).unwrap();
            for (run, pattern) in runs.iter().zip(&patterns) {
                let findings = judge(run, &border, &work.outputs);
                assert!(findings.is_empty(), "{} {} {pattern:?}: {findings:?}", v["id"], engine.name());
            }
        }
    }
}
