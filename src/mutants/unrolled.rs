//! A design and its mutant side by side for some cycles, as logic without registers, so that equal parts of both become
//! one before the solver sees them.

use std::fmt::Write as _;

use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use niello_testbench::streams::{Border, StreamPort};

use super::faults::{SELECTOR, SELECTOR_BITS};
use crate::catalogue::Any;

/// The state of a design: the width of each register, in the order of its ports `st_q0`, `st_d0`, `st_q1`...
pub type State = Vec<usize>;

/// RTLIL of a flat module as a module of another name whose registers are ports: inputs what they hold, outputs what they
/// take next; the selector becomes a constant.
pub fn without_registers(rtlil: &str, name: &str, select: u64) -> Any<(String, State)> {
    let (mut text, mut state) = (String::new(), State::new());
    let mut lines = rtlil.lines();
    while let Some(line) = lines.next() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["cell", "$dff", ..] => {
                let register: Vec<&str> = lines.by_ref().take_while(|l| l.trim() != "end").collect();
                let get = |key: &str| register.iter().find_map(|l| l.trim().strip_prefix(key));
                let parts = get("parameter \\WIDTH ").and_then(|w| w.trim().parse().ok());
                let parts = parts.zip(get("connect \\D ")).zip(get("connect \\Q "));
                let ((width, d), q): ((usize, &str), &str) = parts.ok_or("E532 a register that niello cannot read")?;
                let i = state.len();
                let port = 10_000 + 2 * i;
                writeln!(text, "  wire width {width} input {port} \\st_q{i}\n  connect {q} \\st_q{i}")?;
                writeln!(text, "  wire width {width} output {} \\st_d{i}\n  connect \\st_d{i} {d}", port + 1)?;
                state.push(width);
            }
            ["module", _] => writeln!(text, "module \\{name}")?,
            ["wire", .., wire] if wire == format!("\\{SELECTOR}") => {
                writeln!(text, "  wire width {SELECTOR_BITS} {wire}")?;
                writeln!(text, "  connect {wire} {SELECTOR_BITS}'{select:0SELECTOR_BITS$b}")?;
            }
            _ => writeln!(text, "{line}")?,
        }
    }
    Ok((text, state))
}

