//! niello's text templates: the layout of emitted files. Every number and every decision is computed in
//! Rust before; a template only prints.

use askama::Template;

/// A Verilog module.
#[derive(Template)]
#[template(path = "module.v", syntax = "rtl", escape = "none")]
pub struct ModuleText {
    /// Module and file name.
    pub name: String,
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

/// Renders a template of this crate. They have no fallible parts: writing to a string cannot fail.
pub fn render(t: &impl Template) -> String {
    t.render().unwrap_or_default()
}
