//! Softmaxes and norms of rows side by side: area, clock rate, cycles and distance from real numbers, written to docs/row-tables.md.
//!
//! `make row-tables`, some minutes.
#![allow(clippy::print_stdout, missing_docs)]

use std::fmt::Write as _;

use niello::gen::blocks::{all_and_unproven, Instance};
use niello::gen::num::Prng;
use niello_fpga::{devices, Device, Figures, Flow};

type Any<T> = Result<T, Box<dyn std::error::Error>>;

/// What a row of results should be.
enum Real {
    /// Shares of `exp(scale x)`, and what one is.
    Softmax { scale: f64, one: f64, zero: i64 },
    /// `(x - mean) / deviation`, around zero without a mean, and what one is.
    Norm { mean: bool, one: f64 },
}

struct Row {
    name: &'static str,
    block: &'static str,
    settings: &'static str,
    real: Real,
}

const fn softmax(name: &'static str, block: &'static str, settings: &'static str, real: [f64; 2], zero: i64) -> Row {
    Row { name, block, settings, real: Real::Softmax { scale: real[0], one: real[1], zero } }
}

const fn norm(name: &'static str, block: &'static str, settings: &'static str, mean: bool, one: f64) -> Row {
    Row { name, block, settings, real: Real::Norm { mean, one } }
}

/// Codes of a row.
const COLUMNS: usize = 64;
const S: f64 = 0.0625;
/// `sqrt(COLUMNS) / 2^30` is the unit of the integer norms.
const I_NORM: f64 = 134_217_728.0;

const ROWS: &[Row] = &[
    softmax("TFLite", "softmax_lut", "classes=64 multiplier=1073741824 shift=23", [S, 256.0], -128),
    softmax("ITA, base 2", "softmax_ita", "columns=64", [std::f64::consts::LN_2, 256.0], 0),
    softmax("I-ViT", "shiftmax", "columns=64", [S, 128.0], 0),
    softmax("I-ViT, 16 bits", "shiftmax", "columns=64 out_bits=16", [S, 32768.0], 0),
    softmax("I-BERT", "softmax_ibert", "columns=64", [S, 256.0], 0),
    softmax("I-BERT, 16 bits", "softmax_ibert", "columns=64 out_bits=16", [S, 65536.0], 0),
    softmax("frameworks' float", "softmax_float", "columns=64", [S, 256.0], -128),
    softmax("frameworks' float, 8 bits", "softmax_float", "columns=64 fraction=8", [S, 256.0], -128),
    norm("I-ViT's LayerNorm", "i_layernorm", "columns=64 bits=8", true, I_NORM),
    norm("I-BERT's LayerNorm", "i_layernorm", "columns=64 bits=8 root=floor mean=zero numerator=whole", true, I_NORM),
    norm(
        "I-BERT's, without a mean",
        "i_layernorm",
        "columns=64 bits=8 root=floor mean=none numerator=whole",
        false,
        I_NORM,
    ),
    norm("frameworks' LayerNorm", "norm_float", "columns=64 shift=16 out_bits=16 gain=1024", true, 256.0),
    norm("frameworks' RMSNorm", "norm_float", "columns=64 kind=rms shift=16 out_bits=16 gain=1024", false, 256.0),
    norm(
        "frameworks' LayerNorm, 10 bits",
        "norm_float",
        "columns=64 precision=10 shift=9 out_bits=16 gain=1024",
        true,
        256.0,
    ),
];

/// Placer's seeds.
const SEEDS: [u64; 3] = [1, 2, 3];

fn instance(r: &Row) -> Any<Box<dyn Instance>> {
    let block = all_and_unproven().into_iter().find(|b| b.about().name == r.block).ok_or("no such block")?;
    let settings: Option<Vec<(String, String)>> =
        r.settings.split_whitespace().map(|s| s.split_once('=').map(|(k, v)| (k.into(), v.into()))).collect();
    Ok(block.configure(&settings.ok_or("not KEY=VALUE")?)?)
}

