//! Known answers published with operators, where they lie beside the checkout; a loud skip where they do not.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use niello::gen::num::minifloat::{l_mul, MiniFloat};
use serde_json::Value;

fn vectors(name: &str) -> Option<Value> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: no known answers at {}", path.display());
        eprintln!("SKIPPED: no known answers at {}", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn minifloat__decodes_as_the_published_tables() {
    let Some(v) = vectors("ocp_fp_codes.json") else { return };
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
    for (file, f) in [("lmul_e4m3_full_table.json", MiniFloat::E4M3), ("lmul_e5m2_full_table.json", MiniFloat::E5M2)] {
        let Some(v) = vectors(file) else { continue };
        let text = v["table_hex"].as_str().unwrap();
        assert_eq!(text.len(), 2 * 65536);
        for at in 0..65536usize {
            let expected = u32::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
            let (a, b) = ((at >> 8) as u32, (at & 255) as u32);
            let got = l_mul(f, a, b);
            let nan = |c: u32| matches!(f.decode(c), niello::gen::num::minifloat::Decoded::Nan);
            assert!(got == expected || (nan(got) && nan(expected)), "{a:#x} {b:#x}: {got:#x} for {expected:#x}");
        }
    }
}
