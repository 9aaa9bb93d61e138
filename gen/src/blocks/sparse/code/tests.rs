use super::{Break, Code, Format, Sizes};
use crate::num::Prng;

const FORMATS: [Format; 3] = [Format::Hybrid, Format::Bitmap, Format::Coordinates];

fn tensor(rng: &mut Prng, n: usize, width: u32, percent: u64) -> Vec<u64> {
    let most = (1i64 << width) - 1;
    (0..n).map(|_| if rng.below(100) < percent { rng.range(1, most) as u64 } else { 0 }).collect()
}

fn decode(code: &Code, bits: &[bool], word: u32) -> (Vec<u64>, Option<u64>) {
    let d = code.decode(bits, word);
    (d.elements, d.malformed)
}

fn whole(elements: Vec<u64>) -> (Vec<u64>, Option<u64>) {
    (elements, None)
}

/// Every block of eight elements of one bit, and every pattern of zeros in sixteen of them.
#[test]
fn decode__of_encode_is_the_identity_on_all_small_blocks() {
    let mut rng = Prng::new(1);
    for format in FORMATS {
        for (block, width) in [(8u32, 1), (16, 1), (16, 3)] {
            let code = Code { block, width, format };
            for zeros in 0..1u64 << block {
                let value = |rng: &mut Prng, i: u32| (zeros >> i & 1) * rng.range(1, (1 << width) - 1) as u64;
                let x: Vec<u64> = (0..block).map(|i| value(&mut rng, i)).collect();
                assert_eq!(decode(&code, &code.encode(&x), 32), whole(x.clone()), "{code:?} {x:?}");
            }
        }
    }
}

#[test]
fn decode__of_encode_is_the_identity_on_tensors_of_any_length_and_density() {
    let mut rng = Prng::new(2);
    for round in 0..3000 {
        let block = *rng.pick(&[8, 9, 31, 64, 100, 1024]);
        let width = 1 + rng.below(32) as u32;
        let code = Code { block, width, format: *rng.pick(&FORMATS) };
        let (n, percent) = (1 + rng.below(3 * u64::from(block)) as usize, *rng.pick(&[0, 2, 20, 50, 90, 100]));
        let x = tensor(&mut rng, n, width, percent);
        let bits = code.encode(&x);
        assert_eq!(decode(&code, &bits, 8), whole(x.clone()), "{round}: {code:?}");
        // Padded to a word, as streams are.
        let padded = [bits.clone(), vec![false; 31 - (bits.len() + 31) % 32]].concat();
        assert_eq!(decode(&code, &padded, 32), whole(x.clone()), "{round}: {code:?}");
        let zeros: Vec<bool> = x.iter().map(|e| *e == 0).collect();
        let sizes = Sizes::of(block, width, &zeros);
        let size = match code.format {
            Format::Hybrid => sizes.hybrid,
            Format::Bitmap => sizes.bitmap,
            Format::Coordinates => sizes.coordinates,
        };
        assert_eq!(size, bits.len() as u64, "{code:?}");
        assert!(sizes.hybrid <= sizes.bitmap.min(sizes.coordinates) + 2 * sizes.blocks);
    }
}

/// The models of storage, a block at a time: N + nnz W and C + nnz (W + A), the tie for the bitmap.
#[test]
fn encode__takes_the_shorter_form_and_a_bitmap_where_both_are_as_long() {
    let kind = |block: u32, width, n: usize| {
        let code = Code { block, width, format: Format::Hybrid };
        let x: Vec<u64> = (0..block as usize).map(|i| u64::from(i < n)).collect();
        code.encode(&[x.clone(), x].concat())[1]
    };
    // 64 elements: indices of 6 bits, counts of 7: 64 + 8 n against 7 + 14 n, as long never; shorter up to 9.
    assert_eq!([8, 9, 10, 11].map(|n| kind(64, 8, n)), [true, true, false, false]);
    // 16: 16 + 4 n against 5 + 8 n; 8: 8 + n w against 4 + n (w + 3). 7: counts of 3: 7 against 3 + 3 n is a tie for none, 10: 10 = 4 + 4 n.
    assert_eq!([2, 3].map(|n| kind(16, 4, n)), [true, false]);
    assert_eq!([1, 2].map(|n| kind(8, 5, n)), [true, false]);
    assert_eq!([2, 3, 4].map(|n| kind(22, 5, n)), [true, true, false]);
    assert_eq!([1, 2].map(|n| kind(13, 5, n)), [true, true]);
    // 12 = 4 + 4 * 2: a tie.
    assert_eq!([1, 2].map(|n| kind(12, 5, n)), [true, false]);
}

#[test]
fn break__is_where_sizes_cross() {
    for (block, width) in [(64u32, 8u32), (64, 2), (256, 16), (8, 4)] {
        let at = Break::of(block, width);
        // Many blocks, the last one's size left out.
        let sizes = |n: u32| {
            let zeros: Vec<bool> = (0..block * 4).map(|i| i % block >= n).collect();
            let s = Sizes::of(block, width, &zeros);
            let end = u64::from(Code { block, width, format: Format::Bitmap }.index_bits());
            (s.dense, s.bitmap - end, s.coordinates - end)
        };
        for n in 0..=block {
            let (zeros, (dense, bitmap, coordinates)) = (1.0 - f64::from(n) / f64::from(block), sizes(n));
            assert_eq!(bitmap < dense, zeros > at.bitmap + 1e-9, "{block} {width} {n}");
            assert_eq!(coordinates < dense, zeros > at.coordinates + 1e-9, "{block} {width} {n}");
            assert_eq!(coordinates < bitmap, zeros > at.between + 1e-9, "{block} {width} {n}");
        }
    }
}

