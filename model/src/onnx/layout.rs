//! How the elements of a value lie: ONNX counts channels first, niello streams them last.
//!
//! A value's dimensions are split into factors; its elements are stored with the factors in some order. Transpose, Flatten and
//! Reshape change what the file sees, not what is stored, wherever that can be.

/// Dimensions as the file sees them, and the order in which elements are stored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// Dimensions of one sample.
    pub(super) shape: Vec<usize>,
    /// The same without ones, split into factors, outermost first.
    factors: Vec<usize>,
    /// Factors as they are stored, outermost first.
    order: Vec<usize>,
}

impl Layout {
    /// Stored as the file sees it.
    pub(super) fn plain(shape: &[usize]) -> Layout {
        let factors: Vec<usize> = shape.iter().copied().filter(|d| *d != 1).collect();
        Layout { shape: shape.to_vec(), order: (0..factors.len()).collect(), factors }
    }

    /// Channels are the first dimension, and stored last.
    pub(super) fn image(shape: &[usize]) -> Layout {
        let plain = Layout::plain(shape);
        let order = plain.channels_last();
        Layout { order, ..plain }
    }

    /// Elements of a sample.
    pub(super) fn elements(&self) -> usize {
        self.shape.iter().product()
    }

    /// Dimensions as they are stored.
    pub(super) fn stored(&self) -> Vec<usize> {
        let stored: Vec<usize> = self.order.iter().map(|f| self.factors[*f]).collect();
        if stored.is_empty() {
            vec![1]
        } else {
            stored
        }
    }

    /// Elements lie in the order that the file sees.
    pub(super) fn is_plain(&self) -> bool {
        self.order.is_sorted()
    }

    /// Where the factors of each dimension begin and end.
    fn groups(&self) -> Vec<std::ops::Range<usize>> {
        let mut at = 0;
        let group = |d: &usize| {
            let start = at;
            let mut rest = *d;
            while rest > 1 {
                rest /= self.factors[at];
                at += 1;
            }
            start..at
        };
        self.shape.iter().map(group).collect()
    }

    /// Factors in the order of an image with its channels last.
    pub(super) fn channels_last(&self) -> Vec<usize> {
        let groups = self.groups();
        groups.iter().skip(1).chain(groups.first()).flat_map(Clone::clone).collect()
    }

    /// Factors as they are stored, but those of these dimensions last, in the order of the file.
    pub(super) fn with_last(&self, dims: std::ops::Range<usize>) -> Vec<usize> {
        let rows: Vec<usize> = self.groups()[dims].iter().flat_map(Clone::clone).collect();
        self.order.iter().copied().filter(|f| !rows.contains(f)).chain(rows.iter().copied()).collect()
    }

    /// Factors in the order of the file.
    pub(super) fn channels_first(&self) -> Vec<usize> {
        (0..self.factors.len()).collect()
    }

    /// Stored in this order of factors, and how to get there from here: entry `i` is the stored dimension of here that becomes
    /// number `i`. None: it lies so already.
    pub(super) fn arranged(&self, order: Vec<usize>) -> (Layout, Option<Vec<usize>>) {
        let place = |f: &usize| self.order.iter().position(|o| o == f).unwrap_or(0);
        let steps = (order != self.order).then(|| order.iter().map(place).collect());
        (Layout { order, ..self.clone() }, steps)
    }

    /// The order in which `other` is stored, for this one of the same shape; a plain one's dimensions are split as the other's are.
    pub(super) fn like(&self, other: &Layout) -> Option<(Layout, Vec<usize>)> {
        if self.shape != other.shape {
            return None;
        }
        // Both split as finely as the other one is.
        let (own, its) = (self.reshaped(&other.factors)?, other.reshaped(&self.factors)?);
        if own.factors == its.factors {
            return Some((Layout { shape: self.shape.clone(), ..own }, its.order));
        }
        let split = || Layout { factors: other.factors.clone(), order: other.channels_first(), ..self.clone() };
        self.is_plain().then(|| (split(), other.order.clone()))
    }

    /// The same elements under another shape, which splits or joins dimensions. None: that needs elements moved.
    pub(super) fn reshaped(&self, shape: &[usize]) -> Option<Layout> {
        if self.is_plain() {
            return Some(Layout::plain(shape));
        }
        let wanted: Vec<usize> = shape.iter().copied().filter(|d| *d != 1).collect();
        let (mut factors, mut parts) = (Vec::new(), vec![Vec::new(); self.factors.len()]);
        let (mut old, mut new) = (self.factors.iter().copied().enumerate(), wanted.into_iter());
        let (mut own, mut rest, mut open) = (0, 1, 1);
        loop {
            if rest == 1 {
                let Some(next) = old.next() else { break };
                (own, rest) = next;
            }
            if open == 1 {
                open = new.next()?;
            }
            let factor = rest.min(open);
            if rest % factor != 0 || open % factor != 0 {
                return None;
            }
            parts[own].push(factors.len());
            factors.push(factor);
            (rest, open) = (rest / factor, open / factor);
        }
        let order = self.order.iter().flat_map(|f| parts[*f].clone()).collect();
        (open == 1 && new.next().is_none()).then(|| Layout { shape: shape.to_vec(), factors, order })
    }

