use super::schedule::{Worker, TO_ELEMENT, TO_SUM, VECTORS};
use super::{Checked, Config};
use crate::blocks::parts::tree::sum_while;
use crate::hdl::{Bool, Build, Level, Mod, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, Bits};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let (l, s) = (c.derived(), &c.derived().schedule);
    let x = m.stream_in("s_axis", BeatShape::new(c.lanes, c.x_bits, c.x_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.out_lanes, l.result_bits(), true), true);
    let on = m.bool(true);

    m.section("vectors come, and wait for their turn");
    let go = m.wire("go");
    let step = m.count("step", s.steps, go.value());
    let ends = (go.value() & step.at_last).named("vector_ends");
    let (there, writes) = vectors(c, &m, x, ends);

    m.section("the program: all steps for each vector, where its results have a place");
    let results = m.level("results_taken", s.places);
    go.drive(there.some() & (!step.at_first | !results.full()));
    let word = m.rom("program", l.program_words(), go.value(), step.value);
    let word = m.delay("program_word", on, word);
    let base = m.pipe("vector_base", on, turns(&m, "vector_at", s.depth(), ends), 2);
    let reads = m.pipe_flag("reads_vector", on, go.value(), TO_ELEMENT - 2);
    let valid = m.pipe_flag("valid", on, reads, TO_SUM + 1 - TO_ELEMENT);
    let ended = m.pipe_flag("ended", on, ends, TO_SUM);
    let slot = m.count("result_slot", s.places.into(), ended).value;

    let leave = Leave::new(c, &m, out, ended);
    results.moves(go.value() & step.at_first, leave.freed);
    let bits = l.step_fields().iter().sum::<u32>() + 1;
    let stored: Vec<SInt> = (0..)
        .zip(&s.workers)
        .map(|(i, w)| {
            m.section(&format!("PE {}, bank {}: {} entries of {} rows", w.pe, w.bank, w.steps, w.rows.len()));
            let multiplier = Multiplier { c, m: &m, w, name: format!("pe{}_bank{}", w.pe, w.bank), base, reads };
            let own = word.slice(i * bits, bits).named(format!("{}_step", multiplier.name));
            let sum = multiplier.sum(own, valid, &writes[w.bank]);
            multiplier.store(sum, slot, &leave)
        })
        .collect();
    leave.drive(c, &m, out, &stored);
    m.finish()
}

/// Where a vector of so many words begins in a memory of all that have a place, one after the other.
fn turns<'m>(m: &'m Mod<'_>, name: &str, words: u32, next: Bool<'m>) -> UInt<'m> {
    let all = u64::from(VECTORS * words);
    let width = bits_for_count(all);
    let at = m.reg_u(name, width).reset(0);
    let last = at.q().eq(m.u(all - u64::from(words), width)).called(format!("{name}_last"));
    let more = (at.q() + m.lit(words.into())).trunc(width).called(format!("{name}_more"));
    at.set_when(next, last.pick(m.u(0, width), more));
    at.q()
}

/// What a bank's memories are written with.
#[derive(Clone, Copy)]
struct Write<'m> {
    at: Bool<'m>,
    address: UInt<'m>,
    data: UInt<'m>,
}

/// The word of a memory of constants for what is counted, one cycle later. None: it has no bits.
fn constants<'m>(m: &'m Mod<'_>, name: &str, mut words: Vec<Bits>, read: Bool<'m>, at: UInt<'m>) -> Option<UInt<'m>> {
    match (words[0].width(), words.len()) {
        (0, _) => None,
        (_, 1) => Some(m.bits(words.remove(0))),
        _ => Some(m.rom(name, words, read, at)),
    }
}

