//! Prints a [`ValidDesign`] as plain Verilog-2005: one file a module, `.mem` files beside large ROMs.
//!
//! The printer says exactly what [`crate::ir::eval`] defines: an arithmetic operator stands alone on a
//! net of its exact width with operands of that width, so no context rule of Verilog can change it.

mod expr;
mod mem;
mod module;
mod naming;
mod text;

pub use text::comment;

use crate::ir::ValidDesign;

/// A file to write, with a path relative to the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// File name: a module's name and a suffix.
    pub path: String,
    /// Contents.
    pub text: String,
}

/// The design's files, children before parents, top last.
pub fn verilog(design: &ValidDesign) -> Vec<OutputFile> {
    let mut files = Vec::new();
    for id in design.modules() {
        files.extend(mem::contents(design.module(id)));
        files.push(module::print(design, id));
    }
    files
}
