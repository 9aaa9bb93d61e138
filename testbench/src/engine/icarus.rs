//! The second opinion: Icarus Verilog, four-state, driven by a generated bench.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use niello_gen::emit::{verilog, OutputFile};
use niello_gen::ir::{Dir, ValidDesign};
use niello_rtl_templates::{render, BenchText, StreamText};

use super::{Compiled, Engine, EngineError, Run};
use crate::batch::{Batch, Bitmap, Breach, Received, Status, Trace, MAX_BREACHES};
use crate::streams::{Border, StreamPort};
use crate::tools;

/// The Icarus engine.
#[derive(Clone, Debug)]
pub struct IcarusEngine {
    iverilog: PathBuf,
    vvp: PathBuf,
}

impl IcarusEngine {
    /// With the Icarus on the PATH.
    ///
    /// # Errors
    /// E501: it is not on the PATH.
    pub fn find() -> Result<IcarusEngine, EngineError> {
        let (iverilog, vvp) = tools::icarus()?;
        Ok(IcarusEngine { iverilog, vvp })
    }
}

struct Prepared {
    engine: IcarusEngine,
    border: Border,
    files: Vec<OutputFile>,
    top: String,
    pins: Vec<String>,
    clk: bool,
    rst: bool,
}

impl Engine for IcarusEngine {
    fn name(&self) -> &'static str {
        "icarus"
    }
    fn compile(&self, design: &ValidDesign) -> Result<Box<dyn Compiled>, EngineError> {
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        let (clk, rst) = (design.needs_clk(design.top_id()), design.needs_rst(design.top_id()));
        let pins = pins(design, clk, rst);
        let (files, top) = (verilog(design), design.top().name.clone());
        Ok(Box::new(Prepared { engine: self.clone(), border, files, top, pins, clk, rst }))
    }
}

/// The instance's connections, in terms of the bench's packed beats.
fn pins(design: &ValidDesign, clk: bool, rst: bool) -> Vec<String> {
    let top = design.top();
    let mut pins: Vec<String> = Vec::new();
    if clk {
        pins.push(".clk(clk)".into());
    }
    if rst {
        pins.push(".rst(rst)".into());
    }
    let (mut sources, mut sinks) = (0, 0);
    for s in &top.streams {
        let (tag, n, offer) = if s.dir == Dir::In { ("s", &mut sources, "offer") } else { ("k", &mut sinks, "valid") };
        let (name, w) = (&s.name, s.shape.width());
        pins.push(format!(".{name}_tdata({tag}{n}_beat[{}:0])", w - 1));
        pins.push(format!(".{name}_tvalid({tag}{n}_{offer})"));
        if s.last.is_some() {
            pins.push(format!(".{name}_tlast({tag}{n}_beat[{w}])"));
        }
        pins.push(format!(".{name}_tready({tag}{n}_ready)"));
        *n += 1;
    }
    let last = pins.len().saturating_sub(1);
    pins.iter_mut().take(last).for_each(|p| p.push(','));
    pins
}

impl Compiled for Prepared {
    fn run(&mut self, batches: &[Batch]) -> Result<Vec<Run>, EngineError> {
        batches.iter().map(|b| Ok(Run { trace: self.run_one(b)?, faults: Vec::new() })).collect()
    }
}

