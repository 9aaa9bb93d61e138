//! A design and its mutant side by side behind the same streams, which keep the rules of docs/stream.md.

use std::fmt::Write as _;

use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use niello_testbench::streams::{Border, StreamPort};

use super::faults::{SELECTOR, SELECTOR_BITS};
use crate::instances::Any;

/// What both designs look like from outside.
pub struct Outside {
    clk: bool,
    rst: bool,
    border: Border,
    /// Beats of a frame of each source, if the configuration fixes them.
    beats: Vec<Option<usize>>,
    /// Lanes of the last beat of a frame of each sink that are no padding, if the configuration fixes them.
    filled: Vec<Option<usize>>,
}

impl Outside {
    /// Of a configuration.
    pub fn of(instance: &dyn Instance, design: &ValidDesign) -> Any<Outside> {
        let border = Border::of(design).ok_or("ports outside of streams")?;
        let lanes = |p: &StreamPort| p.shape.lanes as usize;
        let fixed = instance.frame_elements();
        let beats_of = |i: usize| fixed.as_ref().and_then(|f| f.get(i)).map(|n| n.div_ceil(lanes(&border.sources[i])));
        let beats = (0..border.sources.len()).map(beats_of).collect();
        let results = instance.golden(&instance.random_frame(&mut Prng::named(0, "mutants")));
        let filled = border.sinks.iter().zip(&results).map(|(p, r)| {
            let beats = r.len().div_ceil(lanes(p));
            let known = fixed.is_some() && (p.last.is_some() || beats == 1) && beats > 0;
            known.then(|| r.len() - (beats - 1) * lanes(p))
        });
        let filled = filled.collect();
        let (clk, rst) = (design.needs_clk(design.top_id()), design.needs_rst(design.top_id()));
        Ok(Outside { clk, rst, border, beats, filled })
    }

    /// Verilog of a module `miter` with the module `dut` twice in it, `gold` without a fault and `gate` with the one that the
    /// register `select` names: its output `trigger` is 1 in a cycle in which they differ in what a stream's other side can
    /// tell. It starts with a reset; others may follow at any time.
    pub fn miter(&self) -> String {
        let mut ports = vec!["input clk, input rst_in, output trigger".to_string()];
        for (i, p) in self.border.sources.iter().enumerate() {
            ports.push(format!("input [{}:0] s{i}_data_in, input s{i}_valid_in, s{i}_last_in", p.width - 1));
        }
        ports.extend((0..self.border.sinks.len()).map(|k| format!("input k{k}_ready_in")));
        let mut t = format!("module miter({});\n", ports.join(", "));
        t.push_str("  reg started = 0;\n  always @(posedge clk) started <= 1;\n  wire rst = rst_in | !started;\n");
        for i in 0..self.border.sources.len() {
            self.source(&mut t, i);
        }
        for k in 0..self.border.sinks.len() {
            let _ = writeln!(t, "  wire k{k}_ready = k{k}_ready_in & !rst;");
        }
        let bits = SELECTOR_BITS;
        // The side without a fault has a selector too: both are made of the same gates.
        for name in ["none", "select"] {
            let _ = writeln!(t, "  reg [{}:0] {name} = 0;\n  always @(posedge clk) {name} <= {name};", bits - 1);
        }
        self.instance(&mut t, "gold", "none");
        self.instance(&mut t, "gate", "select");
        let _ = writeln!(t, "  assign trigger = !rst & ({});\nendmodule", self.differences().join(" | "));
        t
    }

    /// A source: nothing in reset, what was offered stays, last marks where frames end.
    fn source(&self, t: &mut String, i: usize) {
        let (s, w) = (format!("s{i}"), self.border.sources[i].width - 1);
        let _ = writeln!(
            t,
            "  wire gold_{s}_ready, gate_{s}_ready;\n  reg {s}_held = 0; reg [{w}:0] {s}_data_q = 0; reg {s}_last_q = 0;\n\
             \x20 wire {s}_valid = !rst & ({s}_held | {s}_valid_in);\n\
             \x20 wire [{w}:0] {s}_data = {s}_held ? {s}_data_q : {s}_data_in;\n\
             \x20 always @(posedge clk) {s}_held <= {s}_valid & !gold_{s}_ready;\n\
             \x20 always @(posedge clk) {s}_data_q <= {s}_data;\n\
             \x20 always @(posedge clk) {s}_last_q <= {s}_last;"
        );
        let _ = match self.beats[i] {
            None => writeln!(t, "  wire {s}_last = {s}_held ? {s}_last_q : {s}_last_in;"),
            Some(beats) => writeln!(
                t,
                "  reg [31:0] {s}_at = 0;\n  wire {s}_last = {s}_at == {};\n  always @(posedge clk)\n\
                 \x20   if (rst) {s}_at <= 0; else if ({s}_valid & gold_{s}_ready) {s}_at <= {s}_last ? 0 : {s}_at + 1;",
                beats - 1
            ),
        };
    }

    /// One side.
    fn instance(&self, t: &mut String, side: &str, select: &str) {
        let mut pins = vec![format!(".{SELECTOR}({select})")];
        pins.extend(self.clk.then(|| ".clk(clk)".to_string()));
        pins.extend(self.rst.then(|| ".rst(rst)".to_string()));
        for (i, p) in self.border.sources.iter().enumerate() {
            let name = &p.name;
            pins.push(format!(
                ".{name}_tdata(s{i}_data), .{name}_tvalid(s{i}_valid), .{name}_tready({side}_s{i}_ready)"
            ));
            pins.extend(p.last.map(|_| format!(".{name}_tlast(s{i}_last)")));
        }
        for (k, p) in self.border.sinks.iter().enumerate() {
            let (name, own) = (&p.name, format!("{side}_k{k}"));
            let _ = writeln!(t, "  wire [{}:0] {own}_data; wire {own}_valid, {own}_last;", p.width - 1);
            pins.push(format!(".{name}_tdata({own}_data), .{name}_tvalid({own}_valid), .{name}_tready(k{k}_ready)"));
            match p.last {
                Some(_) => pins.push(format!(".{name}_tlast({own}_last)")),
                None => _ = writeln!(t, "  assign {own}_last = 1'b0;"),
            }
        }
        let _ = writeln!(t, "  dut {side}({});", pins.join(", "));
    }

    /// What the other sides of the streams can tell: whether an offered beat is taken, whether a beat is there, and what
    /// is in it but for padding.
    fn differences(&self) -> Vec<String> {
        let sources = 0..self.border.sources.len();
        let mut list: Vec<String> =
            sources.map(|i| format!("(s{i}_valid & (gold_s{i}_ready != gate_s{i}_ready))")).collect();
        for (k, p) in self.border.sinks.iter().enumerate() {
            let (gold, gate) = (format!("gold_k{k}"), format!("gate_k{k}"));
            let filled = self.filled[k].map_or(p.width, |lanes| lanes as u32 * p.shape.bits);
            let mut same = format!("{gold}_data[{0}:0] == {gate}_data[{0}:0]", filled - 1);
            if filled < p.width {
                let padding = if p.last.is_some() { format!("{gold}_last") } else { "1'b1".into() };
                let rest = format!("{}:{filled}", p.width - 1);
                let _ = write!(same, " & ({padding} | {gold}_data[{rest}] == {gate}_data[{rest}])");
            }
            list.push(format!("({gold}_valid != {gate}_valid)"));
            list.push(format!("({gold}_valid & !({same} & {gold}_last == {gate}_last))"));
        }
        list
    }
}
