//! What each element can serve.

use super::plain::packed_bits;
use super::{lookup, Cell, Mac};
use crate::blocks::mac_array::{Accumulator, Config, Dataflow, Format, Shape};
use crate::blocks::{BlockConfig, ConfigError};
use crate::num::minifloat::Special;

/// Bits of a multiplier's operand on the devices at hand.
const MULTIPLIER: u32 = 18;

impl Mac {
    /// Rules of this element.
    pub fn rules(self, c: &Config) -> Vec<ConfigError> {
        let block = Config::ABOUT.name;
        let not = |field, value: String, help: &str| {
            let with = format!("mac={}; help: {help}", self.text());
            vec![ConfigError::NotServed { block, field, value, with }]
        };
        let depth = c.element_depth();
        match self {
            _ if c.format != Format::Int => float(self, c),
            Mac::LMul => not("format", c.format.text().into(), "take e4m3 or e5m2"),
            _ if c.accumulator != Accumulator::Exact => {
                not("accumulator", c.accumulator.text().into(), "sums of integers are exact: set accumulator=exact")
            }
            Mac::Plain | Mac::CarrySave => Vec::new(),
            Mac::SameWeight if depth < 2 => not(
                "depth",
                depth.to_string(),
                "take cube or tree with a depth of 2 or more: it compresses over products",
            ),
            Mac::SameWeight => Vec::new(),
            Mac::Ternary if (c.b_bits, c.b_signed, c.b_zero) != (2, true, 0) => {
                not("b_bits", c.b_bits.to_string(), "set b_bits=2 b_signed=true b_zero=0: weights are -1, 0, 1")
            }
            Mac::Ternary => Vec::new(),
            Mac::Packed => packed(c, &not),
            Mac::Lookup if c.dataflow != Dataflow::Tree => {
                not("dataflow", c.dataflow.text().into(), "take tree: a row shares its tables")
            }
            Mac::Lookup if !depth.is_multiple_of(lookup::GROUP) => {
                not("depth", depth.to_string(), "take a multiple of 4: a table serves four activations")
            }
            Mac::Lookup => Vec::new(),
            Mac::SparseDigit | Mac::SharedDigit if c.dataflow != Dataflow::Tree => {
                not("dataflow", c.dataflow.text().into(), "take tree: all elements go from group to group together")
            }
            Mac::SparseDigit | Mac::SharedDigit => {
                let s = Shape::new(c);
                let steps = s.k_tiles * s.cell.digits();
                if c.rows > steps {
                    let help = format!("take {steps} rows or fewer: they leave while the next tile is computed");
                    return not("rows", c.rows.to_string(), &help);
                }
                Vec::new()
            }
        }
    }
}

/// Rules of floating-point elements.
fn float(mac: Mac, c: &Config) -> Vec<ConfigError> {
    let block = Config::ABOUT.name;
    let mut errors = Vec::new();
    let mut not = |field, value: String, help: String| {
        let with = format!("format={}; help: {help}", c.format.text());
        errors.push(ConfigError::NotServed { block, field, value, with });
    };
    let Some(f) = c.format.minifloat() else { return Vec::new() };
    for (field, bits) in [("a_bits", c.a_bits), ("b_bits", c.b_bits)] {
        if bits != f.bits() {
            not(field, bits.to_string(), format!("its codes have {} bits", f.bits()));
        }
    }
    for (field, signed) in [("a_signed", c.a_signed), ("b_signed", c.b_signed)] {
        if !signed {
            not(field, signed.to_string(), "its codes have a sign: set true".into());
        }
    }
    for (field, zero) in [("a_zero", c.a_zero), ("b_zero", c.b_zero)] {
        if zero != 0 {
            not(field, zero.to_string(), "floating point has no zero point: set 0".into());
        }
    }
    match mac {
        Mac::Plain => {}
        Mac::LMul if f.special == Special::None => not("mac", mac.text().into(), "L-Mul is for e4m3 and e5m2".into()),
        Mac::LMul => {}
        _ => not("mac", mac.text().into(), "take plain or l-mul".into()),
    }
    if c.accumulator == Accumulator::Float32 && c.dataflow == Dataflow::WeightStationary {
        not("accumulator", "float32".into(), "weight-stationary sums are exact: the others keep float32 sums".into());
    }
    errors
}

fn packed(c: &Config, not: &impl Fn(&'static str, String, &str) -> Vec<ConfigError>) -> Vec<ConfigError> {
    if !c.cols.is_multiple_of(2) {
        return not("cols", c.cols.to_string(), "take an even number: a multiplier serves two columns");
    }
    let cell: Cell = Shape::new(c).cell;
    if packed_bits(&cell) > MULTIPLIER || cell.a_bits() > MULTIPLIER {
        let help = "narrow the operands: a product and a weight must fit 18 bits together";
        return not("b_bits", c.b_bits.to_string(), help);
    }
    Vec::new()
}