    /// Dimension `i` is what dimension `perm[i]` was; nothing moves.
    pub(super) fn transposed(&self, perm: &[usize]) -> Layout {
        let groups = self.groups();
        let moved: Vec<usize> = perm.iter().flat_map(|p| groups[*p].clone()).collect();
        let place = |f: &usize| moved.iter().position(|m| m == f).unwrap_or(0);
        Layout {
            shape: perm.iter().map(|p| self.shape[*p]).collect(),
            factors: moved.iter().map(|f| self.factors[*f]).collect(),
            order: self.order.iter().map(place).collect(),
        }
    }

    /// Without these dimensions, or with one entry in each where they are `kept`: the stored elements outside of them, their own
    /// dimensions and the elements inside, and what is left. None: others lie between them.
    pub(super) fn reduced(&self, dims: &[usize], kept: bool) -> Option<(usize, Vec<usize>, usize, Layout)> {
        let groups = self.groups();
        let gone = |f: &usize| dims.iter().any(|d| groups[*d].contains(f));
        let size = |order: &[usize]| order.iter().map(|f| self.factors[*f]).collect::<Vec<usize>>();
        let count = self.order.iter().filter(|f| gone(f)).count();
        let start = self.order.iter().position(gone).unwrap_or(0);
        let (outer, rest) = self.order.split_at(start);
        let (run, inner) = rest.split_at(count);
        if !run.iter().all(gone) {
            return None;
        }
        let left: Vec<usize> = (0..self.factors.len()).filter(|f| !gone(f)).collect();
        let place = |f: &usize| left.iter().position(|l| l == f).unwrap_or(0);
        let shape = self.shape.iter().enumerate();
        let shape = shape.filter(|(i, _)| kept || !dims.contains(i));
        let layout = Layout {
            shape: shape.map(|(i, d)| if dims.contains(&i) { 1 } else { *d }).collect(),
            factors: size(&left),
            order: outer.iter().chain(inner).map(place).collect(),
        };
        Some((size(outer).iter().product(), size(run), size(inner).iter().product(), layout))
    }

    /// The kinds of dimensions as they are stored, outermost first, each run of a kind once; `kinds` says that of each dimension. Those of one are none.
    /// None: dimensions of a kind are not stored in the order of the file.
    pub(super) fn runs(&self, kinds: &[usize]) -> Option<Vec<usize>> {
        let mut of = vec![0; self.factors.len()];
        for (group, kind) in self.groups().into_iter().zip(kinds) {
            group.for_each(|f| of[f] = *kind);
        }
        let sorted = |kind: &usize| self.order.iter().filter(|f| of[**f] == *kind).is_sorted();
        let mut runs: Vec<usize> = self.order.iter().map(|f| of[*f]).collect();
        runs.dedup();
        kinds.iter().all(sorted).then_some(runs)
    }

    /// Factors by the kinds of their dimensions, in this order of kinds.
    pub(super) fn by_kind(&self, kinds: &[usize], order: &[usize]) -> Vec<usize> {
        let groups = self.groups();
        let of = |kind: &usize| {
            let own = groups.iter().zip(kinds).filter(|(_, k)| **k == *kind).flat_map(|(g, _)| g.clone());
            own.collect::<Vec<usize>>()
        };
        order.iter().flat_map(of).collect()
    }

    /// The last dimension, which is stored last, gives way to the last one of `other`.
    pub(super) fn with_last_of(&self, other: &Layout) -> Layout {
        let gone = self.groups().last().map_or(0, ExactSizeIterator::len);
        let kept = self.factors.len() - gone;
        let new = other.groups().last().cloned().unwrap_or(0..0);
        let factors: Vec<usize> = self.factors[..kept].iter().chain(&other.factors[new.clone()]).copied().collect();
        // The other one's factors in its own order of storing.
        let last = other.order.iter().filter(|f| new.contains(f)).map(|f| f - new.start + kept);
        let order = self.order.iter().copied().filter(|f| *f < kept).chain(last).collect();
        let dims = self.shape.len().saturating_sub(1);
        Layout { shape: self.shape[..dims].iter().chain(other.shape.last()).copied().collect(), factors, order }
    }

