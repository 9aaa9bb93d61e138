//! The devices, and what Yosys and nextpnr call them.

/// What a design is synthesized for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// Lattice ECP5-85F, speed grade 6.
    Ecp5_85k,
    /// Lattice iCE40 UP5K.
    Ice40Up5k,
    /// Lattice iCE40 HX8K.
    Ice40Hx8k,
    /// Standard cells: the free library osu018 (0.18 um).
    GatesOsu018,
}

/// Devices that share a synthesis command and a place-and-route tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Lattice ECP5.
    Ecp5,
    /// Lattice iCE40.
    Ice40,
    /// Standard cells.
    Gates,
}

impl Device {
    /// Every device.
    pub const ALL: [Device; 4] = [Device::Ecp5_85k, Device::Ice40Up5k, Device::Ice40Hx8k, Device::GatesOsu018];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Device::Ecp5_85k => "ecp5-85k",
            Device::Ice40Up5k => "ice40-up5k",
            Device::Ice40Hx8k => "ice40-hx8k",
            Device::GatesOsu018 => "gates-osu018",
        }
    }

    /// The device of that name.
    pub fn find(name: &str) -> Option<Device> {
        Device::ALL.into_iter().find(|d| d.name() == name)
    }

    /// Its family.
    pub fn family(self) -> Family {
        match self {
            Device::Ecp5_85k => Family::Ecp5,
            Device::Ice40Up5k | Device::Ice40Hx8k => Family::Ice40,
            Device::GatesOsu018 => Family::Gates,
        }
    }

    /// Yosys' synthesis command.
    ///
    /// `-nowidelut`: without it Yosys 0.70 spends more than twice the LUTs on wide multiplexers, at no better clock.
    pub(crate) fn synth(self) -> &'static str {
        match self {
            Device::Ecp5_85k => "synth_ecp5 -nowidelut",
            Device::Ice40Up5k => "synth_ice40 -dsp -spram -device u",
            Device::Ice40Hx8k => "synth_ice40 -device hx",
            Device::GatesOsu018 => "synth -flatten -noabc",
        }
    }

    /// nextpnr's options for the device and its largest package.
    pub(crate) fn pnr_options(self) -> &'static [&'static str] {
        match self {
            Device::Ecp5_85k => &["--85k", "--package", "CABGA756", "--speed", "6", "--out-of-context"],
            Device::Ice40Up5k => &["--up5k", "--package", "sg48"],
            Device::Ice40Hx8k => &["--hx8k", "--package", "ct256"],
            Device::GatesOsu018 => &[],
        }
    }

    /// The clock that place and route aims at where the user names none, in MHz.
    pub fn default_mhz(self) -> f64 {
        match self {
            Device::Ecp5_85k => 100.0,
            Device::Ice40Up5k => 48.0,
            Device::Ice40Hx8k => 60.0,
            Device::GatesOsu018 => 0.0,
        }
    }

    /// What the device has: logic cells, multipliers, block RAMs, large RAMs.
    pub fn capacity(self) -> Option<[u64; 4]> {
        match self {
            Device::Ecp5_85k => Some([83_640, 156, 208, 0]),
            Device::Ice40Up5k => Some([5_280, 8, 30, 4]),
            Device::Ice40Hx8k => Some([7_680, 0, 32, 0]),
            Device::GatesOsu018 => None,
        }
    }
}
