//! Every operator, exhaustively at small widths, on every engine.
#![allow(non_snake_case, missing_docs)]

mod common;

use niello_gen::ir::{BeatShape, Design, Dir, Module, Net, NetId, Op, Port, PortId, StreamPorts, ValidDesign};
use niello_gen::num::Bits;
use niello_testbench::batch::{Batch, Bitmap, Fill, SinkPlan, SourcePlan};

fn n(i: usize) -> NetId {
    NetId::from_index(i)
}

/// All operators on operands of `w` and `v` bits, results side by side. No registers: one beat in, one out.
fn design(w: u32, v: u32, signed: bool) -> ValidDesign {
    let sign = if signed { "s" } else { "u" };
    let mut m = Module { name: format!("nl_ops_{sign}{w}x{v}"), ..Module::default() };
    let total = 2 * w + v;
    let mut add = |width: u32, op: Op| {
        // Printed as signed nets or not: no operator hangs on it.
        m.nets.push(Net { signed, ..Net::new(width, op) });
        n(m.nets.len() - 1)
    };
    let data = add(total, Op::Input(PortId::from_index(0)));
    let valid = add(1, Op::Input(PortId::from_index(1)));
    let ready = add(1, Op::Input(PortId::from_index(5)));
    let a = add(w, Op::Slice(data, 0));
    let b = add(w, Op::Slice(data, w));
    let c = add(v, Op::Slice(data, 2 * w));
    let mut results = vec![
        add(w, Op::Not(a)),
        add(w, Op::And(a, b)),
        add(w, Op::Or(a, b)),
        add(w, Op::Xor(a, b)),
        add(1, Op::ReduceAnd(a)),
        add(1, Op::ReduceOr(a)),
        add(1, Op::ReduceXor(a)),
        add(w, Op::Add(a, b)),
        add(w, Op::Sub(a, b)),
        add(w + v, Op::MulU(a, c)),
        add(w + v, Op::MulS(a, c)),
        add(1, Op::Eq(a, b)),
        add(1, Op::LtU(a, b)),
        add(1, Op::LtS(a, b)),
        add(w, Op::Shl(a, c)),
        add(w, Op::ShrU(a, c)),
        add(w, Op::ShrS(a, c)),
        add(w + 3, Op::Zext(a)),
        add(w + 3, Op::Sext(a)),
        add(2 * w + v, Op::Concat(vec![c, a, b])),
    ];
    for arms in 2..=(1usize << v).min(5) {
        let list = [a, b, a, b, b][..arms].to_vec();
        results.push(add(w, Op::Mux(c, list)));
    }
    for lo in 0..w {
        results.push(add(1, Op::Slice(a, lo)));
    }
    let width = results.iter().map(|r| m.nets[r.index()].width).sum();
    m.nets.push(Net::new(width, Op::Concat(results)));
    let out = n(m.nets.len() - 1);
    let port = |name: &str, dir: Dir, width: u32, net: NetId| Port { name: name.into(), dir, width, net: Some(net) };
    m.ports = vec![
        port("s_tdata", Dir::In, total, data),
        port("s_tvalid", Dir::In, 1, valid),
        port("s_tready", Dir::Out, 1, ready),
        port("m_tdata", Dir::Out, width, out),
        port("m_tvalid", Dir::Out, 1, valid),
        port("m_tready", Dir::In, 1, ready),
    ];
    let p = PortId::from_index;
    m.streams = vec![
        StreamPorts {
            name: "s".into(),
            dir: Dir::In,
            data: p(0),
            valid: p(1),
            ready: p(2),
            last: None,
            shape: BeatShape::new(1, total, false),
        },
        StreamPorts {
            name: "m".into(),
            dir: Dir::Out,
            data: p(3),
            valid: p(4),
            ready: p(5),
            last: None,
            shape: BeatShape::new(1, width, false),
        },
    ];
    let mut d = Design::new();
    let top = d.add(m);
    ValidDesign::new(d, top).unwrap()
}

#[test]
fn every_operator__exhaustively_at_small_widths() {
    for (w, v, tools) in [
        (1, 1, true),
        (1, 3, false),
        (2, 1, false),
        (2, 2, true),
        (3, 2, false),
        (3, 3, true),
        (4, 3, true),
        (5, 1, false),
    ] {
        for signed in [false, true] {
            let d = design(w, v, signed);
            let total = 2 * w + v;
            let beats = 1usize << total;
            let batch = Batch {
                sources: vec![SourcePlan {
                    words: (0..beats as u64).map(|x| Bits::from_u64(total, x).words()[0]).collect(),
                    beats,
                    stall: Bitmap::from_bits([false]),
                }],
                sinks: vec![SinkPlan { stall: Bitmap::from_bits([false]), after_valid: false, expect: beats }],
                resets: vec![],
                fill: Fill::Zeros,
                drain: 1,
                watchdog: 10,
                max_cycles: beats as u64 + 10,
            };
            let mut reference = None;
            for engine in common::engines(tools) {
                let trace = engine
                    .compile(&d)
                    .and_then(|mut c| c.run(std::slice::from_ref(&batch)))
                    .unwrap_or_else(|e| panic!("{}: {e}", engine.name()))
                    .remove(0)
                    .trace;
                assert_eq!(trace.received[0].cycles.len(), beats);
                match &reference {
                    None => reference = Some(trace),
                    Some(r) => assert_eq!(*r, trace, "{} at widths {w} and {v}", engine.name()),
                }
            }
        }
    }
}
