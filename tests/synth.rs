//! `niello synth` on real tools: skipped loudly where they are missing, an error where they must be there.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use std::process::{Command, Output};

use niello::fpga::{devices, liberty, Device, Tools};
use niello::gen::blocks::Cost;
use serde_json::Value;

fn niello(cache: &std::path::Path, args: &[&str]) -> Output {
    let mut c = Command::new(env!("CARGO_BIN_EXE_niello"));
    // Results of its own, but the wheels' compiled form where it is.
    let wheels = niello::testbench::tools::cache_dir().join("yowasp");
    let _ = std::os::unix::fs::symlink(wheels, cache.join("yowasp"));
    c.current_dir(env!("CARGO_MANIFEST_DIR")).env("NIELLO_CACHE", cache).arg("synth").args(args).output().unwrap()
}

fn json(o: &Output) -> Value {
    let text = String::from_utf8_lossy(&o.stdout);
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}{}", String::from_utf8_lossy(&o.stderr)))
}

/// What a block takes of an ECP5: block RAMs, multipliers, LUTs.
fn taken(cache: &std::path::Path, block: &str, set: &str) -> [u64; 3] {
    let set: Vec<&str> = set.split(' ').collect();
    let args = [&["--block", block, "--device", "ecp5-85k", "--json", "--set"][..], &set].concat();
    let v = json(&niello(cache, &args));
    ["block_rams", "dsps", "lut_equivalents"].map(|key| v[key].as_u64().unwrap())
}

/// The tools are here; else why not, which is a failure where all tools are required.
fn here(device: &'static Device, pnr: bool) -> bool {
    let missing = match (Tools::find(device, pnr), liberty()) {
        (Err(e), _) => e.to_string(),
        (_, Err(e)) if device == &devices::GATES_OSU018 => e.to_string(),
        _ => return true,
    };
    niello_testkit::tool(&missing);
    false
}

/// The pinned Yosys is here, whose counts the devices' models say: an older one takes other multipliers of a Nexus or a Gowin.
fn pinned_here(device: &'static Device) -> bool {
    match Tools::find(device, false) {
        Ok(tools) if tools.yosys.wheel => true,
        Ok(tools) => {
            niello_testkit::tool(&format!("{} is not the pinned Yosys: `niello setup --synth`", tools.yosys.version));
            false
        }
        Err(e) => {
            niello_testkit::tool(&e.to_string());
            false
        }
    }
}

