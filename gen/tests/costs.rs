//! What blocks say of their memories and multipliers, beside what their Verilog has.
#![allow(missing_docs, non_snake_case)]

use std::collections::BTreeMap;

use niello_gen::blocks::{all_and_unproven, Cost, Instance};
use niello_gen::ir::{Mem, Module, ModuleId, NetId, Op, ValidDesign};
use niello_gen::num::Prng;

/// What is there surely, and what synthesis may remove.
#[derive(Debug, Default)]
struct Between {
    least: u64,
    most: u64,
}

/// Memories by words and bits (of constants, whose bits may be equal in all words, by words alone), and multipliers.
#[derive(Debug, Default)]
struct Found {
    memories: BTreeMap<(u64, Option<u64>), Between>,
    rom_bits: u64,
    multipliers: Between,
}

/// Zero or a power of two: no multiplication.
fn shifts(m: &Module, id: NetId) -> bool {
    match &m.net(id).op {
        Op::Const(bits) => bits.unsigned().count_ones() <= 1,
        Op::Zext(a) | Op::Sext(a) | Op::Slice(a, _) | Op::Wire(Some(a)) => shifts(m, *a),
        _ => false,
    }
}

impl Found {
    fn memory(&mut self, x: &Mem) {
        if x.depth <= 1 {
            return;
        }
        let same = x.rom.as_ref().is_some_and(|words| words.iter().all(|w| *w == words[0]));
        let bits = if x.rom.is_some() { None } else { Some(x.width.into()) };
        self.rom_bits += if x.rom.is_some() { u64::from(x.depth) * u64::from(x.width) } else { 0 };
        let place = self.memories.entry((x.depth.into(), bits)).or_default();
        place.least += u64::from(!same);
        place.most += 1;
    }

    fn walk(&mut self, d: &ValidDesign, id: ModuleId) {
        let m = d.module(id);
        m.mems.iter().for_each(|x| self.memory(x));
        for n in &m.nets {
            let (Op::MulS(a, b) | Op::MulU(a, b)) = &n.op else { continue };
            let narrow = m.width(*a).min(m.width(*b));
            // With one bit a product is a choice; of two one may be the sign of a number that has none.
            self.multipliers.least += u64::from(narrow > 2 && !shifts(m, *a) && !shifts(m, *b));
            self.multipliers.most += u64::from(narrow > 1);
        }
        m.insts.iter().for_each(|i| self.walk(d, i.module));
    }
}

/// How many memories and multipliers were compared.
fn check(name: &str, i: &dyn Instance) -> u64 {
    let d = i.design().unwrap();
    let mut has = Found::default();
    has.walk(&d, d.top_id());
    let cost = i.cost();
    let place = format!("{name}: {cost:?}\n{has:?}\n{:?}", i.settings());
    let mut says: BTreeMap<(u64, Option<u64>), u64> = BTreeMap::new();
    for m in &cost.memories {
        *says.entry((m.words, m.written.then_some(m.bits))).or_default() += m.count;
    }
    for shape in says.keys().chain(has.memories.keys()) {
        let none = Between::default();
        let (n, b) = (says.get(shape).copied().unwrap_or(0), has.memories.get(shape).unwrap_or(&none));
        assert!((b.least..=b.most).contains(&n), "{n} memories of {shape:?}\n{place}");
    }
    let constants = cost.memories.iter().filter(|m| !m.written);
    assert!(constants.map(|m| m.count * m.words * m.bits).sum::<u64>() <= has.rom_bits, "{place}");
    let wide = cost.multipliers.iter().filter(|m| m.bits[0].min(m.bits[1]) > 1);
    let n = wide.map(|m| m.count).sum::<u64>();
    assert!((has.multipliers.least..=has.multipliers.most).contains(&n), "{n} multipliers\n{place}");
    has.memories.values().map(|b| b.most).sum::<u64>() + has.multipliers.most
}

#[test]
fn costs__are_the_memories_and_multipliers_of_the_verilog() {
    for b in all_and_unproven() {
        let name = b.about().name;
        let mut seen = 0;
        for (_, settings) in b.canonical() {
            let pair = |kv: &str| kv.split_once('=').map(|(k, v)| (k.to_string(), v.to_string())).unwrap();
            let settings: Vec<_> = settings.split_whitespace().map(pair).collect();
            seen += check(name, &*b.configure(&settings).unwrap());
        }
        for seed in 0..60 {
            seen += check(name, &*b.random(&mut Prng::named(seed, name)).unwrap());
        }
        let none = ["skid_buffer", "width_converter", "fork", "concat", "pad", "i_sqrt"];
        assert_eq!(seen == 0, none.contains(&name), "{name} has {seen} memories and multipliers");
    }
}

/// A wrong number is seen.
#[test]
fn costs__with_a_memory_more_or_less_are_found() {
    let block = niello_gen::blocks::find("mvu").unwrap();
    let i = block.configure(&[]).unwrap();
    let (d, mut has) = (i.design().unwrap(), Found::default());
    has.walk(&d, d.top_id());
    let shapes: Vec<u64> = has.memories.keys().map(|k| k.0).collect();
    assert_eq!(shapes, [8, 16], "{has:?}");
    assert_eq!((has.multipliers.least, has.multipliers.most), (8, 8));
    assert_eq!(Cost::default().roms(1, 1, 8).ram(2, 0).memories, [], "a word is no memory");
}
