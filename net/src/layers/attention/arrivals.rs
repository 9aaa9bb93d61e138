//! When results of queries are there.

use super::Attention;
use crate::layers::matmul::LATENCY;
use crate::plan::{ahead, early, Arrivals, Arrived, Spare};

/// A query waits until its head's keys and values are stored, of which buffers hold two heads: its own and the one behind it; all at once where heads alternate.
pub fn of(l: &Attention, a: &Arrivals) -> Arrived {
    let (queries, keys) = (l.all_queries(), u64::from(l.heads) * u64::from(l.keys));
    let come = [(0, queries, l.depth), (1, keys, l.depth), (2, keys, l.width)]
        .map(|(k, pixels, elements)| a.ends(k, pixels, pixels * u64::from(elements)));
    let work = a.work(queries);
    let frames = if l.alternate() { 1 } else { u64::from(l.heads) };
    let (q_rows, k_rows) = ((queries / frames) as usize, (keys / frames) as usize);
    let (mut taken, mut done, mut needs) = ([Vec::new(), Vec::new()], Vec::new(), Vec::new());
    let (mut now, mut free) = (0, [0, 0]);
    for (n, q) in come[0].chunks(q_rows).enumerate() {
        // Operands come for as many images as the first one.
        let part = |list: &[u64]| list[(n * k_rows).min(list.len())..((n + 1) * k_rows).min(list.len())].to_vec();
        let half = free[n % 2];
        let mut stored = 0;
        for (taken, come) in taken.iter_mut().zip(&come[1..]) {
            taken.extend(part(come).iter().map(|t| *t.max(&half)));
            stored = stored.max(taken.last().copied().unwrap_or(0));
        }
        for t in q {
            needs.push(stored.max(*t));
            now = now.max(stored).max(*t) + work;
            done.push(now);
        }
        free[n % 2] = now + LATENCY;
    }
    let least = match a.slow {
        true => vec![ahead(&[come[0].clone(), needs], true)[0], early(&come[1], &taken[0]), early(&come[2], &taken[1])],
        false => Vec::new(),
    };
    let operands = vec![early(&come[0], &done), early(&come[1], &taken[0]), early(&come[2], &taken[1])];
    Arrived { done, spare: Spare { operands, least, ..Spare::default() } }
}
