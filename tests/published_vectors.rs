//! Known answers published with operators.
#![allow(non_snake_case, missing_docs)]

use niello::gen::num::minifloat::{l_mul, MiniFloat};
use serde_json::Value;

fn vectors(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn minifloat__decodes_as_the_published_tables() {
    let v = vectors("ocp_fp_codes.json");
    let formats = [
        ("e4m3fn", MiniFloat::E4M3),
        ("e5m2", MiniFloat::E5M2),
        ("e3m2fn", MiniFloat::E3M2),
        ("e2m3fn", MiniFloat::E2M3),
        ("e2m1fn", MiniFloat::E2M1),
    ];
    for (name, f) in formats {
        let table = v["decode"][name].as_array().unwrap_or_else(|| panic!("no table {name}"));
        assert_eq!(table.len(), 1 << f.bits(), "{name}");
        for (code, value) in table.iter().enumerate() {
            match (f.units(code as u32), value.as_f64()) {
                (Some(units), Some(x)) => assert_eq!(units as f64 * 2f64.powi(f.unit()), x, "{name} {code:#x}"),
                // NaN and infinities are words there.
                (None, None) => {}
                other => panic!("{name} {code:#x}: {other:?}, {value}"),
            }
        }
    }
}

#[test]
fn l_mul__is_the_published_table() {
    let v = vectors("lmul_e4m3_full_table.json");
    let text = v["table_hex"].as_str().unwrap();
    assert_eq!(text.len(), 2 * 65536);
    for at in 0..65536usize {
        let expected = u32::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
        let (a, b) = ((at >> 8) as u32, (at & 255) as u32);
        let got = l_mul(MiniFloat::E4M3, a, b);
        let nan = |c: u32| matches!(MiniFloat::E4M3.decode(c), niello::gen::num::minifloat::Decoded::Nan);
        assert!(got == expected || (nan(got) && nan(expected)), "{a:#x} {b:#x}: {got:#x} for {expected:#x}");
    }
}

/// Dot products of published MX blocks: codes and scales by another program, values by the published tables, their sum in
/// 128-bit integers.
#[test]
fn mx_array__multiplies_published_blocks() {
    let formats = [
        ("mxfp8_e4m3", "e4m3fn", "e4m3", 8),
        ("mxfp8_e5m2", "e5m2", "e5m2", 8),
        ("mxfp6_e3m2", "e3m2fn", "e3m2", 6),
        ("mxfp6_e2m3", "e2m3fn", "e2m3", 6),
        ("mxfp4_e2m1", "e2m1fn", "e2m1", 4),
        ("mxint8", "", "int", 8),
    ];
    let tables = vectors("ocp_fp_codes.json");
    let block = niello::gen::blocks::find("mx_array").unwrap();
    for (file, table, format, bits) in formats {
        let v = vectors(&format!("{file}.json"));
        let settings = format!("rows=1 cols=1 m=1 n=1 blocks=1 format={format} a_bits={bits} b_bits={bits}");
        let settings: Vec<(String, String)> =
            settings.split(' ').filter_map(|s| s.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect();
        let instance = block.configure(&settings).unwrap();
        // Every finite value of these formats is a whole number of 2^-16.
        let whole = |code: i64| match table {
            "" => i128::from(code as u8 as i8) << 10,
            _ => (tables["decode"][table][code as usize].as_f64().unwrap() * 65536.0) as i128,
        };
        let blocks: Vec<(Vec<i64>, i64)> = v["vectors"].as_array().unwrap().iter().map(published_block).collect();
        let mut compared = 0;
        for (x, y) in blocks.iter().zip(blocks.iter().skip(1)) {
            if x.1 == 255 || y.1 == 255 {
                continue;
            }
            let dot: i128 = x.0.iter().zip(&y.0).map(|(a, b)| whole(*a) * whole(*b)).sum();
            // Through float64 where that is exact.
            if dot.unsigned_abs().checked_shr(dot.trailing_zeros()).unwrap_or(0) >> 53 != 0 {
                continue;
            }
            let expected = (dot as f64 * 2f64.powi(-32) * 2f64.powi((x.1 + y.1 - 254) as i32)) as f32;
            let signed = |codes: &[i64]| codes.iter().map(|c| (c << (64 - bits)) >> (64 - bits)).collect::<Vec<_>>();
            let out = instance.golden(&[signed(&x.0), signed(&y.0), vec![x.1], vec![y.1]]);
            assert_eq!(f32::from_bits(out[0][0] as u32), expected, "{file}");
            compared += 1;
        }
        assert!(compared > 5, "{file}: only {compared} pairs");
    }
}

/// Codes and scale of a published block, rounded half to even.
fn published_block(v: &Value) -> (Vec<i64>, i64) {
    let even = &v["even"];
    let codes = even["codes"].as_array().unwrap().iter().map(|c| c.as_i64().unwrap()).collect();
    (codes, even["scale_e8m0"].as_i64().unwrap())
}
