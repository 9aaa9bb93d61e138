//! `kv_cache`: keys or values of the tokens so far, in few bits with a scale for each group, all of them for each new token.
//!
//! A frame is a token: `width` elements come, are stored, and all slots leave: of each head each slot, of each slot the head's elements. The elements of a
//! group share `lo`, the lowest one, and a step: with `L = 2^cache_bits - 1`, `S = floor(2^4 (hi - lo) / L)`, `c = min(floor((2^4 (x - lo) + floor(S / 2)) / S), L)`:
//! `y = lo + floor((c S + 2^3) / 2^4)`, which differs from `x` by about half a step (asymmetric quantization by groups; of a group whose elements are
//! equal `y = lo`). Slots without a token have zeros.
//!
//! A full cache: token `t` lies in slot `t` while there is one; a later one takes the place of the oldest token behind the first `sinks`, which stay:
//! what attention with sinks and a window sees (slots in no other order than that). After reset the cache is empty.
//!
//! Contract for a frame: all slots leave at a beat a cycle; the new token comes in front of them, in `width / lanes` cycles and the registers of its
//! quantizer, while the slots of the frame before leave.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::parts::outlet;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Sequence, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Slots: the most tokens that are kept.
        tokens: u32 = 64, in 1..=65536;
        /// Elements of a token.
        width: u32 = 16, in 1..=4096;
        /// Heads, each of which leaves on its own; they divide `width`.
        heads: u32 = 1, in 1..=64;
        /// Elements of a beat; they divide `group`.
        lanes: u32 = 1, in 1..=64;
        /// Elements that share a scale; they divide a head's elements.
        group: u32 = 16, in 1..=4096;
        /// Bits of an element, two's complement.
        bits: u32 = 8, in 2..=8;
        /// Bits of a stored element: of more of them the bits of a step behind its point are too few.
        cache_bits: u32 = 4, in 1..=4;
        /// First tokens that stay when the cache is full.
        sinks: u32 = 0, in 0..=65535;
    }
}

/// Bits behind the point of a step.
pub const FRACTION: u32 = 4;

impl Config {
    /// `L`.
    fn levels(&self) -> u32 {
        (1 << self.cache_bits) - 1
    }
    /// Bits of a step.
    fn step_bits(&self) -> u32 {
        let range = (1u32 << self.bits) - 1;
        bits_for_unsigned(u128::from((range << FRACTION) / self.levels()))
    }
    fn beats(&self) -> u32 {
        self.width / self.lanes
    }
    fn group_beats(&self) -> u32 {
        self.group / self.lanes
    }
    fn groups(&self) -> u32 {
        self.width / self.group
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut divides = |field, part: u32, whole: u32, of: String| {
            if part == 0 || !whole.is_multiple_of(part) {
                let with = format!("{of}; help: take a divisor");
                errors.push(ConfigError::NotServed { block, field, value: part.to_string(), with });
            }
        };
        divides("heads", self.heads, self.width, format!("width={}", self.width));
        divides(
            "group",
            self.group,
            self.width / self.heads,
            format!("{} elements of a head", self.width / self.heads),
        );
        divides("lanes", self.lanes, self.group, format!("group={}", self.group));
        if self.sinks >= self.tokens {
            let with = format!("tokens={}; help: one slot at least is not a sink", self.tokens);
            errors.push(ConfigError::NotServed { block, field: "sinks", value: self.sinks.to_string(), with });
        }
        if self.cache_bits > self.bits {
            let (value, useful) = (self.cache_bits.into(), self.bits.into());
            errors.push(ConfigError::NoEffect { block, field: "cache_bits", value, useful });
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "kv_cache",
        summary: "keeps keys or values of the tokens so far in few bits, and gives all of them for each token",
        equation: "y[j][i] = lo + round(c[j][i] S), c = round((x[j][i] - lo) / S) of each group of token j",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("heads", "tokens=128 width=64 heads=4 lanes=8 group=16"),
        ("sinks", "tokens=32 width=32 lanes=4 group=8 sinks=4"),
    ];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("a head", "tokens=3 width=4 group=4 bits=5 cache_bits=4"),
        ("heads", "tokens=3 width=8 heads=2 lanes=2 group=4 bits=5 cache_bits=3 sinks=1"),
    ];
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![Bound::new("tokens * width", [self.tokens, self.width], MOST_ELEMENTS)]
    }
    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let errors = self.rules();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let Config { tokens, width, heads, lanes, .. } = self;
        format!("{tokens}x{width}_h{heads}x{lanes}_h{}", crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::Cache::new(c).next(c, inputs)
    }
    fn sequence(c: &Checked<Self>) -> Sequence<'_> {
        let mut cache = golden::Cache::new(c);
        Box::new(move |inputs| cache.next(c, inputs))
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let (latency, ii) = c.timing();
        Contract { latency, ii }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.width as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, size) = (u64::from(c.lanes), c.size());
        let lane = u64::from(c.cache_bits * (3 * c.step_bits() + 2 * c.bits) + 6 * c.bits);
        Cost::logic(250 + lanes * lane)
            .ram(size.ring.into(), size.beat_bits.into())
            .ram(size.rows.into(), size.length_bits().into())
            .ram(size.rows.into(), size.number_bits.into())
            .ram(u64::from(c.tokens) * u64::from(c.beats()), lanes * u64::from(c.cache_bits))
            .ram(u64::from(c.tokens) * u64::from(c.groups()), (c.bits + c.step_bits()).into())
            .ram(outlet::places(c.read_cycles()).into(), lanes * u64::from(c.bits) + 1)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} tokens of {}", c.tokens, c.width), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let bits = c.tokens * (c.width * c.cache_bits + c.groups() * (c.bits + c.step_bits()));
        vec![
            ("stored", format!("{bits} bits, of {} without quantization", c.tokens * c.width * c.bits)),
            ("step", format!("{} bits, in units of 2^-{FRACTION}", c.step_bits())),
            ("last", "ignored at the input: a frame goes by count; marks a frame's last beat at the output".into()),
        ]
    }
}
