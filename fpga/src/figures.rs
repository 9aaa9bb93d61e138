//! Figures of a synthesized design.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// Cells of these types.
    pub fn count(&self, types: &[&str]) -> u64 {
        types.iter().filter_map(|t| self.cells.get(*t)).sum()
    }

    /// 4-input look-up tables.
    pub fn luts(&self) -> u64 {
        self.count(&["LUT4", "SB_LUT4"])
    }

    /// Carry cells: of two bits on ECP5, of one on iCE40.
    pub fn carries(&self) -> u64 {
        self.count(&["CCU2C", "SB_CARRY"])
    }

    /// Logic in LUT4 equivalents: on ECP5 a carry cell takes two LUTs, a LUT-RAM cell four; on iCE40 the carry
    /// belongs to a LUT's own cell.
    pub fn lut_equivalents(&self) -> u64 {
        self.luts() + 2 * self.count(&["CCU2C"]) + 4 * self.count(&["TRELLIS_DPR16X4"])
    }

    /// Flip-flops.
    pub fn registers(&self) -> u64 {
        self.cells
            .iter()
            .filter(|(k, _)| *k == "TRELLIS_FF" || k.starts_with("SB_DFF") || k.starts_with("DFF"))
            .map(|c| c.1)
            .sum()
    }

    /// Multipliers.
    pub fn dsps(&self) -> u64 {
        self.count(&["MULT18X18D", "SB_MAC16"])
    }

    /// Block RAMs.
    pub fn block_rams(&self) -> u64 {
        let ice = self.cells.iter().filter(|(k, _)| k.starts_with("SB_RAM40_4K")).map(|c| c.1).sum::<u64>();
        ice + self.count(&["DP16KD"])
    }

    /// The large RAMs of iCE40 UP5K.
    pub fn large_rams(&self) -> u64 {
        self.count(&["SB_SPRAM256KA"])
    }
}
