use super::{rtl, Config, Moves};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn permute__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(
        reject(Config { dims: vec![], order: vec![], ..d() })[..],
        [ConfigError::Count { field: "dims", .. }]
    ));
    assert!(matches!(
        reject(Config { dims: vec![1; 9], ..d() })[..],
        [ConfigError::Count { field: "dims", found: 9, .. }]
    ));
    for order in [vec![0, 1], vec![0, 1, 1], vec![1, 2, 3]] {
        assert!(matches!(reject(Config { order, ..d() })[..], [ConfigError::NotServed { field: "order", .. }]));
    }
    assert!(matches!(reject(Config { lanes: 2, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    let stays = || Config { order: vec![1, 0, 2], ..d() };
    assert!(matches!(reject(Config { lanes: 3, ..stays() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(Checked::new(Config { lanes: 4, ..stays() }).is_ok());
    for dims in [vec![1025, 1024, 2], vec![1 << 20; 3]] {
        assert!(matches!(reject(Config { dims, order: vec![1, 0, 2], ..d() })[..], [ConfigError::TooWide { .. }]));
    }
    assert!(Checked::new(Config { dims: vec![1024, 1024, 64], order: vec![0, 2, 1], ..d() }).is_ok(), "rows of 65,536");
}

/// Channels in two groups, mixed: pixels are rows, and stay.
#[test]
fn permute__shuffles_channels_pixel_by_pixel() {
    let c = Checked::new(Config { dims: vec![2, 2, 3], order: vec![0, 2, 1], ..Config::default() }).unwrap();
    assert_eq!(*c.derived(), Moves { rows: 2, row: 6, loops: vec![(3, 1), (2, 3)] });
    assert_eq!(Config::golden(&c, &[(0..12).collect()]), [[0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]]);
    // Neighbours that stay neighbours are one loop.
    let c = Config { dims: vec![5, 2, 3, 4], order: vec![1, 2, 3, 0], ..Config::default() };
    assert_eq!(Checked::new(c).unwrap().derived().loops, [(24, 1), (5, 24)]);
}

/// The second formula: the operand's elements, numbered, go where the inverse order says; and the hardware's addresses give them.
#[test]
fn permute__golden_and_addresses_are_the_inverse_of_a_scatter() {
    let mut rng = Prng::new(14);
    for _ in 0..300 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let n = c.dims.len();
        let total: i64 = c.dims.iter().product();
        let sizes: Vec<i64> = c.order.iter().map(|k| c.dims[*k as usize]).collect();
        let mut want = vec![0; total as usize];
        for at in 0..total {
            let mut rest = at;
            let mut j = vec![0; n];
            for k in (0..n).rev() {
                j[k] = rest % c.dims[k];
                rest /= c.dims[k];
            }
            let to = (0..n).fold(0, |to, k| to * sizes[k] + j[c.order[k] as usize]);
            want[to as usize] = at;
        }
        let y = Config::golden(&c, &[(0..total).collect()]).remove(0);
        assert_eq!(y, want, "{c:?}");
        let (row, lanes) = (c.derived().row as i64, i64::from(c.lanes));
        let addresses = rtl::rows(c.derived()).addresses();
        let by_hardware =
            (0..c.derived().rows as i64).flat_map(|r| addresses.iter().map(move |a| r * row + a.rem_euclid(row)));
        let elements: Vec<i64> = by_hardware.flat_map(|beat| (0..lanes).map(move |l| beat * lanes + l)).collect();
        assert_eq!(elements, want, "{c:?}");
    }
}
