//! Good TFLite files with one field changed: what LiteRT refuses is refused, by its code and with a word of why. Errors that only follow
//! from another one are not told.
#![allow(non_snake_case, missing_docs)]

use std::path::Path;

use niello_model::import;

/// A file, and a place in it.
struct File(Vec<u8>);

impl File {
    fn open(name: &str) -> File {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tflite").join(name);
        File(std::fs::read(path).unwrap())
    }
    fn get(&self, at: usize) -> i32 {
        i32::from_le_bytes(self.0[at..at + 4].try_into().unwrap())
    }
    fn put(&mut self, at: usize, value: i32) {
        self.0[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    fn follow(&self, at: usize) -> usize {
        at + self.get(at) as usize
    }
    /// Where field `id` of a table stands: it is written in this file.
    fn field(&self, table: usize, id: usize) -> usize {
        let vtable = (table as i64 - i64::from(self.get(table))) as usize;
        let offset = u16::from_le_bytes(self.0[vtable + 4 + 2 * id..][..2].try_into().unwrap());
        assert_ne!(offset, 0, "field {id} is not written");
        table + usize::from(offset)
    }
    /// Where entry `i` of a vector of numbers stands.
    fn number(&self, table: usize, id: usize, i: usize) -> usize {
        self.follow(self.field(table, id)) + 4 + 4 * i
    }
    /// The table at entry `i` of a vector.
    fn entry(&self, table: usize, id: usize, i: usize) -> usize {
        self.follow(self.number(table, id, i))
    }
    fn model(&self) -> usize {
        self.follow(0)
    }
    fn code(&self, i: usize) -> usize {
        self.entry(self.model(), 1, i)
    }
    fn graph(&self) -> usize {
        self.entry(self.model(), 2, 0)
    }
    fn buffer(&self, i: usize) -> usize {
        self.entry(self.model(), 4, i)
    }
    fn tensor(&self, i: usize) -> usize {
        self.entry(self.graph(), 0, i)
    }
    fn operator(&self, i: usize) -> usize {
        self.entry(self.graph(), 3, i)
    }
    /// A tensor's scales and zero points.
    fn quantization(&self, i: usize) -> usize {
        self.follow(self.field(self.tensor(i), 4))
    }
    /// The operator with ConcatenationOptions.
    fn concatenation(&self) -> usize {
        (0..9).find(|i| self.0[self.field(self.operator(*i), 3)] == 10).unwrap()
    }
    fn operand(&mut self, operator: usize, k: usize, tensor: i32) {
        let at = self.number(self.operator(operator), 1, k);
        self.put(at, tensor);
    }
    fn result(&mut self, operator: usize, tensor: i32) {
        let at = self.number(self.operator(operator), 2, 0);
        self.put(at, tensor);
    }
    /// Another builtin operator.
    fn becomes(&mut self, code: usize, builtin: u8) {
        let (old, new) = (self.field(self.code(code), 0), self.field(self.code(code), 3));
        self.0[old] = builtin.min(127);
        self.put(new, builtin.into());
    }
}

type Change = fn(&mut File);

/// A file, what is changed, and a piece of each error that this gives.
fn refuses(cases: &[(&str, &str, Change, &[&str])]) {
    for (name, file, change, pieces) in cases {
        let mut f = File::open(file);
        change(&mut f);
        let Err(errors) = import("m", &f.0) else { panic!("{name} is accepted") };
        let text = errors.to_string();
        assert_eq!(text.lines().count(), pieces.len(), "{name}: {text}");
        for (line, piece) in text.lines().zip(*pieces) {
            let (code, words) = piece.split_at(4);
            assert!(
                line.starts_with(code) && line.contains(words.trim()) && line.contains("; help: "),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn indices__are_in_range() {
    refuses(&[
        ("no weights", "cnn.tflite", |f| f.operand(0, 1, -1), &["E103 operand 1 is tensor -1 of 13"]),
        ("bias", "cnn.tflite", |f| f.operand(0, 2, -2), &["E103 operand 2 is tensor -2 of 13"]),
        ("operand", "cnn.tflite", |f| f.operand(1, 0, 13), &["E103 operand 0 is tensor 13 of 13"]),
        ("result", "cnn.tflite", |f| f.result(1, -1), &["E103 its output is tensor -1 of 13"]),
        ("input", "cnn.tflite", |f| f.put(f.number(f.graph(), 1, 0), 99), &["E103 its input or output is tensor 99"]),
        ("output", "cnn.tflite", |f| f.put(f.number(f.graph(), 2, 0), -1), &["E103 its input or output is tensor -1"]),
        ("code", "cnn.tflite", |f| f.put(f.field(f.operator(1), 0), 4), &["E103 operator code 4 of 4"]),
        ("buffer", "cnn.tflite", |f| f.put(f.field(f.tensor(5), 2), 99), &["E103 buffer 99 of"]),
    ]);
    let mut f = File::open("cnn.tflite");
    f.operand(0, 2, -1);
    assert!(import("m", &f.0).is_ok(), "a bias may be left out");
}

#[test]
fn sizes_and_counts__fit() {
    fn shorter(f: &mut File, vector: usize) {
        let at = f.follow(vector);
        f.put(at, f.get(at) - 1);
    }
    refuses(&[
        (
            "contents",
            "cnn.tflite",
            |f| shorter(f, f.field(f.buffer(1), 0)),
            &["E103 53 bytes of contents, int8 of [6, 3, 3, 1] has 54"],
        ),
        ("scales", "cnn.tflite", |f| shorter(f, f.field(f.quantization(1), 2)), &["E104 5 scales and 6 zero points"]),
        ("zeros", "cnn.tflite", |f| shorter(f, f.field(f.quantization(1), 3)), &["E104 6 scales and 5 zero points"]),
        (
            "both",
            "cnn.tflite",
            |f| {
                shorter(f, f.field(f.quantization(1), 2));
                shorter(f, f.field(f.quantization(1), 3));
            },
            &["E104 5 scales for the 6 entries of dimension 0"],
        ),
        ("shape", "cnn.tflite", |f| f.put(f.number(f.tensor(3), 0, 1), -8), &["E103 shape [1, -8, 8, 6]"]),
        (
            "operands",
            "cnn.tflite",
            |f| f.put(f.follow(f.field(f.operator(0), 1)), 1),
            &["E103 CONV_2D with 1 operands"],
        ),
        ("inputs", "cnn.tflite", |f| shorter(f, f.field(f.graph(), 1)), &["E103 0 inputs and 1 outputs"]),
        ("graphs", "cnn.tflite", |f| shorter(f, f.field(f.model(), 2)), &["E103 it has no graph"]),
    ]);
}

#[test]
fn versions_options_and_types__are_known() {
    refuses(&[
        ("schema", "cnn.tflite", |f| f.put(f.field(f.model(), 0), 4), &["E102 schema version 4"]),
        ("version", "cnn.tflite", |f| f.put(f.field(f.code(0), 2), 9), &["E101 CONV_2D version 9 is not supported"]),
        ("no version", "cnn.tflite", |f| f.put(f.field(f.code(0), 2), 0), &["E101 versions 1 to 8"]),
        (
            "options",
            "cnn.tflite",
            |f| {
                let at = f.field(f.operator(1), 3);
                f.0[at] = 89;
            },
            &["E103 MAX_POOL_2D with QuantizeOptions"],
        ),
        (
            "no type",
            "cnn.tflite",
            |f| {
                let at = f.field(f.tensor(3), 1);
                f.0[at] = 0xff;
            },
            &["E101 a type of a newer schema"],
        ),
        (
            "int16",
            "cnn.tflite",
            |f| {
                for t in [0, 3, 4, 7, 9, 12] {
                    let at = f.field(f.tensor(t), 1);
                    f.0[at] = 7;
                }
            },
            &["E101 int16 is not supported: 6 tensors have this type"],
        ),
    ]);
}

/// What the result's tensor says is what the options say.
#[test]
fn means__keep_their_dimensions_or_not() {
    let mut f = File::open("excite.tflite");
    let mean = (0..8).find(|i| f.0[f.field(f.operator(*i), 3)] == 27).unwrap();
    let options = f.follow(f.field(f.operator(mean), 4));
    let keep = f.field(options, 0);
    f.0[keep] ^= 1;
    let text = import("m", &f.0).unwrap_err().to_string();
    assert!(text.starts_with("E103") && text.contains("the mean of"), "{text}");
}

#[test]
fn operators__are_named() {
    for (code, name) in [(89, "REDUCE_MIN"), (111, "ELU"), (130, "BROADCAST_TO"), (199, "STABLEHLO_SORT"), (118, "IF")]
    {
        let mut f = File::open("cnn.tflite");
        f.becomes(1, code);
        let text = import("m", &f.0).unwrap_err().to_string();
        assert!(text.starts_with("E101") && text.contains(&format!("{name} is not supported")), "{text}");
    }
}

#[test]
fn results__are_given_once_and_before_they_are_taken() {
    refuses(&[
        ("twice", "functions.tflite", |f| f.result(3, 4), &["E103 its output `t1` is that of operator 1 too"]),
        ("itself", "functions.tflite", |f| f.result(4, 8), &["E103 `t3` is both its input and its output"]),
        ("the input", "functions.tflite", |f| f.result(3, 0), &["E103 its output `x` is the model's input"]),
        ("a constant", "functions.tflite", |f| f.result(3, 2), &["E103 its output `w1` is a constant"]),
        ("later", "functions.tflite", |f| f.operand(2, 0, 8), &["E103 no operator before it gives its operand `t3`"]),
        (
            "nothing",
            "functions.tflite",
            |f| f.put(f.number(f.graph(), 2, 0), 3),
            &["E103 no operator gives its output `b1`"],
        ),
        ("idle", "functions.tflite", |f| f.put(f.number(f.graph(), 2, 0), 12), &["E101 nothing takes y"]),
        (
            "its input",
            "functions.tflite",
            |f| f.put(f.number(f.graph(), 2, 0), 0),
            &["E101 no operator stands between"],
        ),
    ]);
}

/// What comes behind an operator that is not built has no error for that; its own faults are told.
#[test]
fn consequences__are_not_told() {
    refuses(&[
        (
            "first",
            "cnn.tflite",
            |f| f.becomes(0, 36),
            &["E101 operator 0 (t0): GATHER", "E101 operator 2 (t2): GATHER"],
        ),
        ("pool", "cnn.tflite", |f| f.becomes(1, 36), &["E101 operator 1 (t1): GATHER"]),
        (
            "pool and another",
            "cnn.tflite",
            |f| {
                f.becomes(1, 36);
                f.put(f.number(f.buffer(5), 0, 1), 29);
            },
            &["E101 operator 1 (t1): GATHER", "E103 operator 3 (t3): RESHAPE"],
        ),
        ("input", "functions.tflite", |f| f.put(f.number(f.tensor(1), 0, 1), -4), &["E103 tensor 1 (t0)"]),
    ]);
}

#[test]
fn shapes__are_those_that_operators_make() {
    refuses(&[
        (
            "reshape",
            "reshape.tflite",
            |f| f.put(f.number(f.buffer(1), 0, 1), 25),
            &["E103 RESHAPE of [1, 2, 3, 4] as [1, 25]"],
        ),
        (
            "open twice",
            "reshape.tflite",
            |f| {
                f.put(f.number(f.buffer(1), 0, 0), -1);
                f.put(f.number(f.buffer(1), 0, 1), -1);
            },
            &["E103 as [-1, -1]"],
        ),
        (
            "other",
            "reshape.tflite",
            |f| {
                f.put(f.number(f.buffer(1), 0, 0), 2);
                f.put(f.number(f.buffer(1), 0, 1), 12);
            },
            &["E103 RESHAPE makes [2, 12], its output has [1, 24]"],
        ),
        ("no contents", "reshape.tflite", |f| f.put(f.field(f.tensor(1), 2), 0), &["E101 `shape` is no constant"]),
        (
            "resize",
            "nearest.tflite",
            |f| f.put(f.number(f.buffer(3), 0, 0), 9),
            &["E103 RESIZE_NEAREST_NEIGHBOR makes [1, 9, 8, 4]"],
        ),
    ]);
    let mut f = File::open("reshape.tflite");
    f.put(f.number(f.buffer(1), 0, 1), -1);
    assert!(import("m", &f.0).is_ok(), "one dimension may be left open");
}

#[test]
fn scales__are_those_that_the_kernels_demand() {
    refuses(&[
        ("bias", "cnn.tflite", |f| f.put(f.number(f.quantization(2), 3, 0), 5), &["E104 zero point 5 of the bias b0"]),
        (
            "weights",
            "cnn.tflite",
            |f| f.put(f.number(f.quantization(1), 3, 0), 5),
            &["E104 6 scales and zero points Some(5)"],
        ),
        (
            "bias of one scale",
            "cnn.tflite",
            |f| f.put(f.number(f.quantization(11), 2, 0), 1e3f32.to_bits() as i32),
            &["E104 scale 1000 of the bias is not"],
        ),
        ("border", "pad.tflite", |f| f.put(f.number(f.quantization(7), 3, 0), 5), &["E104 the value of a padding"]),
        (
            "far apart",
            "concat_scales_u8.tflite",
            |f| {
                let to = f.get(f.number(f.operator(f.concatenation()), 2, 0)) as usize;
                f.put(f.number(f.quantization(to), 2, 0), 1e-30f32.to_bits() as i32);
            },
            &["E104 an operand leaves 32 bits in codes of scale"],
        ),
        (
            "negative",
            "cnn.tflite",
            |f| f.put(f.number(f.quantization(3), 2, 0), (-1f32).to_bits() as i32),
            &["E104 scale -1", "E104 scale -1"],
        ),
    ]);
}

/// Every byte of a field that niello does not read, too: a file is whole, or none.
#[test]
fn offsets__lead_into_the_file() {
    let mut f = File::open("dw_multiplier.tflite");
    let whole = f.0.clone();
    let mut refused = 0;
    for at in 0..whole.len() {
        f.0.copy_from_slice(&whole);
        f.0[at] ^= 0x40;
        refused += usize::from(import("m", &f.0).is_err_and(|e| e.to_string().starts_with("E102")));
    }
    assert!(refused > 300, "{refused} of {} changed bytes are seen as no flatbuffer", whole.len());
}
