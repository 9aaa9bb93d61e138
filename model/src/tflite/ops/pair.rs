//! ADD, SUB, MUL and SQUARED_DIFFERENCE.

use niello_gen::num::Scale;

use crate::tflite::builtin::{Builtin, Call, Takes};
use crate::tflite::file::File;
use crate::tflite::parts::pairs::{operands, spread_operands, Operands};
use crate::tflite::parts::weights::bounds;
use niello_net::layers::{Add, Mul, Pairing, SquaredDifference};
use niello_net::{DType, Op, Recode};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("ADD", 6, (2, 2), 11, pair).takes(Takes::Pair).before(spread_operands).built(BUILT),
    Builtin::of("SUB", 5, (2, 2), 28, pair).takes(Takes::Pair).before(spread_operands).built(BUILT),
    Builtin::of("MUL", 8, (2, 2), 21, pair).takes(Takes::Pair).before(spread_operands).built(BUILT),
    Builtin::of("SQUARED_DIFFERENCE", 2, (2, 2), 76, pair).takes(Takes::Pair).before(spread_operands).built(SQUARES),
];

const BUILT: &str =
    "two tensors of one shape, an image and a value for each channel or for each row of channels, a tensor and a constant";
const SQUARES: &str = "int8: as ADD";

/// The operator of two tensors of one shape, of an image and a value for each channel, or of a tensor and a constant.
fn pair(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, kind, op, .. } = c;
    let Operands { codes: [ca, cb, cy], constant, channels } = operands(file, c)?;
    let activation = op.add().map(|o| o.activation()).or(op.mul().map(|o| o.activation()));
    let activation = activation.or(op.sub().map(|o| o.activation())).unwrap_or(0);
    let bounds = bounds(file, place, activation, &cy)?;
    let legal = |r: Recode| r.scales.iter().all(Scale::is_legal);
    let found = match kind {
        "ADD" | "SUB" => {
            let add = Add::new(ca, cb, cy, bounds).filter(|a| legal(a.recode()));
            add.map(|a| Pairing::Add(Add { minus: kind == "SUB", ..a }))
        }
        "SQUARED_DIFFERENCE" if cy.dtype != DType::I8 => {
            file.unsupported(place, kind, &format!("{} tensors", cy.dtype.name()), "int8 tensors");
            return None;
        }
        "SQUARED_DIFFERENCE" => {
            SquaredDifference::new(ca, cb, cy, bounds).filter(|d| legal(d.recode())).map(Pairing::SquaredDifference)
        }
        _ => Mul::new(ca, cb, cy, bounds).filter(|m| legal(m.recode())).map(Pairing::Mul),
    };
    let Some(found) = found else {
        file.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
        return None;
    };
    Some(match constant {
        Some(constant) => found.beside(constant, channels),
        None => found.of_tensors(channels),
    })
}