/// Where both start, and what is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// From any state, one cycle: outputs and the next state.
    Step,
    /// From any state, some cycles: outputs.
    Anywhere,
    /// From a reset, some cycles: outputs.
    Reset,
}

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
        let border = Border::of(design).ok_or("E504 ports outside of streams")?;
        let lanes = |p: &StreamPort| p.shape.lanes as usize;
        let fixed = instance.frame_elements();
        let beats = (0..border.sources.len())
            .map(|i| fixed.as_ref().and_then(|f| f.get(i)).map(|n| n.div_ceil(lanes(&border.sources[i]))))
            .collect();
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

    /// Verilog of a module `miter` whose output `trigger` is 1 where something differs that a stream's other side can tell,
    /// at inputs that keep the rules of docs/stream.md.
    pub fn miter(&self, state: &State, cycles: usize, question: Question) -> String {
        let mut t = String::new();
        let mut ports = vec![format!("input [{}:0] rst", cycles - 1), "output trigger".into()];
        for (i, p) in self.border.sources.iter().enumerate() {
            let bits = cycles - 1;
            ports.push(format!(
                "input [{}:0] s{i}_data, input [{bits}:0] s{i}_valid, s{i}_last",
                cycles as u32 * p.width - 1
            ));
            ports.push(format!("input [31:0] s{i}_at"));
        }
        ports.extend((0..self.border.sinks.len()).map(|k| format!("input [{}:0] k{k}_ready", cycles - 1)));
        ports.extend(state.iter().enumerate().map(|(i, w)| format!("input [{}:0] q{i}", w - 1)));
        let _ = writeln!(t, "module miter({});", ports.join(", "));
        for c in 0..cycles {
            for side in ["gold", "gate"] {
                self.instance(&mut t, side, c, state);
            }
            self.rules(&mut t, c, question);
            self.compare(&mut t, c);
        }
        let mut differs: Vec<String> = (0..cycles).map(|c| format!("bad{c} & ok{c}")).collect();
        if question == Question::Step {
            differs.extend((0..state.len()).map(|i| format!("ok0 & (gold0_d{i} != gate0_d{i})")));
        }
        let _ = writeln!(
            t,
            "  assign trigger = {};\nendmodule",
            differs.iter().map(|d| format!("({d})")).collect::<Vec<_>>().join(" | ")
        );
        t
    }

    /// One side in one cycle.
    fn instance(&self, t: &mut String, side: &str, c: usize, state: &State) {
        let mut pins = Vec::new();
        pins.extend(self.clk.then(|| ".clk(1'b0)".to_string()));
        pins.extend(self.rst.then(|| format!(".rst(rst[{c}])")));
        for (i, p) in self.border.sources.iter().enumerate() {
            let (name, w) = (&p.name, p.width);
            let _ = writeln!(t, "  wire {side}{c}_s{i}_ready;");
            pins.push(format!(".{name}_tdata(s{i}_data[{} +: {w}]), .{name}_tvalid(s{i}_valid[{c}])", c as u32 * w));
            pins.push(format!(".{name}_tready({side}{c}_s{i}_ready)"));
            pins.extend(p.last.map(|_| format!(".{name}_tlast(s{i}_last[{c}])")));
        }
        for (k, p) in self.border.sinks.iter().enumerate() {
            let (name, w, own) = (&p.name, p.width, format!("{side}{c}_k{k}"));
            let _ = writeln!(t, "  wire [{}:0] {own}_data; wire {own}_valid, {own}_last;", w - 1);
            pins.push(format!(
                ".{name}_tdata({own}_data), .{name}_tvalid({own}_valid), .{name}_tready(k{k}_ready[{c}])"
            ));
            match p.last {
                Some(_) => pins.push(format!(".{name}_tlast({own}_last)")),
                None => _ = writeln!(t, "  assign {own}_last = 1'b0;"),
            }
        }
        for (i, w) in state.iter().enumerate() {
            let _ = writeln!(t, "  wire [{}:0] {side}{c}_d{i};", w - 1);
            let now = if c == 0 { format!("q{i}") } else { format!("{side}{}_d{i}", c - 1) };
            pins.push(format!(".st_q{i}({now}), .st_d{i}({side}{c}_d{i})"));
        }
        let _ = writeln!(t, "  {side} {side}{c}({});", pins.join(", "));
    }

    /// Inputs of a cycle keep the rules: nothing is offered or taken in reset, what was offered stays, last marks come
    /// where frames end.
    fn rules(&self, t: &mut String, c: usize, question: Question) {
        let mut rules = vec![if c == 0 { "1'b1".to_string() } else { format!("ok{}", c - 1) }];
        rules.extend((c == 0 && question == Question::Reset).then(|| "rst[0]".to_string()));
        rules.extend((0..self.border.sinks.len()).map(|k| format!("!(rst[{c}] & k{k}_ready[{c}])")));
        for (i, p) in self.border.sources.iter().enumerate() {
            rules.push(format!("!(rst[{c}] & s{i}_valid[{c}])"));
            if c > 0 {
                let (b, w) = (c - 1, p.width);
                let same = format!(
                    "s{i}_valid[{c}] & s{i}_last[{c}] == s{i}_last[{b}] & s{i}_data[{} +: {w}] == s{i}_data[{} +: {w}]",
                    c as u32 * w,
                    b as u32 * w
                );
                rules.push(format!("(!s{i}_valid[{b}] | gold{b}_s{i}_ready | rst[{c}] | ({same}))"));
            }
            let Some(beats) = self.beats[i] else { continue };
            let _ = writeln!(t, "  wire [31:0] s{i}_at{c} = {};", self.beat(i, c, beats, question));
            rules.extend((c == 0).then(|| format!("s{i}_at0 < {beats}")));
            if p.last.is_some() {
                rules.push(format!("(!s{i}_valid[{c}] | s{i}_last[{c}] == (s{i}_at{c} == {}))", beats - 1));
            }
        }
        let _ = writeln!(t, "  wire ok{c} = {};", rules.join(" & "));
    }

    /// Which beat of its frame a source offers in a cycle.
    fn beat(&self, i: usize, c: usize, beats: usize, question: Question) -> String {
        if c == 0 {
            return if question == Question::Reset { "0".into() } else { format!("s{i}_at") };
        }
        let b = c - 1;
        let next = format!("(s{i}_at{b} == {} ? 0 : s{i}_at{b} + 1)", beats - 1);
        format!("rst[{b}] ? 0 : (s{i}_valid[{b}] & gold{b}_s{i}_ready) ? {next} : s{i}_at{b}")
    }

    /// What the other sides of the streams can tell in a cycle: whether an offered beat is taken, whether a beat is there,
    /// and what is in it but for padding.
    fn compare(&self, t: &mut String, c: usize) {
        let mut differs = vec!["1'b0".to_string()];
        differs.extend(
            (0..self.border.sources.len())
                .map(|i| format!("(s{i}_valid[{c}] & (gold{c}_s{i}_ready != gate{c}_s{i}_ready))")),
        );
        for (k, p) in self.border.sinks.iter().enumerate() {
            let (gold, gate) = (format!("gold{c}_k{k}"), format!("gate{c}_k{k}"));
            differs.push(format!("({gold}_valid != {gate}_valid)"));
            let filled = self.filled[k].map_or(p.width, |lanes| lanes as u32 * p.shape.bits);
            let mut same = format!("{gold}_data[{}:0] == {gate}_data[{}:0]", filled - 1, filled - 1);
            if filled < p.width {
                let full = if p.last.is_some() { format!("{gold}_last") } else { "1'b1".into() };
                let rest = format!("{}:{filled}", p.width - 1);
                same.push_str(&format!(" & ({full} | {gold}_data[{rest}] == {gate}_data[{rest}])"));
            }
            differs.push(format!("({gold}_valid & !({same} & {gold}_last == {gate}_last))"));
        }
        let _ = writeln!(t, "  wire bad{c} = !rst[{c}] & ({});", differs.join(" | "));
    }
}