/// Mean and largest distance from real numbers: of shares in 1/256, of norms in 1/32.
fn distance(r: &Row, i: &dyn Instance) -> (f64, f64) {
    let (mut rng, mut sum, mut most, mut count) = (Prng::new(7), 0.0, 0f64, 0);
    for _ in 0..400 {
        let centre = rng.range(-40, 40);
        let spread = rng.range(4, 40);
        let x: Vec<i64> = (0..COLUMNS)
            .map(|_| (centre + rng.range(-spread, spread) + rng.range(-spread, spread)).clamp(-128, 127))
            .collect();
        let results = i.golden(std::slice::from_ref(&x)).remove(0);
        let n = COLUMNS as f64;
        let mean = x.iter().sum::<i64>() as f64 / n;
        for (k, y) in results.iter().enumerate() {
            let (real, got, unit) = match r.real {
                Real::Softmax { scale, one, zero } => {
                    let power = |v: i64| (scale * v as f64).exp();
                    (power(x[k]) / x.iter().map(|v| power(*v)).sum::<f64>(), (y - zero) as f64 / one, 256.0)
                }
                Real::Norm { mean: around, one } => {
                    let middle = if around { mean } else { 0.0 };
                    let squares = x.iter().map(|v| (*v as f64 - middle).powi(2)).sum::<f64>() / n;
                    ((x[k] as f64 - middle) / squares.sqrt(), *y as f64 / one, 32.0)
                }
            };
            let d = (real - got).abs() * unit;
            (sum, most, count) = (sum + d, most.max(d), count + 1);
        }
    }
    (sum / f64::from(count), most)
}

fn figures(i: &dyn Instance, device: &'static Device, seed: u64) -> Any<Figures> {
    let flow = Flow { device, pnr: device == &devices::ECP5_85K, mhz: device.default_mhz(), seed };
    Ok(flow.run(&i.design()?, &|_| {})?.figures)
}

fn line(r: &Row) -> Any<(String, Vec<String>)> {
    let i = instance(r)?;
    let mut clocks = Vec::new();
    let mut ecp5 = None;
    for seed in SEEDS {
        let f = figures(&*i, &devices::ECP5_85K, seed)?;
        clocks.push(f.placed.as_ref().and_then(|p| p.fmax_mhz).unwrap_or(0.0));
        ecp5 = Some(f);
    }
    clocks.sort_by(f64::total_cmp);
    let f = ecp5.ok_or("no seed")?;
    let ice = figures(&*i, &devices::ICE40_HX8K, 1)?;
    let count = |f: &Figures, names: &[&str]| names.iter().filter_map(|n| f.cells.get(*n)).sum::<u64>();
    let (lut, dsp, ram) = (
        count(&f, &["LUT4"]) + 2 * count(&f, &["CCU2C"]) + 4 * count(&f, &["TRELLIS_DPR16X4"]),
        count(&f, &["MULT18X18D"]),
        count(&f, &["DP16KD", "PDPW16KD"]),
    );
    let contract = i.contract(&[vec![0; COLUMNS]]);
    let (mean, most) = distance(r, &*i);
    let text = format!(
        "| {} | `{}` | {lut} | {dsp} | {ram} | {:.0} to {:.0} | {} | {} | {} | {mean:.2} | {most:.2} |",
        r.name,
        r.block,
        clocks[0],
        clocks[clocks.len() - 1],
        count(&ice, &["SB_LUT4"]),
        contract.latency,
        contract.ii,
    );
    println!("{text}");
    Ok((text, f.tools))
}

fn main() -> Any<()> {
    let mut t = String::from("# Softmaxes and norms of rows, compared\n\nWritten by `make row-tables`. Tools: ");
    let (mut lines, mut tools) = (Vec::new(), Vec::new());
    for r in ROWS {
        let (text, used) = line(r)?;
        lines.push(text);
        tools = used;
    }
    let _ = writeln!(t, "{}.\n", tools.join(", "));
    t.push_str(
        "Rows of 64 codes of 8 bits on one lane. LUT-eq: LUT4, two for a carry cell (CCU2C) and four for a distributed RAM (TRELLIS_DPR16X4). MHz: the\n\
         least and the most of three seeds of the placer, out of context. Latency and II in cycles, of one row. Distances from real numbers over 400 random rows: of\n\
         shares in 1/256, of norms in 1/32 of a deviation, which are steps of usual results of 8 bits, so that 0.25 on average and 0.5 at most is what exact\n\
         rounding to such a step leaves; results of more bits come nearer. ITA's logits are powers of two.\n\n\
         | what | block | LUT-eq | DSP | RAM | MHz | iCE40 LUT4 | latency | II | distance | most |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    t.push_str(&lines.join("\n"));
    t.push('\n');
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/row-tables.md"), t)?;
    Ok(())
}
