use super::{Config, Loop, Reads};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn operand_buffer__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    for order in [vec![], vec![0, 1, 2], vec![0, 1, 2, 2], vec![0, 1, 2, 3, 3]] {
        assert!(matches!(reject(Config { order, ..d() })[..], [ConfigError::NotServed { field: "order", .. }]));
    }
    let many = reject(Config { outer: 6, banks: 7, ..d() });
    assert!(matches!(many[..], [ConfigError::NoEffect { field: "banks", value: 7, useful: 6, .. }]));
    for (banks, lanes) in [(1, 4), (2, 1)] {
        let c = Config { banks, lanes, across: true, ..d() };
        assert!(matches!(reject(c)[..], [ConfigError::NotServed { field: "across", .. }]));
    }
    let big = Config { outer: 65536, middle: 65536, beats: 65536, ..d() };
    assert!(reject(big).iter().all(|e| matches!(e, ConfigError::OutOfRange { .. })));
}

/// The columns of a matrix whose rows come, two columns of two rows a beat: what `mac_array` takes of its second operand.
#[test]
fn operand_buffer__gives_tiles_of_either_form() {
    let d = || Config { times: 1, ..Config::default() };
    // x[k][n], k < 3, n < 4, as 10 k + n; beats of two n, banks of two k.
    let rows = Config { outer: 3, beats: 2, lanes: 2, banks: 2, across: true, order: vec![3, 1, 2, 0], ..d() };
    let c = Checked::new(rows).unwrap();
    let x: Vec<i64> = (0..12).map(|i| i / 4 * 10 + i % 4).collect();
    let tiles = Config::golden(&c, &[x]).remove(0);
    assert_eq!(tiles, [0, 10, 1, 11, 20, 0, 21, 0, 2, 12, 3, 13, 22, 0, 23, 0]);
    // The same product from x[n][k], whose depth is padded by what came in the last beat.
    let columns = Config { outer: 4, beats: 2, lanes: 2, banks: 2, order: vec![3, 1, 0, 2], ..d() };
    let c = Checked::new(columns).unwrap();
    let x = vec![0, 10, 20, 99, 1, 11, 21, 99, 2, 12, 22, 99, 3, 13, 23, 99];
    let tiles = Config::golden(&c, &[x]).remove(0);
    assert_eq!(tiles, [0, 10, 1, 11, 20, 99, 21, 99, 2, 12, 3, 13, 22, 99, 23, 99]);
}

/// The second formula: every element goes to all of its places, which strides give; padding stays zero.
#[test]
fn operand_buffer__golden_is_a_scatter() {
    let mut rng = Prng::new(15);
    for _ in 0..300 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let sizes = [c.outer.div_ceil(c.banks), c.middle, c.beats, c.times].map(|n| n as usize);
        // Beats of the result between one turn of a loop and the next.
        let mut strides = [0; 4];
        let mut inside = 1;
        for k in c.order.iter().rev().map(|k| *k as usize) {
            strides[k] = inside;
            inside *= sizes[k];
        }
        let (lanes, banks) = (c.lanes as usize, c.banks as usize);
        let mut want = vec![0; inside * lanes * banks];
        let n = (c.outer * c.middle * c.beats) as usize * lanes;
        for at in 0..n {
            let (l, word) = (at % lanes, at / lanes);
            let (b, rest) = (word % sizes[2], word / sizes[2]);
            let (i, o) = (rest % sizes[1], rest / sizes[1]);
            let (g, p) = (o / banks, o % banks);
            let inner = if c.across { l * banks + p } else { p * lanes + l };
            for t in 0..sizes[3] {
                let beat = g * strides[0] + i * strides[1] + b * strides[2] + t * strides[3];
                want[beat * lanes * banks + inner] = at as i64 + 1;
            }
        }
        assert_eq!(Config::golden(&c, &[(1..=n as i64).collect()]).remove(0), want, "{c:?}");
    }
}

#[test]
fn operand_buffer__loops_of_one_turn_are_none() {
    let c = Checked::new(Config { middle: 1, times: 1, ..Config::default() }).unwrap();
    let group = Loop { name: "group", times: 3, stride: 2 };
    let beat = Loop { name: "beat", times: 2, stride: 1 };
    assert_eq!(*c.derived(), Reads { groups: 3, group: 2, words: 6, loops: vec![group, beat] });
}
