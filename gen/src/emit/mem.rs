//! Memories: RAMs, small ROMs as a `case`, larger ones from a `.mem` file.

use super::expr::Printer;
use super::text::{literal, range};
use super::OutputFile;
use crate::ir::{Mem, Module};

/// ROMs of at most this many words and bits print as a `case`.
const CASE_WORDS: u32 = 32;
const CASE_BITS: u64 = 1024;

fn is_case(mem: &Mem) -> bool {
    mem.depth <= CASE_WORDS && u64::from(mem.depth) * u64::from(mem.width) <= CASE_BITS
}

fn file_name(m: &Module, mem: &Mem) -> String {
    if m.mems.len() == 1 {
        format!("{}.mem", m.name)
    } else {
        format!("{}_{}.mem", m.name, mem.name)
    }
}

/// The `.mem` files of a module: one hexadecimal word a line, addresses ascending.
pub fn contents(m: &Module) -> Vec<OutputFile> {
    let file = |mem: &Mem, words: &[crate::num::Bits]| {
        let digits = mem.width.div_ceil(4) as usize;
        let mut text = String::with_capacity(words.len() * (digits + 1));
        for w in words {
            text.push_str(&format!("{:0digits$x}\n", w.unsigned()));
        }
        OutputFile { path: file_name(m, mem), text }
    };
    m.mems.iter().filter(|x| !is_case(x)).filter_map(|x| Some(file(x, x.rom.as_ref()?))).collect()
}

/// True if the module reads a `.mem` file.
pub fn needs_mem_dir(m: &Module) -> bool {
    m.mems.iter().any(|x| x.rom.is_some() && !is_case(x))
}

fn output(mem: &Mem, port: usize) -> String {
    if port == 0 {
        format!("{}_q", mem.name)
    } else {
        format!("{}_r{port}_q", mem.name)
    }
}

/// Declarations of one memory: the words and the read registers.
pub fn declare(m: &Module, mem: &Mem) -> Vec<String> {
    let width = range(mem.width);
    let mut lines: Vec<String> =
        (0..mem.reads.len()).map(|port| format!("reg {width}{};", output(mem, port))).collect();
    if mem.rom.is_none() || !is_case(mem) {
        lines.push(format!("reg {width}{} [0:{}];", mem.name, mem.depth - 1));
    }
    if mem.rom.is_some() && !is_case(mem) {
        lines.push(format!("initial $readmemh({{`NL_MEM_DIR, \"{}\"}}, {});", file_name(m, mem), mem.name));
    }
    lines
}

/// Processes of one memory.
pub fn print(p: &Printer<'_>, mem: &Mem) -> Vec<String> {
    let q = |port: usize| output(mem, port);
    let mut lines = Vec::new();
    if let Some(words) = mem.rom.as_ref().filter(|_| is_case(mem)) {
        for (port, read) in mem.reads.iter().enumerate() {
            let guard = guard(p, read.enable);
            lines.push(format!("always @(posedge clk) {guard}begin"));
            lines.push(format!("  case ({})", p.operand(read.addr)));
            let addr_bits = p.m.width(read.addr);
            for (a, word) in words.iter().enumerate().take(words.len() - 1) {
                lines.push(format!("    {addr_bits}'d{a}: {} <= {};", q(port), literal(word)));
            }
            lines.push(format!("    default: {} <= {};", q(port), words.last().map(literal).unwrap_or_default()));
            lines.extend(["  endcase".into(), "end".into()]);
        }
        return lines;
    }
    if let Some(w) = mem.write {
        lines.push(format!("always @(posedge clk) {}begin", guard(p, w.enable)));
        lines.push(format!("  {}[{}] <= {};", mem.name, p.operand(w.addr), p.operand(w.data)));
        lines.push("end".into());
    }
    for (port, read) in mem.reads.iter().enumerate() {
        lines.push(format!("always @(posedge clk) {}begin", guard(p, read.enable)));
        lines.push(format!("  {} <= {}[{}];", q(port), mem.name, p.operand(read.addr)));
        lines.push("end".into());
    }
    lines
}

fn guard(p: &Printer<'_>, enable: crate::ir::NetId) -> String {
    match p.operand(enable).as_str() {
        "1'd1" => String::new(),
        e => format!("if ({e}) "),
    }
}