#[test]
fn best__is_no_code_where_there_are_few_zeros() {
    // Of ternary weights, 2 bits each, a bitmap needs more than half of them to be zeros.
    let zeros = |percent: usize| (0..6400).map(|i| (i * 37) % 100 < percent).collect::<Vec<bool>>();
    assert_eq!(Sizes::of(64, 2, &zeros(42)).best().0, None);
    assert_eq!(Sizes::of(64, 2, &zeros(60)).best().0, Some(Format::Bitmap));
    assert_eq!(Sizes::of(64, 8, &vec![true; 6400]).best().0, Some(Format::Coordinates));
    assert_eq!(Sizes::of(64, 8, &[]).best(), (None, 0));
}

fn bits(fields: &[(u64, u32)]) -> Vec<bool> {
    fields.iter().flat_map(|(v, n)| (0..*n).map(move |i| v >> i & 1 == 1)).collect()
}

/// Each kind of defect, at its block; what comes before it is as it was.
#[test]
fn decode__names_the_first_malformed_block() {
    let code = Code { block: 8, width: 4, format: Format::Hybrid };
    let first = [(0, 1), (0, 2), (0b0000_0101, 8), (9, 4), (3, 4)];
    let after = |fields: &[(u64, u32)]| decode(&code, &bits(&[&first[..], fields].concat()), 8);
    let head = [9, 0, 3, 0, 0, 0, 0, 0];
    let is = |tail: &[u64]| ([&head[..], tail].concat(), Some(1));
    let none = [0; 8];
    // A reserved kind ends the tensor.
    assert_eq!(after(&[(0, 1), (2, 2), (!0, 30)]), is(&none));
    assert_eq!(after(&[(1, 1), (3, 2), (2, 3), (!0, 30)]), is(&[0, 0, 0]));
    // Pairs: an index twice, one below the one before, one beyond a short block, a count beyond the block.
    let pairs = |size: u64, count: u64, pairs: &[(u64, u64)]| {
        let mut fields = vec![(1, 1), (1, 2), (size - 1, 3), (count, 4)];
        fields.extend(pairs.iter().flat_map(|(i, v)| [(*i, 3), (*v, 4)]));
        after(&fields)
    };
    assert_eq!(pairs(4, 2, &[(1, 5), (1, 6)]), is(&[0, 5, 0, 0]));
    assert_eq!(pairs(4, 3, &[(2, 5), (1, 6), (3, 7)]), is(&[0, 0, 5, 0]));
    assert_eq!(pairs(4, 2, &[(2, 5), (4, 6)]), is(&[0, 0, 5, 0]));
    let nine: Vec<(u64, u64)> = (0..8).map(|i| (i, 1)).chain([(0, 2)]).collect();
    assert_eq!(pairs(8, 9, &nine), is(&[1; 8]));
    // In order it is well.
    assert_eq!(pairs(4, 2, &[(1, 5), (2, 6)]).1, None);
    // Cut short: zeros, and a block more where nothing says that the tensor ends.
    assert_eq!(decode(&code, &bits(&first), 8), is(&none));
    assert_eq!(after(&[(1, 1), (0, 2), (7, 3), (0b11, 8), (6, 4)]), is(&[6, 0, 0, 0, 0, 0, 0, 0]));
    // Bits behind the end: another word, or not zero.
    let end = [(1, 1), (0, 2), (0, 3), (0, 1)];
    assert_eq!(after(&[&end[..], &[(0, 7)]].concat()).1, None);
    assert_eq!(after(&[&end[..], &[(0, 8)]].concat()), is(&[0]));
    assert_eq!(after(&[&end[..], &[(4, 3)]].concat()), is(&[0]));
    // A size beyond a block that is no power of two.
    let code = Code { block: 9, width: 4, format: Format::Bitmap };
    let found = decode(&code, &bits(&[(1, 1), (12, 4), (1, 9), (7, 4)]), 8);
    assert_eq!(found, (vec![7, 0, 0, 0, 0, 0, 0, 0, 0], Some(0)));
}

/// Codes of tensors with bits inverted, cut off or put in: no panic, no endless loop; who is not called malformed is what its own elements encode to,
/// but for elements written although they are zeros, and blocks that are not the shorter form.
#[test]
fn decode__of_anything_ends() {
    let mut rng = Prng::new(3);
    let (mut malformed, mut well) = (0, 0);
    for _ in 0..20_000 {
        let code = Code { block: *rng.pick(&[8, 9, 16]), width: 1 + rng.below(9) as u32, format: *rng.pick(&FORMATS) };
        let (n, percent) = (1 + rng.below(40) as usize, *rng.pick(&[5, 30, 80]));
        let mut bits = code.encode(&tensor(&mut rng, n, code.width, percent));
        for _ in 0..rng.below(3) {
            let at = rng.below(bits.len() as u64) as usize;
            match rng.below(3) {
                0 => bits[at] ^= true,
                1 => bits.truncate(at + 1),
                _ => bits.insert(at, rng.chance(0.5)),
            }
        }
        let d = decode(&code, &bits, 8);
        assert!(d.0.len() as u64 <= (bits.len() as u64 + 1) * u64::from(code.block));
        match d.1 {
            Some(_) => malformed += 1,
            None => {
                let again = decode(&code, &code.encode(&d.0), 8);
                assert_eq!(again, d, "{code:?}");
                well += 1;
            }
        }
    }
    assert!(malformed > 2000 && well > 2000, "{malformed} malformed, {well} not");
}
