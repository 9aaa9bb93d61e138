//! Configurations whose mutants are run: small ones, with as much of the block's Verilog as few of them can show.

use std::collections::BTreeSet;

use niello_gen::blocks::{AnyBlock, Instance};
use niello_gen::ir::{Dir, ModuleId, ValidDesign};
use niello_gen::num::Prng;

use crate::instances::{canonical, text, Any};

/// Random configurations to choose from, beside the canonical ones.
const SEEDS: u64 = 40;
/// Configurations of a block at most.
const MOST: usize = 4;
/// Size of a flattened design at most: larger ones take the C++ compiler and the solver minutes.
const SIZE: usize = 2500;
/// Cycles of latency and interval at most: each mutant runs a whole campaign.
const CYCLES: u64 = 150;

/// A configuration, with the name that records use.
pub struct Chosen {
    /// The name of a canonical configuration or of the block's own choice, or `seed N`.
    pub name: String,
    /// The configuration.
    pub instance: Box<dyn Instance>,
}

/// A configuration that is small enough, with what it shows.
struct Candidate {
    chosen: Chosen,
    shows: BTreeSet<String>,
    size: usize,
}

/// A few small configurations of a block: its own choice, or each in turn is the one that shows the most that those before it do not: names
/// of nets without their numbers stand for parts of the Verilog.
pub fn choose(block: &dyn AnyBlock) -> Any<Vec<Chosen>> {
    let own = |(name, settings): &(&str, &str)| -> Any<Chosen> {
        Ok(Chosen { name: (*name).into(), instance: canonical(block, settings)? })
    };
    if !block.mutated().is_empty() {
        return block.mutated().iter().map(own).collect();
    }
    let mut left = candidates(block)?;
    let all: BTreeSet<String> = left.iter().flat_map(|c| c.shows.iter().cloned()).collect();
    let mut missing = all.clone();
    let mut chosen = Vec::new();
    while chosen.len() < MOST && !left.is_empty() {
        let gain = |c: &Candidate| c.shows.intersection(&missing).count();
        // Of those that show nearly as much the smallest.
        let most = left.iter().map(gain).max().unwrap_or(0);
        let near = (0..left.len()).filter(|i| gain(&left[*i]) * 10 >= most * 9);
        let best = near.min_by_key(|i| left[*i].size).unwrap_or(0);
        // One more configuration is worth its build for a twentieth of the names.
        if !chosen.is_empty() && gain(&left[best]) * 20 < all.len() {
            break;
        }
        let c = left.swap_remove(best);
        missing.retain(|n| !c.shows.contains(n));
        chosen.push(c.chosen);
    }
    if chosen.is_empty() {
        return Err(format!("no configuration of {} is small enough for mutants", block.about().name).into());
    }
    Ok(chosen)
}

fn candidates(block: &dyn AnyBlock) -> Any<Vec<Candidate>> {
    let name = block.about().name;
    let mut list = Vec::new();
    for (canon, settings) in block.canonical() {
        list.push(Chosen { name: (*canon).into(), instance: canonical(block, settings)? });
    }
    for seed in 0..SEEDS {
        list.push(Chosen { name: format!("seed {seed}"), instance: block.random(&mut Prng::named(seed, name))? });
    }
    let mut small = Vec::new();
    for chosen in list {
        let frame = chosen.instance.random_frame(&mut Prng::named(0, name));
        let contract = chosen.instance.contract(&frame);
        if contract.latency + contract.ii > CYCLES {
            continue;
        }
        let design = chosen.instance.design()?;
        let size = size(&design, design.top_id());
        if size <= SIZE && !says_little(&*chosen.instance, &design) {
            small.push(Candidate { shows: names(&text(&*chosen.instance)?), size, chosen });
        }
    }
    Ok(small)
}

/// The results of some frames hardly vary, though they could: most faults would show nowhere, and what nobody can tell is
/// hard to prove.
fn says_little(instance: &dyn Instance, design: &ValidDesign) -> bool {
    let mut rng = Prng::named(1, "mutants");
    let mut golden = instance.sequence();
    let results = (0..64).flat_map(|_| golden(&instance.random_frame(&mut rng))).flatten();
    let values: BTreeSet<i64> = results.collect();
    let wide = design.top().streams.iter().any(|s| s.dir == Dir::Out && s.shape.bits >= 8);
    values.len() < if wide { 64 } else { 2 }
}

/// Size of a module and all that it contains: its nets, bits of ports for the width of its data, half its bits of RAM.
fn size(design: &ValidDesign, id: ModuleId) -> usize {
    let m = design.module(id);
    let ram: u64 = m.mems.iter().filter(|x| x.rom.is_none()).map(|x| u64::from(x.depth) * u64::from(x.width) / 2).sum();
    let ports: u32 = m.ports.iter().map(|p| p.width).sum();
    m.nets.len() + ram as usize + 4 * ports as usize + m.insts.iter().map(|i| size(design, i.module)).sum::<usize>()
}

/// Names in Verilog, their numbers left out; not those of modules, which hold a configuration's sizes.
fn names(verilog: &str) -> BTreeSet<String> {
    let code = verilog.lines().filter(|l| !l.starts_with("//"));
    let words = code.flat_map(|l| l.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    let named = words.filter(|w| w.starts_with(|c: char| c.is_ascii_alphabetic()) && !w.starts_with("nl_"));
    named.map(|w| w.chars().filter(|c| !c.is_ascii_digit()).collect()).collect()
}
