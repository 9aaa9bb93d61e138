//! What follows from a configuration: how many patches, and the beats they need, one after the other.

use super::{Config, Order};

/// Sizes in beats, unless they say otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// Rows of patches.
    pub rows: u32,
    /// Patches of a row.
    pub cols: u32,
    /// Taps of a patch.
    pub taps: u32,
    /// A pixel.
    pub pixel: u32,
    /// A row of the image.
    pub row: u32,
    /// An image.
    pub image: u32,
    /// From a patch's first row to its last one.
    pub down: u32,
    /// From a patch's first pixel of a row to its last one.
    pub across: u32,
    /// The first patch's top row, from the image's (not positive).
    pub top: i64,
    /// The first patch's left pixel, from the image's (not positive).
    pub left: i64,
    /// From a row of patches to the next one.
    pub step_down: u32,
    /// From a patch to the next one.
    pub step_across: u32,
    /// Places in the ring buffer.
    pub capacity: u32,
    /// The most beats that are freed before they have come.
    pub most_skipped: u32,
}

impl Geometry {
    /// Derives everything. Sizes up to 2^13 each keep products inside 64 bits; frames are limited afterwards.
    pub fn new(c: &Config) -> Geometry {
        let extent = |k: u32, d: u32| (k - 1) * d + 1;
        let (eh, ew) = (extent(c.kernel_h, c.dilation_h), extent(c.kernel_w, c.dilation_w));
        let pixel = c.channels / c.lanes;
        let row = c.width.saturating_mul(pixel);
        let held = (eh - 1 + c.stride_h).min(c.height);
        let mut g = Geometry {
            rows: (c.height + c.pad_top + c.pad_bottom - eh) / c.stride_h + 1,
            cols: (c.width + c.pad_left + c.pad_right - ew) / c.stride_w + 1,
            taps: c.kernel_h * c.kernel_w,
            pixel,
            row,
            image: row.saturating_mul(c.height),
            down: (eh - 1).saturating_mul(row),
            across: (ew - 1).saturating_mul(pixel),
            top: -i64::from(c.pad_top) * i64::from(row),
            left: -i64::from(c.pad_left) * i64::from(pixel),
            step_down: c.stride_h.saturating_mul(row),
            step_across: c.stride_w.saturating_mul(pixel),
            capacity: held.saturating_mul(row).saturating_add(c.spare),
            most_skipped: 0,
        };
        g.most_skipped = g.patches().map(|p| (p.next_first - p.needed).max(0)).max().unwrap_or(0) as u32;
        g
    }

    /// Beats of an image at the input.
    pub fn beats_in(&self) -> u64 {
        self.image.into()
    }

    /// Beats of a patch.
    pub fn beats_of_patch(&self) -> u32 {
        self.taps * self.pixel
    }

    /// Beats of an image's patches.
    pub fn beats_out(&self) -> u64 {
        u64::from(self.rows) * u64::from(self.cols) * u64::from(self.beats_of_patch())
    }

    /// The patches among which the largest distances lie: in a row what is freed and what is needed are both piecewise
    /// linear and their difference is convex, so that its ends suffice.
    fn patches(&self) -> impl Iterator<Item = Patch> + '_ {
        let ends = [0, self.cols.saturating_sub(2), self.cols - 1];
        (0..self.rows).flat_map(move |y| ends.map(|x| self.patch(y, x)))
    }

    /// The patch in row `y` and column `x` of patches.
    pub fn patch(&self, y: u32, x: u32) -> Patch {
        let down = |y: u32| self.top + i64::from(y) * i64::from(self.step_down);
        let across = |x: u32| self.left + i64::from(x) * i64::from(self.step_across);
        // In rows above the image nothing may be freed: the next row of patches begins at the same pixel.
        let slides = |y: u32| down(y) + i64::from(self.step_down) > 0;
        let first = |y: u32, x: u32| down(y).max(0) + if slides(y) { across(x).max(0) } else { 0 };
        let last_row = (down(y) + i64::from(self.down)).min(i64::from(self.image - self.row));
        let last = (across(x) + i64::from(self.across)).min(i64::from(self.row - self.pixel));
        let next_first = match (x + 1 < self.cols, y + 1 < self.rows) {
            (true, _) => first(y, x + 1),
            (_, true) => first(y + 1, 0),
            _ => self.image.into(),
        };
        Patch { first: first(y, x), needed: last_row + last + i64::from(self.pixel), next_first }
    }
}

/// Beats of an image, counted from its first one.
#[derive(Clone, Copy, Debug)]
pub struct Patch {
    /// The first one that this patch or a later one needs.
    pub first: i64,
    /// One behind the last one that this patch needs.
    pub needed: i64,
    /// [`Patch::first`] of the next patch; the image's end behind the last patch.
    pub next_first: i64,
}

/// Steps of the read address from a beat of patches to the next one, in beats.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// To the next beat of the innermost loop.
    pub inner: i64,
    /// To the next one of the middle loop.
    pub middle: i64,
    /// To the next one of the outer loop.
    pub outer: i64,
    /// To the next patch of a row.
    pub patch: i64,
    /// To the next row of patches.
    pub row: i64,
    /// To the next image.
    pub image: i64,
}

impl Steps {
    /// Of this configuration.
    pub fn new(c: &Config, g: &Geometry) -> Steps {
        let (pixel, row) = (i64::from(g.pixel), i64::from(g.row));
        let (dx, dy) = (i64::from(c.dilation_w) * pixel, i64::from(c.dilation_h) * row);
        let (across, down) = (i64::from(g.across), i64::from(g.down));
        // From a patch's first beat to its last one.
        let all = down + across + pixel - 1;
        let (inner, middle, outer) = match c.order {
            Order::Taps => (1, dx - (pixel - 1), dy - across - (pixel - 1)),
            Order::Channels => (dx, dy - across, 1 - down - across),
        };
        let patch = i64::from(g.step_across);
        let back = i64::from(g.cols - 1) * patch;
        let next_row = i64::from(g.step_down) - back;
        let image = i64::from(g.image) - i64::from(g.rows - 1) * i64::from(g.step_down) - back;
        Steps { inner, middle, outer, patch: patch - all, row: next_row - all, image: image - all }
    }
}
