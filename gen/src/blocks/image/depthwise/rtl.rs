use super::{Checked, Config};
use crate::blocks::mac_array::tree_element;
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_range, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let l = c.derived();
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.x_bits, c.x_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, l.acc_bits, true), true);

    m.section("everything moves as one, unless sums wait at the end");
    let run = out.free().named("run");
    s.set_ready(run);
    let step = s.fire().named("step");
    let tap = m.counter("tap", c.taps.into()).reset(0);
    let first = !tap.q().any();
    let last = m.count_to(tap, c.taps.into(), step).called("last");
    let group = m.counter("group", l.groups.into()).reset(0);
    let end = m.count_to(group, l.groups.into(), step & last).called("end_value");

    m.section("weights, read together with the beat; memories answer late in a cycle");
    let words = l.weight_words(c);
    let address = m.counter("weight_addr", words.len() as u64).reset(0);
    m.count_to(address, words.len() as u64, step);
    let weights = m.delay("weight_word", run, m.rom("weights", words, step, address.q()));
    let beat = m.pipe("beat", run, s.data(), 2);

    m.section("control, beside the data");
    let stages = l.cell.stages();
    let before = m.pipe_flag("before", run, step, 1 + stages);
    let valid = m.delay_flag("valid", run, before);
    let first = m.pipe("first", run, first, 2 + stages);
    let last_sum = m.pipe("last", run, last, 2 + stages);
    let end = m.pipe("end", run, last & end, 3 + stages);

    m.section("the elements: a channel each; a sum starts from the bias");
    let element = tree_element(&l.cell, build, &format!("{}_pe", c.module_name()));
    let biases = biases(&m, c, run, run & before, group.q());
    let mut accs = Vec::new();
    for (k, bias) in (0..c.lanes).zip(biases) {
        let u = m.instance(&format!("u_pe{k}"), element);
        for (port, value) in [("run_i", run), ("valid_i", valid), ("first_i", first)] {
            u.set(port, value.to_uint());
        }
        let x = beat.slice(k * c.x_bits, c.x_bits).named(format!("x{k}"));
        let x = if c.x_signed { x.as_signed() } else { x.to_signed() };
        u.set("a_i", l.cell.encode_a(&m, "x", &[x]));
        u.set("b_i", weights.slice(k * l.cell.b_wire(), l.cell.b_wire()).named(format!("weight{k}")));
        u.set("start_i", bias.sext(l.acc_bits).as_unsigned());
        accs.push(u.get("acc_o").named(format!("acc{k}")));
    }
    // The accumulators are also the output register: while sums wait, nothing moves.
    let done = m.delay_flag("done", run, valid & last_sum);
    out.drive(done, m.lanes(&accs), Some(end));
    m.finish()
}

/// The biases of the channels that are being started, aligned with their first products.
fn biases<'m>(m: &'m Mod<'_>, c: &Checked<Config>, run: Bool<'m>, read: Bool<'m>, group: UInt<'m>) -> Vec<SInt<'m>> {
    let l = c.derived();
    let constant = |v: i64| m.s(v, bits_for_range(Range::new(v.into(), v.into()), true));
    if l.groups == 1 || l.bias.iter().all(|b| *b == l.bias[0]) {
        return (0..c.lanes).map(|k| constant(l.bias.get(k as usize).copied().unwrap_or(0))).collect();
    }
    // The ROM's own register is the last one.
    let group = m.pipe("group", run, group, 1 + l.cell.stages());
    let word = m.rom("bias", l.bias_words(c), read, group);
    let own = |k: u32| word.slice(k * l.bias_bits, l.bias_bits).named(format!("bias{k}")).as_signed();
    (0..c.lanes).map(own).collect()
}
