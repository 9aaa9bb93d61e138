//! Layers of several operands. Sums: `stream_fifo -> lut` for each operand, `eltwise`, `requant`; products without the `lut`.

use super::builder::{Builder, Spare, Tip};
use super::{cost, Concat, Elements, Layer, Product, Sum};
use niello_gen::blocks::eltwise::{self, Kind};
use niello_gen::blocks::{concat, lut, stream_fifo};
use niello_gen::num::{bits_for_range, Range};

/// Operands in names of instances.
const NAMES: [&str; 2] = ["a", "b"];

/// The lowest and the highest one.
fn ends(values: &[i64]) -> (i64, i64) {
    (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0))
}

impl Builder<'_> {
    /// Both operands, rescaled; what comes too early waits in a FIFO.
    pub(super) fn sum(&mut self, i: usize, layer: &Layer, a: &Sum) {
        let pixels = u64::from(layer.output.count / a.channels.max(1));
        let Some(lanes) = cost::lanes(a.channels, pixels, self.target) else { return };
        let mut operands = Vec::new();
        for (k, table) in a.tables.iter().enumerate().take(layer.inputs.len()) {
            self.operand(i, layer, k, a.channels, lanes);
            self.numbers(i, layer, NAMES[k], table);
            operands.push(self.tip());
        }
        // Of the tables' values, not of their types: what `requant` is proven for.
        let p = ends(&a.tables[0]);
        let q = ends(if a.constants.is_empty() { &a.tables[1] } else { &a.constants });
        let result = Range::new((p.0 + q.0).into(), (p.1 + q.1).into());
        let own = bits_for_range(Range::new(q.0.into(), q.1.into()), true);
        let b_bits = operands.get(1).map_or(own, |y| y.now.bits);
        let constants = a.constants.clone();
        let a_bits = operands.first().map_or(1, |x| x.now.bits);
        let config = eltwise::Config { lanes, a_bits, b_bits, constants, ..eltwise::Config::default() };
        self.join(i, layer, "sum", &operands, config, 0);
        self.recode(i, layer, Some(&a.recode), result, pixels);
    }

    /// Both operands as they are.
    pub(super) fn product(&mut self, i: usize, layer: &Layer, p: &Product) {
        let pixels = u64::from(layer.output.count / p.channels.max(1));
        let Some(lanes) = cost::lanes(p.channels, pixels, self.target) else { return };
        let mut operands = Vec::new();
        for k in 0..layer.inputs.len() {
            self.operand(i, layer, k, p.channels, lanes);
            operands.push(self.tip());
        }
        let Some(x) = operands.first().map(|t| t.now) else { return };
        let (lo, hi) = ends(&p.constants);
        let (lo, hi) = (lo.min(p.zeros[1]), hi.max(p.zeros[1]));
        let own = bits_for_range(Range::new(lo.into(), hi.into()), true);
        let (b_bits, b_signed) = operands.get(1).map_or((own, true), |y| (y.now.bits, y.now.signed));
        let config = eltwise::Config {
            lanes,
            kind: Kind::Mul,
            a_bits: x.bits,
            a_signed: x.signed,
            a_zero: p.zeros[0],
            b_bits,
            b_signed,
            b_zero: p.zeros[1],
            constants: p.constants.clone(),
        };
        let products = layer.output.count.into();
        let Some(result) = self.join(i, layer, "product", &operands, config, products) else { return };
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
        self.stage(i, layer, "concat", (layer.output, lanes), 0, checked);
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

    /// The stage that takes them; gives the range of its results.
    fn join(
        &mut self,
        i: usize,
        layer: &Layer,
        role: &str,
        operands: &[Tip],
        config: eltwise::Config,
        products: u64,
    ) -> Option<Range> {
        let (lanes, constants) = (config.lanes, config.constants.len() as u32);
        let c = self.check(layer, config)?;
        let (bits, result) = (c.derived().bits, c.derived().y);
        let wide = Elements { bits, signed: true, ..self.now };
        // A frame of the block has all constants once.
        let vector = self.vector;
        self.vector = vector.max(constants);
        self.stage(i, layer, role, (wide, lanes), products, c);
        self.vector = vector;
        if let Some(s) = self.stages.last_mut() {
            s.inputs = operands.iter().map(|t| t.at).collect();
        }
        Some(result)
    }

    /// A FIFO for what comes before it is needed.
    pub(super) fn wait(&mut self, i: usize, layer: &Layer, operand: usize, name: &str, channels: u32) {
        let of =
            |list: fn(&Spare) -> &Vec<u32>| self.spares.get(i).and_then(|s| list(s).get(operand)).copied().unwrap_or(0);
        let (pixels, least) = (of(|s| &s.operands), of(|s| &s.least));
        if pixels == 0 {
            return;
        }
        let beats = |pixels: u32| pixels.saturating_mul(channels.div_ceil(self.lanes));
        let depth = beats(pixels);
        self.least.push((self.stages.len(), beats(least)));
        let (now, lanes) = (self.now, self.lanes);
        let config = stream_fifo::Config { bits: now.bits, lanes, signed: now.signed, depth };
        self.add(i, layer, &format!("{name}_fifo"), (now, lanes), config);
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
        let wide = Elements { bits: out_bits, signed: true, ..now };
        self.add(i, layer, &format!("{name}_lut"), (wide, lanes), config);
    }
}
