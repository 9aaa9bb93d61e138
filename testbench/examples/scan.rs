use niello_gen::num::Prng;
use niello_testbench::campaign::Campaign;
use niello_testbench::engine::tape::TapeEngine;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let b = niello_gen::blocks::find(&a[1]).unwrap();
    let (lo, hi): (u64, u64) = (a[2].parse().unwrap(), a[3].parse().unwrap());
    let only = a.get(4).cloned().unwrap_or_default();
    let (mut good, mut bad) = (0, 0);
    for seed in lo..hi {
        let i = b.random(&mut Prng::named(seed, &a[1])).unwrap();
        let set: Vec<String> = i.settings().iter().map(|(k, v)| format!("{k}={v}")).collect();
        let set = set.join(" ");
        if !set.contains(&only) { continue; }
        let d = match i.design() { Ok(d) => d, Err(e) => { bad += 1; println!("{seed} {set}\n   {}", e.to_string().lines().take(3).collect::<Vec<_>>().join("\n   ")); continue } };
        let c = Campaign { block: &*i, design: &d, seed };
        let o = c.run(&TapeEngine::default(), 10, 12).unwrap();
        if o.findings.is_empty() { good += 1 } else {
            bad += 1;
            println!("{seed} {set}");
            for (r, f) in o.findings.iter().take(2) { println!("    [{r}] {f}"); }
        }
    }
    println!("good {good} bad {bad}");
}
