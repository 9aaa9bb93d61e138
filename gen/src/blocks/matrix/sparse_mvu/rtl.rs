use super::schedule::{bits_of, TO_ELEMENT};
use super::{Checked, Config};
use crate::blocks::parts::tree::sum_signed;
use crate::hdl::{Bool, Build, Mod, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

/// Registers from a row's number to its result: what is known of it, its sum and a register behind, the lane's one, with its bias.
pub const TO_RESULT: u32 = 5;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let l = c.derived();
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.x_bits, c.x_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.out_lanes, l.result_bits(), true), true);

    m.section("vectors come, each to a place of its own, and wait for their turn");
    let freed = m.wire("vector_freed");
    let (there, write) = vectors(c, &m, s, freed.value());

    m.section("the program: all steps for each vector, where its results have a place");
    let results = m.level("results_taken", l.schedule.places.1);
    let go = m.wire("go");
    let step = m.count("step", l.schedule.steps, go.value());
    go.drive(there.some() & (!step.at_first | !results.full()));
    let ends = (go.value() & step.at_last).named("vector_ends");
    there.moves(write.ends, ends);
    let on = m.bool(true);
    freed.drive(m.pipe_flag("vector_read", on, ends, TO_ELEMENT - 3));
    let word = m.rom("program", l.program_words(c), go.value(), step.value);
    let word = m.delay("program_word", on, word);
    let base = base(c, &m, ends);

    m.section("results: each PE's sums of a vector, and where they go");
    let to_sum = c.folding().to_sum();
    let reads = m.pipe_flag("reads_vector", on, go.value(), TO_ELEMENT - 2);
    let valid = m.pipe_flag("valid", on, reads, to_sum + 1 - TO_ELEMENT);
    let ended = m.pipe_flag("ended", on, ends, to_sum);
    let slot = m.count("result_slot", l.schedule.places.1.into(), ended).value;

    let leave = Leave::new(c, &m, out, ended);
    results.moves(go.value() & step.at_first, leave.freed);
    let mut stored = vec![Vec::new(); c.out_lanes as usize];
    for (p, (lane, rows)) in (0..).zip(&l.schedule.pes) {
        m.section(&format!("PE {p}: {} rows", rows.len()));
        let bits = c.simd * l.entry_bits(c) + 1;
        let own = word.slice(p * bits, bits).named(format!("pe{p}_step"));
        let pe = Pe { c, m: &m, name: format!("pe{p}"), base, write, reads };
        let sum = pe.sum(own, valid);
        stored[*lane as usize].push(pe.store(sum, (slot, rows.len() as u32), &leave, *lane as usize));
    }
    leave.drive(c, &m, out, &stored);
    m.finish()
}

/// What vectors' memories are written with.
#[derive(Clone, Copy)]
struct Write<'m> {
    at: Bool<'m>,
    address: UInt<'m>,
    data: UInt<'m>,
    /// A vector is whole.
    ends: Bool<'m>,
}

/// How many vectors are there, and what is written; registered, for as many memories as there are multipliers.
fn vectors<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'m>,
    s: Source<'m>,
    freed: Bool<'m>,
) -> (crate::hdl::Level<'m>, Write<'m>) {
    let (l, on) = (c.derived(), m.bool(true));
    let coming = m.level("vectors", l.schedule.places.0);
    s.set_ready(!coming.full());
    let fire = s.fire();
    let beat = m.count("beat", l.schedule.beats.0.into(), fire);
    let ends = (fire & beat.at_last).named("vector_comes");
    coming.moves(ends, freed);
    let at = m.count("write_at", u64::from(l.schedule.places.0) * u64::from(l.schedule.beats.0), fire).value;
    let write = Write {
        at: m.delay_flag("write", on, fire),
        address: m.delay("write_address", on, at),
        data: m.delay("write_data", on, s.data()),
        ends,
    };
    (m.level("vectors_whole", l.schedule.places.0), write)
}

/// Where the vector that is multiplied begins, beside its program's words.
fn base<'m>(c: &Checked<Config>, m: &'m Mod<'_>, ends: Bool<'m>) -> UInt<'m> {
    let (places, beats) = (c.derived().schedule.places.0, c.derived().schedule.beats.0);
    let words = u64::from(places) * u64::from(beats);
    let width = bits_for_count(words);
    let base = m.reg_u("vector_at", width).reset(0);
    let last = base.q().eq(m.u(words - u64::from(beats), width)).called("vector_at_last");
    let next = (base.q() + m.lit(beats.into())).trunc(width).called("vector_at_next");
    base.set_when(ends, last.pick(m.u(0, width), next));
    m.pipe("vector_base", m.bool(true), base.q(), 2)
}

