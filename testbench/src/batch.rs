//! The batch ABI: what goes into an engine and what comes back. docs/stream.md tells it in words.
//!
//! Everything that could differ between engines is computed before: beats are packed, stalls are bitmaps,
//! resets are intervals. So all engines give identical [`Trace`]s, cycle stamps included.

use niello_gen::num::Prng;

/// Stall bits, repeated with their length as period: a 1 holds a source's valid or a sink's ready low.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    words: Vec<u64>,
    bits: usize,
}

impl Bitmap {
    /// From truth values.
    pub fn from_bits(bits: impl IntoIterator<Item = bool>) -> Bitmap {
        let mut map = Bitmap { words: Vec::new(), bits: 0 };
        for b in bits {
            if map.bits.is_multiple_of(64) {
                map.words.push(0);
            }
            map.words[map.bits / 64] |= u64::from(b) << (map.bits % 64);
            map.bits += 1;
        }
        if map.bits == 0 {
            return Bitmap::from_bits([false]);
        }
        map
    }

    /// The bit for a cycle.
    pub fn at(&self, cycle: u64) -> bool {
        let i = (cycle % self.bits as u64) as usize;
        self.words[i / 64] >> (i % 64) & 1 == 1
    }

    /// The period.
    pub fn period(&self) -> usize {
        self.bits
    }

    /// The bits as 64-bit words, first cycle in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Longest run of ones over the repeated pattern; the period if there is no zero.
    pub fn longest_stall(&self) -> u64 {
        let (mut best, mut run) = (0u64, 0u64);
        for i in 0..2 * self.bits as u64 {
            run = if self.at(i) { run + 1 } else { 0 };
            best = best.max(run);
        }
        best.min(self.bits as u64)
    }
}

/// How a stream's other side stalls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stall {
    /// Never.
    None,
    /// The pattern 1110: three stalled cycles, one free.
    ThreeOfFour,
    /// Every other cycle.
    Alternating,
    /// Each cycle with this probability.
    Bernoulli(f64),
    /// 200 free cycles, then this many stalled ones.
    Burst(u32),
    /// Sinks only: ready is raised only after valid was seen; sources: as [`Stall::None`].
    AfterValid,
}

impl Stall {
    /// The patterns that every stream is tested with.
    pub const SUITE: [Stall; 8] = [
        Stall::None,
        Stall::ThreeOfFour,
        Stall::Alternating,
        Stall::Bernoulli(0.1),
        Stall::Bernoulli(0.5),
        Stall::Bernoulli(0.9),
        Stall::Burst(300),
        Stall::AfterValid,
    ];

    /// The bitmap of this pattern.
    pub fn bitmap(self, seed: u64) -> Bitmap {
        match self {
            Stall::None | Stall::AfterValid => Bitmap::from_bits([false]),
            Stall::ThreeOfFour => Bitmap::from_bits([true, true, true, false]),
            Stall::Alternating => Bitmap::from_bits([true, false]),
            Stall::Bernoulli(p) => {
                let mut rng = Prng::named(seed, "stall");
                Bitmap::from_bits((0..4099).map(|i| i != 0 && rng.chance(p)))
            }
            Stall::Burst(n) => Bitmap::from_bits((0..200 + n).map(|i| i >= 200)),
        }
    }
}

/// The beats that a source offers.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcePlan {
    /// `beats * words_per_beat` words: payload in the low bits, the last mark above it if the stream has one.
    pub words: Vec<u64>,
    /// Number of beats.
    pub beats: usize,
    /// A 1 delays the next beat; a beat once offered stays.
    pub stall: Bitmap,
}

/// How a sink takes beats.
#[derive(Clone, Debug, PartialEq)]
pub struct SinkPlan {
    /// A 1 holds ready low.
    pub stall: Bitmap,
    /// Ready only in cycles after one in which valid was seen waiting.
    pub after_valid: bool,
    /// The run is not complete before this many beats arrived.
    pub expect: usize,
}

/// A reset: held from cycle `start` for `length` cycles. Then each source goes on from its given beat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// First cycle.
    pub start: u64,
    /// Cycles, at least 1.
    pub length: u64,
    /// For each source, the beat it continues with.
    pub resume: Vec<usize>,
}

/// What uninitialized registers and RAM words hold at power-on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Zeros.
    Zeros,
    /// Ones.
    Ones,
    /// Random bits of a seed.
    Seed(u64),
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// For each input stream of the design, in port order.
    pub sources: Vec<SourcePlan>,
    /// For each output stream, in port order.
    pub sinks: Vec<SinkPlan>,
    /// Ascending, not overlapping. The first starts at cycle 0.
    pub resets: Vec<Reset>,
    /// Power-on state.
    pub fill: Fill,
    /// The run ends well when all beats are delivered and nothing moved for this many cycles.
    pub drain: u64,
    /// The run ends as a hang when nothing moved for this many cycles.
    pub watchdog: u64,
    /// Hard limit of cycles.
    pub max_cycles: u64,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All sources empty, all sinks satisfied, quiet for `drain` cycles.
    Done,
    /// Nothing moved for `watchdog` cycles.
    Hang,
    /// `max_cycles` passed.
    TimedOut,
}

/// Which stream rule an output broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// Valid fell before the beat moved.
    Withdrawn,
    /// Payload or last changed while the beat waited.
    Unstable,
    /// Valid, ready, or the payload of a valid beat was X (four-state engines).
    Unknown,
}

/// What a sink received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Beats, packed as in [`SourcePlan::words`].
    pub words: Vec<u64>,
    /// The cycle in which each moved.
    pub cycles: Vec<u64>,
}

/// What came back from a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// How it ended.
    pub status: Status,
    /// Cycles run.
    pub cycles: u64,
    /// For each source: the cycle in which each beat moved.
    pub accepted: Vec<Vec<u64>>,
    /// For each sink: what moved.
    pub received: Vec<Received>,
    /// Broken stream rules: cycle, sink, rule. At most 64 are kept.
    pub breaches: Vec<(u64, usize, Breach)>,
}

/// Breaches kept in a trace.
pub const MAX_BREACHES: usize = 64;

/// The word that sources show on payload and last while they are not valid.
pub const JUNK: u64 = 0xa5a5_a5a5_a5a5_a5a5;
