//! What is compared, and the published claims beside it.

/// A row: what it is, the block and its settings, and what it is compared with.
pub struct Row {
    pub name: &'static str,
    pub block: &'static str,
    pub settings: &'static str,
    pub base: Option<&'static str>,
}

const fn row(name: &'static str, settings: &'static str, base: Option<&'static str>) -> Row {
    Row { name, block: "mac_array", settings, base }
}

const OS: &str = "output-stationary, plain";
const WS: &str = "weight-stationary, plain";
const CUBE: &str = "cube, plain";
const TREE: &str = "tree, plain";

/// 64 products a cycle everywhere: 8 x 8, or 4 x 4 x 4; products of 64 x 64 x 64 (weight-stationary: 64 x 8 x 64).
pub const ROWS: &[Row] = &[
    row(OS, "dataflow=output-stationary rows=8 cols=8", None),
    row("output-stationary, carry-save", "dataflow=output-stationary mac=carry-save rows=8 cols=8", Some(OS)),
    row("output-stationary, ternary", "dataflow=output-stationary mac=ternary b_bits=2 rows=8 cols=8", Some(OS)),
    row("output-stationary, int4", "dataflow=output-stationary a_bits=4 b_bits=4 rows=8 cols=8", Some(OS)),
    row(
        "output-stationary, int4 packed",
        "dataflow=output-stationary mac=packed a_bits=4 b_bits=4 rows=8 cols=8",
        Some(OS),
    ),
    row(WS, "dataflow=weight-stationary rows=8 cols=8 k=8", None),
    row("weight-stationary, carry-save", "dataflow=weight-stationary mac=carry-save rows=8 cols=8 k=8", Some(WS)),
    row(CUBE, "dataflow=cube rows=4 cols=4 depth=4", None),
    row("cube, carry-save", "dataflow=cube mac=carry-save rows=4 cols=4 depth=4", Some(CUBE)),
    row("cube, same-weight", "dataflow=cube mac=same-weight rows=4 cols=4 depth=4", Some(CUBE)),
    row(TREE, "dataflow=tree rows=4 cols=4 depth=4", None),
    row("tree, carry-save", "dataflow=tree mac=carry-save rows=4 cols=4 depth=4", Some(TREE)),
    row("tree, same-weight", "dataflow=tree mac=same-weight rows=4 cols=4 depth=4", Some(TREE)),
    row("tree, lookup", "dataflow=tree mac=lookup rows=4 cols=4 depth=4", Some(TREE)),
    row("tree, sparse-digit", "dataflow=tree mac=sparse-digit rows=8 cols=8 depth=4", Some(TREE)),
    row("tree, shared-digit", "dataflow=tree mac=shared-digit rows=8 cols=8 depth=4", Some(TREE)),
    Row { name: "bit_serial, 8 planes", block: "bit_serial", settings: "k=64 cols=8 depth=8", base: Some(TREE) },
    row("output-stationary, e4m3 exact", "format=e4m3 rows=8 cols=8", Some(OS)),
    row("output-stationary, e4m3 l-mul", "format=e4m3 mac=l-mul rows=8 cols=8", Some(OS)),
    row("output-stationary, e5m2 exact", "format=e5m2 rows=8 cols=8", Some(OS)),
    row("output-stationary, e3m2 exact", "format=e3m2 a_bits=6 b_bits=6 rows=8 cols=8", Some(OS)),
    row("output-stationary, e2m3 exact", "format=e2m3 a_bits=6 b_bits=6 rows=8 cols=8", Some(OS)),
    row("output-stationary, e2m1 exact", "format=e2m1 a_bits=4 b_bits=4 rows=8 cols=8", Some(OS)),
    block_row("mx, e4m3", "format=e4m3"),
    block_row("mx, e2m3", "format=e2m3 a_bits=6 b_bits=6"),
    block_row("mx, e2m1", "format=e2m1 a_bits=4 b_bits=4"),
    block_row("mx, int8", "format=int"),
    block_row(BFP, "format=int block=16 blocks=4 scale=exponent scale_bits=4 accumulator=exact"),
    row("output-stationary, e4m3 float32", "format=e4m3 accumulator=float32 rows=8 cols=8", Some(OS)),
];

const BFP: &str = "shared exponents of 4 bits, int8, exact";

/// A row of `mx_array`: 64 along k, in blocks of 32 unless it says otherwise.
const fn block_row(name: &'static str, settings: &'static str) -> Row {
    Row { name, block: "mx_array", settings, base: Some(OS) }
}

/// A published ratio: what is claimed, over which row, for which rows here.
pub struct Claim {
    pub text: &'static str,
    pub ratio: f64,
    pub most: f64,
    pub base: &'static str,
    pub rows: &'static [&'static str],
}

pub const CLAIMS: &[Claim] = &[
    Claim {
        text: "bit-weight tensor processing, area efficiency over a systolic array",
        ratio: 1.27,
        most: f64::INFINITY,
        base: OS,
        rows: &["output-stationary, carry-save"],
    },
    Claim {
        text: "the same over a cube",
        ratio: 1.28,
        most: f64::INFINITY,
        base: CUBE,
        rows: &["cube, carry-save", "cube, same-weight"],
    },
    Claim {
        text: "the same over a multiplier-adder tree",
        ratio: 1.56,
        most: f64::INFINITY,
        base: TREE,
        rows: &["tree, carry-save", "tree, same-weight", "tree, shared-digit"],
    },
    Claim {
        text: "FP8 against int8, 50 to 180 % less efficient: E4M3, exact sums",
        ratio: 1.0 / 2.8,
        most: 1.0 / 1.5,
        base: OS,
        rows: &["output-stationary, e4m3 exact"],
    },
    Claim {
        text: "the same, float32 sums",
        ratio: 1.0 / 2.8,
        most: 1.0 / 1.5,
        base: OS,
        rows: &["output-stationary, e4m3 float32"],
    },
    Claim {
        text: "L-Mul against exact E4M3 products (a multiplier alone: a third of the area)",
        ratio: 3.0,
        most: f64::INFINITY,
        base: "output-stationary, e4m3 exact",
        rows: &["output-stationary, e4m3 l-mul"],
    },
];
