//! Attention of a token to the tokens so far: `kv_cache`s of keys and of values in few bits, and `one_pass_attention` over their slots
//! ([kv_cache], [one_pass_attention]).
//!
//! A sample is a token: queries `[h][d]`, keys `[h][d]` and values `[h][w]`. Keys and values are kept, quantized by groups; a query of head `h` sees the slots of its head
//! that have a token. When all slots have one, the token behind the first `sinks` that is the oldest leaves its slot.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::{kv_cache, one_pass_attention, BlockConfig, Checked};

use super::parts::operand;
use super::{At, Attention, Choice, Engine, Layer, Mask, NoEngine, Pace};
use crate::plan::{behind, Arrivals, Arrived, Pipeline, Spare, Tip};
use crate::{DType, Elements};

/// Attention, and how keys and values are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedAttention {
    /// One query a head; its keys are slots, and its mask says nothing.
    pub attention: Attention,
    /// First tokens that stay.
    pub sinks: u32,
    /// Elements that share a scale; they divide those of a key and of a value.
    pub group: u32,
    /// Bits of a kept element.
    pub cache_bits: u32,
}

impl CachedAttention {
    fn heads(&self) -> u32 {
        self.attention.heads
    }
    fn slots(&self) -> u32 {
        self.attention.keys
    }

    fn cache(&self, elements: u32, lanes: u32) -> kv_cache::Config {
        kv_cache::Config {
            tokens: self.slots(),
            width: self.heads() * elements,
            heads: self.heads(),
            lanes,
            group: self.group,
            bits: self.attention.dtypes[0].bits(),
            cache_bits: self.cache_bits,
            sinks: self.sinks,
        }
    }

    fn block(&self, out_lanes: u32) -> one_pass_attention::Config {
        one_pass_attention::Config { queries: self.heads(), mask: Mask::Filled, ..self.attention.block(out_lanes) }
    }

    /// Cycles between tokens with so many lanes of caches and of results, where both sides keep them: while a cache takes the next token, attention
    /// works on the last query, and a tail that is longer than a query's slots is as long as that and the wait too.
    fn cycles(&self, lanes: u32, out_lanes: u32) -> Option<u64> {
        let attention = Checked::new(self.block(out_lanes)).ok()?;
        let [key, value] = [self.attention.depth, self.attention.width].map(|n| (n, self.cache(n, lanes).timing().1));
        let longer = if key.1 > value.1 { key } else { value };
        let query = u64::from(self.slots()) * u64::from(longer.0 / lanes).max(1);
        let tail = attention.derived().tail_cycles();
        let wait = longer.1 - u64::from(self.heads()) * query;
        let keeps = self.heads() == 1 || tail <= query || tail >= query + wait;
        keeps.then_some(longer.1.max(u64::from(self.heads()) * tail.max(query)))
    }

    /// Lanes of the caches and of results, the fewest first, with their cycles.
    fn foldings(&self) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
        let divisors = |n: u32| (1..=n.min(64)).filter(move |l| n.is_multiple_of(*l));
        let all = divisors(self.group).flat_map(move |l| divisors(self.attention.width).map(move |o| (l, o)));
        all.filter_map(|(l, o)| Some((l, o, self.cycles(l, o)?)))
    }

    /// Those within so many cycles.
    fn lanes(&self, target: u64) -> Option<(u32, u32)> {
        self.foldings().find(|(_, _, cycles)| *cycles <= target).map(|(l, o, _)| (l, o))
    }
}

impl Layer for CachedAttention {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::next(self, [x[0], x[1], x[2]], &mut self.kept())
    }
    fn kept(&self) -> Vec<i64> {
        golden::empty(self)
    }
    fn next(&self, x: &[&[i64]], kept: &mut Vec<i64>) -> Vec<i64> {
        golden::next(self, [x[0], x[1], x[2]], kept)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let no = |what: String| NoEngine {
            what,
            help: "signed codes of at most 8 bits, groups that divide keys and values, and more slots".into(),
        };
        if let Some(other) = operands.iter().find(|t| **t != self.attention.dtypes[0] || !t.signed()) {
            return Err(no(format!("queries, keys or values of {}", other.name())));
        }
        Checked::new(self.block(1)).map_err(|e| no(e.to_string()))?;
        for elements in [self.attention.depth, self.attention.width] {
            Checked::new(self.cache(elements, 1)).map_err(|e| no(e.to_string()))?;
        }
        if self.lanes(u64::MAX).is_none() {
            return Err(no(format!("{} slots are soon read, and a query's end is not", self.slots())));
        }
        Ok(Arc::new(Token { layer: (*self).clone() }))
    }
}

/// The hardware.
#[derive(Clone, Debug)]
struct Token {
    layer: CachedAttention,
}

impl Engine for Token {
    fn pace(&self, _: Elements) -> Pace {
        let cycles: Vec<u64> = self.layer.foldings().map(|(_, _, cycles)| cycles).collect();
        let (fewest, most) = (cycles.iter().min(), cycles.iter().max());
        Pace { fewest: fewest.copied().unwrap_or(1), most: most.copied().unwrap_or(1) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let (lanes, out) = self.layer.lanes(at.target)?;
        let block = Checked::new(self.layer.block(out)).ok()?;
        let multipliers = one_pass_attention::Config::cost(&block).count_multipliers();
        Some(Choice { lanes, multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let (l, a) = (&self.layer, &self.layer.attention);
        let Some((_, out_lanes)) = l.lanes(p.target()) else { return };
        operand(p, 0, a.depth, a.depth);
        let q = p.tip();
        let [k, v] = [(1, a.depth, "keys"), (2, a.width, "values")].map(|of| kept(l, p, choice.lanes, of));
        let output = p.output();
        let Some(c) = p.check("attention", l.block(out_lanes)) else { return };
        let products = u64::from(l.heads()) * u64::from(l.slots()) * u64::from(a.depth + a.width);
        p.now.count = output.count;
        p.vector = a.width * l.heads();
        p.stage("attention", (output, out_lanes), products, c);
        p.inputs_from(&[q, k, v]);
        p.vector = a.width;
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let heads = u64::from(self.layer.heads());
        let come: Vec<Vec<u64>> = (0..3).map(|k| a.come(k, heads)).collect();
        let last = |i: usize| come.iter().filter_map(|c| c.get(i)).max().copied().unwrap_or(0);
        // A token's rows wait while the slots for the one before are read.
        let times: Vec<u64> = (0..come[0].len()).map(|i| last(i - i % heads as usize + heads as usize - 1)).collect();
        let rows = 2 * self.layer.heads();
        let spare = Spare { operands: vec![rows; 3], least: vec![rows; 3], ..Spare::default() };
        Arrived { done: behind(&times, a.work(heads)), spare }
    }
}

/// Operand `k` in its cache.
fn kept(l: &CachedAttention, p: &mut Pipeline, lanes: u32, (k, elements, role): (usize, u32, &str)) -> Tip {
    operand(p, k, elements, lanes);
    p.vector = l.heads() * elements;
    let gives = Elements { count: p.now.count * l.slots(), ..p.now };
    p.add(role, (gives, lanes), l.cache(elements, lanes));
    p.vector = l.heads() * elements * l.slots();
    p.by_pixels(elements);
    p.widen(elements, role);
    p.tip()
}
