//! Every design error, with its exact text; and what wrong uses of the DSL say.
// Tests may do what the generator may not.
#![allow(non_snake_case, missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use niello_gen::hdl::{Build, Value};
use niello_gen::ir::{
    BeatShape, Design, Dir, Inst, Mem, Module, Net, NetId, Op, Port, PortId, Reg, RegId, ValidDesign,
};
use niello_gen::num::Bits;

fn n(i: usize) -> NetId {
    NetId::from_index(i)
}

fn net(width: u32, op: Op) -> Net {
    Net::new(width, op)
}

/// A module with an 8-bit input `a_i` (net 0) and an output `y_o` driven by `out`.
fn module(nets: Vec<Net>, out: Option<NetId>) -> Module {
    let mut all = vec![net(8, Op::Input(PortId::from_index(0)))];
    all.extend(nets);
    Module {
        name: "nl_bad".into(),
        ports: vec![
            Port { name: "a_i".into(), dir: Dir::In, width: 8, net: Some(n(0)) },
            Port { name: "y_o".into(), dir: Dir::Out, width: 8, net: out },
        ],
        nets: all,
        ..Module::default()
    }
}

fn error(m: Module) -> String {
    let mut d = Design::new();
    let top = d.add(m);
    ValidDesign::new(d, top).unwrap_err().to_string()
}

#[test]
fn design_errors__exact_text() {
    assert_eq!(error(module(vec![], None)), "E401 nl_bad: net `y_o` has no driver; help: drive it before finish()");
    assert_eq!(
        error(module(vec![net(9, Op::Add(n(0), n(0)))], Some(n(1)))),
        "E403 nl_bad: add `n1`: result has 9 bits, the rule gives 8; help: widen with zext/sext or narrow with trunc\n\
         E403 nl_bad: port `y_o`: port has 8 bits, its driver 9; help: widen with zext/sext or narrow with trunc"
    );
    assert_eq!(
        error(module(vec![net(8, Op::Not(n(2))), net(8, Op::And(n(1), n(0)))], Some(n(2)))),
        "E404 nl_bad: combinational loop through not <- and; help: put a register on it"
    );
    let mut named = module(vec![net(8, Op::Not(n(0)))], Some(n(1)));
    named.nets[1].name = Some("always".into());
    assert_eq!(
        error(named),
        "E405 nl_bad: illegal name `always`: it is a keyword of Verilog, SystemVerilog or VHDL; help: try `always_sig`"
    );
    let mut reg = module(vec![net(8, Op::RegQ(RegId::from_index(0)))], Some(n(1)));
    reg.regs = vec![Reg { name: "acc".into(), width: 8, reset: None, next: None, enable: None, section: 0 }];
    assert_eq!(error(reg), "E406 nl_bad: register `acc` has no next value; help: call set() or set_when()");
    let mut mem = module(vec![], Some(n(0)));
    mem.mems = vec![Mem {
        name: "words".into(),
        width: 8,
        depth: 4,
        rom: Some(vec![Bits::zero(8); 3]),
        write: None,
        reads: vec![],
        section: 0,
    }];
    assert_eq!(
        error(mem),
        "E408 nl_bad: memory `words`: it is never read; help: see docs/ir.md, memories\n\
         E408 nl_bad: memory `words`: contents must be 4 words of 8 bits; help: see docs/ir.md, memories"
    );
    assert_eq!(
        error(module(vec![], Some(n(7)))),
        "E411 nl_bad: handle NetId(7) does not exist; help: use handles of the module that made them"
    );
    let mut d = Design::new();
    let child = d.add(module(vec![net(8, Op::Not(n(0)))], Some(n(1))));
    let mut parent =
        module(vec![net(8, Op::InstOut(niello_gen::ir::InstId::from_index(0), PortId::from_index(1)))], Some(n(1)));
    parent.name = "nl_parent".into();
    parent.insts = vec![Inst { name: "u_child".into(), module: child, inputs: vec![None], section: 0 }];
    let top = d.add(parent);
    assert_eq!(
        ValidDesign::new(d, top).unwrap_err().to_string(),
        "E407 nl_parent: instance `u_child`: input `a_i` is not connected; help: connect every input"
    );
}

/// A loop is judged through instances, output by output: crossing wires are none, a real loop is one.
#[test]
fn loops__are_judged_net_by_net_through_instances() {
    let build = |feedback: bool| {
        let b = Build::new();
        let child = b.module("nl_pair");
        let (x, y) = (child.input("x_i", 1), child.input("y_i", 1));
        child.output("nx_o", !x);
        child.output("ny_o", !y);
        let child = child.finish();
        let m = b.module("nl_top");
        let a = m.input("a_i", 1);
        let inst = m.instance("u_pair", child);
        inst.set("x_i", a);
        inst.set("y_i", if feedback { inst.get("ny_o") } else { inst.get("nx_o") });
        m.output("q_o", inst.get("ny_o"));
        let id = m.finish();
        b.validate(id)
    };
    assert!(build(false).is_ok(), "x to y is no loop");
    assert!(build(true).unwrap_err().to_string().starts_with("E404"));
}

