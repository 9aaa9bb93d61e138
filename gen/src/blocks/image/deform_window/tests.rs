use super::Config;
use crate::blocks::{depthwise, requant, sliding_window, BlockConfig, Checked, ConfigError};
use crate::num::{Prng, Scale};

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn deform_window__each_rule_has_its_error() {
    let d = Config::default;
    assert!(matches!(
        reject(Config { d_bits: 3, ..d() })[..],
        [ConfigError::DoesNotFit { block: "deform_window", field: "max_dilation", .. }]
    ));
    assert!(matches!(
        reject(Config { lanes: 3, ..d() })[..],
        [ConfigError::NotServed { block: "deform_window", field: "lanes", .. }]
    ));
    assert!(matches!(
        reject(Config { pad_value: 128, ..d() })[..],
        [ConfigError::DoesNotFit { block: "deform_window", field: "pad_value", .. }]
    ));
    assert!(matches!(
        reject(Config { spare: 73, ..d() })[..],
        [ConfigError::NoEffect { block: "deform_window", field: "spare", .. }]
    ));
    let huge = Config { height: 8192, width: 8192, channels: 8192, ..d() };
    assert!(matches!(reject(huge)[..], [ConfigError::TooWide { block: "deform_window", .. }]));
}

/// The second formula: where all dilations are one and the same, this is a convolution's window of that dilation.
#[test]
fn deform_window__one_dilation_is_a_sliding_window() {
    let mut rng = Prng::new(11);
    for _ in 0..200 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let d = 1 + rng.below(c.max_dilation.into()) as u32;
        let window = Config { max_dilation: d, spare: 0, ..(*c).clone() }.window();
        let mut frame = Config::random_frame(&c, &mut rng);
        frame[1].fill(d.into());
        let want = sliding_window::Config::golden(&Checked::new(window).unwrap(), &frame[..1]);
        assert_eq!(Config::golden(&c, &frame), want, "{c:?} {d}");
    }
}

/// CoDeNet's layer: patches, kernels of four bits, an integer scale and an offset for each channel.
#[test]
#[allow(clippy::disallowed_methods)]
fn deform_window__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/codenet_deform_dw3x3.json");
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let vectors = json["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 12);
    for v in vectors {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let int = |k: &str| v[k].as_u64().unwrap() as u32;
        let (size, channels) = (int("D"), int("C"));
        // Theirs is channels outermost.
        let hwc = |x: Vec<i64>| -> Vec<i64> {
            let n = x.len() / channels as usize;
            (0..n).flat_map(|p| (0..channels as usize).map(move |k| (p, k))).map(|(p, k)| x[k * n + p]).collect()
        };
        let window =
            Config { height: size, width: size, channels, stride: int("stride"), pad_value: -128, ..Config::default() };
        let depthwise =
            depthwise::Config { channels, lanes: 1, w_bits: 4, weights: list("w"), ..depthwise::Config::default() };
        let requant = requant::Config {
            channels,
            scales: list("scale").iter().map(|s| Scale::HalfUp { multiplier: *s, shift: 16 }).collect(),
            zero_point: -128,
            offsets: list("bias"),
            ..requant::Config::default()
        };
        let (window, depthwise) = (Checked::new(window).unwrap(), Checked::new(depthwise).unwrap());
        let requant = Checked::new(requant).unwrap();
        let patches = Config::golden(&window, &[hwc(list("x")), list("dilation")]);
        let patch = 9 * channels as usize;
        let sums = patches[0].chunks(patch).map(|p| depthwise::Config::golden(&depthwise, &[p.to_vec()]).remove(0));
        let sums: Vec<i64> = sums.flatten().collect();
        assert_eq!(sums, hwc(list("acc")), "{}", v["id"]);
        assert_eq!(requant::Config::golden(&requant, &[sums])[0], hwc(list("y")), "{}", v["id"]);
    }
}
