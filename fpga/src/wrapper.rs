//! Registers around a design, so that one with hundreds of pins fits a package: inputs come from a shift register,
//! outputs are mixed into another. nextpnr has no other way for iCE40.

use niello_gen::ir::{Dir, ValidDesign};
use niello_rtl_templates::{render, PinsText};

/// Module name of the wrapper.
pub const NAME: &str = "niello_pins";

/// The wrapper's Verilog.
pub fn wrapper(design: &ValidDesign) -> String {
    let top = design.top();
    let mut connections = Vec::new();
    let (mut inputs, mut outputs) = (0, 0);
    let range = |at: u32, width: u32| format!("[{}:{at}]", at + width - 1);
    for port in &top.ports {
        let (bus, at) = match port.dir {
            Dir::In => ("shift_q", &mut inputs),
            Dir::Out => ("seen", &mut outputs),
        };
        connections.push(format!(".{}({bus}{})", port.name, range(*at, port.width)));
        *at += port.width;
    }
    let id = design.top_id();
    if design.needs_rst(id) {
        connections.insert(0, format!(".rst(shift_q{})", range(inputs, 1)));
        inputs += 1;
    }
    if design.needs_clk(id) {
        connections.insert(0, ".clk(clk)".into());
    }
    // Two at least, so that both registers have a part to shift.
    render(&PinsText {
        name: NAME,
        top: top.name.clone(),
        inputs: inputs.max(2),
        outputs: outputs.max(2),
        used: outputs,
        connections,
    })
}
