//! Decides which nets stand on their own and what they are called.
//!
//! Author's names win. Other nets are named after what they drive and what they are: the sum that
//! feeds register `acc` is `acc_d`, a product inside it `acc_prod`.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Dir, Module, Net, NetId, Op, PortId, ValidDesign};

/// The printer's view of a module.
pub struct Naming {
    /// Name of each net that has one; inlined nets have none.
    pub names: Vec<Option<String>>,
    /// Nets in printing order: operands first.
    pub order: Vec<NetId>,
    /// Output ports that are themselves the net they print.
    pub port_is_net: BTreeMap<u32, NetId>,
    ports: BTreeSet<NetId>,
}

impl Naming {
    /// Plans a module.
    pub fn new(design: &ValidDesign, m: &Module) -> Naming {
        let order = print_order(m);
        let uses = Uses::of(m);
        let mut taken: BTreeSet<String> = m.ports.iter().map(|p| p.name.to_ascii_lowercase()).collect();
        taken.extend(["clk", "rst", "unused_ok"].map(String::from));
        taken.extend(m.insts.iter().map(|i| i.name.to_ascii_lowercase()));
        taken.extend(m.mems.iter().map(|x| x.name.to_ascii_lowercase()));
        let mut names: Vec<Option<String>> = vec![None; m.nets.len()];
        let mut port_is_net = BTreeMap::new();
        for (i, net) in m.nets.iter().enumerate() {
            names[i] = match &net.op {
                Op::Input(p) => Some(m.ports[p.index()].name.clone()),
                Op::RegQ(r) => Some(format!("{}_q", m.regs[r.index()].name)),
                Op::MemQ(x, 0) => Some(format!("{}_q", m.mems[x.index()].name)),
                Op::MemQ(x, p) => Some(format!("{}_r{p}_q", m.mems[x.index()].name)),
                Op::Const(_) => None,
                _ => net.name.clone(),
            };
            if let Some(n) = &names[i] {
                taken.insert(n.to_ascii_lowercase());
            }
        }
        for (p, port) in m.ports_of(Dir::Out) {
            let Some(n) = port.net else { continue };
            let free = names[n.index()].is_none() && !matches!(m.net(n).op, Op::Const(_) | Op::InstOut(..));
            if free && uses.count[n.index()] == 1 && !needs_procedure(&m.net(n).op) {
                names[n.index()] = Some(port.name.clone());
                port_is_net.insert(p.index() as u32, n);
            }
        }
        let mut next = BTreeMap::new();
        let hints = uses.hints(m, &order, &names);
        for &n in &order {
            let (i, net) = (n.index(), m.net(n));
            if names[i].is_some() || !(net.kept || must_stand_alone(&net.op) || uses.needs_name(m, n)) {
                continue;
            }
            let wanted = match (&net.op, &net.hint) {
                (_, Some(hint)) => hint.clone(),
                (Op::InstOut(inst, p), None) => instance_net(design, m, inst.index(), *p),
                _ => name_from(&hints[i], &net.op),
            };
            let name = unique(&wanted, &mut taken, &mut next);
            names[i] = Some(name);
        }
        let ports = port_is_net.values().copied().collect();
        Naming { names, order, port_is_net, ports }
    }

    /// True if an output port is this net.
    pub fn is_port(&self, n: NetId) -> bool {
        self.ports.contains(&n)
    }

    /// Nets that are declared as wires, with their names: no ports, registers, memories.
    pub fn wires<'a>(&'a self, m: &'a Module) -> impl Iterator<Item = (&'a Net, &'a str)> {
        let stands = |n: &NetId| {
            let (net, name) = (m.net(*n), self.name(*n)?);
            let own = !matches!(net.op, Op::Input(_) | Op::RegQ(_) | Op::MemQ(..)) && !self.is_port(*n);
            own.then_some((net, name))
        };
        self.order.iter().filter_map(stands)
    }

    /// The name of a net that stands alone.
    pub fn name(&self, n: NetId) -> Option<&str> {
        self.names[n.index()].as_deref()
    }
}

