//! Layers of several operands. Sums: `stream_fifo -> lut` for each operand, `eltwise`, `requant`; products without the `lut`.

use super::builder::{Builder, Cost, Tip};
use super::{cost, Concat, Elements, Layer, Product, StageBlock, Sum};
use crate::blocks::eltwise::{self, Kind};
use crate::blocks::{concat, lut, stream_fifo};
use crate::num::{bits_for_range, Range};

/// Operands in names of instances.
const NAMES: [&str; 2] = ["a", "b"];

impl Builder {
    /// Both operands, rescaled; what comes too early waits in a FIFO.
    pub(super) fn sum(&mut self, i: usize, layer: &Layer, a: &Sum) {
        let pixels = u64::from(layer.output.count / a.channels.max(1));
        let Some(lanes) = cost::lanes(a.channels, pixels, self.target) else { return };
        let mut operands = Vec::new();
        for (k, table) in a.tables.iter().enumerate() {
            self.operand(i, layer, k, a.channels, lanes);
            self.numbers(i, layer, NAMES[k], table);
            operands.push(self.tip());
        }
        let [x, y] = operands[..] else { return };
        let config = eltwise::Config { lanes, a_bits: x.now.bits, b_bits: y.now.bits, ..eltwise::Config::default() };
        self.join(i, layer, "sum", [x, y], config, Cost::default());
        // Of the tables' values, not of their types: what `requant` is proven for.
        let ends = |t: &[i64]| (t.iter().min().copied().unwrap_or(0), t.iter().max().copied().unwrap_or(0));
        let (p, q) = (ends(&a.tables[0]), ends(&a.tables[1]));
        let result = Range::new((p.0 + q.0).into(), (p.1 + q.1).into());
        self.recode(i, layer, Some(&a.recode), result, pixels);
    }

    /// Both operands as they are.
    pub(super) fn product(&mut self, i: usize, layer: &Layer, p: &Product) {
        let pixels = u64::from(layer.output.count / p.channels.max(1));
        let Some(lanes) = cost::lanes(p.channels, pixels, self.target) else { return };
        let mut operands = Vec::new();
        for k in 0..2 {
            self.operand(i, layer, k, p.channels, lanes);
            operands.push(self.tip());
        }
        let [x, y] = operands[..] else { return };
        let config = eltwise::Config {
            lanes,
            kind: Kind::Mul,
            a_bits: x.now.bits,
            a_signed: x.now.signed,
            a_zero: p.zeros[0],
            b_bits: y.now.bits,
            b_signed: y.now.signed,
            b_zero: p.zeros[1],
        };
        let cost = Cost { multipliers: lanes.into(), products: layer.output.count.into(), ..Cost::default() };
        let Some(result) = self.join(i, layer, "product", [x, y], config, cost) else { return };
        self.recode(i, layer, Some(&p.recode), result, pixels);
    }

    /// All operands side by side.
    pub(super) fn concat(&mut self, i: usize, layer: &Layer, c: &Concat) {
        let pixels = u64::from(layer.output.count / c.total().max(1));
        let Some(lanes) = cost::concat_lanes(c, pixels, self.target) else { return };
        let mut operands = Vec::new();
        for (k, channels) in c.channels.iter().enumerate() {
            self.operand(i, layer, k, *channels, lanes);
            // Lanes divide the channels: pixels of all operands follow each other without padding.
            operands.push(self.tip());
        }
        let (bits, signed) = (self.now.bits, self.now.signed);
        let channels = c.channels.iter().map(|c| i64::from(*c)).collect();
        let Some(checked) = self.check(layer, concat::Config { lanes, bits, signed, channels }) else { return };
        self.vector = c.total();
        self.now = layer.output;
        self.stage(i, layer, "concat", layer.output, lanes, Cost::default(), checked, StageBlock::Concat);
        if let Some(s) = self.stages.last_mut() {
            s.inputs = operands.iter().map(|t| t.at).collect();
        }
    }

    /// An operand on its lanes, behind what waits.
    fn operand(&mut self, i: usize, layer: &Layer, k: usize, channels: u32, lanes: u32) {
        let name = NAMES.get(k).map_or_else(|| format!("x{k}"), |n| n.to_string());
        self.go_on_from(layer.inputs[k]);
        self.by_pixels(i, layer, channels);
        // What waits must be able to go at the pace of who takes it.
        self.widen(i, layer, lanes, &name);
        self.wait(i, layer, k, &name, channels);
    }

    /// The stage that takes both; gives the range of its results.
    fn join(
        &mut self,
        i: usize,
        layer: &Layer,
        role: &str,
        [x, y]: [Tip; 2],
        config: eltwise::Config,
        cost: Cost,
    ) -> Option<Range> {
        let lanes = config.lanes;
        let c = self.check(layer, config)?;
        let (bits, result) = (c.derived().bits, c.derived().y);
        let wide = Elements { bits, signed: true, ..y.now };
        self.stage(i, layer, role, wide, lanes, cost, c, StageBlock::Eltwise);
        if let Some(s) = self.stages.last_mut() {
            s.inputs = vec![x.at, y.at];
        }
        Some(result)
    }

    /// A FIFO for what comes before it is needed.
    pub(super) fn wait(&mut self, i: usize, layer: &Layer, operand: usize, name: &str, channels: u32) {
        let pixels = self.spares.get(i).and_then(|s| s.operands.get(operand)).copied().unwrap_or(0);
        if pixels == 0 {
            return;
        }
        let depth = pixels.saturating_mul(channels.div_ceil(self.lanes));
        let (now, lanes) = (self.now, self.lanes);
        let memory = u64::from(depth) * u64::from(lanes * now.bits + 1);
        let config = stream_fifo::Config { bits: now.bits, lanes, signed: now.signed, depth };
        let cost = Cost { memory, ..Cost::default() };
        self.add(i, layer, &format!("{name}_fifo"), now, lanes, cost, config, StageBlock::Fifo);
    }

    /// Codes become numbers of one scale.
    pub(super) fn numbers(&mut self, i: usize, layer: &Layer, name: &str, table: &[i64]) {
        let span = table.iter().fold((0, 0), |(lo, hi), v| (*v.min(&lo), *v.max(&hi)));
        let out_bits = bits_for_range(Range::new(span.0.into(), span.1.into()), true);
        let (now, lanes) = (self.now, self.lanes);
        let config = lut::Config {
            in_bits: now.bits,
            in_signed: now.signed,
            out_bits,
            out_signed: true,
            lanes,
            table: table.to_vec(),
        };
        let cost = Cost { memory: u64::from(lanes) * (u64::from(out_bits) << now.bits), ..Cost::default() };
        let wide = Elements { bits: out_bits, signed: true, ..now };
        self.add(i, layer, &format!("{name}_lut"), wide, lanes, cost, config, StageBlock::Lut);
    }
}
