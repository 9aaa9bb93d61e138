//! Random designs - operators, registers, memories, instances - give the same trace on every engine.
#![allow(non_snake_case, missing_docs)]

mod common;

use niello_gen::ir::{
    BeatShape, Design, Dir, Inst, InstId, Mem, MemId, MemRead, MemWrite, Module, ModuleId, Net, NetId, Op,
};
use niello_gen::ir::{Port, PortId, Reg, RegId, StreamPorts, ValidDesign};
use niello_gen::num::{bits_for_count, Bits, Prng};
use niello_testbench::batch::{Batch, Bitmap, Fill, Reset, SinkPlan, SourcePlan, Status};

/// Builds a module net by net.
struct Builder {
    m: Module,
    /// Every bit of state is known after reset, so that a four-state simulator can be compared.
    defined: bool,
}

impl Builder {
    fn net(&mut self, width: u32, op: Op) -> NetId {
        // Printed as signed or not: no operator may hang on it.
        let signed = width > 1 && self.m.nets.len() * 7 % 5 < 2;
        self.m.nets.push(Net { signed, ..Net::new(width, op) });
        handle(self.m.nets.len() - 1)
    }
    fn input(&mut self, name: &str, width: u32) -> NetId {
        let id = self.net(width, Op::Input(port(self.m.ports.len())));
        self.m.ports.push(Port { name: name.into(), dir: Dir::In, width, net: Some(id) });
        id
    }
    fn output(&mut self, name: &str, net: NetId) {
        let width = self.m.width(net);
        self.m.ports.push(Port { name: name.into(), dir: Dir::Out, width, net: Some(net) });
    }
    /// The net cut or widened to `width`.
    fn fit(&mut self, a: NetId, width: u32, signed: bool) -> NetId {
        match self.m.width(a) {
            w if w == width => a,
            w if w > width => self.net(width, Op::Slice(a, 0)),
            _ if signed => self.net(width, Op::Sext(a)),
            _ => self.net(width, Op::Zext(a)),
        }
    }
}

fn handle(i: usize) -> NetId {
    NetId::from_index(i)
}
fn port(i: usize) -> PortId {
    PortId::from_index(i)
}

fn width(rng: &mut Prng, max: u32) -> u32 {
    match rng.below(4) {
        0 => 1,
        1 => *rng.pick(&[8, 31, 32, 33, 63, 64, 65, 127, 128, 129]).min(&max),
        _ => 1 + rng.below(max.into()) as u32,
    }
}

/// One random operator on nets that exist.
fn random_op(b: &mut Builder, rng: &mut Prng, max: u32) -> NetId {
    let any = |b: &Builder, rng: &mut Prng| handle(rng.below(b.m.nets.len() as u64) as usize);
    let (x, y) = (any(b, rng), any(b, rng));
    let signed = rng.chance(0.5);
    let w = b.m.width(x);
    let y_fit = |b: &mut Builder| b.fit(y, w, signed);
    let op = match rng.below(22) {
        0 => Op::Not(x),
        1 => Op::And(x, y_fit(b)),
        2 => Op::Or(x, y_fit(b)),
        3 => Op::Xor(x, y_fit(b)),
        4 => Op::ReduceAnd(x),
        5 => Op::ReduceOr(x),
        6 => Op::ReduceXor(x),
        7 | 8 => Op::Add(x, y_fit(b)),
        9 => Op::Sub(x, y_fit(b)),
        10 if w + b.m.width(y) <= 2 * max => Op::MulU(x, y),
        11 | 12 if w + b.m.width(y) <= 2 * max => Op::MulS(x, y),
        13 => Op::Eq(x, y_fit(b)),
        14 => Op::LtU(x, y_fit(b)),
        15 => Op::LtS(x, y_fit(b)),
        16 | 17 => {
            let amount_width = 1 + rng.below(9) as u32;
            let n = b.fit(y, amount_width, false);
            [Op::Shl(x, n), Op::ShrU(x, n), Op::ShrS(x, n)][rng.below(3) as usize].clone()
        }
        18 => {
            let n = 2 + rng.below(5) as usize;
            let sel_width = bits_for_count(n as u64) + rng.below(3) as u32;
            let sel = b.fit(y, sel_width, signed);
            let arms = (0..n)
                .map(|_| {
                    let a = any(b, rng);
                    b.fit(a, w, signed)
                })
                .collect();
            return b.net(w, Op::Mux(sel, arms));
        }
        19 => {
            let to = w + 1 + rng.below(40) as u32;
            return b.net(to, if signed { Op::Sext(x) } else { Op::Zext(x) });
        }
        20 => {
            let lo = rng.below(w.into()) as u32;
            let n = 1 + rng.below(u64::from(w - lo)) as u32;
            return b.net(n, Op::Slice(x, lo));
        }
        _ => {
            let parts: Vec<NetId> = (0..1 + rng.below(4)).map(|_| any(b, rng)).collect();
            let total: u32 = parts.iter().map(|p| b.m.width(*p)).sum();
            if total > 2 * max {
                Op::Not(x)
            } else {
                return b.net(total, Op::Concat(parts));
            }
        }
    };
    let result = match &op {
        Op::ReduceAnd(_) | Op::ReduceOr(_) | Op::ReduceXor(_) | Op::Eq(..) | Op::LtU(..) | Op::LtS(..) => 1,
        Op::MulU(a, c) | Op::MulS(a, c) => b.m.width(*a) + b.m.width(*c),
        _ => w,
    };
    b.net(result, op)
}