    /// For each stored element, which one it is in the order of the file.
    pub(super) fn indices(&self) -> Vec<usize> {
        let stride = |f: &usize| self.factors[f + 1..].iter().product::<usize>();
        let mut indices = vec![0];
        for f in &self.order {
            let (stride, size) = (stride(f), self.factors[*f]);
            indices = indices.iter().flat_map(|at| (0..size).map(move |i| at + i * stride)).collect();
        }
        indices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout__flatten_of_an_image_is_no_move() {
        let image = Layout::image(&[2, 3, 4]);
        assert_eq!(image.stored(), [3, 4, 2]);
        let flat = image.reshaped(&[24]).unwrap();
        assert_eq!(flat.stored(), [3, 4, 2]);
        // Stored: pixel by pixel, both channels of each.
        assert_eq!(flat.indices()[..4], [0, 12, 1, 13]);
        assert_eq!(flat.reshaped(&[2, 3, 4]).unwrap(), image);
        assert_eq!(image.reshaped(&[6, 4]).unwrap().stored(), [3, 4, 2]);
        assert_eq!(image.reshaped(&[2, 3, 2, 2]).unwrap().stored(), [3, 2, 2, 2]);
        assert_eq!(image.reshaped(&[3, 8]), None);
        assert_eq!(image.reshaped(&[1, 2, 12, 1]).unwrap().stored(), [3, 4, 2]);
        assert_eq!(image.reshaped(&[2, 3]), None);
    }

    #[test]
    fn layout__reduced_dimensions_are_neighbours_where_they_are_stored() {
        let image = Layout::image(&[2, 3, 4]);
        let (outer, run, inner, left) = image.reduced(&[1, 2], true).unwrap();
        assert_eq!((outer, run, inner), (1, vec![3, 4], 2));
        assert_eq!(left, Layout::image(&[2, 1, 1]));
        let (outer, run, inner, left) = image.reduced(&[0], false).unwrap();
        assert_eq!((outer, run, inner), (12, vec![2], 1));
        assert_eq!(left, Layout::plain(&[3, 4]));
        let (outer, run, inner, left) = image.reduced(&[2], false).unwrap();
        assert_eq!((outer, run, inner), (3, vec![4], 2));
        assert_eq!((left.shape.clone(), left.stored()), (vec![2, 3], vec![3, 2]));
        // Columns lie between rows and channels.
        assert_eq!(image.reduced(&[0, 1], true), None);
        assert_eq!(Layout::plain(&[2, 3, 4]).reduced(&[0, 1, 2], false).unwrap().3, Layout::plain(&[]));
    }

    /// Heads of rows: kinds 0 heads, 1 rows, 2 what is added over.
    #[test]
    fn layout__runs_are_kinds_of_dimensions_as_they_are_stored() {
        let heads = Layout::plain(&[5, 2, 3]).transposed(&[1, 0, 2]);
        assert_eq!((heads.shape.clone(), heads.stored()), (vec![2, 5, 3], vec![5, 2, 3]));
        assert_eq!(heads.runs(&[0, 1, 2]), Some(vec![1, 0, 2]));
        assert_eq!(heads.runs(&[1, 1, 2]), None, "rows of two dimensions, the inner one outermost");
        assert_eq!(Layout::plain(&[2, 1, 5, 3]).runs(&[0, 0, 1, 2]), Some(vec![0, 1, 2]));
        let (arranged, _) = heads.arranged(heads.by_kind(&[0, 1, 2], &[0, 1, 2]));
        assert!(arranged.is_plain());
        let product = heads.with_last_of(&Layout::plain(&[2, 3, 7]));
        assert_eq!((product.shape.clone(), product.stored()), (vec![2, 5, 7], vec![5, 2, 7]));
        assert_eq!(product.transposed(&[1, 0, 2]), Layout::plain(&[5, 2, 7]));
    }

    #[test]
    fn layout__transpose_renames_dimensions() {
        let rows = Layout::plain(&[3, 4, 2]);
        let image = rows.transposed(&[2, 0, 1]);
        assert_eq!(image, Layout::image(&[2, 3, 4]));
        assert_eq!(image.transposed(&[1, 2, 0]), rows);
        let (first, steps) = image.arranged(image.channels_first());
        assert!(first.is_plain());
        assert_eq!(steps, Some(vec![2, 0, 1]));
        assert_eq!(image.arranged(image.channels_last()).1, None);
        // One channel lies first and last.
        assert!(Layout::image(&[1, 3, 4]).is_plain());
        assert!(Layout::image(&[5, 1, 1]).is_plain());
    }
}
