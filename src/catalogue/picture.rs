//! A block's picture: its ports and what is inside, and below it the beats of two frames as a run moved them.

use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use niello_rtl_templates::{render, PictureText, Tick, Wire};
use niello_testbench::campaign::{batch, Pattern, Workload};
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::Engine;
use niello_testbench::streams::{Border, StreamPort};

use crate::instances::Any;

/// Width of the drawing, and where the timeline lies in it.
const WIDTH: u32 = 760;
const LEFT: u32 = 110;
/// Frames of the run, and frames drawn.
const FRAMES: usize = 2;

/// The SVG.
pub fn picture(name: &str, instance: &dyn Instance) -> Any<String> {
    let design = instance.design()?;
    let border = Border::of(&design).ok_or("ports outside of streams")?;
    let wires = |ports: &[StreamPort]| -> Vec<Wire> {
        let one = |(i, p): (usize, &StreamPort)| Wire {
            name: p.name.clone(),
            what: format!("{} x {}{}", p.shape.lanes, if p.shape.signed { "s" } else { "u" }, p.shape.bits),
            y: 40 + 36 * i as u32,
        };
        ports.iter().enumerate().map(one).collect()
    };
    let (inputs, outputs) = (wires(&border.sources), wires(&border.sinks));
    let box_height = 36 * inputs.len().max(outputs.len()).max(2) as u32 + 20;
    let frame = instance.random_frame(&mut Prng::named(0, "catalogue"));
    let contract = instance.contract(&frame);
    let work = Workload::new(&vec![frame; FRAMES], instance.sequence());
    let one = batch(&border, &work, Pattern::FREE, contract.latency + contract.ii);
    let run = TapeEngine::default().compile(&design)?.run(std::slice::from_ref(&one))?.remove(0);
    let received: Vec<&Vec<u64>> = run.trace.received.iter().map(|r| &r.cycles).collect();
    let lists = run.trace.accepted.iter().chain(received);
    let start = lists.clone().filter_map(|c| c.first()).min().copied().unwrap_or(0);
    let end = lists.clone().filter_map(|c| c.last()).max().copied().unwrap_or(0) + 1;
    let scale = f64::from(WIDTH - LEFT - 20) / (end - start).max(1) as f64;
    let top = box_height + 70;
    let mut ticks = Vec::new();
    for (row, (port, cycles)) in border.sources.iter().chain(&border.sinks).zip(lists).enumerate() {
        let frame = cycles.len().div_ceil(FRAMES).max(1);
        ticks.push(Tick {
            name: Some(port.name.clone()),
            x: String::new(),
            width: String::new(),
            y: top + 26 * row as u32,
            second: false,
        });
        for (i, c) in cycles.iter().enumerate() {
            ticks.push(Tick {
                name: None,
                x: format!("{:.2}", f64::from(LEFT) + (c - start) as f64 * scale),
                width: format!("{:.2}", (scale * 0.85).max(0.4)),
                y: top + 26 * row as u32,
                second: i / frame % 2 == 1,
            });
        }
    }
    let rows = border.sources.len() as u32 + border.sinks.len() as u32;
    Ok(render(&PictureText {
        name: name.into(),
        module: instance.module_name(),
        inside: inside(&design),
        inputs,
        outputs,
        width: WIDTH,
        height: top + 26 * rows + 34,
        box_height,
        ticks,
        caption: format!(
            "beats of two frames, nobody stalls: cycles 0 to {} (latency {}, II {})",
            end - start - 1,
            contract.latency,
            contract.ii
        ),
        caption_y: top + 26 * rows + 14,
    }))
}

/// Modules and how often each stands in the design.
fn inside(design: &ValidDesign) -> Vec<String> {
    let mut lines: Vec<(String, u64)> = Vec::new();
    count(design, design.top_id(), 1, &mut lines);
    let prefix = &design.top().name;
    let short = |n: &str| n.strip_prefix(prefix.as_str()).map_or(n, |s| s.trim_start_matches('_')).to_string();
    lines.into_iter().skip(1).take(4).map(|(n, k)| format!("{k} x {}", short(&n))).collect()
}

fn count(design: &ValidDesign, id: niello_gen::ir::ModuleId, times: u64, lines: &mut Vec<(String, u64)>) {
    let m = design.module(id);
    match lines.iter_mut().find(|l| l.0 == m.name) {
        Some(l) => l.1 += times,
        None => lines.push((m.name.clone(), times)),
    }
    for i in &m.insts {
        count(design, i.module, times, lines);
    }
}
