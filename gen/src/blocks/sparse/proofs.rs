//! An encoder in front of a decoder is the identity: for every tensor of one block and its length, and every way in which either side waits.

use super::code::Format;
use super::{sparse_decoder, sparse_encoder};
use crate::blocks::proofs::{obligation, seen, Defect, Obligation, Obligations, Over};
use crate::blocks::{BlockConfig, Checked};
use crate::hdl::{Bool, Mod, UInt};

/// Elements of a block.
const BLOCK: u32 = 8;

/// Cycles in which nothing that does not wait is left.
const CYCLES: u32 = 44;

pub fn obligations() -> Obligations {
    let formats = [Format::Hybrid, Format::Bitmap, Format::Coordinates];
    let all = formats.into_iter().flat_map(|format| [(format, false), (format, true)]);
    all.map(|(format, waits)| identity(format, 1, waits)).collect()
}

fn identity(format: Format, width: u32, waits: bool) -> Result<Obligation, Defect> {
    let how = if waits { "waiting anyhow" } else { "without a wait" };
    let name =
        format!("sparse_encoder and sparse_decoder, {} of {BLOCK} elements of {width} bits, {how}", format.text());
    let claim = if waits {
        "no beat but the tensor's own, in their order, the last one marked"
    } else {
        "the tensor's own beats, all of them"
    };
    let encoder = sparse_encoder::Config { block: BLOCK, width, signed: false, format, ..Default::default() };
    let decoder =
        sparse_decoder::Config { block: BLOCK, width, signed: false, format, report_bits: 4, ..Default::default() };
    let (encoder, decoder) = (Checked::new(encoder)?, Checked::new(decoder)?);
    obligation(name, claim, Over::Reset(CYCLES), |m, fault| {
        let encoder = m.instance("u_encoder", sparse_encoder::Config::elaborate(&encoder, m.build()));
        let decoder = m.instance("u_decoder", sparse_decoder::Config::elaborate(&decoder, m.build()));
        let free = |name: &str| if waits { m.input(name, 1).any() } else { m.bool(true) };

        // Any tensor and length, taken in the first cycle.
        let begun = m.reg_b("begun").reset(0);
        begun.set(m.bool(true));
        let kept = |name: &str, bits: u32| m.delay(name, !begun.q(), m.input(&format!("any_{name}"), bits));
        let tensor: Vec<UInt> = (0..BLOCK).map(|i| kept(&format!("element{i}"), width)).collect();
        let length = kept("length_less", BLOCK.trailing_zeros());

        // It is offered once, each beat until it is taken.
        let (given, offered) = (m.counter("given", u64::from(BLOCK) + 1).reset(0), m.reg_b("offered").reset(0));
        let (at, index) = (given.q(), given.q().trunc(length.width()));
        let left = begun.q() & at.le(length.zext(at.width()));
        let valid = left & (offered.q() | free("offers"));
        let to = encoder.sink("s_axis");
        offered.set(valid & !to.ready());
        given.set_when(valid & to.ready(), (at + m.u(1, 1)).trunc(at.width()));
        to.drive(valid, m.select(index, &tensor), Some(index.eq(length)));
        m.connect(encoder.source("m_axis"), decoder.sink("s_axis"));
        encoder.source("m_bits").set_ready(m.bool(true));

        // What comes.
        let (out, report) = (decoder.source("m_axis"), decoder.source("m_report"));
        out.set_ready(free("takes"));
        report.set_ready(m.bool(true));
        let got = m.counter("got", u64::from(BLOCK) + 1).reset(0);
        let (n, place) = (got.q(), got.q().trunc(length.width()));
        got.set_when(out.fire(), (n + m.u(1, 1)).trunc(n.width()));
        let data = seen(m, out.data(), fault);
        let own = n.le(length.zext(n.width())) & data.eq(m.select(place, &tensor)) & !(out.last() ^ place.eq(length));
        let size = (length + m.u(1, 1)).zext(8);
        let well = (!out.valid() | own) & (!report.valid() | report.data().eq(size));
        well & (m.bool(waits) | complete(m, n, length))
    })
}

/// In the last cycle all has come.
fn complete<'m>(m: &'m Mod<'_>, got: UInt<'m>, length: UInt<'m>) -> Bool<'m> {
    let age = m.counter("age", u64::from(CYCLES) + 1).reset(0);
    let end = age.q().eq(m.u(u64::from(CYCLES) - 1, age.q().width()));
    age.set_when(!end, (age.q() + m.u(1, 1)).trunc(age.q().width()));
    !end | got.eq((length + m.u(1, 1)).at_width(got.width()))
}
