//! A design with vectors and a plain testbench that any simulator runs, without niello.

use niello_gen::emit::verilog;
use niello_gen::ir::ValidDesign;
use niello_rtl_templates::{render, PlainBenchText, PlainStream, ReadmeText};

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
}

/// File names and contents.
pub fn export(e: &Export) -> Result<Vec<(String, String)>, EngineError> {
    let border = Border::of(e.design).ok_or(EngineError::Ports)?;
    let top = e.design.top().name.clone();
    let mut files: Vec<(String, String)> = verilog(e.design).into_iter().map(|f| (f.path, f.text)).collect();
    let sources: Vec<String> = files.iter().filter(|f| f.0.ends_with(".v")).map(|f| f.0.clone()).collect();
    files.push(("files.f".into(), sources.iter().map(|s| format!("{s}\n")).collect()));
    let streams = |ports: &[StreamPort], frames: &[Expected]| -> Vec<PlainStream> {
        let one = |(p, e): (&StreamPort, &Expected)| PlainStream {
            name: p.name.clone(),
            bits: p.width as usize + 1,
            beats: e.beats(p),
        };
        ports.iter().zip(frames).map(one).collect()
    };
    let (sources, sinks) = (streams(&border.sources, &e.work.inputs), streams(&border.sinks, &e.work.outputs));
    let expected = sinks.iter().map(|s| s.beats).sum();
    let moved = expected + sources.iter().map(|s| s.beats).sum::<usize>();
    let bench = PlainBenchText {
        top: top.clone(),
        clk: e.design.needs_clk(e.design.top_id()),
        rst: e.design.needs_rst(e.design.top_id()),
        sources,
        sinks,
        expected,
        limit: moved as u64 * (e.slack + 4) * 4 + 1000,
    };
    let all = border.sources.iter().zip(&e.work.inputs).chain(border.sinks.iter().zip(&e.work.outputs));
    for (port, frames) in all {
        files.push((format!("{top}_{}.hex", port.name), hex(port, &pack_frames(port, frames, 0).words)));
    }
    for (port, frames) in border.sinks.iter().zip(&e.work.outputs) {
        files.push((format!("{top}_{}_mask.hex", port.name), masks(port, &frames.frames)));
    }
    files.push((format!("{top}_tb.v"), render(&bench)));
    let names = |ports: &[StreamPort]| ports.iter().map(|p| format!("`{}`", p.name)).collect::<Vec<_>>().join(", ");
    let frames = e.work.inputs.first().map_or(0, |i| i.frames.len());
    let (inputs, outputs) = (names(&border.sources), names(&border.sinks));
    files.push(("README.md".into(), render(&ReadmeText { top, about: e.about.into(), frames, inputs, outputs })));
    Ok(files)
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
