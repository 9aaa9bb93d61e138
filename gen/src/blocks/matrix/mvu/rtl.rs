use super::{Checked, Config};
use crate::blocks::mac_array::tree_element;
use crate::blocks::replay::{replay, Replay, Times};
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_range, Bits, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let l = c.derived();
    let s = m.stream_in("s_axis", BeatShape::new(c.simd, c.x_bits, c.x_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.pe, l.acc_bits, true), true);

    m.section("everything moves as one, unless results wait at the end");
    let run = out.free().named("run");
    let step = replay(&m, run, s, l.sf, Times::Fixed(l.nf));

    m.section("weights, read together with the input beat");
    let words = l.weight_words(c);
    let address = m.counter("weight_addr", words.len() as u64).reset(0);
    let last_word = m.count_to(address, words.len() as u64, step.step).called("last_word");
    let frame_end = if c.groups > 1 { last_word } else { step.end };
    let weights = weights(&m, c, words, step.step, address.q());

    m.section("memories answer late in a cycle: their words are registered before the multipliers");
    let weights = m.delay("weight_word", run, weights);
    let beat = m.delay("beat_word", run, step.data);

    m.section("control, beside the data");
    let stages = l.cell.stages();
    let before = m.pipe_flag("before", run, step.some, 1 + stages);
    let valid = m.delay_flag("valid", run, before);
    let first = m.pipe("first", run, step.first, 2 + stages);
    let last = m.pipe("last", run, step.last, 2 + stages);
    let end = m.pipe("end", run, frame_end, 3 + stages);

    m.section("the elements: a row of the matrix each; a sum starts from the bias");
    let element = tree_element(&l.cell, build, &format!("{}_pe", c.module_name()));
    let x = activations(&m, c, beat);
    let biases = biases(&m, c, run, run & before, &step);
    let mut accs = Vec::new();
    for (p, bias) in (0..c.pe).zip(biases) {
        let u = m.instance(&format!("u_pe{p}"), element);
        for (port, value) in [("run_i", run), ("valid_i", valid), ("first_i", first)] {
            u.set(port, value.to_uint());
        }
        u.set("a_i", x);
        u.set("b_i", weights.slice(p * l.cell.b_wire(), l.cell.b_wire()).named(format!("weights{p}")));
        u.set("start_i", bias.sext(l.acc_bits).as_unsigned());
        accs.push(u.get("acc_o").named(format!("acc{p}")));
    }
    // The accumulators are also the output register: while results wait, nothing moves.
    let done = m.delay_flag("done", run, valid & last);
    out.drive(done, m.lanes(&accs), Some(end));
    m.finish()
}

/// The word at an address, of one memory or of two.
fn weights<'m>(m: &'m Mod<'_>, c: &Config, mut words: Vec<Bits>, read: Bool<'m>, address: UInt<'m>) -> UInt<'m> {
    if c.split == 0 {
        return m.rom("weights", words, read, address);
    }
    let rest = words.split_off(c.split as usize);
    let second = address.ge(m.lit(c.split.into())).named("second_memory");
    let part = |name: &str, words: Vec<Bits>, read: Bool<'m>| {
        let bits = bits_for_count(words.len() as u64);
        m.rom(name, words, read, address.trunc(bits))
    };
    let low = part("weights", words, read & !second);
    let high = part("weights_rest", rest, read & second);
    m.delay_flag("from_second", read, second).pick(high, low)
}

/// The lanes of a beat as the elements take them.
fn activations<'m>(m: &'m Mod<'_>, c: &Checked<Config>, x: UInt<'m>) -> UInt<'m> {
    let lane = |k: u32| {
        let lane = x.slice(k * c.x_bits, c.x_bits).named(format!("x{k}"));
        if c.x_signed {
            lane.as_signed()
        } else {
            lane.to_signed()
        }
    };
    c.derived().cell.encode_a(m, "x", &(0..c.simd).map(lane).collect::<Vec<_>>())
}

/// The biases of the rows that are being started, aligned with their first sums.
fn biases<'m>(m: &'m Mod<'_>, c: &Checked<Config>, run: Bool<'m>, read: Bool<'m>, step: &Replay<'m>) -> Vec<SInt<'m>> {
    let l = c.derived();
    let constant = |v: i64| m.s(v, bits_for_range(Range::new(v.into(), v.into()), true));
    if l.bias.iter().all(|b| *b == l.bias[0]) {
        return (0..c.pe).map(|_| constant(l.bias[0])).collect();
    }
    if l.nf == 1 && c.groups == 1 {
        return (0..c.pe).map(|p| constant(l.bias.get(p as usize).copied().unwrap_or(0))).collect();
    }
    // The ROM's own register is the last one.
    let words = l.bias_words(c);
    let own = if c.groups > 1 {
        // Passes of all groups are counted: they are the words of the ROM.
        let count = m.counter("bias_addr", words.len() as u64).reset(0);
        m.count_to(count, words.len() as u64, step.step & step.last);
        count.q()
    } else {
        step.pass
    };
    let pass = m.pipe("pass", run, own, 1 + l.cell.stages());
    let word = m.rom("bias", words, read, pass);
    let own = |p: u32| word.slice(p * l.bias_bits, l.bias_bits).named(format!("bias{p}")).as_signed();
    (0..c.pe).map(own).collect()
}
