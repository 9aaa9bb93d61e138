//! What a flatbuffer of TFLite is made of besides tables: offsets that lead somewhere, and integers at any place.

use flatbuffers::{Follow, InvalidFlatbuffer, SimpleToVerifyInSlice, Verifiable, Verifier};

/// Where the offset at `pos` leads. Zero would lead to itself.
pub fn target(v: &mut Verifier, pos: usize) -> Result<usize, InvalidFlatbuffer> {
    match v.get_uoffset(pos)? as usize {
        0 => Err(InvalidFlatbuffer::RangeOutOfBounds { range: pos..pos, error_trace: Default::default() }),
        offset => Ok(pos.saturating_add(offset)),
    }
}

/// A 64-bit integer of a file. Tools that change files put them at places that are no multiple of eight, and LiteRT reads them there.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Long([u8; 8]);

impl From<Long> for i64 {
    fn from(n: Long) -> i64 {
        i64::from_le_bytes(n.0)
    }
}

impl Follow<'_> for Long {
    type Inner = Long;
    unsafe fn follow(buf: &[u8], loc: usize) -> Long {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&buf[loc..loc + 8]);
        Long(bytes)
    }
}

impl Verifiable for Long {
    fn run_verifier(v: &mut Verifier, pos: usize) -> Result<(), InvalidFlatbuffer> {
        v.in_buffer::<Long>(pos)
    }
}

impl SimpleToVerifyInSlice for Long {}
