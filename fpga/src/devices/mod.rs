//! The devices, one file a family: what they have, what Yosys and nextpnr call them, how their cells are counted, and what plans take
//! them for.

mod ecp5;
mod gates;
mod ice40;

pub use ecp5::ECP5_85K;
pub use gates::GATES_OSU018;
pub use ice40::{ICE40_HX8K, ICE40_UP5K};

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
    /// RAMs besides block RAMs that Yosys infers.
    pub large_rams: u64,
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
    pub wrapped: bool,
    /// The clock that it aims at where the user names none, in MHz.
    pub mhz: f64,
}

/// Yosys' cells of a family. A name that ends with `*` stands for all that begin so; a number is how many one counts for.
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
    pub dsps: &'static [&'static str],
    /// Block RAMs.
    pub block_rams: &'static [&'static str],
    /// RAMs that are larger.
    pub large_rams: &'static [&'static str],
    /// What a lookup table is called.
    pub lut_name: &'static str,
}

/// Every device.
pub const ALL: [&Device; 4] = [&ECP5_85K, &ICE40_UP5K, &ICE40_HX8K, &GATES_OSU018];

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
