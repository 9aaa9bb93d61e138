//! Flatten, Reshape, Squeeze, Unsqueeze, Identity and Transpose: other names for the same elements.

use super::flow::{Flow, Kind};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;

impl Importer {
    /// The elements of a sample stay in the file's order.
    pub(super) fn reshape(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let op = at.node.op_type.as_str();
        let old = &flow.layout.shape;
        let total = flow.layout.elements();
        if let Some(what) = self.contradiction(at, old) {
            return self.inconsistent(at, what);
        }
        let shape = match op {
            "Identity" => Some(old.clone()),
            "Flatten" => (at.int("axis", 1) == 1).then(|| vec![total]),
            "Squeeze" | "Unsqueeze" => self.new_axes(at, old),
            _ => self.new_shape(at, total),
        };
        let Some(shape) = shape else {
            let why = "it mixes samples, or its shape is not constant";
            return self.unsupported(&at.place, op, why, "a constant shape [N or 1 or -1, ...]; Flatten of axis 1");
        };
        let layout = match flow.layout.reshaped(&shape) {
            Some(layout) => layout,
            None if matches!(flow.kind, Kind::Pending(_)) => {
                let why = "it moves elements between an operator and its QuantizeLinear";
                return self.unsupported(&at.place, op, why, "the QuantizeLinear first");
            }
            // Channels stand last: elements have to move before they can be counted in another way.
            None => {
                let order = flow.layout.channels_first();
                let moved = self.arrange(flow.clone(), order);
                let layout = Layout::plain(&shape);
                let flow = self.behind(at, Flow { layout, ..moved });
                return self.put(at, flow);
            }
        };
        let flow = Flow { layout, ..flow };
        let flow = if op == "Identity" { flow } else { self.behind(at, flow) };
        self.put(at, flow);
    }

    /// Why no shape of this kind can come of samples of shape `old`, with their batch in front.
    fn contradiction(&self, at: &At, old: &[usize]) -> Option<String> {
        let rank = old.len() as i64 + 1;
        match at.node.op_type.as_str() {
            "Flatten" => {
                let axis = at.int("axis", 1);
                (!(-rank..=rank).contains(&axis)).then(|| format!("axis {axis} of {rank} dimensions"))
            }
            "Squeeze" | "Unsqueeze" => {
                let axes = self.axes(at)?;
                let more = if at.node.op_type == "Unsqueeze" { axes.len() as i64 } else { 0 };
                let mut known: Vec<i64> = axes.iter().map(|a| a.rem_euclid(rank + more)).collect();
                known.sort();
                known.dedup();
                let whole = |a: &i64| old.get(*a as usize - 1) == Some(&1);
                let fits = axes.iter().all(|a| (-rank - more..rank + more).contains(a)) && known.len() == axes.len();
                let ones = more > 0 || known.iter().all(|a| *a == 0 || whole(a));
                (!fits || !ones).then(|| format!("axes {axes:?} of {rank} dimensions, one sample is {old:?}"))
            }
            "Reshape" => self.impossible(at, old),
            _ => None,
        }
    }

    /// Why a Reshape's operand is no shape of these elements.
    fn impossible(&self, at: &At, old: &[usize]) -> Option<String> {
        let given = self.constants.get(at.input(1))?;
        let dims = &given.ints;
        let what = format!("{dims:?} for samples of {old:?}");
        let copied = |i: usize| old.get(i.wrapping_sub(1)).copied();
        let zeros = at.int("allowzero", 0) != 0;
        let open = dims.iter().filter(|d| **d == -1).count();
        let far = |(i, d): (usize, &i64)| *d == 0 && (zeros || i > old.len());
        if given.shape.len() != 1 || open > 1 || dims.iter().any(|d| *d < -1) || dims.iter().enumerate().any(far) {
            return Some(what);
        }
        // Of one sample the total is known, and of any number of them where the batch stays.
        let (lead, total) = (*dims.first()?, old.iter().product::<usize>() as i64);
        let entry = |(i, d): (usize, &i64)| if *d == 0 { copied(i).map_or(1, |n| n as i64) } else { *d };
        let mut entries = dims.iter().enumerate().map(entry).filter(|d| *d != -1);
        let product = entries.try_fold(1i64, |a, d| a.checked_mul(d));
        let fits = product.is_some_and(|p| if open == 1 { total % p == 0 } else { total == p });
        ((self.one_sample || lead == 0) && !fits).then_some(what)
    }

