//! Validation: the only way to a [`ValidDesign`], which is all that printers and engines accept.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{DesignError, Reports};
use super::flat::input_index;
use super::{names, Design, Dir, Module, ModuleId, NetId, Op, Place};

/// A design in which every rule of the IR holds. After this nothing panics.
#[derive(Clone, Debug)]
pub struct ValidDesign {
    design: Design,
    top: ModuleId,
    facts: Vec<Facts>,
}

/// What validation learnt of a module.
#[derive(Clone, Debug, Default)]
struct Facts {
    clk: bool,
    rst: bool,
    /// For each port number: the inputs (counted among inputs) it depends on combinationally.
    reach: Vec<BTreeSet<u32>>,
}

impl ValidDesign {
    /// Checks the design under `top`, or returns everything that is wrong with it.
    ///
    /// # Errors
    /// E4xx: all rules that are broken.
    pub fn new(design: Design, top: ModuleId) -> Result<ValidDesign, Reports<DesignError>> {
        let mut errors = Vec::new();
        let mut facts: Vec<Facts> = Vec::new();
        for (index, module) in design.modules().iter().enumerate() {
            let before = errors.len();
            check_names(module, &mut errors);
            check_structure(&design, index, &mut errors);
            let mut f = Facts { clk: !module.regs.is_empty() || !module.mems.is_empty(), ..Facts::default() };
            f.rst = module.regs.iter().any(|r| r.reset.is_some());
            for inst in module.insts.iter().filter(|i| i.module.index() < facts.len()) {
                f.clk |= facts[inst.module.index()].clk;
                f.rst |= facts[inst.module.index()].rst;
            }
            if errors.len() == before {
                match evaluation_order(module, &facts) {
                    Ok(order) => f.reach = port_reach(module, &order, &facts),
                    Err(e) => errors.push(e),
                }
            }
            f.reach.resize(module.ports.len(), BTreeSet::new());
            check_streams(module, &f, &mut errors);
            facts.push(f);
        }
        if errors.is_empty() {
            Ok(ValidDesign { design, top, facts })
        } else {
            Err(Reports(errors))
        }
    }

    /// The top module.
    pub fn top(&self) -> &Module {
        self.design.module(self.top)
    }

    /// Handle of the top module.
    pub fn top_id(&self) -> ModuleId {
        self.top
    }

    /// The module behind a handle.
    pub fn module(&self, id: ModuleId) -> &Module {
        self.design.module(id)
    }

    /// Handles of the modules under the top, children before parents, each once.
    pub fn modules(&self) -> Vec<ModuleId> {
        let mut live = vec![false; self.design.modules().len()];
        live[self.top.index()] = true;
        for i in (0..live.len()).rev().filter(|i| *i <= self.top.index()) {
            if live[i] {
                for inst in &self.design.modules()[i].insts {
                    live[inst.module.index()] = true;
                }
            }
        }
        (0..live.len()).filter(|i| live[*i]).map(|i| ModuleId(i as u32)).collect()
    }

    /// True if the module or anything in it is clocked.
    pub fn needs_clk(&self, id: ModuleId) -> bool {
        self.facts[id.index()].clk
    }

    /// True if the module or anything in it is reset.
    pub fn needs_rst(&self, id: ModuleId) -> bool {
        self.facts[id.index()].rst
    }
}

/// Names of ports, registers, memories, instances and nets, and where each was given.
fn all_names(m: &Module) -> Vec<(String, Place)> {
    let register = |i: usize| m.nets.iter().find(|n| matches!(n.op, Op::RegQ(r) if r.index() == i)).map(|n| n.place);
    let mut all: Vec<(String, Place)> = Vec::new();
    for p in &m.ports {
        let place = p.net.and_then(|n| m.nets.get(n.index())).map(|n| n.place);
        all.push((p.name.clone(), place.unwrap_or_default()));
    }
    for (i, r) in m.regs.iter().enumerate() {
        all.push((format!("{}_q", r.name), register(i).unwrap_or_default()));
    }
    all.extend(m.mems.iter().map(|x| (x.name.clone(), Place::default())));
    all.extend(m.insts.iter().map(|i| (i.name.clone(), Place::default())));
    let named = m.nets.iter().filter(|n| !matches!(n.op, Op::Input(_)));
    all.extend(named.filter_map(|n| Some((n.name.clone()?, n.place))));
    all
}