/// Adds state whose next values come later.
fn add_state(b: &mut Builder, rng: &mut Prng, max: u32) {
    for i in 0..rng.below(5) {
        let w = width(rng, max);
        let reset = (rng.chance(0.8) || b.defined)
            .then(|| Bits::from_words(w, &[rng.next(), rng.next(), rng.next(), rng.next()]));
        b.m.regs.push(Reg { name: format!("r{i}x"), width: w, reset, next: None, enable: None, section: 0 });
        b.net(w, Op::RegQ(RegId::from_index(i as usize)));
    }
}

fn drive_state(b: &mut Builder, rng: &mut Prng) {
    for i in 0..b.m.regs.len() {
        let next = handle(rng.below(b.m.nets.len() as u64) as usize);
        let next = b.fit(next, b.m.regs[i].width, false);
        let enable = handle(rng.below(b.m.nets.len() as u64) as usize);
        let enable = b.fit(enable, 1, false);
        b.m.regs[i].next = Some(next);
        b.m.regs[i].enable = rng.chance(0.5).then_some(enable);
    }
}

/// A RAM that is written in even cycles and read in odd ones (so no read meets a write), or a ROM.
fn add_memory(b: &mut Builder, rng: &mut Prng, max: u32, phase: NetId) {
    let (w, depth) = (width(rng, max), 1 << (1 + rng.below(4)));
    let addr_bits = bits_for_count(depth);
    let pick = handle(rng.below(b.m.nets.len() as u64) as usize);
    let addr = b.fit(pick, addr_bits, false);
    let rom = rng.chance(0.5) || b.defined;
    let word = |rng: &mut Prng| Bits::from_words(w, &(0..w.div_ceil(64)).map(|_| rng.next()).collect::<Vec<_>>());
    let odd = b.net(1, Op::Not(phase));
    let data_from = handle(rng.below(b.m.nets.len() as u64) as usize);
    let data = b.fit(data_from, w, false);
    let contents = rom.then(|| (0..depth).map(|_| word(rng)).collect());
    let write = (!rom).then_some(MemWrite { enable: phase, addr, data });
    let index = b.m.mems.len();
    b.m.mems.push(Mem {
        name: format!("m{index}x"),
        width: w,
        depth: depth as u32,
        rom: contents,
        write,
        reads: vec![MemRead { enable: odd, addr }],
        section: 0,
    });
    b.net(w, Op::MemQ(MemId::from_index(index), 0));
}

