use super::{golden, rtl, Checked, Config};
use crate::blocks::proofs::{tabled, Defect, Obligation, Obligations};

/// At two scales, of which the second one has a clamped distance.
pub fn obligations() -> Obligations {
    let config = |bits, octaves| Config { bits, octaves, ..Config::default() };
    Ok(vec![lane(config(8, 30))?, lane(config(7, 6))?])
}

fn lane(c: Config) -> Result<Obligation, Defect> {
    let name = format!("i_exp, bits={} octaves={}", c.bits, c.octaves);
    let c = Checked::new(c)?;
    let codes = 1i64 << (c.bits - 1);
    let of = |x: i64| Some(golden::run(&c, &[vec![x]])[0][0] as u64);
    let table: Vec<Option<u64>> = (0..codes).chain(-codes..0).map(of).collect();
    tabled(name, "the golden model's exponential of every code", c.derived().cycles, &table, |m, x| {
        rtl::exponential(&c, m, 0, m.bool(true), x)
    })
}
