//! Figures of a synthesized design.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::devices::{Cells, Device};

/// What a design takes and how fast it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Device.
    pub device: String,
    /// Versions of the tools that made the figures.
    pub tools: Vec<String>,
    /// Cells by type, as Yosys counts them after mapping.
    pub cells: BTreeMap<String, u64>,
    /// After place and route.
    pub placed: Option<Placed>,
    /// In standard cells.
    pub gates: Option<Gates>,
}

/// After place and route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Clock rate reached, in MHz; none where no path runs from register to register.
    pub fmax_mhz: Option<f64>,
    /// Clock rate aimed at.
    pub aimed_mhz: f64,
    /// Seed of the placer.
    pub seed: u64,
    /// The longest path between registers.
    pub critical: Path,
    /// What the tool does not model, if anything.
    pub caveat: Option<String>,
}

/// A path between registers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// Cell and port it starts from.
    pub from: String,
    /// Cell and port it ends at.
    pub to: String,
    /// The nets on it.
    pub hops: Vec<Hop>,
}

/// A net on a path, and the cell that drives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hop {
    /// Net name.
    pub net: String,
    /// Delay of the driving cell, in ns.
    pub logic_ns: f64,
    /// Delay of the net.
    pub route_ns: f64,
}

/// In standard cells, mapped twice: for area and for speed. Delays are those of the longest combinational path, without
/// wires, setup and clock-to-output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gates {
    /// Area of everything, in um2, mapped for area.
    pub area_um2: f64,
    /// Its delay in ps.
    pub delay_ps: f64,
    /// Area mapped for speed.
    pub fast_area_um2: f64,
    /// Its delay.
    pub fast_delay_ps: f64,
    /// Area of the flip-flops in both.
    pub registers_um2: f64,
}

impl Figures {
    /// Cells of these types; a name that ends with `*` stands for all that begin so.
    pub fn count(&self, types: &[&str]) -> u64 {
        let is = |cell: &str, of: &str| of.strip_suffix('*').map_or(cell == of, |start| cell.starts_with(start));
        self.cells.iter().filter(|(cell, _)| types.iter().any(|of| is(cell, of))).map(|c| c.1).sum()
    }

    /// How the device's cells are counted.
    fn of(&self) -> Option<&'static Cells> {
        Device::find(&self.device)?.cells
    }

    fn weighed(&self, cells: &[(&str, u64)]) -> u64 {
        cells.iter().map(|(cell, n)| n * self.count(&[cell])).sum()
    }

    fn of_kind(&self, kind: fn(&Cells) -> &'static [&'static str]) -> u64 {
        self.of().map_or(0, |c| self.count(kind(c)))
    }

    /// Look-up tables.
    pub fn luts(&self) -> u64 {
        self.of_kind(|c| c.luts)
    }

    /// Carry cells: of two bits on ECP5, of one on iCE40.
    pub fn carries(&self) -> u64 {
        self.of_kind(|c| c.carries)
    }

    /// Logic in look-up tables, with what takes their place: carries, small RAMs.
    pub fn lut_equivalents(&self) -> u64 {
        let others = self.of().map_or(&[][..], |c| c.as_luts);
        self.luts() + self.weighed(others)
    }

    /// Flip-flops.
    pub fn registers(&self) -> u64 {
        self.of_kind(|c| c.registers)
    }

    /// Multipliers.
    pub fn dsps(&self) -> u64 {
        self.of().map_or(0, |c| self.weighed(c.dsps))
    }

    /// Block RAMs.
    pub fn block_rams(&self) -> u64 {
        self.of().map_or(0, |c| self.weighed(c.block_rams))
    }

    /// RAMs that are larger than block RAMs.
    pub fn large_rams(&self) -> u64 {
        self.of_kind(|c| c.large_rams)
    }
}
