use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError, Contract};

fn contract(in_lanes: u32, out_lanes: u32, elements: u32) -> Contract {
    let c = Checked::new(Config { in_lanes, out_lanes, elements, ..Config::default() }).unwrap();
    Config::contract(&c, &[vec![0; elements as usize]])
}

#[test]
fn width_converter__keeps_the_slower_side_busy() {
    // Whatever the ratio, a long frame is limited by the side with more beats.
    for (a, b) in [(1, 1), (4, 1), (1, 4), (3, 2), (2, 3), (11, 1), (1, 11), (4, 11), (5, 8)] {
        let n = 880;
        let ii = contract(a, b, n).ii;
        assert_eq!(ii, u64::from(n.div_ceil(a).max(n.div_ceil(b))), "{a} -> {b}");
    }
    assert_eq!(contract(4, 1, 16), Contract { latency: 16, ii: 16 });
}

/// Frames shorter than a beat: many fit into the places before the narrow side is felt.
#[test]
fn width_converter__of_frames_within_a_beat_is_as_slow_as_the_narrow_side() {
    for (elements, in_lanes) in [(2, 12), (3, 64), (4, 64), (7, 64), (9, 1024)] {
        assert_eq!(contract(in_lanes, 1, elements).ii, u64::from(elements), "{elements} of {in_lanes}");
    }
}

#[test]
fn width_converter__rejects_values_out_of_range() {
    for (field, config) in [
        ("in_lanes", Config { in_lanes: 0, ..Config::default() }),
        ("out_lanes", Config { out_lanes: 1025, ..Config::default() }),
        ("elements", Config { elements: 0, ..Config::default() }),
    ] {
        let e = Checked::new(config).unwrap_err().0;
        assert!(matches!(&e[..], [ConfigError::OutOfRange { field: f, .. }] if f == field), "{e:?}");
    }
}
