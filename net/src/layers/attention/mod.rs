//! Scaled dot-product attention of integers in one pass over the keys: `operand_buffer`s that send keys and values again for each query, and
//! `one_pass_attention` ([one_pass_attention], decision 21). Scores are nowhere stored, whatever the length.
//!
//! Operands: queries `[h][i][d]`, keys `[h][j][d]`, values `[h][j][w]`; or, with `rows_first`, all of them with their heads between. With `t = floor(acc m / 2^s)`,
//! `acc = (q[i] - q_zero) . (k[j] - k_zero)`, `m / 2^s` near `2^8 scale log2 e` with 16 bits of `m`: exponentials of `t / 2^8` octaves below a maximum that goes in steps of four octaves,
//! and `y[i] = clamp(round(out_scale sum of e v / sum of e) + out_zero)` over the keys that the mask lets query `i` see.

mod arrivals;
pub(super) mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

pub use niello_gen::blocks::one_pass_attention::Mask;
use niello_gen::blocks::{one_pass_attention, operand_buffer, BlockConfig, Checked};

use super::parts::operand;
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline, Tip};
use crate::{DType, Elements};

/// Heads of attention.
#[derive(Clone, Debug, PartialEq)]
pub struct Attention {
    /// Heads, each with its queries, keys and values.
    pub heads: u32,
    /// Queries of a head.
    pub queries: u32,
    /// Keys of a head.
    pub keys: u32,
    /// Elements of a query and of a key.
    pub depth: u32,
    /// Elements of a value and of a result.
    pub width: u32,
    /// A row of each head comes before the next row of any, in all operands and in the result.
    pub rows_first: bool,
    /// Of the operands, and of the result.
    pub dtypes: [DType; 2],
    /// Zero points of queries, keys, values and results.
    pub zeros: [i64; 4],
    /// What a step of a score is worth.
    pub scale: f64,
    /// Steps of a result that a step of a value is worth.
    pub out_scale: f64,
    /// Bits of an exponential.
    pub precision: u32,
    /// Which keys a query sees.
    pub mask: Mask,
    /// Keys of the window, and those at the beginning beside it.
    pub window: (u32, u32),
}

impl Attention {
    pub(super) fn block(&self, out_lanes: u32) -> one_pass_attention::Config {
        let Attention { keys, depth, width, scale, out_scale, precision, mask, .. } = *self;
        let ([q_zero, k_zero, v_zero, out_zero], [x, y]) = (self.zeros, self.dtypes);
        let (window, sinks) = if mask == Mask::Window { self.window } else { (1, 0) };
        // Where heads alternate a query is a frame.
        let queries = if self.alternate() { 1 } else { self.queries };
        one_pass_attention::Config {
            queries,
            keys,
            depth,
            width,
            out_lanes,
            bits: x.bits(),
            signed: x.signed(),
            q_zero,
            k_zero,
            v_zero,
            scale,
            precision,
            out_bits: y.bits(),
            out_signed: y.signed(),
            out_scale,
            out_zero,
            mask,
            window,
            sinks,
        }
    }

    fn alternate(&self) -> bool {
        self.rows_first && self.heads > 1
    }

    /// What holds keys, or values, and sends them again for each query.
    fn buffer(&self, elements: u32) -> operand_buffer::Config {
        let (middle, order) = if self.alternate() { (self.heads, vec![3, 1, 0, 2]) } else { (1, vec![1, 3, 0, 2]) };
        operand_buffer::Config {
            outer: self.keys,
            middle,
            beats: 1,
            lanes: elements,
            banks: 1,
            across: false,
            times: self.queries,
            order,
            bits: self.dtypes[0].bits(),
            signed: self.dtypes[0].signed(),
        }
    }

    fn all_queries(&self) -> u64 {
        u64::from(self.heads) * u64::from(self.queries)
    }

    /// Cycles of all queries.
    fn cycles(&self, out_lanes: u32) -> Option<u64> {
        let c = Checked::new(self.block(out_lanes)).ok()?;
        let each = u64::from(self.keys).max(c.derived().tail_cycles());
        Some(self.all_queries() * each)
    }

    /// Lanes of results, the fewest first.
    fn lanes(&self) -> impl Iterator<Item = u32> + '_ {
        (1..=self.width.min(64)).filter(|l| self.width.is_multiple_of(*l))
    }
}

impl Layer for Attention {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, [x[0], x[1], x[2]])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        golden::explain(self, [x[0], x[1], x[2]], element)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let no =
            |what: String| NoEngine { what, help: "heads of at most 256 elements, of codes of at most 8 bits".into() };
        if let Some(other) = operands.iter().find(|t| **t != self.dtypes[0]) {
            return Err(no(format!("queries, keys and values of {} and {}", self.dtypes[0].name(), other.name())));
        }
        if self.mask == Mask::Filled {
            return Err(no("a mask of filled slots, and no cache".into()));
        }
        if self.alternate() && self.mask != Mask::None {
            return Err(no("a mask, and rows of all heads alternate".into()));
        }
        Checked::new(self.block(1)).map_err(|e| no(e.to_string()))?;
        for elements in [self.depth, self.width] {
            Checked::new(self.buffer(elements)).map_err(|e| no(e.to_string()))?;
        }
        Ok(Arc::new(Heads { layer: (*self).clone() }))
    }
}

/// The hardware.
#[derive(Clone, Debug)]
struct Heads {
    layer: Attention,
}

impl Engine for Heads {
    fn pace(&self, _: Elements) -> Pace {
        let cycles: Vec<u64> = self.layer.lanes().filter_map(|l| self.layer.cycles(l)).collect();
        let (fewest, most) = (cycles.iter().min(), cycles.iter().max());
        Pace { fewest: fewest.copied().unwrap_or(1), most: most.copied().unwrap_or(1) }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let lanes = self.layer.lanes().find(|l| self.layer.cycles(*l).is_some_and(|c| c <= at.target))?;
        let block = Checked::new(self.layer.block(lanes)).ok()?;
        let multipliers = one_pass_attention::Config::cost(&block).count_multipliers();
        Some(Choice { lanes, multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let l = &self.layer;
        operand(p, 0, l.depth, l.depth);
        let q = p.tip();
        let [k, v] = [(1, l.depth, "keys"), (2, l.width, "values")].map(|(k, n, role)| stored(l, p, (k, n), role));
        let output = p.output();
        let Some(c) = p.check("attention", l.block(choice.lanes)) else { return };
        let products = l.all_queries() * u64::from(l.keys) * u64::from(l.depth + l.width);
        // A frame of the block is a head's queries, or one query where heads alternate.
        p.now.count = output.count;
        p.vector = l.width * if l.alternate() { 1 } else { l.queries };
        p.stage("attention", (output, choice.lanes), products, c);
        p.inputs_from(&[q, k, v]);
        p.vector = l.width;
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        arrivals::of(&self.layer, a)
    }
}

/// Operand `k` in its buffer.
fn stored(l: &Attention, p: &mut Pipeline, (k, elements): (usize, u32), role: &str) -> Tip {
    operand(p, k, elements, elements);
    let config = l.buffer(elements);
    p.vector = l.keys * elements * config.middle;
    p.add(role, (p.now, elements), config);
    p.tip()
}
