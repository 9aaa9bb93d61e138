//! Beats on their way through registers that all move together, in blocks that read and write back what they keep of each.

use crate::hdl::{Bool, Mod};

/// No beat on its way has the address of the next one: frames of a few beats wait for their own.
pub fn has_room<'m>(m: &'m Mod<'_>, beats: u32, valid: &[Bool<'m>]) -> Bool<'m> {
    if beats as usize > valid.len() {
        return m.bool(true);
    }
    let count = valid.iter().skip(1).fold(valid[0].to_uint(), |sum, v| sum + v.to_uint());
    let most = m.u(beats.into(), count.width());
    most.gt(count).named("has_room")
}
