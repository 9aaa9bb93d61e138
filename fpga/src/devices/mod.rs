//! The devices, one file a family: what they have, what Yosys and nextpnr call them, how their cells are counted, and what plans take
//! them for.

mod ecp5;
mod gates;
mod gowin;
mod ice40;
mod nexus;
mod xilinx7;

pub use ecp5::{ECP5_25K, ECP5_45K, ECP5_85K};
pub use gates::GATES_OSU018;
pub use gowin::{GW1N_9, GW2A_18};
pub use ice40::{ICE40_HX8K, ICE40_UP5K};
pub use nexus::LIFCL_40;
pub use xilinx7::{XC7A100T, XC7A35T};

use niello_gen::device::DeviceModel;

/// What a design is synthesized for.
#[derive(Debug)]
pub struct Device {
    /// Its name on the command line.
    pub name: &'static str,
    /// Maker, type, speed grade.
    pub about: &'static str,
    /// Yosys' synthesis command.
    pub synth: &'static str,
    /// How it is placed; none: it is only counted.
    pub pnr: Option<PlaceAndRoute>,
    /// Its cells; none: standard cells, which have an area.
    pub cells: Option<&'static Cells>,
    /// RAMs besides block RAMs that Yosys infers: how many, and what they are called.
    pub large_rams: Option<(u64, &'static str)>,
    /// What plans take it for; none: nothing is planned for it.
    pub model: Option<DeviceModel>,
}

/// Place and route of a device.
#[derive(Debug)]
pub struct PlaceAndRoute {
    /// The package that brings nextpnr.
    pub wheel: &'static str,
    /// The program where it is the machine's own.
    pub native: &'static str,
    /// nextpnr's options for the device and its largest package.
    pub options: &'static [&'static str],
    /// More ports than a package has pins stop it: the border is wrapped.
    pub wrapped: Wrapped,
    /// Where tools place no pin of their own accord: a file with the wrapper's three pins, and its contents. The options name it.
    pub pins: Option<(&'static str, &'static str)>,
    /// A carry cell whose chains may not start from a constant, as Yosys has them: their first input is left open, which changes what the
    /// netlist computes and no delay.
    pub open_carry: Option<&'static str>,
    /// What it does not model, where multipliers are used.
    pub untimed: Option<&'static str>,
    /// The clock that it aims at where the user names none, in MHz.
    pub mhz: f64,
}

/// How a design with more ports than pins is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// As it is: the tool takes pins from nowhere.
    Not,
    /// Registers around it, which Yosys leaves apart until the design has been counted.
    Around,
    /// The same in a second run of Yosys: it gives pads and constants to each module that is left apart.
    Again,
}

/// Yosys' cells of a family. A name that ends with `*` stands for all that begin so; a number is for how many one counts.
#[derive(Debug)]
pub struct Cells {
    /// Lookup tables.
    pub luts: &'static [&'static str],
    /// Carry cells.
    pub carries: &'static [&'static str],
    /// What else takes the place of lookup tables, and of how many.
    pub as_luts: &'static [(&'static str, u64)],
    /// Flip-flops.
    pub registers: &'static [&'static str],
    /// Multipliers.
    pub dsps: &'static [(&'static str, u64)],
    /// Block RAMs.
    pub block_rams: &'static [(&'static str, u64)],
    /// RAMs that are larger.
    pub large_rams: &'static [&'static str],
    /// What a lookup table is called.
    pub lut_name: &'static str,
}

/// When and how the models were compared with synthesis.
const FIT: &str = "Yosys 0.70, 2026-11-26: `cargo test --release --test synth devices`";

/// Every device.
pub const ALL: [&Device; 11] = [
    &ECP5_85K,
    &ECP5_45K,
    &ECP5_25K,
    &ICE40_UP5K,
    &ICE40_HX8K,
    &LIFCL_40,
    &GW1N_9,
    &GW2A_18,
    &XC7A35T,
    &XC7A100T,
    &GATES_OSU018,
];

impl Device {
    /// The device of that name.
    pub fn find(name: &str) -> Option<&'static Device> {
        ALL.into_iter().find(|d| d.name == name)
    }

    /// The clock that place and route aims at where the user names none, in MHz.
    pub fn default_mhz(&self) -> f64 {
        self.pnr.as_ref().map_or(0.0, |p| p.mhz)
    }

    /// What networks are folded for: the device, or the usual one where it has no blocks to fold for.
    pub fn planned(&self) -> &DeviceModel {
        self.model.as_ref().unwrap_or(ecp5::USUAL)
    }
}

impl PartialEq for Device {
    fn eq(&self, other: &Device) -> bool {
        self.name == other.name
    }
}
