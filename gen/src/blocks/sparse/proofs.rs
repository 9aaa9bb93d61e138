//! An encoder in front of a decoder is the identity: for every tensor of one block, and each side waiting once, anywhere.

use super::code::Format;
use super::{sparse_decoder, sparse_encoder};
use crate::blocks::proofs::{obligation, seen, Defect, Obligation, Obligations, Over};
use crate::blocks::{BlockConfig, Checked};
use crate::hdl::UInt;

/// Elements of a block.
const BLOCK: u32 = 8;

/// Cycles in which a block comes through where nothing waits.
const CYCLES: u32 = 60;

/// Cycles of the longest wait.
const WAIT: u32 = 3;

pub fn obligations() -> Obligations {
    let formats = [Format::Hybrid, Format::Bitmap, Format::Coordinates];
    let all = formats.into_iter().flat_map(|format| [(format, 2, 0), (format, 1, WAIT)]);
    all.map(|(format, width, wait)| identity(format, width, wait)).collect()
}

fn identity(format: Format, width: u32, wait: u32) -> Result<Obligation, Defect> {
    let how = if wait == 0 { "" } else { ", each side waiting once" };
    let name = format!("sparse_encoder and sparse_decoder, {} of {BLOCK} elements of {width} bits{how}", format.text());
    let claim = "the tensor's own beats, all of them, and its size";
    let encoder = sparse_encoder::Config { block: BLOCK, width, signed: false, format, ..Default::default() };
    let decoder =
        sparse_decoder::Config { block: BLOCK, width, signed: false, format, report_bits: 4, ..Default::default() };
    let (encoder, decoder) = (Checked::new(encoder)?, Checked::new(decoder)?);
    let cycles = CYCLES + 2 * wait;
    obligation(name, claim, Over::Reset(cycles), |m, fault| {
        let encoder = m.instance("u_encoder", sparse_encoder::Config::elaborate(&encoder, m.build()));
        let decoder = m.instance("u_decoder", sparse_decoder::Config::elaborate(&decoder, m.build()));

        // Any tensor and length, taken in the first cycle.
        let begun = m.reg_b("begun").reset(0);
        begun.set(m.bool(true));
        let kept = |name: &str, bits: u32| m.delay(name, !begun.q(), m.input(&format!("any_{name}"), bits));
        let tensor: Vec<UInt> = (0..BLOCK).map(|i| kept(&format!("element{i}"), width)).collect();
        let length = kept("length_less", BLOCK.trailing_zeros());

        // Each side waits in some cycles, wherever these are.
        let age = m.counter("age", u64::from(cycles) + 1).reset(0);
        let end = age.q().eq(m.u(u64::from(cycles) - 1, age.q().width())).named("at_end");
        age.set_when(!end, (age.q() + m.u(1, 1)).trunc(age.q().width()));
        let moves = |side: &str| {
            if wait == 0 {
                return m.bool(true);
            }
            let from = kept(&format!("{side}_from"), age.q().width());
            let to = (from + kept(&format!("{side}_for"), wait.trailing_ones())).called(format!("{side}_to"));
            age.q().lt(from) | age.q().zext(to.width()).ge(to)
        };

        // It is offered once, each beat until it is taken.
        let (given, offered) = (m.counter("given", u64::from(BLOCK) + 1).reset(0), m.reg_b("offered").reset(0));
        let (at, index) = (given.q(), given.q().trunc(length.width()));
        let left = begun.q() & at.le(length.zext(at.width()));
        let valid = left & (offered.q() | moves("offer"));
        let to = encoder.sink("s_axis");
        offered.set(valid & !to.ready());
        given.set_when(valid & to.ready(), (at + m.u(1, 1)).trunc(at.width()));
        to.drive(valid, m.select(index, &tensor), Some(index.eq(length)));
        m.connect(encoder.source("m_axis"), decoder.sink("s_axis"));
        encoder.source("m_bits").set_ready(m.bool(true));

        // What comes.
        let (out, report) = (decoder.source("m_axis"), decoder.source("m_report"));
        out.set_ready(moves("take"));
        report.set_ready(m.bool(true));
        let got = m.counter("got", u64::from(BLOCK) + 1).reset(0);
        let (n, place) = (got.q(), got.q().trunc(length.width()));
        got.set_when(out.fire(), (n + m.u(1, 1)).trunc(n.width()));
        let data = seen(m, out.data(), fault);
        let own = n.le(length.zext(n.width())) & data.eq(m.select(place, &tensor)) & !(out.last() ^ place.eq(length));
        let size = (length + m.u(1, 1)).zext(8);
        let well = (!out.valid() | own) & (!report.valid() | report.data().eq(size));
        well & (!end | n.eq((length + m.u(1, 1)).at_width(n.width())))
    })
}
