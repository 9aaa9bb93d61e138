use super::{Checked, Config};
use crate::blocks::parts::rows::{Loop, Rows};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

/// Of each pixel the channels that belong to this row of the result; then those of the next row.
pub(super) fn rows(c: &Config) -> Rows {
    let (pixel, part) = (i64::from(c.channels / c.lanes), i64::from(c.out() / c.lanes));
    // From the last channel of one pixel's share to the first one of the next pixel's.
    let next_pixel = pixel - i64::from(c.size) * part + 1;
    let loops = vec![
        Loop { name: "channel", times: c.out() / c.lanes * c.size, step: 1 },
        Loop { name: "pixel", times: c.width, step: next_pixel },
        Loop { name: "row_part", times: c.size, step: 1 - (i64::from(c.width) - 1) * pixel },
    ];
    Rows { beats: c.row() as u32, height: c.height, loops }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    rows(c).build(c.module(build), BeatShape::new(c.lanes, c.bits, c.signed))
}
