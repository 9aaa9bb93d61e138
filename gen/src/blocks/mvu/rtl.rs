use super::{Checked, Config};
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_range, Range};

/// One step of the reading side: a beat of the buffered vector meets its weights.
struct Step<'m> {
    /// A step is issued in this cycle.
    fire: Bool<'m>,
    /// A full half waits to be read.
    some: Bool<'m>,
    /// First beat of a pass.
    first: Bool<'m>,
    /// Last beat of a pass.
    last: Bool<'m>,
    /// Last beat of the last pass.
    end: Bool<'m>,
    /// Number of the pass.
    pass: UInt<'m>,
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let l = c.derived();
    let s = m.stream_in("s_axis", BeatShape::new(c.simd, c.x_bits, c.x_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.pe, l.acc_bits, true), true);

    m.section("everything moves as one, unless results wait at the end");
    let out_valid = m.reg_b("out_valid").reset(0);
    let run = (!out_valid.q() | out.ready()).named("run");

    m.section("write side: fills the half of the buffer that is not full");
    let full = [m.reg_b("full0").reset(0), m.reg_b("full1").reset(0)];
    let write_half = m.reg_b("write_half").reset(0);
    s.set_ready(!write_half.q().pick(full[1].q(), full[0].q()));
    let write_beat = m.counter("write_beat", l.sf.into()).reset(0);
    let filled = (s.fire() & m.count_to(write_beat, l.sf.into(), s.fire())).named("filled");
    write_half.set_when(filled, !write_half.q());

    m.section("read side: every beat of the full half, once for each pass");
    let read_half = m.reg_b("read_half").reset(0);
    let beat = m.counter("beat", l.sf.into()).reset(0);
    let some = read_half.q().pick(full[1].q(), full[0].q()).named("some");
    let step = read_side(&m, c, run, some, beat.q());
    m.count_to(beat, l.sf.into(), step.fire);
    let emptied = (step.fire & step.end).named("emptied");
    read_half.set_when(emptied, !read_half.q());
    for (f, half) in full.into_iter().zip([false, true]) {
        let (writes, reads) = if half { (write_half.q(), read_half.q()) } else { (!write_half.q(), !read_half.q()) };
        let (set, clear) = (filled & writes, emptied & reads);
        f.set(set | (f.q() & !clear));
    }

    m.section("input buffer");
    let buffer = m.ram("vectors", s.shape().width(), 2 * l.sf);
    buffer.write(s.fire(), address(&m, write_half.q(), write_beat.q(), l.sf), s.data());
    let x = buffer.read(step.fire, address(&m, read_half.q(), beat.q(), l.sf));

    let accs = datapath(&m, c, run, &step, x, |done| out_valid.set_when(run, done));
    let end = delay_by(&m, "end", run, step.end, 4);
    out.drive(out_valid.q(), m.lanes(&accs), Some(end));
    m.finish()
}

/// Counts passes and marks the beats of a pass.
fn read_side<'m>(m: &'m Mod<'_>, c: &Checked<Config>, run: Bool<'m>, some: Bool<'m>, beat: UInt<'m>) -> Step<'m> {
    let l = c.derived();
    let fire = (run & some).named("step");
    let at = |n: u32| if l.sf == 1 { m.bool(true) } else { beat.eq(m.u(n.into(), beat.width())) };
    let (first, last) = (at(0).named("first_beat"), at(l.sf - 1).named("last_beat"));
    let pass = m.counter("pass", l.nf.into()).reset(0);
    let last_pass = m.count_to(pass, l.nf.into(), fire & last);
    Step { fire, some, first, last, end: (last & last_pass).named("last_step"), pass: pass.q() }
}

/// `half * sf + beat`.
fn address<'m>(m: &'m Mod<'_>, half: Bool<'m>, beat: UInt<'m>, sf: u32) -> UInt<'m> {
    let width = bits_for_count(2 * u64::from(sf));
    match sf {
        1 => half.to_uint(),
        _ if sf.is_power_of_two() => m.concat(&[half.to_uint(), beat]),
        _ => (half.pick(m.u(sf.into(), width), m.u(0, width)) + beat.zext(width)).trunc(width),
    }
}

