/// Index of the first largest element.
pub fn run(inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mut best = 0;
    for (i, x) in inputs[0].iter().enumerate() {
        if *x > inputs[0][best] {
            best = i;
        }
    }
    vec![vec![best as i64]]
}
