use super::{Checked, Config, Shape};
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_range, bits_for_unsigned, Bits, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = c.derived();
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.acc_bits, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.out_bits, c.out_signed), true);

    m.section("the pipeline moves as one, unless a beat waits at its end");
    let named = u32::from(!c.which.is_empty());
    let registers = shape.depth + 1 + named;
    let valid: Vec<_> = (0..registers).map(|i| m.reg_b(&format!("valid_p{i}")).reset(0)).collect();
    let run = (!valid[registers as usize - 1].q() | out.ready()).named("run");
    s.set_ready(run);
    let mut before = s.valid();
    for v in &valid {
        v.set_when(run, before);
        before = v.q();
    }
    let last = m.pipe("last", run, s.last(), registers);

    m.section("accumulators, and the set of each");
    let sets = Sets::new(&m, c, s.fire());
    // Where a memory is read, its address is valid.
    let reads: Vec<Bool> =
        std::iter::once(s.fire()).chain(valid.iter().map(|v| run & v.q())).skip(named as usize).collect();
    let lanes: Vec<UInt> = (0..c.lanes)
        .map(|i| {
            let acc = if named == 1 { m.delay(&format!("acc{i}"), run, s.lane_s(i)) } else { s.lane_s(i) };
            search(&m, c, i, (run, &reads), acc, sets.of_lane(i))
        })
        .collect();
    out.drive(before, m.lanes(&lanes), Some(last));
    m.finish()
}

/// Where a lane's thresholds stand in its memories; nothing to say where there is one set.
struct Sets<'m> {
    beat: Option<UInt<'m>>,
    named: Option<UInt<'m>>,
    bits: u32,
}

impl<'m> Sets<'m> {
    fn new(m: &'m Mod<'_>, c: &Checked<Config>, take: Bool<'m>) -> Sets<'m> {
        let beats = c.channels.div_ceil(c.lanes);
        let bits = bits_for_unsigned((c.derived().held - 1).into());
        if c.derived().held == 1 {
            return Sets { beat: None, named: None, bits };
        }
        let beat = m.counter("beat", beats.into()).reset(0);
        m.count_to(beat, beats.into(), take);
        if c.which.is_empty() {
            return Sets { beat: Some(beat.q().at_width(bits)), named: None, bits };
        }
        let word = |beat: u32| {
            let lane = |i: u32| c.which.get((beat * c.lanes + i) as usize).copied().unwrap_or(0);
            let lanes = (0..c.lanes).rev().map(|i| num_bigint::BigUint::from(lane(i) as u64));
            Bits::new(bits * c.lanes, lanes.fold(num_bigint::BigUint::ZERO, |word, set| (word << bits) | set))
        };
        let address = beat.q().zext(bits_for_count(beats.into()).max(beat.q().width()));
        let named = m.rom("which", (0..beats).map(word).collect(), take, address);
        Sets { beat: None, named: Some(named), bits }
    }

    fn of_lane(&self, lane: u32) -> Option<UInt<'m>> {
        self.named.map(|n| n.slice(lane * self.bits, self.bits)).or(self.beat)
    }
}

/// The count of thresholds that `acc` reaches, found by halves; as a code.
fn search<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    lane: u32,
    (run, reads): (Bool<'m>, &[Bool<'m>]),
    acc: SInt<'m>,
    set: Option<UInt<'m>>,
) -> UInt<'m> {
    let shape = c.derived();
    let (mut acc, mut set) = (acc, set);
    // The bits of the count that are known.
    let mut known: Option<UInt> = None;
    for level in 0..shape.depth {
        let address: Vec<UInt> = set.into_iter().chain(known).collect();
        let words = words(c, shape, lane, level);
        let name = format!("lane{lane}_level{level}");
        let threshold = match &address[..] {
            [] => m.bits(words[0].clone()),
            parts => {
                let address = m.concat(parts);
                m.rom(&name, words.clone(), reads[level as usize], address.at_width(bits_for_count(words.len() as u64)))
            }
        };
        acc = m.delay(&format!("acc{lane}_p{level}"), run, acc);
        set = set.filter(|_| level + 1 < shape.depth).map(|s| m.delay(&format!("set{lane}_p{level}"), run, s));
        let before = known.map(|k| m.delay(&format!("count{lane}_p{level}"), run, k));
        let wide = c.acc_bits.max(shape.bits);
        let reached = acc.sext(wide).ge(threshold.as_signed().sext(wide)).to_uint().called("reached");
        known = Some(before.map_or(reached, |b| m.concat(&[b, reached])));
    }
    let count = known.unwrap_or(m.u(0, 1));
    // Behind the last threshold the search sees that one again.
    let all = u64::from(c.steps);
    let count = if all + 1 == 1 << shape.depth { count } else { count.min(m.u(all, count.width())) };
    let lowest = m.s(c.lowest, bits_for_range(Range::new(c.lowest.into(), c.lowest.into()), true));
    let code = if c.lowest == 0 { count.to_signed() } else { count.to_signed() + lowest };
    let code = code.sext(code.width().max(c.out_bits)).trunc(c.out_bits);
    m.delay(&format!("code{lane}"), run, code.as_unsigned())
}

/// The thresholds at which a level of the search halves what is left: for each set that the lane holds, one for each count so far.
fn words(c: &Config, shape: &Shape, lane: u32, level: u32) -> Vec<Bits> {
    let own = |held: u32| -> &[i64] {
        let element = held * c.lanes + lane;
        if c.which.is_empty() && shape.sets > 1 {
            // Padding lanes of the last beat have the first channel's.
            c.set(if element < c.channels { element as usize } else { 0 })
        } else {
            &c.thresholds[(held * c.steps) as usize..][..c.steps as usize]
        }
    };
    let middle = |set: &[i64], count: u32| {
        let at = ((2 * count + 1) << (shape.depth - 1 - level)) - 1;
        set[(at as usize).min(set.len() - 1)]
    };
    let words = (0..shape.held).flat_map(|held| (0..1 << level).map(move |count| (held, count)));
    words.map(|(held, count)| Bits::from_i128(shape.bits, middle(own(held), count).into())).collect()
}