impl Prepared {
    fn run_one(&self, batch: &Batch) -> Result<Trace, EngineError> {
        let io = |e: std::io::Error| EngineError::io(&std::env::temp_dir(), &e);
        let dir = tempfile::tempdir().map_err(io)?;
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            fs::write(&path, text).map_err(|e| EngineError::io(&path, &e))
        };
        let mut sources = Vec::new();
        for f in &self.files {
            write(&f.path, &f.text)?;
            if f.path.ends_with(".v") {
                sources.push(f.path.clone());
            }
        }
        for (i, (port, plan)) in self.border.sources.iter().zip(&batch.sources).enumerate() {
            write(&format!("s{i}_beats.hex"), &beats_hex(port, &plan.words))?;
            write(&format!("s{i}_stall.hex"), &bits_hex(&plan.stall))?;
        }
        for (i, plan) in batch.sinks.iter().enumerate() {
            write(&format!("k{i}_stall.hex"), &bits_hex(&plan.stall))?;
        }
        let mut resets = String::new();
        for r in &batch.resets {
            let _ = writeln!(resets, "{:x}\n{:x}", r.start, r.length);
            for b in &r.resume {
                let _ = writeln!(resets, "{b:x}");
            }
        }
        resets.push_str("0\n");
        write("resets.hex", &resets)?;
        write("bench.v", &render(&self.bench(batch)))?;
        let mut c = Command::new(&self.engine.iverilog);
        c.current_dir(dir.path())
            .args(["-g2005", "-Wall", "-s", "nl_batch_bench", "-o", "sim.vvp", "bench.v"])
            .args(&sources);
        let warnings = call("iverilog", &mut c)?;
        if let Some(w) = warnings.lines().find(|l| !l.contains("bench.v")) {
            return Err(EngineError::Failed { tool: "iverilog".into(), what: w.into(), command: format!("{c:?}") });
        }
        call("vvp", Command::new(&self.engine.vvp).current_dir(dir.path()).args(["-n", "sim.vvp"]))?;
        let path = dir.path().join("out.txt");
        let text = fs::read_to_string(&path).map_err(|e| EngineError::io(&path, &e))?;
        self.parse(&text)
            .ok_or_else(|| EngineError::Garbled { tool: "Icarus".into(), what: "incomplete results".into() })
    }

    fn bench(&self, batch: &Batch) -> BenchText {
        let stream = |index: usize, p: &StreamPort| {
            let beat_bits = p.width as usize + usize::from(p.last.is_some());
            StreamText {
                index,
                name: p.name.clone(),
                beat_bits,
                junk_words: beat_bits.div_ceil(64),
                ..StreamText::default()
            }
        };
        let sources = self.border.sources.iter().zip(&batch.sources).enumerate();
        let sinks = self.border.sinks.iter().zip(&batch.sinks).enumerate();
        BenchText {
            top: self.top.clone(),
            pins: self.pins.clone(),
            clk: self.clk,
            rst: self.rst,
            out_file: "out.txt".into(),
            sources: sources
                .map(|(i, (p, s))| StreamText { beats: s.beats, stall_bits: s.stall.period(), ..stream(i, p) })
                .collect(),
            sinks: sinks
                .map(|(i, (p, s))| StreamText {
                    expect: s.expect,
                    stall_bits: s.stall.period(),
                    after_valid: s.after_valid,
                    ..stream(i, p)
                })
                .collect(),
            n_resets: batch.resets.len(),
            reset_stride: 2 + self.border.sources.len(),
            reset_words: batch.resets.len() * (2 + self.border.sources.len()),
            resets_end: batch.resets.last().map_or(0, |r| r.start + r.length),
            drain: batch.drain,
            watchdog: batch.watchdog,
            max_cycles: batch.max_cycles,
        }
    }

    fn parse(&self, text: &str) -> Option<Trace> {
        let mut trace = Trace {
            status: Status::TimedOut,
            cycles: 0,
            accepted: vec![Vec::new(); self.border.sources.len()],
            received: vec![Received::default(); self.border.sinks.len()],
            breaches: Vec::new(),
        };
        let mut ended = false;
        for line in text.lines() {
            let mut word = line.split_whitespace();
            let kind = word.next()?;
            let mut number = || word.next()?.parse::<u64>().ok();
            match kind {
                "A" => trace.accepted.get_mut(number()? as usize)?.push(number()?),
                "R" => {
                    let k = number()? as usize;
                    let cycle = number()?;
                    let words = words_of_hex(word.next()?, self.border.sinks[k].words());
                    let sink = trace.received.get_mut(k)?;
                    sink.cycles.push(cycle);
                    sink.words.extend(words);
                }
                "B" if trace.breaches.len() < MAX_BREACHES => {
                    let (cycle, k, rule) = (number()?, number()? as usize, number()?);
                    trace.breaches.push((
                        cycle,
                        k,
                        [Breach::Withdrawn, Breach::Unstable][..]
                            .get(rule as usize)
                            .copied()
                            .unwrap_or(Breach::Unknown),
                    ));
                }
                "B" => {}
                "E" => {
                    trace.status = *[Status::Done, Status::Hang, Status::TimedOut].get(number()? as usize)?;
                    trace.cycles = number()?;
                    ended = true;
                }
                _ => return None,
            }
        }
        ended.then_some(trace)
    }
}

/// Runs a command; its warnings.
fn call(tool: &str, command: &mut Command) -> Result<String, EngineError> {
    let out = command.output().map_err(|e| EngineError::Failed {
        tool: tool.into(),
        what: e.to_string(),
        command: format!("{command:?}"),
    })?;
    let text = String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    // A missing memory file is only a message to Icarus; here it is a failure.
    if out.status.success() && !text.contains("ERROR") && !text.contains("Unable to open") {
        return Ok(text);
    }
    let said = text.lines().find(|l| l.to_lowercase().contains("error")).or(text.lines().next());
    let what = said.unwrap_or("no message").to_string();
    Err(EngineError::Failed { tool: tool.into(), what, command: format!("{command:?}") })
}

fn beats_hex(port: &StreamPort, words: &[u64]) -> String {
    let mut text = String::new();
    for beat in words.chunks(port.words()) {
        for w in beat.iter().rev() {
            let _ = write!(text, "{w:016x}");
        }
        text.push('\n');
    }
    // One word more than there are beats, so that the memory is never empty.
    text.push_str("0\n");
    text
}

fn bits_hex(bits: &Bitmap) -> String {
    (0..bits.period() as u64).map(|i| if bits.at(i) { "1\n" } else { "0\n" }).collect()
}

/// A hexadecimal beat as words; unknown digits read as zero (the breach beside them tells).
fn words_of_hex(hex: &str, n: usize) -> Vec<u64> {
    let digits: Vec<u64> = hex.bytes().rev().map(|b| u64::from((b as char).to_digit(16).unwrap_or(0))).collect();
    (0..n).map(|w| digits.iter().skip(w * 16).take(16).enumerate().fold(0, |acc, (i, d)| acc | d << (4 * i))).collect()
}
