//! When pixels are there: what a layer sees of it, and the ways in which layers wait.

use niello_gen::blocks::sliding_window::{self, Geometry};

use super::stage::Stage;
use crate::{Elements, Window};

/// Pixels more than the model says: those in the registers, buffers and converters of a layer.
pub const INSIDE: u64 = 4;

/// What waits in front of a layer so that nobody else has to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spare {
    /// Beats that its window holds besides the rows of a patch.
    pub window: u32,
    /// Pixels of each operand in a FIFO.
    pub operands: Vec<u32>,
    /// Those of them without which the network could stand still for good.
    pub least: Vec<u32>,
}

/// When each pixel of a layer's result is done, over several images, and what waits in front of it.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    /// In cycles.
    pub done: Vec<u64>,
    /// In front of the layer.
    pub spare: Spare,
}

impl Arrived {
    /// Nothing waits.
    pub fn at(done: Vec<u64>) -> Arrived {
        Arrived { done, spare: Spare::default() }
    }
}

/// What a layer sees: when pixels of its operands are there, and how long its blocks take.
pub struct Arrivals<'a> {
    pub(super) times: Vec<&'a [u64]>,
    /// Images that are followed.
    pub images: u64,
    pub(super) ii: u64,
    /// Nothing else than the source lets anything wait, and work takes no time.
    pub slow: bool,
    pub(super) own: &'a [&'a Stage],
    /// Cycles an image in which those behind it take its result.
    pub(super) takers: u64,
    /// What the layer gives.
    pub output: Elements,
}

impl Arrivals<'_> {
    /// Operands.
    pub fn operands(&self) -> usize {
        self.times.len()
    }

    /// When so many pixels an image of an operand are there.
    pub fn come(&self, operand: usize, pixels: u64) -> Vec<u64> {
        paced(self.times[operand], self.images, pixels, self.ii)
    }

    /// When so many pixels an image of an operand of so many elements are there to the last element: where operands are cut into pixels of different sizes,
    /// it counts that the network's input comes element by element.
    pub fn ends(&self, operand: usize, pixels: u64, elements: u64) -> Vec<u64> {
        match self.times[operand] {
            [] => self
                .come(operand, elements)
                .chunks((elements / pixels) as usize)
                .filter_map(|t| t.last().copied())
                .collect(),
            _ => self.come(operand, pixels),
        }
    }

    /// When each element of an operand is there, as it comes.
    pub fn same(&self, operand: usize) -> Vec<u64> {
        match self.times[operand] {
            [] => self.come(operand, self.output.count.into()),
            times => times.to_vec(),
        }
    }

    /// Pixels an image of an operand; 0: it is the network's input.
    pub fn pixels(&self, operand: usize) -> u64 {
        self.times[operand].len() as u64 / self.images
    }

    /// Cycles an image of the layer's blocks.
    pub fn busy(&self) -> u64 {
        if self.slow {
            0
        } else {
            busy(self.own)
        }
    }

    /// Cycles of each pixel that leaves: the layer's own, or those until the next ones take it.
    pub fn work(&self, pixels: u64) -> u64 {
        self.work_beside(0, pixels)
    }

    /// The same where something in front of the blocks takes so many cycles an image.
    pub fn work_beside(&self, other: u64, pixels: u64) -> u64 {
        if self.slow {
            return 0;
        }
        self.busy().max(other).div_ceil(pixels).max(self.takers / pixels)
    }

    /// The line buffer of the layer, if it has one.
    pub fn window(&self) -> Option<&Geometry> {
        self.own.iter().find_map(|s| s.block.of::<sliding_window::Config>()).map(|c| c.derived())
    }
}

/// Cycles an image of a layer's blocks. A window alone may wait at an image's end: that is what this is for.
pub(super) fn busy(own: &[&Stage]) -> u64 {
    own.iter().filter(|s| !s.is::<sliding_window::Config>()).map(|s| s.ii).max().unwrap_or(1)
}

/// When so many pixels an image are there. The network's input comes at a steady pace; where an image has other pixels than
/// before (a vector is one), a pixel is there with the last of the old ones that it has elements of.
fn paced(times: &[u64], images: u64, pixels: u64, ii: u64) -> Vec<u64> {
    let before = times.len() as u64 / images;
    if before == 0 {
        return (0..images * pixels).map(|j| j * ii / pixels).collect();
    }
    let last = |j: u64| (j / pixels) * before + ((j % pixels + 1) * before).div_ceil(pixels) - 1;
    (0..images * pixels).map(|j| times[last(j) as usize]).collect()
}