/// Weights, products, adder trees, accumulators: a register after each. The accumulators are also the
/// output register: while results wait, nothing moves.
fn datapath<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    run: Bool<'m>,
    step: &Step<'m>,
    x: UInt<'m>,
    done: impl FnOnce(Bool<'m>),
) -> Vec<UInt<'m>> {
    let l = c.derived();
    m.section("weights, read together with the input beat");
    let words = l.weight_words(c);
    let address = m.counter("weight_addr", words.len() as u64).reset(0);
    m.count_to(address, words.len() as u64, step.fire);
    let w = m.rom("weights", words, step.fire, address.q());

    m.section("control, beside the data");
    let valid = (1..=3).fold(step.some, |v, i| m.delay_flag(&format!("valid_p{i}"), run, v));
    let first = delay_by(m, "first", run, step.first, 3);
    let last = delay_by(m, "last", run, step.last, 3);
    done(valid & last);

    m.section("products and their sums");
    let activation = |k: u32| {
        let lane = x.slice(k * c.x_bits, c.x_bits).named(format!("x{k}"));
        if c.x_signed {
            lane.as_signed()
        } else {
            lane.to_signed()
        }
    };
    let xs: Vec<SInt> = (0..c.simd).map(activation).collect();
    let mut sums = Vec::new();
    for p in 0..c.pe {
        let product = |k: u32| {
            let at = (p * c.simd + k) * l.weight_bits;
            let weight = w.slice(at, l.weight_bits).named(format!("w{p}x{k}")).as_signed();
            m.delay(&format!("prod{p}x{k}"), run, (xs[k as usize] * weight).shrink())
        };
        let products = (0..c.simd).map(product).collect();
        let sum = SInt::sum(products).unwrap_or(m.s(0, 1));
        sums.push(m.delay(&format!("sum{p}"), run, sum));
    }

    m.section("accumulators; the first beat of a pass starts from the bias");
    let biases = biases(m, c, run, step);
    let mut accs = Vec::new();
    for (p, (sum, bias)) in sums.into_iter().zip(biases).enumerate() {
        let acc = m.reg_s(&format!("acc{p}"), l.acc_bits);
        let start = first.pick(bias.sext(l.acc_bits), acc.q());
        let next = start + sum;
        // Proven for real beats; before the first one the registers hold anything.
        valid.pick(next, m.s(0, next.width())).proven(l.acc);
        acc.set_when(run & valid, next.trunc(l.acc_bits));
        accs.push(acc.q().as_unsigned());
    }
    accs
}

/// The biases of the rows that are being started, aligned with their first sums.
fn biases<'m>(m: &'m Mod<'_>, c: &Checked<Config>, run: Bool<'m>, step: &Step<'m>) -> Vec<SInt<'m>> {
    let l = c.derived();
    let constant = |v: i64| m.s(v, bits_for_range(Range::new(v.into(), v.into()), true));
    if l.bias.iter().all(|b| *b == l.bias[0]) {
        return (0..c.pe).map(|_| constant(l.bias[0])).collect();
    }
    if l.nf == 1 {
        return (0..c.pe).map(|p| constant(l.bias.get(p as usize).copied().unwrap_or(0))).collect();
    }
    let pass = m.delay("pass_p2", run, m.delay("pass_p1", run, step.pass));
    let word = m.rom("bias", l.bias_words(c), run, pass);
    let own = |p: u32| word.slice(p * l.bias_bits, l.bias_bits).named(format!("bias{p}")).as_signed();
    (0..c.pe).map(own).collect()
}

fn delay_by<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, value: Bool<'m>, cycles: u32) -> Bool<'m> {
    (1..=cycles).fold(value, |v, i| m.delay(&format!("{name}_p{i}"), run, v))
}