/// A random child with plain ports.
fn random_child(d: &mut Design, rng: &mut Prng, max: u32, defined: bool) -> ModuleId {
    let mut b = Builder { m: Module { name: "nl_child".into(), ..Module::default() }, defined };
    for i in 0..1 + rng.below(3) {
        let w = width(rng, max);
        b.input(&format!("in{i}x_i"), w);
    }
    add_state(&mut b, rng, max);
    for _ in 0..2 + rng.below(8) {
        random_op(&mut b, rng, max);
    }
    drive_state(&mut b, rng);
    for i in 0..1 + rng.below(2) {
        let n = handle(rng.below(b.m.nets.len() as u64) as usize);
        b.output(&format!("out{i}x_o"), n);
    }
    d.add(b.m)
}

/// A random design with one stream in and one out, always ready: one beat a cycle goes through arbitrary
/// logic. Half of the designs have no unknown state.
fn random_design(rng: &mut Prng, max: u32, ops: u64) -> Result<(ValidDesign, bool), String> {
    let defined = rng.chance(0.5);
    let mut d = Design::new();
    let children: Vec<ModuleId> = (0..rng.below(3)).map(|_| random_child(&mut d, rng, max, defined)).collect();
    let in_width = width(rng, max);
    let mut b = Builder { m: Module { name: "nl_random".into(), ..Module::default() }, defined };
    b.input("s_tdata", in_width);
    let valid = b.input("s_tvalid", 1);
    b.m.regs.push(Reg {
        name: "phase".into(),
        width: 1,
        reset: Some(Bits::zero(1)),
        next: None,
        enable: None,
        section: 0,
    });
    let phase = b.net(1, Op::RegQ(RegId::from_index(0)));
    let flip = b.net(1, Op::Not(phase));
    let mut extra = Builder { m: Module::default(), defined };
    add_state(&mut extra, rng, max);
    for r in extra.m.regs {
        let w = r.width;
        b.m.regs.push(r);
        b.net(w, Op::RegQ(RegId::from_index(b.m.regs.len() - 1)));
    }
    for i in 0..ops {
        random_op(&mut b, rng, max);
        if i % 16 == 7 && rng.chance(0.5) {
            add_memory(&mut b, rng, max, phase);
        }
    }
    for (k, id) in children.into_iter().enumerate() {
        let child = d.module(id).clone();
        let inputs = child
            .ports_of(Dir::In)
            .map(|(_, p)| {
                let n = handle(rng.below(b.m.nets.len() as u64) as usize);
                Some(b.fit(n, p.width, false))
            })
            .collect();
        b.m.insts.push(Inst { name: format!("u_child{k}x"), module: id, inputs, section: 0 });
        for (p, out) in child.ports_of(Dir::Out) {
            b.net(out.width, Op::InstOut(InstId::from_index(k), p));
        }
        random_op(&mut b, rng, max);
    }
    drive_state(&mut b, rng);
    b.m.regs[0].next = Some(flip);
    b.m.regs[0].enable = None;
    // Everything late is observable: the output is the concatenation of the newest nets.
    let tail: Vec<NetId> = (b.m.nets.len().saturating_sub(12)..b.m.nets.len()).map(handle).collect();
    let total = tail.iter().map(|n| b.m.width(*n)).sum();
    let out = b.net(total, Op::Concat(tail));
    let one = b.net(1, Op::Const(Bits::from_u64(1, 1)));
    b.output("s_tready", one);
    b.output("m_tdata", out);
    b.output("m_tvalid", valid);
    b.input("m_tready", 1);
    let n = b.m.ports.len();
    b.m.streams = vec![
        StreamPorts {
            name: "s".into(),
            dir: Dir::In,
            data: port(0),
            valid: port(1),
            ready: port(2),
            last: None,
            shape: BeatShape::new(1, in_width, false),
        },
        StreamPorts {
            name: "m".into(),
            dir: Dir::Out,
            data: port(n - 3),
            valid: port(n - 2),
            ready: port(n - 1),
            last: None,
            shape: BeatShape::new(1, total, false),
        },
    ];
    let top = d.add(b.m);
    ValidDesign::new(d, top).map(|d| (d, defined)).map_err(|e| e.to_string())
}

