//! `niello sparsity`: zeros counted again, lengths of codes by writing them.
#![allow(non_snake_case, missing_docs)]

use niello::gen::blocks::sparse::code::{Code, Format};
use niello::model::{npy, DType, Op, Tensor, Value};
use niello::sparsity::{of_array, of_operands, of_weights, Measured};
use niello::{Import, Model};

fn lengths(m: &Measured, block: u32, parts: &[Vec<i64>]) -> [u64; 3] {
    let mask = (1u64 << m.width) - 1;
    [Format::Bitmap, Format::Coordinates, Format::Hybrid].map(|format| {
        let code = Code { block, width: m.width, format };
        let bits = |p: &Vec<i64>| code.encode(&p.iter().map(|v| *v as u64 & mask).collect::<Vec<u64>>()).len() as u64;
        parts.iter().map(bits).sum()
    })
}

fn same(m: &Measured, block: u32, parts: &[Vec<i64>]) {
    let all: Vec<i64> = parts.concat();
    assert_eq!(m.sizes.elements, all.len() as u64, "{}", m.name);
    assert_eq!(m.sizes.zeros, all.iter().filter(|v| **v == 0).count() as u64, "{}", m.name);
    assert_eq!([m.sizes.bitmap, m.sizes.coordinates, m.sizes.hybrid], lengths(m, block, parts), "{}", m.name);
}

#[test]
fn sparsity__of_a_model_is_what_its_codes_take() {
    let model = Model::open("examples/digits_cnn/digits_cnn.onnx", &Import::default()).unwrap();
    let graph = model.graph();
    let weights = of_weights(graph, 64);
    assert_eq!(weights.len(), 5);
    let layers = || graph.nodes.iter().filter_map(|n| if let Op::Layer(l) = &n.op { Some((n, l)) } else { None });
    let of_layers: Vec<Vec<i64>> = layers().filter_map(|(_, l)| Some(l.weights()?.to_vec())).collect();
    assert_eq!(weights.len(), of_layers.len());
    for (m, w) in weights.iter().zip(of_layers) {
        same(m, 64, &[w]);
    }
    let bytes = std::fs::read("examples/digits_cnn/digits_cnn.x.npy").unwrap();
    let x = npy::read("x", &bytes).unwrap().samples[..3].to_vec();
    // The first layer takes the samples themselves, quantized by the model's first node.
    let operands = of_operands(graph, 32, &x).unwrap();
    let (first, layer) = layers().find(|(_, l)| l.sums().is_some()).unwrap();
    let zero = layer.sums().unwrap().x_zero;
    let at = first.inputs[0];
    let of = |s: &Tensor| -> Vec<i64> {
        let values = graph.run(s).unwrap();
        let x = if at == 0 { s } else { &values[at - 1] };
        x.ints().iter().map(|v| v - zero).collect()
    };
    same(&operands[0], 32, &x.iter().map(of).collect::<Vec<_>>());
}

/// A trained ternary network: a third of zeros, for which no code pays.
#[test]
fn sparsity__of_ternary_weights_saves_nothing() {
    let model = Model::open("examples/matmulfree/matmulfree.onnx", &Import::default()).unwrap();
    let weights = of_weights(model.graph(), 64);
    assert_eq!(weights.len(), 7);
    for m in &weights {
        assert_eq!((m.width, m.best()), (2, (None, m.sizes.dense)), "{}", m.name);
        assert!((0.29..0.42).contains(&m.sizes.sparsity()), "{}: {}", m.name, m.sizes.sparsity());
        assert!(m.quantile(0.0) < m.quantile(0.5) && m.quantile(0.5) < m.quantile(1.0));
    }
}

#[test]
fn sparsity__of_an_array_begins_anew_with_each_tensor() {
    let value = Value { name: "x".into(), shape: vec![10], dtype: DType::I8 };
    let parts: Vec<Vec<i64>> = vec![vec![0, 0, 0, 5, 0, 0, 0, 0, 0, -3], vec![0; 10]];
    let bytes = npy::write(&value, &parts.iter().cloned().map(Tensor::Int).collect::<Vec<_>>()).unwrap();
    let x = npy::read("x", &bytes).unwrap();
    let m = of_array("x", &x, 8, None).unwrap().remove(0);
    assert_eq!((m.width, m.sizes.blocks), (4, 4));
    same(&m, 8, &parts);
    assert_eq!(m.best().0, Some(Format::Bitmap));
    assert_eq!(of_array("x", &x, 8, Some(3)).unwrap_err().code(), "E106");
    same(&of_array("x", &x, 8, Some(9)).unwrap()[0], 8, &parts);
}