/// The net at an instance's output: `<instance without u_>_<port>`.
fn instance_net(design: &ValidDesign, m: &Module, inst: usize, p: PortId) -> String {
    let inst = &m.insts[inst];
    format!("{}_{}", inst.name.trim_start_matches("u_"), design.module(inst.module).ports[p.index()].name)
}

/// `wanted`, or `wanted_l1`, `wanted_l2` and so on; `next` remembers where each series stands.
fn unique(wanted: &str, taken: &mut BTreeSet<String>, next: &mut BTreeMap<String, u32>) -> String {
    let mut name: String = wanted.chars().take(54).collect();
    name.truncate(name.trim_end_matches('_').len());
    let k = next.entry(name.clone()).or_insert(0);
    loop {
        let candidate = if *k == 0 { name.clone() } else { format!("{name}_l{k}") };
        *k += 1;
        if crate::ir::names::fault(&candidate).is_none() && taken.insert(candidate.to_ascii_lowercase()) {
            return candidate;
        }
    }
}

/// What a net is for: the name of the thing it feeds, and how many generated suffixes that has.
#[derive(Clone, Default)]
struct Hint {
    base: String,
    depth: u32,
}

fn name_from(hint: &Hint, op: &Op) -> String {
    let role = role(op);
    if hint.base.is_empty() || hint.depth > 2 {
        return role.to_string();
    }
    if hint.depth == 0 {
        return hint.base.clone();
    }
    format!("{}_{role}", hint.base.trim_end_matches("_d").trim_end_matches("_en"))
}

fn role(op: &Op) -> &'static str {
    match op {
        Op::Add(..) => "sum",
        Op::Sub(..) => "diff",
        Op::MulU(..) | Op::MulS(..) => "prod",
        Op::Shl(..) => "shl",
        Op::ShrU(..) | Op::ShrS(..) => "shr",
        Op::Mux(..) => "sel",
        Op::Zext(_) | Op::Sext(_) => "ext",
        Op::Eq(..) => "eq",
        Op::LtU(..) | Op::LtS(..) => "lt",
        Op::Concat(_) => "cat",
        Op::Slice(..) => "bits",
        Op::And(..) => "and",
        Op::Or(..) => "or",
        Op::Xor(..) => "xor",
        Op::Not(_) => "inv",
        Op::ReduceAnd(_) => "all",
        Op::ReduceOr(_) => "any",
        Op::ReduceXor(_) => "parity",
        _ => "net",
    }
}

/// Operators whose width or sign would depend on context if they were inlined, and sources.
fn must_stand_alone(op: &Op) -> bool {
    use Op::*;
    matches!(op, Add(..) | Sub(..) | MulU(..) | MulS(..) | Shl(..) | ShrU(..) | ShrS(..) | InstOut(..))
        || needs_procedure(op)
}

/// A mux of more than two arms prints as a `case`.
pub fn needs_procedure(op: &Op) -> bool {
    matches!(op, Op::Mux(_, arms) if arms.len() > 2)
}

/// How each net is used.
struct Uses {
    count: Vec<u32>,
    by_name: Vec<bool>,
}

impl Uses {
    fn of(m: &Module) -> Uses {
        let mut u = Uses { count: vec![0; m.nets.len()], by_name: vec![false; m.nets.len()] };
        for net in &m.nets {
            net.op.for_operands(|a| u.count[a.index()] += 1);
            match &net.op {
                Op::Slice(a, _) | Op::Sext(a) => u.by_name[a.index()] = true,
                // Operands of a signed product are printed sign-extended, so their sign bit is named.
                Op::MulS(a, b) => {
                    u.by_name[a.index()] = true;
                    u.by_name[b.index()] = true;
                }
                Op::Mux(sel, arms) if arms.len() > 2 => u.by_name[sel.index()] = true,
                _ => {}
            }
        }
        let mut once = |n: NetId| u.count[n.index()] += 1;
        m.ports.iter().filter(|p| p.dir == Dir::Out).filter_map(|p| p.net).for_each(&mut once);
        let mut groups = BTreeSet::new();
        for r in &m.regs {
            r.next.into_iter().for_each(&mut once);
            if let Some(e) = r.enable.filter(|e| groups.insert((*e, r.reset.is_some(), r.section))) {
                once(e);
            }
        }
        for mem in &m.mems {
            mem.write.iter().flat_map(|w| [w.enable, w.addr, w.data]).for_each(&mut once);
            mem.reads.iter().flat_map(|r| [r.enable, r.addr]).for_each(&mut once);
        }
        m.insts.iter().flat_map(|i| &i.inputs).flatten().copied().for_each(&mut once);
        u
    }

