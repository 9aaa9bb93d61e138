//! A design without hierarchy, in evaluation order: what simulators run.

use super::{Claim, Dir, InstId, MemId, MemRead, MemWrite, ModuleId, NetId, Op, PortId, RegId, ValidDesign};
use crate::num::Bits;

/// An operator whose operands are indices into [`Flat::nets`]; never `Wire` or `InstOut`.
pub type FlatOp = Op;

/// A net in evaluation order.
#[derive(Clone, Debug)]
pub struct FlatNet {
    /// Bits.
    pub width: u32,
    /// Driver; operands come earlier in the list.
    pub op: FlatOp,
}

/// A register.
#[derive(Clone, Debug)]
pub struct FlatReg {
    /// Hierarchical name.
    pub path: String,
    /// Bits.
    pub width: u32,
    /// Value under reset.
    pub reset: Option<Bits>,
    /// Next value.
    pub next: NetId,
    /// Enable.
    pub enable: Option<NetId>,
}

/// A memory.
#[derive(Clone, Debug)]
pub struct FlatMem {
    /// Hierarchical name.
    pub path: String,
    /// Bits of a word.
    pub width: u32,
    /// Words.
    pub depth: u32,
    /// ROM contents.
    pub rom: Option<Vec<Bits>>,
    /// Write port.
    pub write: Option<MemWrite>,
    /// Read ports.
    pub reads: Vec<MemRead>,
}

/// A port of the top module.
#[derive(Clone, Debug)]
pub struct FlatPort {
    /// Name.
    pub name: String,
    /// Bits.
    pub width: u32,
    /// The net behind an output; for inputs, unused.
    pub net: NetId,
}

/// The whole design, flattened. `Op::Input(p)` counts input ports only.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// Live nets, operands first.
    pub nets: Vec<FlatNet>,
    /// Registers.
    pub regs: Vec<FlatReg>,
    /// Memories.
    pub mems: Vec<FlatMem>,
    /// Input ports of the top.
    pub inputs: Vec<FlatPort>,
    /// Output ports of the top.
    pub outputs: Vec<FlatPort>,
    /// Proven ranges.
    pub claims: Vec<Claim>,
}

/// One instance of a module in the tree: where its nets, registers and memories start.
struct Place {
    module: ModuleId,
    path: String,
    nets: u32,
    regs: u32,
    mems: u32,
    parent: Option<(usize, InstId)>,
    children: Vec<usize>,
}

impl Flat {
    /// Flattens a validated design.
    pub fn new(design: &ValidDesign) -> Flat {
        let (places, total) = places(design);
        let raw = raw_ops(design, &places, total);
        let mut flat = Flat::default();
        let mut roots = gather_state(design, &places, &mut flat);
        let top = design.top();
        for (i, (_, port)) in top.ports_of(Dir::In).enumerate() {
            flat.inputs.push(FlatPort { name: port.name.clone(), width: port.width, net: NetId(i as u32) });
        }
        for (_, port) in top.ports_of(Dir::Out) {
            let net = port.net.expect("validated: every output is driven");
            flat.outputs.push(FlatPort { name: port.name.clone(), width: port.width, net });
        }
        roots.extend(flat.outputs.iter().map(|p| p.net));
        let order = order_live(&raw, &roots);
        flat.install(&raw, &order);
        flat
    }

    /// Renumbers every handle from raw indices to positions in evaluation order.
    fn install(&mut self, raw: &Raw, order: &[u32]) {
        let mut position = vec![u32::MAX; raw.ops.len()];
        for (i, r) in order.iter().enumerate() {
            position[*r as usize] = i as u32;
        }
        let at = |n: NetId| NetId(position[raw.root(n).index()]);
        self.nets = order
            .iter()
            .map(|r| FlatNet { width: raw.widths[*r as usize], op: raw.ops[*r as usize].map_operands(at) })
            .collect();
        for r in &mut self.regs {
            r.next = at(r.next);
            r.enable = r.enable.map(at);
        }
        for m in &mut self.mems {
            m.write = m.write.map(|w| MemWrite { enable: at(w.enable), addr: at(w.addr), data: at(w.data) });
            for r in &mut m.reads {
                *r = MemRead { enable: at(r.enable), addr: at(r.addr) };
            }
        }
        for p in &mut self.outputs {
            p.net = at(p.net);
        }
        for c in &mut self.claims {
            c.net = at(c.net);
        }
    }
}

/// Lists the instance tree, parents first, and the total number of nets.
fn places(design: &ValidDesign) -> (Vec<Place>, u32) {
    let place = |module, path, parent| Place { module, path, nets: 0, regs: 0, mems: 0, parent, children: Vec::new() };
    let mut places = vec![place(design.top_id(), String::new(), None)];
    let (mut nets, mut regs, mut mems, mut i) = (0, 0, 0, 0);
    while i < places.len() {
        let module = design.module(places[i].module);
        (places[i].nets, places[i].regs, places[i].mems) = (nets, regs, mems);
        nets += module.nets.len() as u32;
        regs += module.regs.len() as u32;
        mems += module.mems.len() as u32;
        for (k, inst) in module.insts.iter().enumerate() {
            let path = format!("{}{}.", places[i].path, inst.name);
            let child = place(inst.module, path, Some((i, InstId(k as u32))));
            let index = places.len();
            places[i].children.push(index);
            places.push(child);
        }
        i += 1;
    }
    (places, nets)
}

