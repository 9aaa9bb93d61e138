//! niello's text templates: the layout of emitted files. Every number and every decision is computed in
//! Rust before; a template only prints.

use askama::Template;

/// A Verilog module.
#[derive(Template)]
#[template(path = "module.v", syntax = "rtl", escape = "none")]
pub struct ModuleText {
    /// Module and file name.
    pub name: String,
    /// An empty string: a line that a tag must not swallow.
    pub blank: &'static str,
    /// Comment lines above the module.
    pub header: Vec<String>,
    /// Port declarations with their separators.
    pub ports: Vec<String>,
    /// The body.
    pub blocks: Vec<Block>,
}

/// A run of body lines under a comment.
#[derive(Default)]
pub struct Block {
    /// The comment; empty for none.
    pub title: String,
    /// Lines, without the module's indentation.
    pub lines: Vec<String>,
}

/// A block's picture: ports, contents, beats of a run.
#[derive(Template)]
#[template(path = "picture.svg", syntax = "rtl", escape = "none")]
pub struct PictureText {
    /// The block.
    pub name: String,
    /// Its module.
    pub module: String,
    /// Lines in the box.
    pub inside: Vec<String>,
    /// Input streams.
    pub inputs: Vec<Wire>,
    /// Output streams.
    pub outputs: Vec<Wire>,
    /// Of the drawing.
    pub width: u32,
    /// Of the drawing.
    pub height: u32,
    /// Of the block.
    pub box_height: u32,
    /// The beats.
    pub ticks: Vec<Tick>,
    /// Under the beats.
    pub caption: String,
    /// Where it stands.
    pub caption_y: u32,
}

/// A stream in a picture.
pub struct Wire {
    /// Its name.
    pub name: String,
    /// Lanes and type.
    pub what: String,
    /// Where it stands.
    pub y: u32,
}

/// A beat in a picture, or a row's name.
pub struct Tick {
    /// The row's name; then nothing else counts but `y`.
    pub name: Option<String>,
    /// Left edge.
    pub x: String,
    /// Width.
    pub width: String,
    /// Top edge.
    pub y: u32,
    /// It belongs to the second frame.
    pub second: bool,
}

/// Registers around a design for place and route.
#[derive(Template)]
#[template(path = "pins.v", syntax = "rtl", escape = "none")]
pub struct PinsText {
    /// The wrapper's name.
    pub name: &'static str,
    /// The design's top module.
    pub top: String,
    /// Input bits to feed.
    pub inputs: u32,
    /// Output bits to watch.
    pub outputs: u32,
    /// Those that the design drives.
    pub used: u32,
    /// The instance's port connections.
    pub connections: Vec<String>,
}

/// A stream in the shim or the bench.
#[derive(Default)]
pub struct StreamText {
    /// Position among its kind.
    pub index: usize,
    /// Prefix of the port names.
    pub name: String,
    /// 64-bit words of a packed beat.
    pub words: usize,
    /// C++: copies the payload from `w` into the port.
    pub set_data: String,
    /// C++: copies the last mark from `w`.
    pub set_last: String,
    /// C++: copies the payload into `w`.
    pub get_data: String,
    /// C++: copies the last mark into `w`.
    pub get_last: String,
    /// Verilog: bits of a packed beat.
    pub beat_bits: usize,
    /// Verilog: beats to offer.
    pub beats: usize,
    /// Verilog: beats to wait for.
    pub expect: usize,
    /// Verilog: period of the stall pattern.
    pub stall_bits: usize,
    /// Verilog: 64-bit words that cover a beat.
    pub junk_words: usize,
    /// Verilog: ready only after valid was seen.
    pub after_valid: bool,
}

