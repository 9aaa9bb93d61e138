//! Where the fields of the unions' members lie: by member, one letter for each field. What niello does not read is verified too.

use flatbuffers::{ForwardsUOffset, InvalidFlatbuffer, TableVerifier, VOffsetT, Vector, Verifiable, Verifier};

use super::primitives::{target, Long};

/// The members of a union, in the order of its type's values; the first one is none. `b`, `w`, `l`: a number of 1, 4, 8 bytes; `B`,
/// `H`, `W`, `L`: numbers of 1, 2, 4, 8 bytes; `s`: text; `-`: a field that is no more.
pub(super) type Layouts = [&'static str];

/// BuiltinOptions.
pub(super) const BUILTIN: [&str; 127] = [
    "", "bwwbwwb", "bwwwbww", "wWW", "b", "bwwwwb", "wbb", "bb", "bbbbbB", "w", "wb", "bb", "b", "wwww", "bwwbb",
    "--bb", "w", "W", "wwb", "w", "b", "b", "", "ww", "", "", "", "b", "bb", "b", "W", "bbb", "wwwwwb", "", "", "w",
    "", "bb", "", "", "b", "", "", "", "", "", "", "", "", "bwwbb", "b", "", "", "", "", "b", "", "b", "wwwb", "ww",
    "", "w", "", "", "ww", "", "", "", "", "bwwbbb", "bbbb", "bwwbbb", "", "", "bb", "w", "", "b", "", "w", "b", "",
    "", "", "", "", "", "ww", "", "", "", "", "ww", "ww", "w", "", "", "", "", "", "", "bbb", "bb", "w", "", "",
    "bwwwbwww", "wbb", "", "", "", "ss", "", "", "ll", "W", "b", "", "", "", "", "", "", "", "", "", "",
];

/// BuiltinOptions2.
pub(super) const BUILTIN_2: [&str; 24] = [
    "",
    "l",
    "L",
    "LLL",
    "LLLLBllLllLllLllW",
    "sbswWB",
    "Lw",
    "bLLLlbw",
    "ww",
    "L",
    "LLL",
    "l",
    "LLLLW",
    "LLLLLw",
    "lbw",
    "ww",
    "LLLlLb",
    "L",
    "",
    "b",
    "w",
    "swBbw",
    "",
    "W",
];

/// QuantizationDetails: custom, blockwise.
pub(super) const QUANTIZATION_DETAILS: [&str; 3] = ["", "B", "wwwW"];

/// SparseIndexVector.
pub(super) const SPARSE_INDICES: [&str; 4] = ["", "W", "H", "B"];

/// Verifies the member of a union at slot `value`, whose type stands at slot `kind`. A type of a newer schema is passed over, as
/// LiteRT does.
pub(super) fn verify<'v, 'o, 'b>(
    mut t: TableVerifier<'v, 'o, 'b>,
    kind: VOffsetT,
    value: VOffsetT,
    layouts: &Layouts,
) -> Result<TableVerifier<'v, 'o, 'b>, InvalidFlatbuffer> {
    let Some(kind) = t.deref(kind)? else { return Ok(t) };
    let kind = usize::from(t.verifier().get_u8(kind)?);
    let (Some(at), Some(layout)) = (t.deref(value)?, layouts.get(kind)) else { return Ok(t) };
    if kind > 0 {
        let at = target(t.verifier(), at)?;
        fields(t.verifier(), at, layout)?;
    }
    Ok(t)
}

fn fields(v: &mut Verifier, table: usize, layout: &str) -> Result<(), InvalidFlatbuffer> {
    let mut t = v.visit_table(table)?;
    for (id, kind) in layout.chars().enumerate() {
        let Some(at) = t.deref((4 + 2 * id) as VOffsetT)? else { continue };
        let v = t.verifier();
        match kind {
            'b' => v.in_buffer::<u8>(at)?,
            'w' => v.in_buffer::<u32>(at)?,
            'l' => v.in_buffer::<u64>(at)?,
            's' => pointed::<&str>(v, at)?,
            'B' => pointed::<Vector<u8>>(v, at)?,
            'H' => pointed::<Vector<u16>>(v, at)?,
            'W' => pointed::<Vector<u32>>(v, at)?,
            'L' => pointed::<Vector<Long>>(v, at)?,
            _ => {}
        }
    }
    t.finish();
    Ok(())
}

fn pointed<T: Verifiable>(v: &mut Verifier, at: usize) -> Result<(), InvalidFlatbuffer> {
    target(v, at)?;
    ForwardsUOffset::<T>::run_verifier(v, at)
}
