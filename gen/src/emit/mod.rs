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

/// Wires that the printer declares in all modules, and how many of them have a name that their author gave; the others are called by
/// what they feed and by their operator.
pub fn wires(design: &ValidDesign) -> (usize, usize) {
    let (mut all, mut named) = (0, 0);
    for id in design.modules() {
        let m = design.module(id);
        let plan = naming::Naming::new(design, m);
        for (net, _) in plan.wires(m) {
            all += 1;
            named +=
                usize::from(net.name.is_some() || net.hint.is_some() || matches!(net.op, crate::ir::Op::InstOut(..)));
        }
    }
    (all, named)
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
