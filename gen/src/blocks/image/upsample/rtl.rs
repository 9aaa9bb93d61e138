use super::{Checked, Config};
use crate::blocks::parts::rows::{Loop, Rows};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

/// A pixel again and again, then the next one; a row again and again.
pub(super) fn rows(c: &Config) -> Rows {
    let (pixel, row) = (i64::from(c.pixel()), i64::from(c.width) * i64::from(c.pixel()));
    let loops = vec![
        Loop { name: "channel", times: c.pixel(), step: 1 },
        Loop { name: "copy", times: c.factor_w, step: 1 - pixel },
        Loop { name: "pixel", times: c.width, step: 1 },
        Loop { name: "row_copy", times: c.factor_h, step: 1 - row },
    ];
    Rows { beats: row as u32, height: c.height, loops }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    rows(c).build(c.module(build), BeatShape::new(c.lanes, c.bits, c.signed))
}
