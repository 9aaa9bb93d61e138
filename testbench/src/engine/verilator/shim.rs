//! Text of the C++ shim: how each port is copied.

use niello_rtl_templates::{render, ShimText, StreamText};

use super::source::Source;
use crate::batch::MAX_BREACHES;
use crate::streams::{Border, StreamPort};

/// Class name of every model. Only the batch functions are exported, so models do not meet.
pub const PREFIX: &str = "Vdut";

/// The shim for a source.
pub fn text(source: &Source, border: &Border, model_files: Vec<String>, abi: &str, trace: bool) -> String {
    let streams = |ports: &[StreamPort]| ports.iter().enumerate().map(|(i, p)| stream(i, p)).collect::<Vec<_>>();
    render(&ShimText {
        prefix: PREFIX.into(),
        model_files,
        abi: abi.into(),
        clk: source.clk,
        rst: source.rst,
        trace,
        selector: source.selector,
        n_sources: border.sources.len(),
        n_sinks: border.sinks.len(),
        sources: streams(&border.sources),
        sinks: streams(&border.sinks),
        max_breaches: MAX_BREACHES,
    })
}

fn stream(index: usize, p: &StreamPort) -> StreamText {
    let (name, w) = (&p.name, p.width);
    let (set_data, get_data) = if w > 64 {
        let clear = if (w.div_ceil(32)) % 2 == 1 { format!("w[{}] = 0; ", (w - 1) / 64) } else { String::new() };
        (format!("set_wide(top.{name}_tdata, w, {w});"), format!("{clear}get_wide(w, top.{name}_tdata, {w});"))
    } else {
        let mask = if w == 64 { u64::MAX } else { (1 << w) - 1 };
        (format!("top.{name}_tdata = w[0] & {mask:#x}ULL;"), format!("w[0] = top.{name}_tdata;"))
    };
    let (limb, bit) = (w / 64, w % 64);
    let (set_last, get_last) = match p.last {
        None => (String::new(), String::new()),
        Some(_) => (
            format!("top.{name}_tlast = (w[{limb}] >> {bit}) & 1;"),
            // A last mark in a word of its own must not keep the bits of the beat before.
            if bit == 0 {
                format!("w[{limb}] = uint64_t(top.{name}_tlast);")
            } else {
                format!("w[{limb}] |= uint64_t(top.{name}_tlast) << {bit};")
            },
        ),
    };
    StreamText {
        index,
        name: name.clone(),
        words: p.words(),
        set_data,
        set_last,
        get_data,
        get_last,
        ..StreamText::default()
    }
}
