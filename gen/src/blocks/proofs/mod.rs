//! What a solver proves of circuits that blocks share, for every input and from every state: dividers, roots, lanes of exponentials; and of codecs, for
//! every frame of a small size.
//!
//! An obligation is a module with inputs and one output, `holds`: a claim on a circuit, in arithmetic or by a table of the golden model. With its input
//! `fault` the circuit's lowest result bit is inverted, and no such claim may be proven: an obligation that asks nothing would be.

mod arithmetic;

use super::parts::softmax::Lane;
use super::{i_exp, shiftgelu, shiftmax, softmax_float, softmax_ibert, softmax_ita, sparse};
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ValidDesign;

/// Something to prove.
#[derive(Debug)]
pub struct Obligation {
    /// The circuit and its sizes.
    pub name: String,
    /// What is claimed.
    pub claim: &'static str,
    /// In which cycles it holds.
    pub over: Over,
    /// The module, whose output is `holds`.
    pub design: ValidDesign,
}

/// Cycles that a proof is of.
#[derive(Clone, Copy, Debug)]
pub enum Over {
    /// All of them, by induction: after so many nothing is left of a state.
    Induction(u32),
    /// So many after a reset.
    Reset(u32),
}

/// A defect of an obligation's own circuit or configuration.
pub type Defect = Box<dyn std::error::Error + Send + Sync>;

/// What a block, or all of them, have to prove.
pub type Obligations = Result<Vec<Obligation>, Defect>;

/// What there is to prove, of the circuits as blocks use them.
///
/// # Errors
/// [`Defect`].
pub fn obligations() -> Obligations {
    let mut all = arithmetic::obligations()?;
    for of in [
        shiftmax::obligations,
        shiftgelu::obligations,
        softmax_ita::obligations,
        softmax_float::obligations,
        softmax_ibert::obligations,
        i_exp::obligations,
        sparse::obligations,
    ] {
        all.extend(of()?);
    }
    Ok(all)
}

/// Of a circuit, with an input that inverts its result's lowest bit.
pub(crate) fn obligation(
    name: String,
    claim: &'static str,
    over: Over,
    holds: impl for<'m> Fn(&'m Mod<'_>, Bool<'m>) -> Bool<'m>,
) -> Result<Obligation, Defect> {
    let build = Build::new();
    let m = build.module("nl_obligation");
    let fault = m.input("fault", 1).any();
    let shown = holds(&m, fault);
    m.output("holds", shown.to_uint());
    let top = m.finish();
    Ok(Obligation { name, claim, over, design: build.validate(top)? })
}

/// A result as the obligation sees it.
pub(crate) fn seen<'m>(m: &'m Mod<'_>, result: UInt<'m>, fault: Bool<'m>) -> UInt<'m> {
    let lowest = (result.bit(0) ^ fault).to_uint();
    match result.width() {
        1 => lowest,
        w => m.concat(&[result.slice(1, w - 1), lowest]),
    }
}

/// Of a pipeline of so many stages: its result for every input that the table has something of is that.
pub(crate) fn tabled(
    name: String,
    claim: &'static str,
    cycles: u32,
    table: &[Option<u64>],
    lane: impl for<'m> Fn(&'m Mod<'_>, UInt<'m>) -> UInt<'m>,
) -> Result<Obligation, Defect> {
    obligation(name, claim, Over::Induction(cycles), |m, fault| {
        let on = m.bool(true);
        let x = m.input("x", table.len().next_power_of_two().trailing_zeros().max(1));
        let result = seen(m, lane(m, x), fault);
        let asked = m.pipe("asked", on, x, cycles);
        let filled = m.pipe_flag("filled", on, on, cycles);
        let right: Vec<Bool> = table.iter().map(|v| v.map_or(on, |v| result.eq(m.u(v, result.width())))).collect();
        !filled | m.select(asked, &right)
    })
}

/// Of a softmax's lane: the exponential of every distance below the maximum, and zero where no code is.
pub(crate) fn softmax_lane(
    block: &str,
    settings: &str,
    bits: u32,
    lane: &impl Lane,
    exp: impl Fn(i64) -> i64,
) -> Result<Obligation, Defect> {
    let distances = 1i64 << bits;
    let none = (0..distances).map(|_| Some(0));
    let table: Vec<Option<u64>> = none.chain((0..distances).map(|d| Some(exp(-d) as u64))).collect();
    let claim = "the golden model's exponential of every distance below the maximum; zero where no code is";
    tabled(format!("{block}'s exponential, {settings}"), claim, lane.exp_cycles(), &table, |m, x| {
        let here = m.pipe_flag("here", m.bool(true), x.bit(bits), lane.exp_cycles() - 1);
        lane.exp(m, 0, x.trunc(bits), here).1
    })
}