fn check_names(m: &Module, errors: &mut Vec<DesignError>) {
    let all = all_names(m);
    let taken: BTreeSet<String> = all.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    let free = |name: &str| {
        let near = names::suggest(name);
        let numbered = (2..).map(|k| names::suggest(&format!("{near}{k}")));
        let mut candidates = std::iter::once(near.clone()).chain(numbered);
        candidates.find(|c| !taken.contains(&c.to_ascii_lowercase())).unwrap_or(near)
    };
    let illegal = |name: &str, why: String, place: Place, errors: &mut Vec<DesignError>| {
        errors.push(DesignError::Name {
            module: names::suggest(&m.name),
            name: name.escape_debug().to_string(),
            why: if place.0.is_some() { format!("{why}, at {place}") } else { why },
            suggestion: free(name),
        });
    };
    if let Some(why) = names::fault(&m.name) {
        illegal(&m.name, why.into(), Place::default(), errors);
    }
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for (name, place) in &all {
        if let Some(why) = names::fault(name) {
            illegal(name, why.into(), *place, errors);
        } else if ["clk", "rst"].contains(&name.to_ascii_lowercase().as_str()) {
            illegal(name, "clk and rst are added by the printer".into(), *place, errors);
        } else if let Some(first) = seen.insert(name.to_ascii_lowercase(), *place) {
            let first = if first.0.is_some() { format!(", that at {first}") } else { String::new() };
            let why = format!("another signal has this name{first} (case does not count)");
            illegal(name, why, *place, errors);
        }
    }
}

/// Widths, drivers, connections and handles.
fn check_structure(design: &Design, index: usize, errors: &mut Vec<DesignError>) {
    let m = &design.modules()[index];
    let label = |n: NetId| m.nets.get(n.index()).and_then(|x| x.name.clone()).unwrap_or_else(|| format!("n{}", n.0));
    let module = || m.name.clone();
    let mut dangling = false;
    let mut check = |n: NetId, errors: &mut Vec<DesignError>| {
        if n.index() >= m.nets.len() {
            dangling = true;
            errors.push(DesignError::Dangling { module: module(), handle: format!("{n:?}") });
        }
    };
    for net in &m.nets {
        net.op.for_operands(|a| check(a, errors));
    }
    m.ports.iter().filter_map(|p| p.net).for_each(|n| check(n, errors));
    m.regs.iter().flat_map(|r| [r.next, r.enable]).flatten().for_each(|n| check(n, errors));
    m.mems.iter().filter_map(|x| x.write).flat_map(|w| [w.enable, w.addr, w.data]).for_each(|n| check(n, errors));
    m.mems.iter().flat_map(|x| &x.reads).flat_map(|r| [r.enable, r.addr]).for_each(|n| check(n, errors));
    m.insts.iter().flat_map(|i| &i.inputs).flatten().for_each(|n| check(*n, errors));
    m.claims.iter().for_each(|c| check(c.net, errors));
    if dangling {
        return;
    }
    for (i, net) in m.nets.iter().enumerate() {
        if let Some(rule) = broken_width_rule(design, m, net.width, &net.op) {
            let (net, op) = (label(NetId(i as u32)), op_name(&net.op));
            errors.push(DesignError::Width { module: module(), net, op, rule });
        }
        if matches!(net.op, Op::Wire(None)) {
            let id = NetId(i as u32);
            let port = m.ports.iter().find(|p| p.dir == Dir::Out && p.net == Some(id)).map(|p| p.name.clone());
            errors.push(DesignError::Undriven { module: module(), net: port.unwrap_or_else(|| label(id)) });
        }
    }
    for p in m.ports.iter().filter(|p| p.dir == Dir::Out) {
        match p.net {
            None => errors.push(DesignError::Undriven { module: module(), net: p.name.clone() }),
            Some(n) if m.width(n) != p.width => {
                let rule = format!("port has {} bits, its driver {}", p.width, m.width(n));
                errors.push(DesignError::Width { module: module(), net: p.name.clone(), op: "port".into(), rule });
            }
            Some(_) => {}
        }
    }
    check_regs(m, errors);
    check_mems(m, errors);
    for inst in &m.insts {
        let Some(child) = design.modules()[..index].get(inst.module.index()) else {
            errors.push(DesignError::Dangling { module: module(), handle: format!("{:?}", inst.module) });
            continue;
        };
        for (k, (_, port)) in child.ports_of(Dir::In).enumerate() {
            let rule = match inst.inputs.get(k).copied().flatten() {
                Some(n) if m.width(n) == port.width => continue,
                Some(n) => format!("port `{}` has {} bits, its driver {}", port.name, port.width, m.width(n)),
                None => {
                    let (inst, port) = (inst.name.clone(), port.name.clone());
                    errors.push(DesignError::Unconnected { module: module(), inst, port });
                    continue;
                }
            };
            errors.push(DesignError::Width { module: module(), net: inst.name.clone(), op: "instance".into(), rule });
        }
    }
}