/// A PE at work.
struct Pe<'a, 'm> {
    c: &'a Checked<Config>,
    m: &'m Mod<'m>,
    name: String,
    base: UInt<'m>,
    write: Write<'m>,
    /// An element is read.
    reads: Bool<'m>,
}

/// A sum, and that it is its row's.
#[derive(Clone, Copy)]
struct Sum<'m> {
    value: SInt<'m>,
    done: Bool<'m>,
}

impl<'m> Pe<'_, 'm> {
    /// The products of a step's entries, added to those of the row's steps before.
    fn sum(&self, step: UInt<'m>, valid: Bool<'m>) -> Sum<'m> {
        let (c, m, name) = (self.c, self.m, &self.name);
        let (l, on) = (c.derived(), m.bool(true));
        let bits = l.entry_bits(c);
        let last = m.pipe(&format!("{name}_last"), on, step.bit(c.simd * bits), c.folding().to_sum() - 3);
        let products = (0..c.simd).map(|i| self.product(i, step.slice(i * bits, bits))).collect();
        let terms = sum_signed(m, &format!("{name}_terms"), products);

        let fresh = m.reg_b(&format!("{name}_fresh")).reset(1);
        fresh.set_when(valid, last);
        let width = l.acc_bits();
        let sum = m.reg_s(&format!("{name}_sum"), width).reset(0);
        let before = fresh.q().pick(m.s(0, width), sum.q()).called(format!("{name}_before"));
        sum.set_when(valid, (before + terms).trunc(width));
        Sum { value: sum.q().proven(l.acc), done: m.delay_flag(&format!("{name}_done"), on, valid & last) }
    }

    /// The product of an entry: its element comes from a memory of the multiplier's own.
    fn product(&self, i: u32, entry: UInt<'m>) -> SInt<'m> {
        let (c, m, l, on) = (self.c, self.m, self.c.derived(), self.m.bool(true));
        let named = |what: &str| format!("{}_{what}{i}", self.name);
        let (beat, lane) = (bits_of(l.schedule.beats.0), bits_of(c.lanes));
        let address = match beat {
            0 => self.base,
            _ => (self.base + entry.slice(l.weight_bits, beat)).trunc(self.base.width()),
        };
        let address = m.delay(&named("address"), on, address);
        let memory = m.ram(&named("vector"), c.lanes * c.x_bits, l.schedule.places.0 * l.schedule.beats.0);
        memory.write(self.write.at, self.write.address, self.write.data);
        let word = m.delay(&named("word"), on, memory.read(self.reads, address));
        let x = match lane {
            0 => word,
            _ => {
                let which = m.pipe(&named("lane"), on, entry.slice(l.weight_bits + beat, lane), TO_ELEMENT - 2);
                let elements: Vec<UInt> = (0..c.lanes).map(|k| word.slice(k * c.x_bits, c.x_bits)).collect();
                m.delay(&named("x"), on, m.select(which, &elements))
            }
        };
        let to_x = TO_ELEMENT - 2 + u32::from(lane > 0);
        let weight = m.pipe(&named("weight"), on, entry.trunc(l.weight_bits), to_x).as_signed();
        let product = m.delay(&named("product"), on, x.number(c.x_signed) * weight);
        m.delay(&named("term"), on, product)
    }

    /// Sums of the rows of several vectors; gives the one that leaves asks for.
    fn store(&self, sum: Sum<'m>, (slot, rows): (UInt<'m>, u32), leave: &Leave<'m>, lane: usize) -> SInt<'m> {
        let (m, l) = (self.m, self.c.derived());
        let index = m.count(&format!("{}_row", self.name), rows.into(), sum.done).value;
        let memory =
            m.ram(&format!("{}_sums", self.name), l.acc_bits(), l.schedule.places.1 << l.schedule.index_bits());
        let address = match l.schedule.index_bits() {
            0 => slot,
            bits => m.concat(&[slot, index.at_width(bits)]),
        };
        memory.write(sum.done, address, sum.value.as_unsigned());
        let word = memory.read(leave.reads, leave.address[lane]);
        m.delay(&format!("{}_stored", self.name), leave.run, word).as_signed()
    }
}

