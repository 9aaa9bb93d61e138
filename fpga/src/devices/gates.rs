//! Standard cells.

use super::Device;

/// The free library osu018 (0.18 um).
pub static GATES_OSU018: Device = Device {
    name: "gates-osu018",
    about: "standard cells: the free library osu018 (0.18 um)",
    synth: "synth -flatten -noabc",
    pnr: None,
    cells: None,
    large_rams: None,
    model: None,
};