    /// The axes that a Squeeze or Unsqueeze names.
    fn axes(&self, at: &At) -> Option<Vec<i64>> {
        match at.ints("axes") {
            Some(axes) => Some(axes.to_vec()),
            None => Some(self.constants.get(at.input(1))?.ints.clone()),
        }
    }

    /// The shape of one sample after a Reshape: the leading entry is the batch.
    fn new_shape(&self, at: &At, total: usize) -> Option<Vec<usize>> {
        let dims = &self.constants.get(at.input(1))?.ints;
        let (lead, rest) = dims.split_first()?;
        if !matches!(lead, -1..=1) {
            return None;
        }
        let known: i64 = rest.iter().filter(|d| **d > 0).try_fold(1i64, |a, d| a.checked_mul(*d))?;
        let open = rest.iter().filter(|d| **d == -1).count();
        if rest.iter().any(|d| *d == 0 || *d < -1) || open > 1 || known <= 0 || total as i64 % known != 0 {
            return None;
        }
        let fill = total as i64 / known;
        let shape: Vec<usize> = rest.iter().map(|d| if *d == -1 { fill as usize } else { *d as usize }).collect();
        (shape.iter().product::<usize>() == total).then_some(shape)
    }

    /// Dimensions of one that go or come; the batch is dimension 0 and stays.
    fn new_axes(&self, at: &At, old: &[usize]) -> Option<Vec<usize>> {
        let axes = self.axes(at)?;
        let grows = at.node.op_type == "Unsqueeze";
        let rank = (old.len() + 1 + if grows { axes.len() } else { 0 }) as i64;
        let axes: Option<std::collections::BTreeSet<usize>> = axes
            .iter()
            .map(|a| if *a < 0 { a + rank } else { *a })
            .map(|a| (1..rank).contains(&a).then_some(a as usize))
            .collect();
        let axes = axes?;
        if !grows {
            let goes = |i: &usize| axes.contains(&(i + 1));
            let whole = (0..old.len()).filter(goes).all(|i| old[i] == 1);
            return whole.then(|| (0..old.len()).filter(|i| !goes(i)).map(|i| old[i]).collect());
        }
        let mut rest = old.iter();
        (1..rank as usize).map(|i| if axes.contains(&i) { Some(1) } else { rest.next().copied() }).collect()
    }

    pub(super) fn transpose(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let rank = flow.layout.shape.len() as i64 + 1;
        let default: Vec<i64> = (0..rank).rev().collect();
        let perm = at.ints("perm").map_or(default, <[i64]>::to_vec);
        let mut sorted = perm.clone();
        sorted.sort();
        if sorted != (0..rank).collect::<Vec<i64>>() {
            return self.inconsistent(at, format!("perm {perm:?} of {rank} dimensions"));
        }
        if perm[0] != 0 {
            return self.unsupported(&at.place, "Transpose", "it moves the batch", "perm = [0, ...]");
        }
        let perm: Vec<usize> = perm[1..].iter().map(|p| *p as usize - 1).collect();
        let layout = flow.layout.transposed(&perm);
        let flow = self.behind(at, Flow { layout, ..flow });
        self.put(at, flow);
    }

    /// One image a sample: height, width, channels; stored with its channels last. A signal is an image of one row.
    pub(super) fn image(&mut self, at: &At, flow: Flow) -> Option<([usize; 3], Flow)> {
        let (channels, size) = match flow.layout.shape[..] {
            [channels, height, width] => (channels, [height, width]),
            [channels, length] => (channels, [1, length]),
            _ => {
                let (op, why) = (clean(&at.node.op_type), format!("a sample has shape {:?}", flow.layout.shape));
                self.unsupported(&at.place, &op, &why, "samples of [channels, rows, columns] or [channels, length]");
                return None;
            }
        };
        let flow = match flow.kind {
            // What waits was computed with its channels last.
            Kind::Pending(_) => flow,
            _ => {
                let order = flow.layout.channels_last();
                self.arrange(flow, order)
            }
        };
        Some(([size[0], size[1], channels], flow))
    }
}