/// Results on their way out, in the order of rows.
struct Leave<'m> {
    run: Bool<'m>,
    /// Sums are read.
    reads: Bool<'m>,
    /// From where, for each lane.
    address: Vec<UInt<'m>>,
    /// All sums of a vector are read.
    freed: Bool<'m>,
    /// For each lane what is known of its row, beside its address.
    known: Vec<Known<'m>>,
    valid: Bool<'m>,
    last: Bool<'m>,
}

/// What is known of a row; none: it is so for all.
#[derive(Clone, Copy)]
struct Known<'m> {
    pe: Option<UInt<'m>>,
    some: Option<Bool<'m>>,
    bias: Option<SInt<'m>>,
}

impl<'m> Leave<'m> {
    fn new(c: &Checked<Config>, m: &'m Mod<'m>, out: Sink<'m>, whole: Bool<'m>) -> Leave<'m> {
        m.section("rows leave in their order");
        let l = c.derived();
        let run = out.free().named("run");
        let there = m.level("results", l.schedule.places.1);
        let some = there.some().named("some");
        let row = m.count("row_beat", l.schedule.beats.1.into(), run & some);
        let ends = (run & some & row.at_last).named("rows_end");
        there.moves(whole, ends);
        let slot = m.count("read_slot", l.schedule.places.1.into(), ends).value;
        let slot = m.delay("slot", run, slot);
        let fields = l.row_fields();
        let bits: u32 = fields.iter().sum();
        let word = match (bits, l.schedule.beats.1) {
            (0, _) => None,
            (_, 1) => Some(m.bits(l.row_words(c).remove(0))),
            _ => Some(m.rom("rows", l.row_words(c), run & some, row.value)),
        };
        let field = |lane: u32, f: usize| {
            let at = lane * bits + fields[..f].iter().sum::<u32>();
            word.filter(|_| fields[f] > 0).map(|w| w.slice(at, fields[f]))
        };
        let lanes = 0..c.out_lanes;
        let address =
            |lane| field(lane, 1).map_or(slot, |index| m.concat(&[slot, index]).named(format!("sum_at{lane}")));
        let known = |j| Known {
            pe: field(j, 0),
            some: field(j, 2).map(|b| b.bit(0)),
            bias: field(j, 3).map(|b| b.as_signed()),
        };
        let reads = m.delay_flag("reads", run, some);
        let last = m.delay("row_last", run, row.at_last);
        Leave {
            run,
            reads: (run & reads).named("read"),
            address: lanes.clone().map(address).collect(),
            freed: (run & reads & last).named("results_freed"),
            known: lanes.map(known).collect(),
            valid: m.pipe_flag("row_valid", run, reads, TO_RESULT - 1),
            last: m.pipe("row_end", run, last, TO_RESULT - 1),
        }
    }

    /// The sums of each lane's PEs: the row's one, and its bias.
    fn drive(&self, c: &Checked<Config>, m: &'m Mod<'m>, out: Sink<'m>, stored: &[Vec<SInt<'m>>]) {
        m.section("results");
        let (l, run) = (c.derived(), self.run);
        let acc = l.acc_bits();
        let result = |(j, of_lane): (usize, &Vec<SInt<'m>>)| {
            let known = self.known[j];
            let sum = match (of_lane.as_slice(), known.pe) {
                ([], _) => m.s(0, acc),
                (pes, Some(pe)) if pes.len() > 1 => {
                    let own = bits_for_count(pes.len() as u64);
                    m.select(m.pipe(&format!("pe_of{j}"), run, pe, 2).trunc(own), pes)
                }
                (pes, _) => pes[0],
            };
            let some = known.some.map(|some| m.pipe(&format!("some{j}"), run, some, 2));
            let sum = some.map_or(sum, |some| some.pick(sum, m.s(0, acc)));
            let sum = m.delay(&format!("picked{j}"), run, sum);
            let bias = match (known.bias, l.only_bias()) {
                (Some(bias), _) => m.pipe(&format!("bias{j}"), run, bias, 3),
                (None, only) => m.s(only.unwrap_or(0), l.bias_bits()),
            };
            m.delay(&format!("result{j}"), run, (sum + bias).at_width(l.result_bits())).as_unsigned()
        };
        let lanes: Vec<UInt> = stored.iter().enumerate().map(result).collect();
        out.drive(self.valid, m.lanes(&lanes), Some(self.last));
    }
}