fn random_batch(design: &ValidDesign, rng: &mut Prng, beats: usize) -> Batch {
    let width = design.top().stream("s").map_or(1, |s| s.shape.width());
    let words_per_beat = width.div_ceil(64) as usize;
    let words = (0..beats)
        .flat_map(|_| {
            let corner = rng.below(6);
            let words: Vec<u64> = (0..words_per_beat)
                .map(|_| match corner {
                    0 => 0,
                    1 => u64::MAX,
                    _ => rng.next(),
                })
                .collect();
            Bits::from_words(width, &words).words()
        })
        .collect();
    Batch {
        sources: vec![SourcePlan { words, beats, stall: Bitmap::from_bits([false]) }],
        sinks: vec![SinkPlan { stall: Bitmap::from_bits([false]), after_valid: false, expect: beats }],
        // Long enough that memories addressed by memories have known outputs.
        resets: vec![Reset { start: 0, length: 12, resume: vec![0] }],
        fill: Fill::Zeros,
        drain: 2,
        watchdog: 50,
        max_cycles: 10_000,
    }
}

/// Compares all engines on one seed; the text names the first difference.
fn disagreement(seed: u64, max: u32, ops: u64, tools: bool) -> Option<String> {
    let mut rng = Prng::new(seed);
    let (design, defined) = random_design(&mut rng, max, ops)
        .unwrap_or_else(|e| panic!("seed {seed}: generator made an illegal design: {e}"));
    let batch = random_batch(&design, &mut rng, 40);
    let mut reference = None;
    for engine in common::engines(tools) {
        // X and arbitrary bits are not the same thing to a `case`: compare only where all state is known.
        if engine.name() == "icarus" && !defined {
            continue;
        }
        let mut run = engine.compile(&design).and_then(|mut c| c.run(std::slice::from_ref(&batch)));
        let trace = match &mut run {
            Ok(runs) => runs.remove(0).trace,
            Err(e)
                if engine.name() == "verilator"
                    && ["CMPCONST", "UNSIGNED"].iter().any(|w| e.to_string().contains(w)) =>
            {
                continue
            }
            Err(e) => return Some(format!("{}: {e}", engine.name())),
        };
        if trace.status != Status::Done {
            return Some(format!("{}: {:?}", engine.name(), trace.status));
        }
        match &reference {
            None => reference = Some(trace),
            Some(r) if *r != trace => {
                let at = r.received[0].words.iter().zip(&trace.received[0].words).position(|(a, b)| a != b);
                return Some(format!("{} differs from the reference at word {at:?}", engine.name()));
            }
            Some(_) => {}
        }
    }
    None
}

/// On a failure: the smallest number of operators of the same seed that still fails.
fn check(seed: u64, max: u32, ops: u64, tools: bool) {
    if let Some(what) = disagreement(seed, max, ops, tools) {
        let small = (1..ops).find_map(|n| disagreement(seed, max, n, tools).map(|w| (n, w)));
        let (n, what) = small.unwrap_or((ops, what));
        // The reproducer: the Verilog of the smallest failing design.
        let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("disagreement-{seed}"));
        std::fs::create_dir_all(&dir).unwrap();
        for f in niello_gen::emit::verilog(&random_design(&mut Prng::new(seed), max, n).unwrap().0) {
            std::fs::write(dir.join(f.path), f.text).unwrap();
        }
        let what = format!("{what}; Verilog in {}", dir.display());
        panic!("disagreement(seed {seed}, max width {max}, {n} operators): {what}");
    }
}

#[test]
fn random_designs__tape_equals_reference() {
    for seed in 0..600 * niello_testkit::soak() {
        check(seed, 40, 25, false);
        check(1_000_000 + seed, 200, 40, false);
    }
}

#[test]
fn random_designs__all_engines_agree() {
    for seed in 0..30 * niello_testkit::soak() {
        check(2_000_000 + seed, 200, 60, true);
    }
}
