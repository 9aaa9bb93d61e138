//! `one_pass_attention`: scaled dot-product attention of a head in one pass over the keys, at one key a cycle.
//!
//! `y[i] = sum over j of p[i][j] v[j] / sum over j of p[i][j]`, `p[i][j] = exp(scale (q[i] . k[j]))`, over the keys that the mask lets query `i` see. Scores are not
//! stored: a query keeps a running maximum, denominator and numerators (the cascade of FuseMax, github FPSG-UIUC, and of online softmax), whose
//! buffers do not grow with the keys. The maximum is kept in steps of four octaves, so that a new one shifts what there is and multiplies nothing; it looks three
//! keys ahead and rises by a step a key, so that a sum is shifted by four bits or not at all:
//!
//! `t[j] = floor(acc m / 2^s)`, `acc = (q - q_zero) . (k - k_zero)`, `m / 2^s` near `2^8 scale log2 e`; `o = floor(t / 2^8) + 1`,
//! `M' = max(M, max over d = 0..3 of floor(t[j + d] / 2^10) + 1 - d)` over keys of the query that it sees, none below it before the first one;
//! `p = floor(e[t mod 2^8] / 2^(4 M' - o))`, `e[f] = min(round(2^(precision - 1 + f / 2^8)), 2^precision - 1)`; `den' = r(den) + p`, `num' = r(num) + p (v - v_zero)`,
//! where `r` keeps what there is if `M' = M`, is `floor(x / 2^4)` if `M' = M + 1` and 0 beyond that: what lies 17 octaves and more below the largest key does
//! not count, before it as behind it. After the last key `F = floor(N / den)`, `N = round(out_scale 2^K)`, and
//! `y = clamp(floor(num F / 2^K + 1 / 2) + out_zero)`. A query that sees no key gives `out_zero`.
//!
//! Masks: with `causal` query `i` sees keys up to `i + keys - queries`; with `window` only the last so many of those, and the first `sinks` keys: a window with
//! attention sinks, which is shaped as a lambda; with `filled` all queries of frame `n` after reset see keys 0 to `n`: the slots of a [`kv_cache`](crate::blocks::kv_cache)
//! that have a token. Masked keys are read like the others.
//!
//! # Streams
//! A beat of `q_axis` is a query, one of `k_axis` a key and one of `v_axis` its value, which is taken some cycles after its key; for each query of a frame all keys and values come (`operand_buffer` sends them
//! again). Results leave `out_lanes` a beat.
//!
//! Contract for a query: II `max(keys, tail)`, where the tail of a query (division and results) takes the cycles of note `tail`: with as many keys or
//! more the products are busy in every cycle.

mod ahead;
mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;
mod widths;

pub use widths::Widths;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::parts::product;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Sequence, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{range_of, Prng};

crate::choice! {
    /// Which keys a query sees.
    pub enum Mask {
        /// All.
        None = "none",
        /// Those up to its own place.
        Causal = "causal",
        /// The last ones of those, and the first of all.
        Window = "window",
        /// As many as there have been frames since reset.
        Filled = "filled",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Queries of a frame.
        queries: u32 = 4, in 1..=65536;
        /// Keys of a query.
        keys: u32 = 32, in 1..=65536;
        /// Elements of a query and of a key.
        depth: u32 = 4, in 1..=256;
        /// Elements of a value and of a result.
        width: u32 = 4, in 1..=256;
        /// Elements of a beat of results; they divide `width`.
        out_lanes: u32 = 1, in 1..=64;
        /// Bits of an element of queries, keys and values.
        bits: u32 = 8, in 2..=8;
        /// Elements are two's complement.
        signed: bool = true;
        /// Zero point of queries.
        q_zero: i64 = 0, in -128..=255;
        /// Zero point of keys.
        k_zero: i64 = 0, in -128..=255;
        /// Zero point of values.
        v_zero: i64 = 0, in -128..=255;
        /// What a step of a score is worth: the scales of queries and keys, and the root of the depth.
        scale: f64 = 0.001953125, in 0..=64;
        /// Bits of an exponential: what is much less than the largest one of a query counts from the first of them on.
        precision: u32 = 16, in 6..=17;
        /// Bits of a result.
        out_bits: u32 = 8, in 2..=16;
        /// Results are two's complement.
        out_signed: bool = true;
        /// Steps of a result that a step of a value is worth.
        out_scale: f64 = 1.0, in 0..=256;
        /// The result that stands for 0.
        out_zero: i64 = 0, in -32768..=65535;
        /// Which keys a query sees.
        mask: Mask = Mask::None;
        /// Keys in the window (mask `window`).
        window: u32 = 1, in 1..=65536;
        /// Keys at the beginning that are seen beside the window (mask `window`).
        sinks: u32 = 0, in 0..=65536;
    }
}