/// All nets of all instances under global numbers; wires and instance ports become aliases.
struct Raw {
    ops: Vec<Op>,
    widths: Vec<u32>,
    alias: Vec<u32>,
}

impl Raw {
    fn root(&self, n: NetId) -> NetId {
        let mut i = n.0;
        while self.alias[i as usize] != i {
            i = self.alias[i as usize];
        }
        NetId(i)
    }
}

fn raw_ops(design: &ValidDesign, places: &[Place], total: u32) -> Raw {
    let n = total as usize;
    let mut raw = Raw { ops: Vec::with_capacity(n), widths: Vec::with_capacity(n), alias: (0..total).collect() };
    for place in places {
        let module = design.module(place.module);
        let global = |n: NetId| NetId(n.0 + place.nets);
        for (i, net) in module.nets.iter().enumerate() {
            let index = place.nets as usize + i;
            let op = match &net.op {
                Op::RegQ(r) => Op::RegQ(RegId(r.0 + place.regs)),
                Op::MemQ(m, port) => Op::MemQ(MemId(m.0 + place.mems), *port),
                Op::Input(p) => match place.parent {
                    None => Op::Input(PortId(input_index(module, *p) as u32)),
                    Some((parent, inst)) => {
                        let above = &design.module(places[parent].module).insts[inst.index()];
                        let net = above.inputs[input_index(module, *p)].expect("validated: connected");
                        raw.alias[index] = net.0 + places[parent].nets;
                        Op::Wire(None)
                    }
                },
                Op::InstOut(inst, p) => {
                    let child = &places[place.children[inst.index()]];
                    let net = design.module(child.module).ports[p.index()].net.expect("validated: driven");
                    raw.alias[index] = net.0 + child.nets;
                    Op::Wire(None)
                }
                Op::Wire(Some(d)) => {
                    raw.alias[index] = d.0 + place.nets;
                    Op::Wire(None)
                }
                op => op.map_operands(global),
            };
            raw.ops.push(op);
            raw.widths.push(net.width);
        }
    }
    // Path compression: a chain of aliases is walked once.
    for i in 0..n as u32 {
        let root = raw.root(NetId(i)).0;
        let mut at = i;
        while raw.alias[at as usize] != root {
            at = std::mem::replace(&mut raw.alias[at as usize], root);
        }
    }
    raw
}

/// Position of a port among its module's inputs.
pub(crate) fn input_index(module: &super::Module, p: PortId) -> usize {
    module.ports[..p.index()].iter().filter(|q| q.dir == Dir::In).count()
}

/// Copies registers, memories and claims with global handles; returns every net they use.
fn gather_state(design: &ValidDesign, places: &[Place], flat: &mut Flat) -> Vec<NetId> {
    let mut roots = Vec::new();
    for place in places {
        let module = design.module(place.module);
        let global = |n: NetId| NetId(n.0 + place.nets);
        for r in &module.regs {
            let next = global(r.next.expect("validated: next is set"));
            let enable = r.enable.map(global);
            roots.push(next);
            roots.extend(enable);
            let path = format!("{}{}", place.path, r.name);
            flat.regs.push(FlatReg { path, width: r.width, reset: r.reset.clone(), next, enable });
        }
        for m in &module.mems {
            let write =
                m.write.map(|w| MemWrite { enable: global(w.enable), addr: global(w.addr), data: global(w.data) });
            let reads: Vec<MemRead> =
                m.reads.iter().map(|r| MemRead { enable: global(r.enable), addr: global(r.addr) }).collect();
            roots.extend(write.iter().flat_map(|w| [w.enable, w.addr, w.data]));
            roots.extend(reads.iter().flat_map(|r| [r.enable, r.addr]));
            let path = format!("{}{}", place.path, m.name);
            flat.mems.push(FlatMem { path, width: m.width, depth: m.depth, rom: m.rom.clone(), write, reads });
        }
        for c in &module.claims {
            roots.push(global(c.net));
            flat.claims.push(Claim { net: global(c.net), ..c.clone() });
        }
    }
    roots
}

/// Depth-first post-order from the roots, with an explicit stack.
fn order_live(raw: &Raw, roots: &[NetId]) -> Vec<u32> {
    let mut order = Vec::new();
    let mut seen = vec![false; raw.ops.len()];
    let mut stack: Vec<(u32, bool)> = Vec::new();
    for root in roots {
        stack.push((raw.root(*root).0, false));
        while let Some((n, done)) = stack.pop() {
            if done {
                order.push(n);
            } else if !seen[n as usize] {
                seen[n as usize] = true;
                stack.push((n, true));
                raw.ops[n as usize].for_operands(|a| {
                    let a = raw.root(a).0;
                    if !seen[a as usize] {
                        stack.push((a, false));
                    }
                });
            }
        }
    }
    order
}