/// When pixels of all operands are done, and how many of each wait. Whatever is never early needs no FIFO.
pub fn together(operands: &[Vec<u64>], work: u64) -> (Vec<u64>, Vec<u32>) {
    let pixels = operands.iter().map(Vec::len).min().unwrap_or(0);
    let all: Vec<u64> = (0..pixels).map(|j| operands.iter().map(|t| t[j]).max().unwrap_or(0)).collect();
    let done = behind(&all, work);
    let wait = |times: &Vec<u64>| {
        let early = times.iter().zip(&all).any(|(own, all)| own < all);
        if early {
            (waiting(times, &done) + INSIDE) as u32
        } else {
            0
        }
    };
    let waits = operands.iter().map(wait).collect();
    (done, waits)
}

/// Pixels of each operand that are there before another one has its own: one is enough to wait for, where the other one needs all beats of
/// a pixel before it gives the first.
pub fn ahead(operands: &[Vec<u64>], slow: bool) -> Vec<u32> {
    if !slow {
        return Vec::new();
    }
    let pixels = operands.iter().map(Vec::len).min().unwrap_or(0);
    let all: Vec<u64> = (0..pixels).map(|j| operands.iter().map(|t| t[j]).max().unwrap_or(0)).collect();
    let ahead = |own: &Vec<u64>| own.iter().zip(&all).any(|(own, all)| own < all);
    operands.iter().map(|own| if ahead(own) { waiting(own, &all) as u32 } else { 0 }).collect()
}

/// Pixels that wait where some come before they are taken.
pub fn early(come: &[u64], taken: &[u64]) -> u32 {
    let early = come.iter().zip(taken).any(|(come, taken)| come < taken);
    if early {
        (waiting(come, taken) + INSIDE) as u32
    } else {
        0
    }
}

/// The most pixels that have come and are not done.
pub fn waiting(come: &[u64], done: &[u64]) -> u64 {
    let mut next = 0;
    let mut most = 0;
    for (j, t) in done.iter().enumerate() {
        while come.get(next).is_some_and(|c| c <= t) {
            next += 1;
        }
        most = most.max(next - j);
    }
    most as u64
}

/// One after the other, each taking so long.
pub fn behind(times: &[u64], work: u64) -> Vec<u64> {
    let mut now = 0;
    let next = |t: &u64| {
        now = now.max(*t) + work;
        now
    };
    times.iter().map(next).collect()
}

/// Pixels and those around them: a border in front waits for its image, and everything takes its turn. When each pixel of the
/// result is done, and when each one of the image passes.
pub fn bordered(w: &Window, images: u64, come: &[u64], work: u64) -> (Vec<u64>, Vec<u64>) {
    let [rows, cols] = w.out();
    let (mut done, mut taken, mut now) = (Vec::new(), Vec::new(), 0);
    for n in 0..images {
        for y in 0..rows {
            for x in 0..cols {
                // The last pixel at or before this place; in front of the image the first one.
                let row = y.saturating_sub(w.pads[0]).min(w.height - 1);
                let col = if y < w.pads[0] { 0 } else { x.saturating_sub(w.pads[1]).min(w.width - 1) };
                let pixel = n * u64::from(w.height * w.width) + u64::from(row * w.width + col);
                now = come[pixel as usize].max(now) + work;
                done.push(now);
                let inside = |at: u32, pad: u32, size: u32| (pad..pad + size).contains(&at);
                if inside(y, w.pads[0], w.height) && inside(x, w.pads[1], w.width) {
                    taken.push(now);
                }
            }
        }
    }
    (done, taken)
}

/// Rows of so many pixels become rows of others: a row is read when all of it is there, and the next one stored meanwhile. When each
/// pixel of the result is done, and when each one of the operand is stored.
pub fn by_rows([before, after]: [u64; 2], come: &[u64], work: u64) -> (Vec<u64>, Vec<u64>) {
    let (mut done, mut taken, mut now, mut free) = (Vec::new(), Vec::new(), 0, 0);
    for row in come.chunks(before.max(1) as usize) {
        // Its half of the buffer is free when the row before the last one is read.
        taken.extend(row.iter().map(|t| *t.max(&free)));
        free = now;
        now = taken.last().copied().unwrap_or(0).max(now);
        for _ in 0..after {
            now += work;
            done.push(now);
        }
    }
    (done, taken)
}