#[test]
fn synth__counts_what_is_there_and_remembers_it() {
    if !here(&devices::ECP5_85K, false) {
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let args = ["--block", "mac_array", "--set", "rows=2", "cols=2", "--json"];
    let (first, again) = (json(&niello(cache.path(), &args)), json(&niello(cache.path(), &args)));
    assert_eq!(first["dsps"], 4, "{first}");
    assert!(first["registers"].as_u64().unwrap() > 100 && first["lut_equivalents"].as_u64().unwrap() > 50, "{first}");
    assert_eq!((&first["cached"], &again["cached"]), (&Value::Bool(false), &Value::Bool(true)));
    assert_eq!(first["figures"], again["figures"]);
    // A knob that costs registers is seen.
    let none =
        json(&niello(cache.path(), &["--block", "mac_array", "--set", "rows=2", "cols=2", "pipeline=0", "--json"]));
    assert!(none["registers"].as_u64() < first["registers"].as_u64(), "{none}");
}

#[test]
fn synth__places_and_says_where_the_time_goes() {
    if !here(&devices::ICE40_HX8K, true) {
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let of = |pipeline: &str, freq: &str| {
        let set = format!("pipeline={pipeline}");
        let args = ["--block", "mac_array", "--device", "ice40-hx8k", "--pnr", "--json", "--freq", freq];
        let block = ["--set", "rows=1", "cols=1", "a_bits=4", "b_bits=4", &set];
        niello(cache.path(), &[&args[..], &block[..]].concat())
    };
    let (slow, fast) = (of("0", "10"), of("1", "10"));
    assert!(slow.status.success());
    let mhz = |o: &Output| json(o)["figures"]["placed"]["fmax_mhz"].as_f64().unwrap();
    assert!(mhz(&fast) > 1.1 * mhz(&slow), "{} and {}", mhz(&slow), mhz(&fast));
    let path = json(&slow)["figures"]["placed"]["critical"]["hops"].as_array().unwrap().clone();
    assert!(path.len() > 2 && path.iter().any(|h| h["net"].as_str().unwrap().contains("a0_q")), "{path:?}");
    // A clock that is out of reach is a failure, not a remark.
    let missed = of("0", "900");
    assert_eq!(missed.status.code(), Some(1));
    assert_eq!(json(&missed)["met"], Value::Bool(false));
}

#[test]
fn synth__maps_to_cells() {
    if !here(&devices::GATES_OSU018, false) {
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let of = |lanes: &str| {
        let set = format!("lanes={lanes}");
        let o =
            json(&niello(cache.path(), &["--block", "argmax", "--device", "gates-osu018", "--json", "--set", &set]));
        let g = &o["figures"]["gates"];
        (g["area_um2"].as_f64().unwrap(), g["delay_ps"].as_f64().unwrap(), g["fast_delay_ps"].as_f64().unwrap())
    };
    let (small, large) = (of("1"), of("4"));
    assert!(large.0 > 1.5 * small.0 && small.1 > 100.0 && large.2 <= large.1, "{small:?} {large:?}");
}

#[test]
fn synth__refuses_what_makes_no_sense() {
    let cache = tempfile::tempdir().unwrap();
    for (args, code) in [
        (&["--block", "mac_array", "--device", "spartan"][..], "E109"),
        (&["--block", "mac_array", "--freq", "100"][..], "E109"),
        (&["--block", "mac_array", "--target-ii", "9"][..], "E109"),
        (&["--block", "nothing"][..], "E310"),
        (&["--block", "mac_array", "--device", "gates-osu018", "--pnr"][..], "E108"),
        (&["--block", "mac_array", "--set", "rows=0"][..], "E303"),
        (&[][..], "E109"),
    ] {
        let o = niello(cache.path(), args);
        let text = String::from_utf8_lossy(&o.stderr).into_owned();
        assert!(!o.status.success() && text.contains(code) && text.contains("help: "), "{args:?}: {text}");
    }
}

/// Each step of a `pipeline` knob shortens the longest path by more than names of nets do (a hundredth: they change what ABC sees first), mapped
/// for speed; every block that has the knob is here, as large as it has to be for its sums to be what is slow.
#[test]
fn synth__every_pipeline_knob_moves_the_critical_path() {
    if !here(&devices::GATES_OSU018, false) {
        return;
    }
    let cases = [
        ("mac_array", "dataflow=tree rows=1 cols=1 depth=16 m=1 n=1 k=32", 3),
        ("mvu", "inputs=32 outputs=2 pe=1 simd=16", 3),
        ("bit_serial", "cols=1 depth=16 k=16", 1),
        ("depthwise", "channels=2 lanes=1 taps=4", 1),
        (
            "mx_array",
            "dataflow=tree rows=1 cols=1 depth=4 m=1 n=1 block=8 format=int accumulator=exact scale=exponent scale_bits=1",
            1,
        ),
    ];
    for b in niello::gen::blocks::all() {
        let has = b.fields().iter().any(|f| f.name == "pipeline");
        assert!(!has || cases.iter().any(|c| c.0 == b.about().name), "{}: its knob is not tested", b.about().name);
    }
    let cache = tempfile::tempdir().unwrap();
    for (block, settings, most) in cases {
        let mut last = f64::INFINITY;
        for p in 0..=most {
            let pipeline = format!("pipeline={p}");
            let set: Vec<&str> = settings.split(' ').chain([pipeline.as_str()]).collect();
            let args = [&["--block", block, "--device", "gates-osu018", "--json", "--set"][..], &set].concat();
            let delay = json(&niello(cache.path(), &args))["figures"]["gates"]["fast_delay_ps"].as_f64().unwrap();
            assert!(delay < 0.99 * last, "{block} pipeline={p}: {delay} ps after {last}");
            last = delay;
        }
    }
}

/// What a plan says of a device's resources against synthesis: multipliers and block RAMs exactly, LUTs (an estimate)
/// to two fifths.
#[test]
fn plans__say_what_synthesis_finds() {
    if !here(&devices::ECP5_85K, false) {
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    for (model, folding) in [
        ("examples/digits_cnn/digits_cnn.onnx", ["--max-multipliers", "48"]),
        ("examples/pulse_cnn/pulse_cnn.tflite", ["--max-dsp", "60"]),
        ("model/tests/data/onnx_images/qdq_avg_uint8_pads.onnx", ["--max-multipliers", "1"]),
        ("model/tests/data/qonnx/batch_norm.onnx", ["--max-multipliers", "20"]),
    ] {
        let found = json(&niello(cache.path(), &[&[model, "--json"], &folding[..]].concat()));
        let mut plan = Command::new(env!("CARGO_BIN_EXE_niello"));
        plan.current_dir(env!("CARGO_MANIFEST_DIR")).args(["plan", model, "--json"]).args(folding);
        let plan = json(&plan.output().unwrap());
        let sum = |key: &str| plan["stages"].as_array().unwrap().iter().map(|s| s[key].as_u64().unwrap()).sum::<u64>();
        let measured = |key: &str| found[key].as_u64().unwrap();
        assert_eq!(sum("dsps"), measured("dsps"), "{model}");
        let rams = (sum("block_rams"), measured("block_rams"));
        assert_eq!(rams.0, rams.1, "{model}: block RAMs planned and found");
        let (luts, real) = (sum("luts"), measured("lut_equivalents"));
        assert!(luts.abs_diff(real) * 5 <= 2 * real, "{model}: {luts} LUTs planned, {real} found");
    }
}

/// A digit of the multiplier in a cycle needs no multiplier of the device; wider digits cost LUTs.
#[test]
fn synth__digits_of_requant_need_no_multiplier() {
    if !here(&devices::ECP5_85K, false) {
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let figures = [0, 1, 4]
        .map(|digit| taken(cache.path(), "requant", &format!("scales=tflite-double:1518500250:-10 digit={digit}")));
    let [[_, at_once, _], [_, one, few], [_, four, more]] = figures;
    assert!(at_once > 0 && one == 0 && four == 0 && few < more, "{figures:?}");
}

/// Block RAMs of memories by the plan's rule, exactly: constants in one memory and in two, and FIFOs of several shapes. Where the
/// plan cuts a ROM, synthesis agrees that this is cheaper.
#[test]
fn memories__are_counted_as_synthesis_maps_them() {
    if !here(&devices::ECP5_85K, false) {
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let device = devices::ECP5_85K.planned();
    let rams_of = |cost: Cost| device.resources(&cost).block_rams;
    // Outputs, inputs, PE, SIMD, where the second memory begins, block RAMs in one and in two memories.
    for (outputs, inputs, pe, simd, split, rams) in
        [(80_u64, 52_u64, 1, 4, 1024, [3, 2]), (128, 128, 1, 11, 1024, [8, 8]), (20, 30, 2, 3, 96, [2, 2])]
    {
        let (words, width) = (outputs / pe * inputs.div_ceil(simd), 8 * pe * simd);
        let set = format!("outputs={outputs} inputs={inputs} pe={pe} simd={simd}");
        let measured = [0, split].map(|s| taken(cache.path(), "mvu", &format!("{set} split={s}")));
        assert_eq!([0, split].map(|s| rams_of(Cost::default().cut_rom(words, width, s))), rams, "{set}: counted");
        assert_eq!(measured.map(|[rams, ..]| rams), rams, "{set}: measured");
        let [one, two] = measured.map(|[rams, _, luts]| rams * device.luts_of_a_ram() + luts);
        assert_eq!(device.best_cut(words, width) == split, two < one, "{set}: {measured:?}");
    }
    for (depth, lanes) in [(64, 4), (300, 2), (600, 9), (1100, 5), (2100, 2)] {
        let [measured, ..] = taken(cache.path(), "stream_fifo", &format!("depth={depth} lanes={lanes} bits=8"));
        let counted = rams_of(Cost::default().ram(depth, 8 * lanes + 1));
        assert_eq!(counted, measured, "a FIFO of {depth} beats of {lanes}");
    }
}

/// Of every family: multipliers and block RAMs are those that synthesis takes (iCE40's Yosys weighs small memories otherwise: one more or
/// less), tables within half and twice as many.
#[test]
fn devices__take_what_their_models_say() {
    let cache = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for device in [&devices::ECP5_25K, &devices::ICE40_UP5K, &devices::LIFCL_40, &devices::GW1N_9, &devices::XC7A35T] {
        if !pinned_here(device) {
            return;
        }
        let off = u64::from(device.name.starts_with("ice40"));
        for (block, set) in [
            ("mvu", "outputs=80 inputs=52 pe=1 simd=4"),
            ("stream_fifo", "depth=600 lanes=9"),
            ("requant", "channels=8 lanes=1 scales=tflite-double:1518500250:-10"),
        ] {
            let set: Vec<&str> = set.split(' ').collect();
            let args = [&["--block", block, "--device", device.name, "--json", "--set"][..], &set].concat();
            let v = json(&niello(cache.path(), &args));
            let [found, said] =
                [&v, &v["estimate"]].map(|v| ["dsps", "block_rams"].map(|key| v[key].as_u64().unwrap()));
            assert_eq!(found[0], said[0], "{} {block}: multipliers", device.name);
            assert!(found[1].abs_diff(said[1]) <= off, "{} {block}: {found:?}, {said:?}", device.name);
            let (luts, about) = (v["lut_equivalents"].as_u64().unwrap(), v["estimate"]["luts"].as_u64().unwrap());
            let least = if block == "mvu" { 2 } else { 4 };
            assert!(about <= least * luts && luts <= least * about, "{} {block}: {luts} tables, {about}", device.name);
            compared += 1;
        }
    }
    assert_eq!(compared, 15);
}
