use super::{golden, Config};
use crate::blocks::parts::shift_exp::{Half, ShiftExp, MOST};
use crate::blocks::proofs::{tabled, Defect, Obligation, Obligations};

/// Both exponentials: of a code's distance below its row's maximum, and of the maximum's negation.
pub fn obligations() -> Obligations {
    let scales = [(8, 10, 23, Half::Floor), (7, 9, 15, Half::Keep), (7, 50, 6, Half::Floor), (6, 4, 28, Half::Keep)];
    let mut all = Vec::new();
    for (bits, inverse_scale, octaves, half) in scales {
        let c = Config { bits, inverse_scale, octaves, half, ..Config::default() };
        let settings = format!("bits={bits} inverse_scale={inverse_scale} octaves={octaves} half={}", half.text());
        all.push(distance(&c, &settings)?);
        all.push(negated(&c, &settings)?);
    }
    Ok(all)
}

fn distance(c: &Config, settings: &str) -> Result<Obligation, Defect> {
    let exp: ShiftExp = c.exponential();
    let table: Vec<Option<u64>> = (0..1i64 << c.bits).map(|d| Some(golden::exp(c, -d) as u64)).collect();
    let claim = "the golden model's exponential of every distance below the maximum";
    tabled(format!("shiftgelu's exponential, {settings}"), claim, exp.cycles() + 1, &table, |m, below| {
        let parts = exp.of_distance(m, 0, below);
        exp.value(m, 0, m.bool(true), parts)
    })
}

fn negated(c: &Config, settings: &str) -> Result<Obligation, Defect> {
    let exp = c.exponential();
    // Without the zeros that every distance's exponential has.
    let of = |code: i64| Some(golden::exp(c, -code).min(MOST as i64) as u64 >> exp.zeros());
    let codes = 1i64 << (c.bits - 1);
    let table: Vec<Option<u64>> = (0..codes).chain(-codes..0).map(of).collect();
    let claim = "the golden model's exponential of every code's negation, no more than counts";
    tabled(
        format!("shiftgelu's exponential of a maximum, {settings}"),
        claim,
        exp.negated_cycles() + 1,
        &table,
        |m, x| exp.of_negated(m, "opposite", x.as_signed()),
    )
}