fn check_regs(m: &Module, errors: &mut Vec<DesignError>) {
    for r in &m.regs {
        let Some(next) = r.next else {
            errors.push(DesignError::NoNext { module: m.name.clone(), reg: r.name.clone() });
            continue;
        };
        let reset_width = r.reset.as_ref().map_or(r.width, |b| b.width());
        let enable_width = r.enable.map_or(1, |e| m.width(e));
        if m.width(next) != r.width || reset_width != r.width || enable_width != 1 {
            let rule =
                format!("{} bits, next has {}, reset {reset_width}, enable {enable_width}", r.width, m.width(next));
            errors.push(DesignError::Width {
                module: m.name.clone(),
                net: r.name.clone(),
                op: "register".into(),
                rule,
            });
        }
    }
}

fn check_mems(m: &Module, errors: &mut Vec<DesignError>) {
    for mem in &m.mems {
        let addr_bits = crate::num::bits_for_count(mem.depth.into());
        let mut rules = Vec::new();
        if mem.depth == 0 || mem.width == 0 {
            rules.push("it must have at least one word of one bit".to_string());
        }
        if mem.reads.is_empty() {
            rules.push("it is never read".into());
        }
        match (&mem.rom, mem.write) {
            (Some(_), Some(_)) => rules.push("a ROM has no write port".into()),
            (None, None) => rules.push("it is neither written nor a ROM".into()),
            (Some(words), None)
                if words.len() != mem.depth as usize || words.iter().any(|w| w.width() != mem.width) =>
            {
                rules.push(format!("contents must be {} words of {} bits", mem.depth, mem.width));
            }
            _ => {}
        }
        let ports = mem.reads.iter().map(|r| (r.enable, r.addr)).chain(mem.write.iter().map(|w| (w.enable, w.addr)));
        for (enable, addr) in ports {
            if m.width(enable) != 1 || m.width(addr) != addr_bits {
                rules.push(format!("enables have 1 bit and addresses {addr_bits}"));
            }
        }
        if mem.write.is_some_and(|w| m.width(w.data) != mem.width) {
            rules.push(format!("written data must have {} bits", mem.width));
        }
        errors.extend(rules.into_iter().map(|rule| DesignError::Memory {
            module: m.name.clone(),
            mem: mem.name.clone(),
            rule,
        }));
    }
}

fn check_streams(m: &Module, facts: &Facts, errors: &mut Vec<DesignError>) {
    for s in &m.streams {
        let mut bad = |rule: String| {
            errors.push(DesignError::Stream { module: m.name.clone(), stream: s.name.clone(), rule });
        };
        if m.ports[s.data.index()].width != s.shape.width() {
            bad(format!("data has {} bits, its shape {}", m.ports[s.data.index()].width, s.shape.width()));
        }
        if s.dir == Dir::Out {
            let ready = input_index(m, s.ready) as u32;
            if facts.reach.get(s.valid.index()).is_some_and(|r| r.contains(&ready)) {
                bad("rule 3: valid depends combinationally on ready".into());
            }
        }
    }
}