/// Vectors that are there, and what each bank is written with: three cycles later, before anybody asks. A vector's place is free as soon as its
/// last step is made: what comes then is written behind the step's reading.
fn vectors<'m>(c: &Checked<Config>, m: &'m Mod<'m>, x: Source<'m>, done: Bool<'m>) -> (Level<'m>, Vec<Write<'m>>) {
    let (s, on) = (&c.derived().schedule, m.bool(true));
    let there = m.level("vectors", VECTORS);
    x.set_ready(!there.full());
    let fire = x.fire();
    let beat = m.count("beat", s.beats.0.into(), fire);
    let whole = (fire & beat.at_last).named("vector_comes");
    there.moves(whole, done);

    m.section("banks take their elements of a beat");
    let [which, some] = s.beat_fields(c.lanes);
    let word = constants(m, "beats", c.derived().beat_words(c), fire, beat.value);
    let word = word.map(|w| m.delay("beats_word", on, w));
    let base = m.pipe("write_base", on, turns(m, "write_at", s.depth(), whole), 2);
    let (comes, ends) = (m.pipe_flag("comes", on, fire, 2), m.pipe("comes_last", on, beat.at_last, 2));
    let data = m.pipe("beat", on, x.data(), 2);
    let lanes: Vec<UInt> = (0..c.lanes).map(|k| data.slice(k * c.x_bits, c.x_bits)).collect();
    let bank = |b: u32| {
        let field = |at: u32, bits: u32| word.filter(|_| bits > 0).map(|w| w.slice(b * (which + some) + at, bits));
        let at = field(which, some).map_or(comes, |own| comes & own.bit(0)).named(format!("bank{b}_takes"));
        // Elements lie in the order in which they come.
        let place = m.reg_u(&format!("bank{b}_place"), base.width()).reset(0);
        let next = (place.q() + at.to_uint()).trunc(base.width()).called(format!("bank{b}_next"));
        place.set_when(comes, ends.pick(m.u(0, base.width()), next));
        let address = (base + place.q()).trunc(base.width());
        let own = field(0, which).map_or(lanes[0], |lane| m.select(lane, &lanes));
        Write {
            at: m.delay_flag(&format!("bank{b}_write"), on, at),
            address: m.delay(&format!("bank{b}_address"), on, address),
            data: m.delay(&format!("bank{b}_data"), on, own),
        }
    };
    let writes = (0..c.simd).map(bank).collect();
    (there, writes)
}

/// A multiplier at work.
struct Multiplier<'a, 'm> {
    c: &'a Checked<Config>,
    m: &'m Mod<'m>,
    w: &'a Worker,
    name: String,
    /// Where the vector begins.
    base: UInt<'m>,
    /// An element is read.
    reads: Bool<'m>,
}

/// A sum, and that it is its row's.
#[derive(Clone, Copy)]
struct Sum<'m> {
    value: SInt<'m>,
    done: Bool<'m>,
}

impl<'m> Multiplier<'_, 'm> {
    fn named(&self, what: &str) -> String {
        format!("{}_{what}", self.name)
    }

    /// The product of a step, added to those of the row's steps before.
    fn sum(&self, step: UInt<'m>, valid: Bool<'m>, write: &Write<'m>) -> Sum<'m> {
        let (m, l, on) = (self.m, self.c.derived(), self.m.bool(true));
        let [weight, at] = l.step_fields();
        let last = m.pipe(&self.named("last"), on, step.bit(weight + at), TO_SUM - 3);
        let address = match at {
            0 => self.base,
            _ => (self.base + step.slice(weight, at)).trunc(self.base.width()),
        };
        let address = m.delay(&self.named("address"), on, address);
        let memory = m.ram(&self.named("vector"), self.c.x_bits, VECTORS * l.schedule.depth());
        memory.write(write.at, write.address, write.data);
        let x = m.delay(&self.named("x"), on, memory.read(self.reads, address));
        let weight = m.pipe(&self.named("weight"), on, step.trunc(weight), TO_ELEMENT - 2).as_signed();
        let product = m.delay(&self.named("product"), on, x.number(self.c.x_signed) * weight);
        let term = m.delay(&self.named("term"), on, product);

        let fresh = m.reg_b(&self.named("fresh")).reset(1);
        fresh.set_when(valid, last);
        let width = l.acc_bits();
        let sum = m.reg_s(&self.named("sum"), width).reset(0);
        let before = fresh.q().pick(m.s(0, width), sum.q()).called(self.named("before"));
        sum.set_when(valid, (before + term).trunc(width));
        Sum { value: sum.q().proven(l.acc), done: m.delay_flag(&self.named("done"), on, valid & last) }
    }

    /// Sums of the rows of several vectors; gives the one that leaves asks for.
    fn store(&self, sum: Sum<'m>, slot: UInt<'m>, leave: &Leave<'m>) -> SInt<'m> {
        let (m, l, c) = (self.m, self.c.derived(), self.c);
        let index = m.count(&self.named("row"), self.w.rows.len() as u64, sum.done).value;
        let bits = l.schedule.index_bits();
        let memory = m.ram(&self.named("sums"), l.acc_bits(), l.schedule.places << bits);
        let address = if bits == 0 { slot } else { m.concat(&[slot, index.at_width(bits)]) };
        memory.write(sum.done, address, sum.value.as_unsigned());
        let lane = self.w.pe % c.out_lanes as usize;
        let word = memory.read(leave.reads, leave.known[lane].address[self.w.bank]);
        m.delay(&self.named("stored"), leave.run, word).as_signed()
    }
}

/// Results on their way out, in the order of rows.
struct Leave<'m> {
    run: Bool<'m>,
    /// Sums are read.
    reads: Bool<'m>,
    /// All sums of a vector are read.
    freed: Bool<'m>,
    /// Of the row of each lane.
    known: Vec<Known<'m>>,
    valid: Bool<'m>,
    last: Bool<'m>,
}

