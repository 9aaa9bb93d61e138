//! A design with vectors and a plain testbench that any simulator runs, without niello.

use niello_gen::emit::verilog;
use niello_gen::ir::ValidDesign;
use niello_rtl_templates::{render, PlainBenchText, PlainFile, PlainStream, ReadmeText};

use crate::campaign::{pack_frames, Workload};
use crate::engine::EngineError;
use crate::scoreboard::Expected;
use crate::streams::{Border, StreamPort};

/// What to export.
pub struct Export<'a> {
    /// The design.
    pub design: &'a ValidDesign,
    /// Frames of the testbench.
    pub work: &'a Workload,
    /// One line on what this is.
    pub about: &'a str,
    /// Bound on the quiet cycles between two beats.
    pub slack: u64,
    /// What the frames are worth, a sentence each, for the README.
    pub vectors: &'a [String],
}

/// File names and contents.
///
/// # Errors
/// E504: the design has ports outside of streams.
pub fn export(e: &Export) -> Result<Vec<(String, String)>, EngineError> {
    let border = Border::of(e.design).ok_or(EngineError::Ports)?;
    let top = e.design.top().name.clone();
    let mut files: Vec<(String, String)> = verilog(e.design).into_iter().map(|f| (f.path, f.text)).collect();
    let sources: Vec<String> = files.iter().filter(|f| f.0.ends_with(".v")).map(|f| f.0.clone()).collect();
    files.push(("files.f".into(), sources.iter().map(|s| format!("{s}\n")).collect()));
    let streams = |ports: &[StreamPort], frames: &[Expected]| -> Vec<PlainStream> {
        let one = |(p, e): (&StreamPort, &Expected)| PlainStream {
            name: p.name.clone(),
            bits: beat_bits(p),
            width: p.width as usize,
            last: p.last.is_some(),
            beats: e.beats(p),
        };
        ports.iter().zip(frames).map(one).collect()
    };
    let (sources, sinks) = (streams(&border.sources, &e.work.inputs), streams(&border.sinks, &e.work.outputs));
    let expected = sinks.iter().map(|s| s.beats).sum();
    let moved = expected + sources.iter().map(|s| s.beats).sum::<usize>();
    let mut vectors: Vec<PlainFile> = Vec::new();
    for (name, text) in files.iter().filter(|f| f.0.ends_with(".mem")) {
        vectors.push(rom(name, text, vectors.len()));
    }
    let all = border.sources.iter().zip(&e.work.inputs).chain(border.sinks.iter().zip(&e.work.outputs));
    for (port, frames) in all {
        let (name, text) = (format!("{top}_{}.hex", port.name), hex(port, &pack_frames(port, frames, 0).words));
        vectors.push(vector(&name, &text, format!("{}_beats", port.name), port));
        files.push((name, text));
    }
    let mut bits = 0;
    for (port, frames) in border.sinks.iter().zip(&e.work.outputs) {
        let (name, text) = (format!("{top}_{}_mask.hex", port.name), masks(port, &frames.frames));
        vectors.push(vector(&name, &text, format!("{}_mask", port.name), port));
        bits += text.chars().filter_map(|c| c.to_digit(16)).map(|d| u64::from(d.count_ones())).sum::<u64>();
        files.push((name, text));
    }
    let frames = e.work.inputs.first().map_or(0, |i| i.frames.len());
    let bench = PlainBenchText {
        top: top.clone(),
        clk: e.design.needs_clk(e.design.top_id()),
        rst: e.design.needs_rst(e.design.top_id()),
        sources,
        sinks,
        files: vectors,
        frames,
        expected,
        bits,
        limit: moved as u64 * (e.slack + 4) * 4 + 1000,
    };
    files.push((format!("{top}_tb.v"), render(&bench)));
    let names = |ports: &[StreamPort]| ports.iter().map(|p| format!("`{}`", p.name)).collect::<Vec<_>>().join(", ");
    let (inputs, outputs) = (names(&border.sources), names(&border.sinks));
    let (about, vectors) = (e.about.into(), e.vectors.to_vec());
    files.push(("README.md".into(), render(&ReadmeText { top, about, frames, inputs, outputs, vectors })));
    Ok(files)
}

/// Beats or masks of a stream.
fn vector(name: &str, text: &str, memory: String, port: &StreamPort) -> PlainFile {
    file(name, text, format!("\"{name}\""), memory, beat_bits(port))
}

/// A ROM's contents.
fn rom(name: &str, text: &str, index: usize) -> PlainFile {
    let bits = 4 * text.lines().next().map_or(1, str::len);
    PlainFile {
        rom: true,
        ..file(name, text, format!("{{`NL_MEM_DIR, \"{name}\"}}"), format!("rom_{index}_copy"), bits)
    }
}

fn file(name: &str, text: &str, path: String, memory: String, bits: usize) -> PlainFile {
    let chunk = |lo: usize| match (bits - lo, bits) {
        (_, 32) => format!("{memory}[i]"),
        (0..32, 0..32) => format!("{{{}'d0, {memory}[i]}}", 32 - bits),
        (rest @ 0..32, _) => format!("{{{}'d0, {memory}[i][{}:{lo}]}}", 32 - rest, bits - 1),
        _ => format!("{memory}[i][{}:{lo}]", lo + 31),
    };
    let chunks = (0..bits).step_by(32).map(chunk).collect();
    let (words, digest) = (text.lines().count(), format!("{:08x}", digest(text)));
    PlainFile { name: name.into(), path, memory, rom: false, words, bits, chunks, digest }
}

/// Of words in hexadecimal, 32 bits at a time, low ones first: `add_to_digest` of the testbench.
fn digest(text: &str) -> u32 {
    let chunks = text.lines().flat_map(|l| l.as_bytes().rchunks(8));
    let value = |c: &[u8]| c.iter().fold(0, |v, d| v << 4 | char::from(*d).to_digit(16).unwrap_or(0));
    chunks.fold(0u32, |h, c| (h.rotate_left(5) ^ value(c)).wrapping_mul(0x9e37_79b1))
}

/// Bits of a beat: its payload, and the last mark where there is one.
fn beat_bits(port: &StreamPort) -> usize {
    port.width as usize + usize::from(port.last.is_some())
}

/// One beat a line: last and payload.
fn hex(port: &StreamPort, words: &[u64]) -> String {
    let digits = beat_bits(port).div_ceil(4);
    let line = |beat: &[u64]| {
        let all: String = beat.iter().rev().map(|w| format!("{w:016x}")).collect();
        format!("{}\n", &all[all.len() - digits.min(all.len())..])
    };
    words.chunks(port.words()).map(line).collect()
}

/// Ones where a beat's bits are compared: not in padding lanes.
fn masks(port: &StreamPort, frames: &[Vec<i64>]) -> String {
    let ones: Vec<u64> = frames
        .iter()
        .flat_map(|f| {
            let plain = StreamPort { last: port.last, ..port.clone() };
            let mut words = plain.pack(&vec![-1; f.len()], || 0);
            // The last mark is compared in every beat.
            let bit = plain.width as usize;
            for beat in words.chunks_mut(plain.words()).filter(|_| plain.last.is_some()) {
                beat[bit / 64] |= 1 << (bit % 64);
            }
            words
        })
        .collect();
    hex(port, &ones)
}