fn op_name(op: &Op) -> String {
    let text = format!("{op:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_lowercase()
}

/// The IR's width table; `None` if the rule holds.
fn broken_width_rule(design: &Design, m: &Module, width: u32, op: &Op) -> Option<String> {
    let w = |n: &NetId| m.width(*n);
    let expect = |want: u32| (want != width).then(|| format!("result has {width} bits, the rule gives {want}"));
    let same = |a: &NetId, b: &NetId| (w(a) != w(b)).then(|| format!("operands have {} and {} bits", w(a), w(b)));
    if width == 0 {
        return Some("a net has at least one bit".into());
    }
    match op {
        Op::Const(bits) => expect(bits.width()),
        Op::Input(p) => expect(m.ports.get(p.index()).filter(|p| p.dir == Dir::In).map_or(0, |p| p.width)),
        Op::RegQ(r) => expect(m.regs.get(r.index()).map_or(0, |r| r.width)),
        Op::MemQ(x, port) => {
            expect(m.mems.get(x.index()).filter(|x| (*port as usize) < x.reads.len()).map_or(0, |x| x.width))
        }
        Op::InstOut(i, p) => {
            let child = m.insts.get(i.index()).and_then(|i| design.modules().get(i.module.index()));
            let port = child.and_then(|c| c.ports.get(p.index())).filter(|p| p.dir == Dir::Out);
            expect(port.map_or(0, |p| p.width))
        }
        Op::Wire(None) => None,
        Op::Wire(Some(a)) | Op::Not(a) => expect(w(a)),
        Op::ReduceAnd(_) | Op::ReduceOr(_) | Op::ReduceXor(_) => expect(1),
        Op::And(a, b) | Op::Or(a, b) | Op::Xor(a, b) | Op::Add(a, b) | Op::Sub(a, b) => same(a, b).or(expect(w(a))),
        Op::Eq(a, b) | Op::LtU(a, b) | Op::LtS(a, b) => same(a, b).or(expect(1)),
        Op::MulU(a, b) | Op::MulS(a, b) => expect(w(a).saturating_add(w(b))),
        Op::Shl(a, n) | Op::ShrU(a, n) | Op::ShrS(a, n) => {
            (w(n) > 20).then(|| format!("shift amount has {} bits, at most 20 are legal", w(n))).or(expect(w(a)))
        }
        Op::Mux(sel, arms) => {
            let many = arms.len() < 2 || (w(sel) < 32 && arms.len() as u64 > 1 << w(sel));
            let uneven = arms.iter().any(|a| w(a) != width).then(|| format!("arms must have {width} bits"));
            many.then(|| format!("{} arms for a select of {} bits", arms.len(), w(sel))).or(uneven)
        }
        Op::Zext(a) | Op::Sext(a) => (w(a) >= width).then(|| format!("cannot widen {} bits to {width}", w(a))),
        Op::Slice(a, lo) => (u64::from(*lo) + u64::from(width) > u64::from(w(a)))
            .then(|| format!("bits {lo}..{} of a net of {}", u64::from(*lo) + u64::from(width), w(a))),
        Op::Concat(parts) if parts.is_empty() => Some("nothing to concatenate".into()),
        Op::Concat(parts) => {
            let total: u64 = parts.iter().map(|p| u64::from(w(p))).sum();
            (total != u64::from(width)).then(|| format!("parts have {total} bits together, the net {width}"))
        }
    }
}

/// Combinational operands of a net: through instances, only the inputs that the output really depends on.
fn comb_operands(m: &Module, facts: &[Facts], op: &Op, mut f: impl FnMut(NetId)) {
    if let Op::InstOut(i, p) = op {
        let inst = &m.insts[i.index()];
        for input in &facts[inst.module.index()].reach[p.index()] {
            if let Some(n) = inst.inputs[*input as usize] {
                f(n);
            }
        }
    } else {
        op.for_operands(f);
    }
}

/// Nets in dependency order (iterative depth-first), or the loop.
fn evaluation_order(m: &Module, facts: &[Facts]) -> Result<Vec<u32>, DesignError> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![NEW; m.nets.len()];
    let mut order = Vec::with_capacity(m.nets.len());
    let mut stack: Vec<(u32, bool)> = Vec::new();
    for start in 0..m.nets.len() as u32 {
        stack.push((start, false));
        while let Some((n, leaving)) = stack.pop() {
            if leaving {
                state[n as usize] = DONE;
                order.push(n);
                continue;
            }
            if state[n as usize] != NEW {
                continue;
            }
            state[n as usize] = OPEN;
            stack.push((n, true));
            let mut looped = None;
            comb_operands(m, facts, &m.nets[n as usize].op, |a| match state[a.index()] {
                NEW => stack.push((a.0, false)),
                OPEN => looped = Some(a),
                _ => {}
            });
            if let Some(head) = looped {
                let open: Vec<u32> = stack.iter().filter(|s| s.1).map(|s| s.0).collect();
                let from = open.iter().position(|n| *n == head.0).unwrap_or(0);
                let label = |n: &u32| {
                    let net = &m.nets[*n as usize];
                    let name = net.name.clone().or(net.hint.clone()).unwrap_or_else(|| op_name(&net.op));
                    let place = net.place.0.map_or(String::new(), |at| format!(" ({}:{})", at.file(), at.line()));
                    format!("{name}{place}")
                };
                let mut path: Vec<String> = open[from..].iter().map(label).collect();
                if path.len() > 8 {
                    path.splice(4..path.len() - 3, ["...".to_string()]);
                }
                return Err(DesignError::CombinationalLoop { module: m.name.clone(), path: path.join(" <- ") });
            }
        }
    }
    Ok(order)
}

/// For each port number: the inputs (counted among inputs) that it depends on combinationally.
fn port_reach(m: &Module, order: &[u32], facts: &[Facts]) -> Vec<BTreeSet<u32>> {
    let inputs = m.ports_of(Dir::In).count();
    let words = inputs.div_ceil(64).max(1);
    let mut sets = vec![0u64; m.nets.len() * words];
    for &n in order {
        let at = n as usize * words;
        if let Op::Input(p) = &m.nets[n as usize].op {
            let i = input_index(m, *p);
            sets[at + i / 64] |= 1 << (i % 64);
        }
        comb_operands(m, facts, &m.nets[n as usize].op, |a| {
            for w in 0..words {
                sets[at + w] |= sets[a.index() * words + w];
            }
        });
    }
    m.ports
        .iter()
        .map(|p| match (p.dir, p.net) {
            (Dir::Out, Some(n)) => {
                let set = &sets[n.index() * words..][..words];
                (0..inputs as u32).filter(|i| set[*i as usize / 64] >> (i % 64) & 1 == 1).collect()
            }
            _ => BTreeSet::new(),
        })
        .collect()
}