#[test]
fn dsl__wrong_uses_are_all_reported_with_their_place() {
    let b = Build::new();
    let other = b.module("nl_other");
    let foreign = other.input("f_i", 4);
    let m = b.module("nl_wrong");
    let a = m.input("a_i", 4);
    let c = m.input("c_i", 6);
    let _ = a & c;
    let _ = a.trunc(9);
    let _ = (a + a).fits(4);
    let _ = m.u(300, 8);
    let r = m.reg_u("r", 4).reset(0);
    r.set(a);
    r.set(a);
    let wide = m.reg_u("w", 4);
    wide.set(c);
    m.output("y_o", (a + foreign).trunc(4) & r.q() & wide.q());
    let id = m.finish();
    let text = b.validate(id).unwrap_err().to_string();
    for part in [
        "bitwise operator on 4 and 6 bits",
        "cannot cut 4 bits to 9",
        "are not proven to fit 4 bits",
        "constant 300 does not fit 8 bits",
        "E402 nl_wrong: `r` is driven twice",
        "register of 4 bits driven by 6",
        "a value of another module is used here",
    ] {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    assert_eq!(text.matches("ir_errors.rs:").count(), 8, "every misuse has its place, two drivers have two:\n{text}");
}

#[test]
fn streams__valid_must_not_wait_for_ready() {
    let b = Build::new();
    let m = b.module("nl_waits");
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, 8, false), true);
    s.set_ready(out.ready());
    out.drive(s.valid() & out.ready(), s.data(), Some(s.last()));
    let id = m.finish();
    assert_eq!(
        b.validate(id).unwrap_err().to_string(),
        "E410 nl_waits: stream `m_axis`: rule 3: valid depends combinationally on ready; help: see docs/stream.md"
    );
}

#[test]
fn streams__a_forgotten_ready_is_called_by_its_port() {
    let b = Build::new();
    let m = b.module("nl_forgot");
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, false), false);
    m.output("y_o", s.data());
    let id = m.finish();
    assert_eq!(
        b.validate(id).unwrap_err().to_string(),
        "E401 nl_forgot: net `s_axis_tready` has no driver; help: drive it before finish()"
    );
}

/// A million nets in a chain: no recursion, no quadratic pass.
#[test]
fn chain_of_a_million_nets() {
    let start = std::time::Instant::now();
    let mut nets: Vec<Net> = (0..1_000_000usize)
        .map(|i| net(8, if i % 2 == 0 { Op::Add(n(i), n(0)) } else { Op::Xor(n(i), n(0)) }))
        .collect();
    nets.push(net(8, Op::Not(n(1_000_000))));
    let mut d = Design::new();
    let top = d.add(module(nets, Some(n(1_000_001))));
    let valid = ValidDesign::new(d, top).unwrap();
    let flat = niello_gen::ir::Flat::new(&valid);
    assert_eq!(flat.nets.len(), 1_000_002);
    let files = niello_gen::emit::verilog(&valid);
    assert!(files[0].text.len() > 10_000_000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    // A chain of inlined operators too.
    let nets: Vec<Net> = (0..200_000).map(|i| net(8, Op::Xor(n(i), n(0)))).collect();
    let mut d = Design::new();
    let top = d.add(module(nets, Some(n(200_000))));
    niello_gen::emit::verilog(&ValidDesign::new(d, top).unwrap());
}

/// Ranges must never be narrower than the truth: comparisons and `fits` trust them.
#[test]
fn ranges__stay_sound_at_the_edges() {
    let b = Build::new();
    let m = b.module("nl_ranges");
    let x = m.input("x_i", 32);
    // A shift past an i128 leaves nothing.
    assert_eq!(((x.zext(200) >> 130).range(), (m.u(1 << 20, 32).zext(200) >> 130).range()), (zero(), zero()));
    // A register without a reset holds anything before its first enable.
    let narrow = x.trunc(2) + m.u(3, 3);
    let held = m.delay("held", x.bit(0), narrow);
    assert_eq!(held.range().unwrap().lo, 0);
    assert!(narrow.range().unwrap().lo == 3);
    // Exact widths, also where nothing is to do.
    assert_eq!((x.zext(200).saturate(200).width(), x.fits(40).width(), x.saturate(40).width()), (200, 40, 40));
    m.output("y_o", held);
    let id = m.finish();
    assert!(b.validate(id).is_ok());
}

fn zero() -> Option<niello_gen::num::Range> {
    Some(niello_gen::num::Range::new(0, 0))
}

#[test]
fn dsl__values_that_do_not_fit_are_refused() {
    let b = Build::new();
    let m = b.module("nl_values");
    let r = m.reg_s("r", 3).reset(7);
    r.set(m.s(0, 3));
    let u = m.reg_u("u", 3).reset(-1);
    u.set(m.u(0, 3));
    let term = niello_gen::num::Range::new(-(1i128 << 100), 1i128 << 100);
    m.accumulator("a", term, term, 1 << 40).set(m.s(0, 1));
    m.output("y_o", r.q().clamp(2, -2).as_unsigned());
    let id = m.finish();
    let text = b.validate(id).unwrap_err().to_string();
    for part in
        ["reset value 7 does not fit 3 bits", "reset value -1 does not fit", "leaves 127 bits", "clamp to 2..=-2"]
    {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
}
