//! Verilog for Verilator, and what its top looks like.

use niello_gen::emit::{verilog, OutputFile};
use niello_gen::ir::ValidDesign;

/// Verilog and what its top looks like.
pub struct Source {
    pub(super) files: Vec<OutputFile>,
    pub(super) top: String,
    /// The top has a clock.
    pub clk: bool,
    /// The top has a reset.
    pub rst: bool,
    /// See [`VerilatorEngine::selectable`].
    pub selector: Option<&'static str>,
}

impl Source {
    /// The Verilog that a design prints.
    pub fn of(design: &ValidDesign) -> Source {
        Source {
            files: verilog(design),
            top: design.top().name.clone(),
            clk: design.needs_clk(design.top_id()),
            rst: design.needs_rst(design.top_id()),
            selector: None,
        }
    }

    /// One file of another tool's making, with the border of a design and a selector beside it.
    pub fn derived(design: &ValidDesign, text: String, selector: &'static str) -> Source {
        let path = format!("{}.v", design.top().name);
        Source { files: vec![OutputFile { path, text }], selector: Some(selector), ..Source::of(design) }
    }
}