/// The C++ batch shim around a Verilator model.
#[derive(Template)]
#[template(path = "shim.cpp", syntax = "rtl", escape = "none")]
pub struct ShimText {
    /// Class of the model.
    pub prefix: String,
    /// Generated C++ files to include.
    pub model_files: Vec<String>,
    /// Answer of `nl_abi()`.
    pub abi: String,
    /// The top has a clock.
    pub clk: bool,
    /// The top has a reset.
    pub rst: bool,
    /// Write a VCD.
    pub trace: bool,
    /// An input that holds one value in a run: which of the designs behind it runs.
    pub selector: Option<&'static str>,
    /// Input streams.
    pub sources: Vec<StreamText>,
    /// Output streams.
    pub sinks: Vec<StreamText>,
    /// Number of input streams.
    pub n_sources: usize,
    /// Number of output streams.
    pub n_sinks: usize,
    /// Breaches kept.
    pub max_breaches: usize,
}

/// The Verilog batch bench for Icarus.
#[derive(Template)]
#[template(path = "bench.v", syntax = "rtl", escape = "none")]
pub struct BenchText {
    /// Top module.
    pub top: String,
    /// Pins of the instance.
    pub pins: Vec<String>,
    /// The top has a clock.
    pub clk: bool,
    /// The top has a reset.
    pub rst: bool,
    /// Where results go.
    pub out_file: String,
    /// Input streams.
    pub sources: Vec<StreamText>,
    /// Output streams.
    pub sinks: Vec<StreamText>,
    /// Number of resets.
    pub n_resets: usize,
    /// Words of a reset's record.
    pub reset_stride: usize,
    /// Words of all records.
    pub reset_words: usize,
    /// Cycle after the last reset.
    pub resets_end: u64,
    /// Quiet cycles that end a run.
    pub drain: u64,
    /// Quiet cycles that make a hang.
    pub watchdog: u64,
    /// Hard limit.
    pub max_cycles: u64,
}

/// Renders a template of this crate. They have no fallible parts: writing to a string cannot fail.
pub fn render(t: &impl Template) -> String {
    let mut text = t.render().unwrap_or_default();
    text.push('\n');
    text
}

/// The self-checking testbench of an exported design.
#[derive(Template)]
#[template(path = "plain_bench.v", syntax = "rtl", escape = "none")]
pub struct PlainBenchText {
    /// Top module.
    pub top: String,
    /// The top has a clock.
    pub clk: bool,
    /// The top has a reset.
    pub rst: bool,
    /// Input streams.
    pub sources: Vec<PlainStream>,
    /// Output streams.
    pub sinks: Vec<PlainStream>,
    /// Vectors, masks and ROM contents that lie beside it.
    pub files: Vec<PlainFile>,
    /// Frames of all streams.
    pub frames: usize,
    /// Output beats of all streams.
    pub expected: usize,
    /// Output bits that are compared.
    pub bits: u64,
    /// Cycles after which it gives up.
    pub limit: u64,
}

/// A stream of a plain testbench.
pub struct PlainStream {
    /// Prefix of its ports.
    pub name: String,
    /// Bits of a packed beat, the last mark included where there is one.
    pub bits: usize,
    /// Bits of its payload.
    pub width: usize,
    /// There is a last mark.
    pub last: bool,
    /// Beats of all frames.
    pub beats: usize,
}

/// A file of hexadecimal words that a plain testbench reads.
pub struct PlainFile {
    /// Its name.
    pub name: String,
    /// The Verilog expression of its path.
    pub path: String,
    /// The memory that takes it.
    pub memory: String,
    /// The memory is the testbench's own copy of a ROM.
    pub rom: bool,
    /// Words.
    pub words: usize,
    /// Bits of a word.
    pub bits: usize,
    /// Verilog expressions of 32 bits each that make up word `i`, low bits first.
    pub chunks: Vec<String>,
    /// Eight hexadecimal digits of all words.
    pub digest: String,
}

/// The README of an exported design.
#[derive(Template)]
#[template(path = "output_readme.md", syntax = "rtl", escape = "none")]
pub struct ReadmeText {
    /// Top module.
    pub top: String,
    /// One line on what this is.
    pub about: String,
    /// Frames of the testbench.
    pub frames: usize,
    /// Names of the input streams.
    pub inputs: String,
    /// Names of the output streams.
    pub outputs: String,
    /// What the testbench's frames are worth, a sentence each.
    pub vectors: Vec<String>,
}
