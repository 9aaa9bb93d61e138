//! When results of queries are there.

use super::Attention;
use crate::layers::parts::stored_arrivals;
use crate::plan::{Arrivals, Arrived};

/// A query waits until its head's keys and values are stored; those of all heads where heads alternate.
pub fn of(l: &Attention, a: &Arrivals) -> Arrived {
    let (queries, keys) = (l.all_queries(), u64::from(l.heads) * u64::from(l.keys));
    let come = |k: usize, pixels: u64, elements: u32| a.ends(k, pixels, pixels * u64::from(elements));
    let stored = [come(1, keys, l.depth), come(2, keys, l.width)];
    let frames = if l.alternate() { 1 } else { u64::from(l.heads) };
    stored_arrivals(a, &come(0, queries, l.depth), &stored, frames, [queries, keys])
}