    fn needs_name(&self, m: &Module, n: NetId) -> bool {
        match &m.net(n).op {
            Op::Const(_) => false,
            // Cheap to repeat, unless something must name a part of it.
            Op::Slice(..) | Op::Not(_) => self.by_name[n.index()] || (self.count[n.index()] > 1 && m.width(n) > 1),
            _ => self.by_name[n.index()] || self.count[n.index()] > 1,
        }
    }

    /// For each net, what it feeds. Follows inlined nets up to one with a name.
    fn hints(&self, m: &Module, order: &[NetId], names: &[Option<String>]) -> Vec<Hint> {
        let mut hints: Vec<Hint> = vec![Hint::default(); m.nets.len()];
        let give = |n: NetId, base: &str, depth: u32, hints: &mut Vec<Hint>| {
            if hints[n.index()].base.is_empty() {
                hints[n.index()] = Hint { base: base.into(), depth };
            }
        };
        for r in &m.regs {
            if let Some(n) = r.next {
                give(n, &format!("{}_d", r.name), 0, &mut hints);
            }
            if let Some(n) = r.enable {
                give(n, &format!("{}_en", r.name), 0, &mut hints);
            }
        }
        for inst in &m.insts {
            for n in inst.inputs.iter().flatten() {
                give(*n, inst.name.trim_start_matches("u_"), 1, &mut hints);
            }
        }
        for mem in &m.mems {
            mem.write.iter().flat_map(|w| [w.addr, w.data]).for_each(|n| give(n, &mem.name, 1, &mut hints));
            mem.reads.iter().for_each(|r| give(r.addr, &format!("{}_raddr", mem.name), 1, &mut hints));
        }
        for &n in order.iter().rev() {
            let own = match &names[n.index()] {
                Some(name) => Hint { base: name.trim_end_matches("_q").into(), depth: 1 },
                None => {
                    let h = hints[n.index()].clone();
                    let stands = m.net(n).kept || must_stand_alone(&m.net(n).op) || self.needs_name(m, n);
                    if let (true, Some(hint)) = (stands, &m.net(n).hint) {
                        Hint { base: hint.clone(), depth: 1 }
                    } else if stands {
                        Hint { base: name_from(&h, &m.net(n).op), depth: h.depth + 1 }
                    } else {
                        // Only the D input itself is called `_d`; what an inlined mux chooses from is not.
                        Hint {
                            base: h.base.trim_end_matches("_d").trim_end_matches("_en").into(),
                            depth: h.depth.max(1),
                        }
                    }
                }
            };
            m.net(n).op.for_operands(|a| give(a, &own.base, own.depth, &mut hints));
        }
        hints
    }
}

/// Creation order, except that operands always come first.
fn print_order(m: &Module) -> Vec<NetId> {
    let mut order = Vec::with_capacity(m.nets.len());
    let mut seen = vec![false; m.nets.len()];
    let mut stack: Vec<(NetId, bool)> = Vec::new();
    for i in 0..m.nets.len() as u32 {
        stack.push((NetId(i), false));
        while let Some((n, done)) = stack.pop() {
            if done {
                order.push(n);
            } else if !std::mem::replace(&mut seen[n.index()], true) {
                stack.push((n, true));
                let mut operands = Vec::new();
                m.net(n).op.for_operands(|a| operands.push(a));
                stack.extend(operands.into_iter().rev().filter(|a| !seen[a.index()]).map(|a| (a, false)));
            }
        }
    }
    order
}
