//! A design with vectors and a plain testbench that any simulator runs, without niello.

use niello_gen::emit::verilog;
use niello_gen::ir::ValidDesign;
use niello_rtl_templates::{render, PlainBenchText, ReadmeText};

use crate::campaign::pack_frames;
use crate::engine::EngineError;
use crate::frames::Frames;
use crate::scoreboard::Expected;
use crate::streams::{Border, StreamPort};

/// What to export.
pub struct Export<'a> {
    /// A design with one stream in and one out.
    pub design: &'a ValidDesign,
    /// Frames of the testbench.
    pub frames: &'a Frames,
    /// One line on what this is.
    pub about: &'a str,
    /// Bound on the quiet cycles between two beats.
    pub slack: u64,
}

/// File names and contents.
pub fn export(e: &Export) -> Result<Vec<(String, String)>, EngineError> {
    let border = Border::of(e.design).ok_or(EngineError::Ports)?;
    let ([source], [sink]) = (&border.sources[..], &border.sinks[..]) else { return Err(EngineError::Ports) };
    let top = e.design.top().name.clone();
    let mut files: Vec<(String, String)> = verilog(e.design).into_iter().map(|f| (f.path, f.text)).collect();
    let sources: Vec<String> = files.iter().filter(|f| f.0.ends_with(".v")).map(|f| f.0.clone()).collect();
    files.push(("files.f".into(), sources.iter().map(|s| format!("{s}\n")).collect()));
    let (x, y) = (packed(source, &e.frames.inputs), packed(sink, &e.frames.outputs));
    let beats = |p: &StreamPort, words: &[u64]| words.len() / p.words();
    let bench = PlainBenchText {
        top: top.clone(),
        clk: e.design.needs_clk(e.design.top_id()),
        rst: e.design.needs_rst(e.design.top_id()),
        source: source.name.clone(),
        sink: sink.name.clone(),
        in_bits: source.width as usize + 1,
        out_bits: sink.width as usize + 1,
        beats_in: beats(source, &x),
        beats_out: beats(sink, &y),
        limit: (beats(source, &x) + beats(sink, &y)) as u64 * (e.slack + 4) * 4 + 1000,
    };
    files.push((format!("{top}_x.hex"), hex(source, &x)));
    files.push((format!("{top}_y.hex"), hex(sink, &y)));
    files.push((format!("{top}_mask.hex"), masks(sink, &e.frames.outputs)));
    files.push((format!("{top}_tb.v"), render(&bench)));
    files.push(("README.md".into(), render(&ReadmeText { top, about: e.about.into(), frames: e.frames.inputs.len() })));
    Ok(files)
}

fn packed(port: &StreamPort, frames: &[Vec<i64>]) -> Vec<u64> {
    pack_frames(port, &Expected { frames: frames.to_vec() }, 0).words
}

/// One beat a line: last and payload.
fn hex(port: &StreamPort, words: &[u64]) -> String {
    let digits = (port.width as usize + 1).div_ceil(4);
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
            for beat in words.chunks_mut(plain.words()) {
                let bit = plain.width as usize;
                beat[bit / 64] |= 1 << (bit % 64);
            }
            words
        })
        .collect();
    hex(port, &ones)
}
