use super::{golden, rtl};
use crate::blocks::proofs::{tabled, Obligations};

pub fn obligations() -> Obligations {
    let table: Vec<Option<u64>> = (0..256).map(|d| Some(golden::right(256, d) as u64)).collect();
    let claim = "the golden model's power of every distance below the maximum";
    Ok(vec![tabled("softmax_ita's power of two".into(), claim, 1, &table, |m, d| rtl::power(m, 0, d))?])
}