impl Config {
    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let fits = |v: i64, bits, signed| range_of(bits, signed).is_some_and(|r| r.contains(v.into()));
        let zeros = [("q_zero", self.q_zero), ("k_zero", self.k_zero), ("v_zero", self.v_zero)];
        for (field, value) in zeros.into_iter().filter(|z| !fits(z.1, self.bits, self.signed)) {
            errors.push(ConfigError::DoesNotFit { block, field, value, bits: self.bits });
        }
        if !fits(self.out_zero, self.out_bits, self.out_signed) {
            errors.push(ConfigError::DoesNotFit {
                block,
                field: "out_zero",
                value: self.out_zero,
                bits: self.out_bits,
            });
        }
        if !self.width.is_multiple_of(self.out_lanes) {
            let (value, with) = (self.out_lanes.to_string(), format!("width={}; help: take a divisor", self.width));
            errors.push(ConfigError::NotServed { block, field: "out_lanes", value, with });
        }
        if matches!(self.mask, Mask::Causal | Mask::Window) && self.queries > self.keys {
            let (value, with) =
                (self.mask.text().into(), "more queries than keys; help: queries stand at the end of the keys".into());
            errors.push(ConfigError::NotServed { block, field: "mask", value, with });
        }
        if self.mask != Mask::Window && (self.window, self.sinks) != (1, 0) {
            let with = format!("mask={}; help: leave window and sinks out, or take mask=window", self.mask.text());
            errors.push(ConfigError::NotServed { block, field: "window", value: self.window.to_string(), with });
        }
        for (field, value, least) in
            [("scale", self.scale, 2f64.powi(-24)), ("out_scale", self.out_scale, 2f64.powi(-16))]
        {
            if value < least {
                let with = format!("fixed point; help: take {least} or more");
                errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
            }
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "one_pass_attention",
        summary: "attention of a head in one pass over the keys, one of them a cycle",
        equation: "y[i] = sum over j of exp(scale q[i].k[j]) v[j] / sum over j of exp(scale q[i].k[j])",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("head", "queries=64 keys=64 depth=16 width=16"),
        ("causal", "queries=64 keys=64 depth=16 width=16 mask=causal"),
        ("sinks", "queries=8 keys=64 depth=8 width=8 mask=window window=16 sinks=4"),
    ];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("all seen", "queries=2 keys=7 depth=2 width=5 bits=4 scale=0.25 precision=7 out_bits=12 out_scale=64"),
        (
            "window",
            "queries=2 keys=7 depth=1 width=2 out_lanes=2 bits=4 signed=false q_zero=7 k_zero=5 v_zero=9 scale=0.25 precision=7 out_bits=10 out_scale=16 out_zero=3 mask=window window=2 sinks=1",
        ),
    ];
    type Derived = Widths;

    fn bounds(&self) -> Vec<Bound> {
        let each = self.depth.max(self.width);
        vec![
            Bound::new("queries * keys", [self.queries, self.keys], MOST_ELEMENTS),
            Bound::new("queries * keys * depth or width", [self.queries.saturating_mul(self.keys), each], 1 << 30),
        ]
    }
    fn derive(&self) -> Result<Widths, Vec<ConfigError>> {
        let errors = self.rules();
        if errors.is_empty() {
            Ok(Widths::of(self))
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let Config { queries, keys, depth, width, .. } = self;
        format!("{queries}x{keys}_d{depth}x{width}_h{}", crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, 0, inputs)
    }
    fn sequence(c: &Checked<Self>) -> Sequence<'_> {
        let mut frame = -1;
        Box::new(move |inputs| {
            frame += 1;
            golden::run(c, frame, inputs)
        })
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let w = c.derived();
        let (queries, keys) = (u64::from(c.queries), u64::from(c.keys));
        let each = keys.max(w.tail_cycles());
        let last = (queries - 1) * each + keys - 1;
        Contract { latency: last + w.to_last_issue() + u64::from(w.result_cycles()), ii: queries * each }
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        let elements = u64::from(c.depth) + u64::from(c.width);
        Some(Work { products: u64::from(c.queries) * u64::from(c.keys) * elements, elements })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        let (queries, pairs) = (c.queries as usize, c.queries as usize * c.keys as usize);
        Some(vec![queries * c.depth as usize, pairs * c.depth as usize, pairs * c.width as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let w = c.derived();
        let lanes = u64::from(c.out_lanes);
        let logic = u64::from(c.width) * u64::from(4 * w.num_bits) + u64::from(c.depth) * 30 + 450;
        let cost = Cost::logic(logic)
            .roms(1, 256, c.precision.into())
            .multipliers(u64::from(c.depth), c.bits + 1, c.bits + 1)
            .multipliers(u64::from(c.width), c.precision + 1, c.bits + 1);
        let cost = match w.acc_bits.checked_sub(widths::LIMB - 1) {
            Some(high) if w.acc_bits > widths::LIMB => cost.multipliers(1, widths::LIMB, 17).multipliers(1, high, 17),
            _ => cost.multipliers(1, w.acc_bits, 17),
        };
        product::whole_cost(cost, lanes, w.num_bits, w.quotient_bits)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} queries x {} keys of {}", c.queries, c.keys, c.depth), c.out_lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let w = c.derived();
        vec![
            ("score", format!("{} bits, times {} / 2^{} in 256ths of an octave", w.acc_bits, w.multiplier, w.shift)),
            ("tail", format!("{} cycles", w.tail_cycles())),
            ("last", "ignored at the inputs: a frame goes by count; marks a frame's last beat at the output".into()),
        ]
    }
}
