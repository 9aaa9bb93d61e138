use super::{Config, Order};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn sliding_window__each_rule_has_its_error() {
    let d = Config::default;
    let not = |e: &[ConfigError], f: &str| matches!(e, [ConfigError::NotServed { field, .. }] if *field == f);
    assert!(not(&reject(Config { lanes: 3, ..d() }), "lanes"));
    assert!(not(&reject(Config { kernel_h: 7, ..d() }), "kernel_h"));
    assert!(not(&reject(Config { kernel_w: 4, dilation_w: 2, ..d() }), "kernel_w"));
    assert!(not(&reject(Config { pad_top: 3, ..d() }), "pad_top"));
    assert!(not(&reject(Config { pad_left: 3, ..d() }), "pad_left"));
    assert!(not(&reject(Config { pad_bottom: 3, ..d() }), "pad_bottom"));
    assert!(not(&reject(Config { pad_right: 3, ..d() }), "pad_right"));
    assert!(not(&reject(Config { kernel_h: 1, dilation_h: 2, ..d() }), "dilation_h"));
    assert!(not(&reject(Config { kernel_w: 1, dilation_w: 2, ..d() }), "dilation_w"));
    assert!(not(&reject(Config { pad_value: 1, ..d() }), "pad_value"));
    assert!(matches!(
        reject(Config { spare: 73, ..d() })[..],
        [ConfigError::NoEffect { field: "spare", useful: 72, .. }]
    ));
    let wide = Config { pad_value: 128, pad_top: 1, ..d() };
    assert!(matches!(reject(wide)[..], [ConfigError::DoesNotFit { field: "pad_value", .. }]));
    let huge = Config { height: 8192, width: 8192, channels: 8192, ..d() };
    assert!(matches!(reject(huge)[..], [ConfigError::TooWide { .. }]));
}

/// The second formula: pixels are scattered to every patch that holds them, instead of gathered.
#[test]
fn sliding_window__golden_is_a_scatter() {
    let mut rng = Prng::new(7);
    for _ in 0..300 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let g = c.derived();
        let frame = Config::random_frame(&c, &mut rng);
        let (taps, channels, lanes) = (g.taps as usize, c.channels as usize, c.lanes as usize);
        let mut want = vec![c.pad_value; (g.rows * g.cols * g.taps * c.channels) as usize];
        for (at, x) in frame[0].iter().enumerate() {
            let (channel, px) = (at % channels, (at / channels) as u32);
            let (iy, ix) = (px / c.width, px % c.width);
            for tap in 0..g.taps {
                let (ky, kx) = (tap / c.kernel_w, tap % c.kernel_w);
                let (y, x0) = (iy + c.pad_top, ix + c.pad_left);
                let (Some(y), Some(x0)) = (y.checked_sub(ky * c.dilation_h), x0.checked_sub(kx * c.dilation_w)) else {
                    continue;
                };
                let (oy, ox) = (y / c.stride_h, x0 / c.stride_w);
                if y % c.stride_h != 0 || x0 % c.stride_w != 0 || oy >= g.rows || ox >= g.cols {
                    continue;
                }
                let patch = (oy * g.cols + ox) as usize * taps * channels;
                let inner = match c.order {
                    Order::Taps => tap as usize * channels + channel,
                    Order::Channels => (channel / lanes * taps + tap as usize) * lanes + channel % lanes,
                };
                want[patch + inner] = *x;
            }
        }
        assert_eq!(Config::golden(&c, &frame)[0], want, "{c:?}");
    }
}

/// The buffer holds the rows of a patch and what the next row of patches adds, no more.
#[test]
fn sliding_window__holds_no_more_rows_than_needed() {
    let rows = |c: Config| {
        let c = Checked::new(c).unwrap();
        c.derived().capacity / c.derived().row
    };
    let d = || Config { height: 20, width: 20, ..Config::default() };
    assert_eq!(rows(d()), 3);
    assert_eq!(rows(Config { stride_h: 2, ..d() }), 4);
    assert_eq!(rows(Config { dilation_h: 2, ..d() }), 5);
    assert_eq!(rows(Config { kernel_h: 1, ..d() }), 1);
    assert_eq!(rows(Config { kernel_h: 20, ..d() }), 20);
}