/// What is known of a row; none: it is so for all.
struct Known<'m> {
    pe: Option<UInt<'m>>,
    /// Where each bank's sum is.
    address: Vec<UInt<'m>>,
    /// There is one.
    some: Vec<Option<Bool<'m>>>,
    bias: Option<SInt<'m>>,
}

impl<'m> Leave<'m> {
    fn new(c: &Checked<Config>, m: &'m Mod<'m>, out: Sink<'m>, whole: Bool<'m>) -> Leave<'m> {
        m.section("rows leave in their order");
        let (l, s) = (c.derived(), &c.derived().schedule);
        let run = out.free().named("run");
        let there = m.level("results", s.places);
        let some = there.some().named("some");
        let row = m.count("row_beat", s.beats.1.into(), run & some);
        let ends = (run & some & row.at_last).named("rows_end");
        there.moves(whole, ends);
        let slot = m.count("read_slot", s.places.into(), ends).value;
        let slot = m.delay("slot", run, slot);
        let word = constants(m, "rows", l.row_words(c), run & some, row.value);
        let known = |lane| Known::new(c, m, lane, (slot, word));
        let reads = m.delay_flag("reads", run, some);
        let last = m.delay("row_last", run, row.at_last);
        let behind = c.folding().to_result() - 1;
        Leave {
            run,
            reads: (run & reads).named("read"),
            freed: (run & reads & last).named("results_freed"),
            known: (0..c.out_lanes).map(known).collect(),
            valid: m.pipe_flag("row_valid", run, reads, behind),
            last: m.pipe("row_end", run, last, behind),
        }
    }

    /// The sums of each lane's PEs: those of the row's one, added up, and its bias.
    fn drive(&self, c: &Checked<Config>, m: &'m Mod<'m>, out: Sink<'m>, stored: &[SInt<'m>]) {
        m.section("results: the sums of the row's PE, and its bias");
        let (l, s, run) = (c.derived(), &c.derived().schedule, self.run);
        let zero = m.s(0, l.acc_bits());
        let result = |(j, known): (usize, &Known<'m>)| {
            let pe = known.pe.map(|pe| m.pipe(&format!("pe_of{j}"), run, pe, 2));
            let of_bank = |bank: usize| {
                let pes = (j..s.pes.len()).step_by(c.out_lanes as usize);
                let arms: Vec<SInt> = pes.map(|p| s.worker(p, bank).map_or(zero, |w| stored[w])).collect();
                let sum = pe.map_or(arms[0], |pe| m.select(pe, &arms));
                let some = known.some[bank].map(|some| m.pipe(&format!("some{j}x{bank}"), run, some, 2));
                let sum = some.map_or(sum, |some| some.pick(sum, zero));
                m.delay(&format!("picked{j}x{bank}"), run, sum)
            };
            let sum = sum_while(m, &format!("row_sum{j}"), run, (0..s.banks.len()).map(of_bank).collect());
            let to_bias = c.folding().to_result() - 2;
            let bias = match (known.bias, l.only_bias()) {
                (Some(bias), _) => m.pipe(&format!("bias{j}"), run, bias, to_bias),
                (None, only) => m.s(only.unwrap_or(0), l.bias_bits()),
            };
            m.delay(&format!("result{j}"), run, (sum + bias).at_width(l.result_bits())).as_unsigned()
        };
        let lanes: Vec<UInt> = self.known.iter().enumerate().map(result).collect();
        out.drive(self.valid, m.lanes(&lanes), Some(self.last));
    }
}

impl<'m> Known<'m> {
    /// From a lane's part of the word of rows.
    fn new(c: &Checked<Config>, m: &'m Mod<'_>, lane: u32, (slot, word): (UInt<'m>, Option<UInt<'m>>)) -> Known<'m> {
        let (l, s) = (c.derived(), &c.derived().schedule);
        let [pe, index, some] = s.row_fields(c.out_lanes);
        let (banks, bias) = (s.banks.len() as u32, l.varying_bias_bits());
        let mut at = lane * (pe + banks * (index + some) + bias);
        let mut field = |bits: u32| {
            at += bits;
            word.filter(|_| bits > 0).map(|w| w.slice(at - bits, bits))
        };
        let pe = field(pe);
        let (mut address, mut any) = (Vec::new(), Vec::new());
        for bank in 0..banks {
            let name = format!("sum_at{lane}x{bank}");
            address.push(field(index).map_or(slot, |index| m.concat(&[slot, index]).named(&name)));
            any.push(field(some).map(|some| some.bit(0)));
        }
        Known { pe, address, some: any, bias: field(bias).map(|b| b.as_signed()) }
    }
}
