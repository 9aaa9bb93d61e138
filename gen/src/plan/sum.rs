//! Sums of two tensors: `stream_fifo -> lut` for each operand, `eltwise`, `requant`.

use super::lower::{Builder, Cost};
use super::{cost, Elements, Layer, StageBlock, Sum};
use crate::blocks::{eltwise, lut, stream_fifo};
use crate::num::{bits_for_range, Range};

impl Builder {
    /// Both operands, rescaled; what comes too early waits in a FIFO.
    pub(super) fn sum(&mut self, i: usize, layer: &Layer, a: &Sum) {
        let pixels = u64::from(layer.output.count / a.channels.max(1));
        let Some(lanes) = cost::lanes(a.channels, pixels, self.target) else { return };
        let mut operands = Vec::new();
        for (k, name) in ["a", "b"].into_iter().enumerate() {
            self.go_on_from(layer.inputs[k]);
            self.vector = a.channels;
            self.wait(i, layer, k, name, a.channels);
            self.widen(i, layer, lanes, name);
            self.rescale(i, layer, name, &a.tables[k]);
            operands.push(self.tip());
        }
        let [x, y] = operands[..] else { return };
        let config = eltwise::Config { lanes, a_bits: x.now.bits, b_bits: y.now.bits, ..eltwise::Config::default() };
        let Some(c) = self.check(layer, config) else { return };
        let sum = Elements { bits: c.derived().bits, ..y.now };
        self.stage(i, layer, "sum", sum, lanes, Cost::default(), c, StageBlock::Eltwise);
        if let Some(s) = self.stages.last_mut() {
            s.inputs = vec![x.at, y.at];
        }
        // Of the tables' values, not of their types: what `requant` is proven for.
        let ends = |t: &[i64]| (t.iter().min().copied().unwrap_or(0), t.iter().max().copied().unwrap_or(0));
        let (p, q) = (ends(&a.tables[0]), ends(&a.tables[1]));
        let result = Range::new((p.0 + q.0).into(), (p.1 + q.1).into());
        self.recode(i, layer, Some(&a.recode), result, pixels);
    }

    /// A FIFO for what comes before it is needed.
    fn wait(&mut self, i: usize, layer: &Layer, operand: usize, name: &str, channels: u32) {
        let pixels = self.spares.get(i).map_or(0, |s| s.operands[operand]);
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
    fn rescale(&mut self, i: usize, layer: &Layer, name: &str, table: &[i64]) {
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
