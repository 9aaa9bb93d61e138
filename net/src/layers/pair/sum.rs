//! A sum of two tensors, or of one and constants: `stream_fifo -> lut` for each operand, `eltwise`, `requant`; its square by a second `eltwise`.

use niello_gen::blocks::eltwise::{self, Kind};
use niello_gen::num::{bits_for_range, Range};

use crate::layers::parts::{ends, lanes, most_lanes, operand, requantizers, Operands};
use crate::layers::{At, Choice, Engine, Pace};
use crate::plan::{Arrivals, Arrived, Pipeline};
use crate::{Elements, Recode};

/// A sum of two tensors: each operand's code becomes a number by a table, and the sum of both a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// For each operand one number for each code, the lowest code first. A constant operand has none.
    pub tables: [Vec<i64>; 2],
    /// Numbers of a constant second operand, over and over: whole pixels. Empty: it is a tensor.
    pub constants: Vec<i64>,
    /// Channels of a pixel: lanes divide them.
    pub channels: u32,
    /// The sum is squared.
    pub squared: bool,
    /// How the sum, or its square, becomes a code.
    pub recode: Recode,
}

impl Engine for Sum {
    fn codes(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn pace(&self, output: Elements) -> Pace {
        Pace { fewest: u64::from(output.count / most_lanes(self.channels)), most: output.count.into() }
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let pixels = u64::from(at.output.count / self.channels.max(1));
        let lanes = lanes(self.channels, pixels, at.target)?;
        let requant = requantizers(Some(&self.recode), self.channels, pixels, at.target)?;
        let multipliers = requant.multipliers + if self.squared { lanes.into() } else { 0 };
        Some(Choice { lanes, requant: Some(requant), multipliers, ..Choice::default() })
    }
    /// Both operands, rescaled; what comes too early waits in a FIFO.
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        let lanes = choice.lanes;
        let mut operands = Vec::new();
        for (k, table) in self.tables.iter().enumerate().take(p.operands()) {
            let name = operand(p, k, self.channels, lanes);
            p.numbers(&name, table);
            operands.push(p.tip());
        }
        // Of the tables' values, not of their types: what `requant` is proven for.
        let a = ends(&self.tables[0]);
        let b = ends(if self.constants.is_empty() { &self.tables[1] } else { &self.constants });
        let result = Range::new((a.0 + b.0).into(), (a.1 + b.1).into());
        let own = bits_for_range(Range::new(b.0.into(), b.1.into()), true);
        let b_bits = operands.get(1).map_or(own, |y| y.now.bits);
        let constants = self.constants.clone();
        let a_bits = operands.first().map_or(1, |x| x.now.bits);
        let config = eltwise::Config { lanes, a_bits, b_bits, constants, ..eltwise::Config::default() };
        Operands(operands).join(p, "sum", config, 0);
        let result = if self.squared { square(p, lanes, result) } else { result };
        p.recode(Some(&self.recode), result, choice);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        Operands::arrivals(a, a.operands(), u64::from(a.output.count / self.channels.max(1)))
    }
    fn needs_whole_pixels(&self) -> bool {
        false
    }
}

/// The product of a stream and itself; the range of the squares.
fn square(p: &mut Pipeline, lanes: u32, of: Range) -> Range {
    let (bits, signed) = (p.now.bits, p.now.signed);
    let config = eltwise::Config {
        lanes,
        kind: Kind::Mul,
        a_bits: bits,
        a_signed: signed,
        b_bits: bits,
        b_signed: signed,
        ..eltwise::Config::default()
    };
    let products = p.now.count.into();
    let twice = p.tip();
    Operands(vec![twice, twice]).join(p, "square", config, products);
    Range::new(0, (of.lo * of.lo).max(of.hi * of.hi))
}
