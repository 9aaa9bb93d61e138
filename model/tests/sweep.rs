//! Every operator x operand order x form of constants x type x tail: the golden model against what the frameworks compute.
//! `data/make_sweep.py` writes the cases; answers.txt beside them says what becomes of each.
#![allow(non_snake_case, missing_docs)]

mod common;

use std::collections::BTreeMap;

use common::sweep::{path, Case, Sweep};
use niello_model::{import, Graph, Op, Tensor};

/// What becomes of a case.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
    /// Equal in every element.
    Exact,
    /// A node runs in float in the framework; so many elements differ.
    Float(usize),
    /// Refused, with a code.
    Refused(String),
    /// What must not be.
    Wrong(String),
}

impl Answer {
    fn text(&self) -> String {
        match self {
            Answer::Exact => "exact".into(),
            Answer::Float(n) => format!("float {n}"),
            Answer::Refused(code) => code.clone(),
            Answer::Wrong(what) => format!("WRONG: {what}"),
        }
    }
}

/// Elements that differ, and by how many codes at most; of floats that are no codes, in parts of what float32 sums may be off.
fn difference(graph: &Graph, got: &Tensor, want: &Tensor) -> (usize, f32) {
    if let (Tensor::Int(a), Tensor::Int(b)) = (got, want) {
        let apart = a.iter().zip(b).map(|(a, b)| (a - b).abs()).filter(|d| *d > 0);
        return apart.fold((0, 0.0), |(n, most), d| (n + 1, most.max(d as f32)));
    }
    // Shares of a softmax of reals: float32 exponentials are not the same everywhere.
    if graph.nodes.iter().any(|n| matches!(n.op, Op::Softmax { .. })) {
        let apart =
            got.floats().iter().zip(want.floats()).map(|(a, b)| (a - b).abs()).filter(|d| d.is_nan() || *d >= 1e-6);
        return apart.fold((0, 0.0), |(n, _), _| (n + 1, f32::INFINITY));
    }
    let Op::Dequantize { scales, .. } = &graph.nodes.last().unwrap().op else { panic!("floats of no scale") };
    let units = graph.float_slack().unwrap_or_else(|| scales.clone());
    let floats = got.floats().iter().zip(want.floats()).enumerate().filter(|(_, (a, b))| a != b);
    floats.fold((0, 0.0), |(n, most), (i, (a, b))| (n + 1, most.max((a - b).abs() / units[i % units.len()])))
}

fn answer(case: &Case) -> Answer {
    let graph = match import("m", case.model) {
        Ok(graph) => graph,
        Err(errors) => {
            let code =
                errors.to_string().lines().next().unwrap_or_default().split(' ').next().unwrap_or_default().into();
            return Answer::Refused(code);
        }
    };
    let Some((x, y)) = &case.data else { return Answer::Wrong("the framework does not run it".into()) };
    let float = graph.nodes.iter().filter(|n| n.float_in_framework).count();
    if float == 0 && case.float_sums.iter().any(|op| !matches!(*op, "Add" | "Mul")) {
        return Answer::Wrong(format!("the framework runs {:?} in float, and no node says so", case.float_sums));
    }
    let (mut differ, mut most) = (0, 0f32);
    for (sample, want) in x.iter().zip(y) {
        let got = graph.run(sample).unwrap().pop().unwrap();
        if got.len() != want.len() {
            return Answer::Wrong(format!("{} elements instead of {}", got.len(), want.len()));
        }
        let (n, apart) = difference(&graph, &got, want);
        (differ, most) = (differ + n, most.max(apart));
    }
    // What comes near to float may be one code off in places, which a matrix behind it makes more of.
    let last = graph.nodes.iter().rposition(|n| matches!(n.op, Op::Layer(_)) && !n.op.moves());
    let grown = graph.nodes.iter().take(last.unwrap_or(0)).filter(|n| n.op.is_near_float()).count();
    match (differ, float) {
        (0, 0) => Answer::Exact,
        // Each may be one code off, and the next one sees it.
        (n, 1..) if most <= (float + grown) as f32 + 0.01 => Answer::Float(n),
        _ => Answer::Wrong(format!("{differ} differ, by {most} at most, {float} nodes in float")),
    }
}

/// Answers as they are recorded; with NIELLO_BLESS=1 they are written, for reading. What is wrong is never written.
fn check(folder: &str) {
    let sweep = Sweep::read("..", folder);
    let (mut lines, mut counts, mut wrong) = (String::new(), BTreeMap::new(), Vec::new());
    for case in sweep.cases() {
        let answer = answer(&case);
        let kind = match &answer {
            Answer::Exact => "exact",
            Answer::Float(_) => "float",
            Answer::Refused(_) => "refused",
            Answer::Wrong(_) => "wrong",
        };
        *counts.entry(kind).or_insert(0) += 1;
        let line = format!("{} {}\n", case.name, answer.text());
        if kind == "wrong" {
            wrong.push(line);
        } else {
            lines += &line;
        }
    }
    assert!(wrong.is_empty(), "{} of {counts:?}:\n{}", wrong.len(), wrong.concat());
    let path = path("..", folder).join("answers.txt");
    if std::env::var_os("NIELLO_BLESS").is_some() {
        std::fs::write(&path, &lines).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    let other: Vec<&str> = lines.lines().filter(|l| !recorded.lines().any(|r| r == *l)).collect();
    assert!(other.is_empty(), "not what answers.txt says:\n{}", other.join("\n"));
    assert_eq!(recorded.lines().count(), lines.lines().count(), "answers.txt has cases that the index has not");
    assert!(counts["exact"] > counts["refused"], "{counts:?}");
}

/// Rows that ONNX Runtime computes in float: fewer than one element of two hundred differs, and none is compared with nothing.
#[test]
fn onnx_sweep__rows_in_float_differ_seldom() {
    let sweep = Sweep::read("..", "sweep_onnx");
    for (prefix, least) in [("softmax", 20_000), ("layernormalization", 20_000), ("rmsnormalization", 20_000)] {
        let (mut differ, mut all) = (0, 0);
        for case in sweep.cases().filter(|c| c.name.starts_with(prefix)) {
            let (Answer::Float(n), Some((_, y))) = (answer(&case), &case.data) else { continue };
            (differ, all) = (differ + n, all + y.iter().map(Tensor::len).sum::<usize>());
        }
        assert!(all >= least, "{prefix}: {all} elements");
        assert!(differ * 200 < all, "{prefix}: {differ} of {all}");
    }
}

#[test]
fn onnx_sweep__equals_onnxruntime() {
    check("sweep_onnx");
}

#[test]
fn tflite_sweep__equals_litert() {
    check("sweep_tflite");
}
