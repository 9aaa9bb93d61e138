//! Xilinx 7: no free tool places it, Yosys counts.

use niello_gen::device::{DeviceModel, Resources, Slicing};

use super::{Cells, Device, FIT};

/// A carry cell is of four bits beside four tables' outputs; a RAM of 32 x 6 takes four tables.
const CELLS: Cells = Cells {
    luts: &["LUT1", "LUT2", "LUT3", "LUT4", "LUT5", "LUT6"],
    carries: &["CARRY4"],
    as_luts: &[("RAM32M", 4), ("RAM64M", 4), ("RAM32X1D", 2), ("RAM64X1D", 2), ("RAM128X1D", 4), ("SRL*", 1)],
    registers: &["FDRE", "FDSE", "FDCE", "FDPE"],
    dsps: &[("DSP48E1", 1)],
    block_rams: &[("RAMB18E1", 1), ("RAMB36E1", 2)],
    large_rams: &[],
    lut_name: "LUT6",
};

/// Block RAMs of 18 kbit (one of 36 is two); multipliers of 25 x 18.
const MODEL: DeviceModel = DeviceModel {
    name: "",
    capacity: Resources { dsps: 0, block_rams: 0, luts: 0 },
    multiplier_name: "multipliers of 25 x 18",
    block_ram: &[(16384, 1), (8192, 2), (4096, 4), (2048, 9), (1024, 18), (512, 36)],
    write_bits: 9,
    table_ram: Some((32, 6, 8)),
    multiplier: Some(Slicing { piece: [24, 17], remnant: 2, least: 2 }),
    tables_of_16: 7,
    fit: FIT,
};

/// XC7A35T.
pub static XC7A35T: Device = Device {
    name: "xc7a35t",
    about: "Xilinx Artix-7 XC7A35T (Yosys counts; nothing free places it)",
    synth: "synth_xilinx -family xc7 -flatten -nowidelut",
    pnr: None,
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(DeviceModel {
        name: "xc7a35t",
        capacity: Resources { dsps: 90, block_rams: 100, luts: 20_800 },
        ..MODEL
    }),
};

/// XC7A100T.
pub static XC7A100T: Device = Device {
    name: "xc7a100t",
    about: "Xilinx Artix-7 XC7A100T (Yosys counts; nothing free places it)",
    synth: "synth_xilinx -family xc7 -flatten -nowidelut",
    pnr: None,
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(DeviceModel {
        name: "xc7a100t",
        capacity: Resources { dsps: 240, block_rams: 270, luts: 63_400 },
        ..MODEL
    }),
};
