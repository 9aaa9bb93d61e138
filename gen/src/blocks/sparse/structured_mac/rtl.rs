use super::{Checked, Config};
use crate::blocks::parts::queue::queue;
use crate::blocks::parts::row_queue::Given;
use crate::blocks::parts::tree::{levels, sum_signed};
use crate::hdl::{Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};

/// Registers of a product: both beats, the activation that is selected, the product, its own behind it.
const PRODUCT: u32 = 4;

impl Config {
    /// Registers from a beat to the sum that has it.
    pub fn to_sum(&self) -> u32 {
        PRODUCT + levels(self.products()) + 1
    }
    /// Sums on their way have a place.
    pub fn places(&self) -> u32 {
        (self.to_sum() + 6).next_power_of_two()
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let a = m.stream_in("a_axis", BeatShape::new(c.depth * c.of, c.a_bits, c.a_signed), true);
    let b = m.stream_in("b_axis", BeatShape::new(c.cols * c.products(), c.weight_bits(), false), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.cols, c.sum_bits(), true), true);
    let on = m.bool(true);

    m.section("beats meet, where a sum has a place");
    let places = m.level("sums_taken", c.places());
    let go = m.wire("go");
    let step = m.count("step", c.steps().into(), go.value());
    let tile_ends = (go.value() & step.at_last).named("tile_ends");
    let tile = m.count("tile", c.tiles().into(), tile_ends);
    let row_ends = (tile_ends & tile.at_last).named("row_ends");
    let row = m.count("row", c.m.into(), row_ends);
    let room = (!(step.at_first & places.full())).named("room");
    go.drive(a.valid() & b.valid() & room);
    a.set_ready(b.valid() & room);
    b.set_ready(a.valid() & room);
    let first = (go.value() & step.at_first).named("tile_begins");

    m.section("products of the activations that positions name, and their sums");
    let to_sum = c.to_sum();
    let valid = m.pipe_flag("valid", on, go.value(), to_sum - 1);
    let is_first = m.pipe("first", on, step.at_first, to_sum - 1);
    let (row_of_a, weights) = (m.delay("a", on, a.data()), m.delay("b", on, b.data()));
    let sums: Vec<UInt> = (0..c.cols)
        .map(|j| {
            let terms = (0..c.products()).map(|p| product(c, &m, (j, p), (row_of_a, weights))).collect();
            let term = sum_signed(&m, &format!("terms{j}"), terms);
            let sum = m.reg_s(&format!("sum{j}"), c.sum_bits());
            let before = is_first.pick(m.s(0, c.sum_bits()), sum.q());
            sum.set_when(valid, (before + term).trunc(c.sum_bits()).called(format!("sum{j}_next")));
            sum.q().as_unsigned()
        })
        .collect();

    m.section("sums that are done");
    let done = m.pipe_flag("done", on, tile_ends, to_sum);
    let last = m.pipe("done_last", on, row_ends & row.at_last, to_sum);
    let put = Given { at: done, value: m.concat(&[last.to_uint(), m.lanes(&sums)]) };
    let ready = queue(&m, "sums", c.places(), put, out.ready());
    places.moves(first, ready.left);
    let bits = c.cols * c.sum_bits();
    out.drive(ready.there, ready.value.trunc(bits), Some(ready.value.bit(bits)));
    m.finish()
}

/// A kept weight times the activation that its position names.
fn product<'m>(c: &Config, m: &'m Mod<'_>, (j, p): (u32, u32), (a, b): (UInt<'m>, UInt<'m>)) -> SInt<'m> {
    let named = |what: &str| format!("{what}{j}x{p}");
    let (on, group) = (m.bool(true), p / c.keep);
    let weight = b.slice((j * c.products() + p) * c.weight_bits(), c.weight_bits());
    let of_group: Vec<UInt> = (0..c.of).map(|i| a.slice((group * c.of + i) * c.a_bits, c.a_bits)).collect();
    let named_one = m.select(weight.slice(c.b_bits, c.position_bits()), &of_group);
    let x = m.delay(&named("selected"), on, named_one);
    let w = m.delay(&named("weight"), on, weight.trunc(c.b_bits));
    let product = m.delay(&named("product"), on, x.number(c.a_signed) * w.number(c.b_signed));
    m.delay(&named("term"), on, product)
}
