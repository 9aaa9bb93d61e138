//! A module's text: header, ports, declarations, nets, instances, registers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use niello_rtl_templates::{render, Block, ModuleText};

use super::expr::Printer;
use super::naming::{needs_procedure, Naming};
use super::text::{comment, literal, part, range, wrap};
use super::{mem, OutputFile};
use crate::ir::{drop_dead, Dir, Module, ModuleId, Net, NetId, Op, PortId, Reg, ValidDesign};

/// Prints one module.
pub fn print(design: &ValidDesign, id: ModuleId) -> OutputFile {
    let printed = without_claims(design.module(id));
    let m = &*printed;
    let plan = Naming::new(design, m);
    let p = Printer { m, plan: &plan };
    let mut blocks = vec![declarations(&p)];
    blocks.extend(nets(&p));
    blocks.extend(m.mems.iter().map(|x| Block { title: title(m, x.section), lines: mem::print(&p, x) }));
    blocks.extend(instances(design, &p));
    blocks.extend(outputs(&p));
    blocks.extend(registers(&p));
    blocks.push(unused(&p));
    blocks.retain(|b| !b.lines.is_empty());
    for b in &mut blocks {
        b.lines = b.lines.iter().flat_map(|l| wrap(l)).collect();
    }
    let text = ModuleText { name: m.name.clone(), blank: "", header: header(m), ports: ports(design, id), blocks };
    let mut text = render(&text);
    if mem::needs_mem_dir(m) {
        let define = "`ifndef NL_MEM_DIR\n`define NL_MEM_DIR \"./\"\n`endif\n\nmodule ";
        text = text.replacen("module ", define, 1);
    }
    OutputFile { path: format!("{}.v", m.name), text }
}

/// The module without what only its claims need: claims are for simulation in this program.
fn without_claims(m: &Module) -> Cow<'_, Module> {
    if m.claims.is_empty() {
        return Cow::Borrowed(m);
    }
    let mut printed = Module { claims: Vec::new(), ..m.clone() };
    drop_dead(&mut printed);
    Cow::Owned(printed)
}

fn header(m: &Module) -> Vec<String> {
    let width = m.header.iter().map(|(k, _)| k.len()).max().unwrap_or(0);
    let mut lines: Vec<String> = Vec::new();
    for (k, v) in &m.header {
        lines.extend(wrap(&format!("{:width$}  {}", comment(k), comment(v))));
    }
    for s in &m.streams {
        let way = if s.dir == Dir::In { "in " } else { "out" };
        let sign = if s.shape.signed { "signed" } else { "unsigned" };
        let last = match s.last {
            None => "",
            Some(p) if s.dir == Dir::In && !is_read(m, p) => ", last is ignored: frames end by count",
            Some(_) => ", with a last mark",
        };
        lines.push(format!(
            "{way} {}: {} x {} bits {sign} a beat{last}",
            comment(&s.name),
            s.shape.lanes,
            s.shape.bits
        ));
    }
    lines
}

/// True if anything in the module reads the input port.
fn is_read(m: &Module, port: PortId) -> bool {
    let Some(net) = m.ports[port.index()].net else { return false };
    let mut read = false;
    let mut check = |n: NetId| read |= n == net;
    m.nets.iter().for_each(|n| n.op.for_operands(&mut check));
    m.regs.iter().flat_map(|r| [r.next, r.enable]).flatten().for_each(&mut check);
    m.mems.iter().filter_map(|x| x.write).for_each(|w| check(w.data));
    m.insts.iter().flat_map(|i| &i.inputs).flatten().for_each(|n| check(*n));
    m.ports.iter().filter(|p| p.dir == Dir::Out).filter_map(|p| p.net).for_each(&mut check);
    read
}

fn ports(design: &ValidDesign, id: ModuleId) -> Vec<String> {
    let mut list = Vec::new();
    if design.needs_clk(id) {
        list.push("input  wire clk".to_string());
    }
    if design.needs_rst(id) {
        list.push("input  wire rst".to_string());
    }
    for p in &design.module(id).ports {
        let dir = if p.dir == Dir::In { "input " } else { "output" };
        list.push(format!("{dir} wire {}{}", range(p.width), p.name));
    }
    let last = list.len().saturating_sub(1);
    list.iter_mut().take(last).for_each(|l| l.push(','));
    list
}

/// In a declaration.
fn sign(signed: bool) -> &'static str {
    if signed {
        "signed "
    } else {
        ""
    }
}

/// The register that a net is.
fn register_of(op: &Op) -> Option<usize> {
    match op {
        Op::RegQ(r) => Some(r.index()),
        _ => None,
    }
}

/// Registers and instance outputs: declared before anything reads them.
fn declarations(p: &Printer<'_>) -> Block {
    let m = p.m;
    let signed: BTreeSet<usize> = m.nets.iter().filter(|n| n.signed).filter_map(|n| register_of(&n.op)).collect();
    let reg = |(i, r): (usize, &Reg)| format!("reg {}{}{}_q;", sign(signed.contains(&i)), range(r.width), r.name);
    let mut lines: Vec<String> = m.regs.iter().enumerate().map(reg).collect();
    for (i, net) in m.nets.iter().enumerate() {
        if let (Op::InstOut(..), Some(name)) = (&net.op, p.plan.name(NetId(i as u32))) {
            lines.push(format!("wire {}{}{name};", sign(net.signed), range(net.width)));
        }
    }
    lines.extend(m.mems.iter().flat_map(|x| mem::declare(m, x)));
    Block { title: String::new(), lines }
}

/// Combinational nets, a block for each section.
fn nets(p: &Printer<'_>) -> Vec<Block> {
    let m = p.m;
    let mut blocks: Vec<(u32, Block)> = Vec::new();
    for &n in &p.plan.order {
        let net = m.net(n);
        let Some(name) = p.plan.name(n) else { continue };
        if matches!(net.op, Op::Input(_) | Op::RegQ(_) | Op::MemQ(..) | Op::InstOut(..)) {
            continue;
        }
        if blocks.last().is_none_or(|(s, _)| *s != net.section) {
            blocks.push((net.section, Block { title: title(m, net.section), lines: Vec::new() }));
        }
        let Some((_, block)) = blocks.last_mut() else { continue };
        if p.plan.is_port(n) {
            block.lines.push(format!("assign {name} = {};", p.driver(n)));
        } else if let (Op::Mux(sel, arms), true) = (&net.op, needs_procedure(&net.op)) {
            block.lines.extend(case(p, name, net, *sel, arms));
        } else {
            block.lines.push(format!("wire {}{}{name} = {};", sign(net.signed), range(net.width), p.driver(n)));
        }
    }
    blocks.into_iter().map(|(_, b)| b).collect()
}

fn title(m: &Module, section: u32) -> String {
    section.checked_sub(1).and_then(|s| m.sections.get(s as usize)).map(|s| comment(s)).unwrap_or_default()
}

fn case(p: &Printer<'_>, name: &str, net: &Net, sel: NetId, arms: &[NetId]) -> Vec<String> {
    let sel_width = p.m.width(sel);
    let mut lines = vec![format!("reg {}{}{name};", sign(net.signed), range(net.width)), "always @* begin".into()];
    lines.push(format!("  case ({})", p.operand(sel)));
    for (i, arm) in arms.iter().enumerate().take(arms.len() - 1) {
        lines.push(format!("    {sel_width}'d{i}: {name} = {};", p.operand(*arm)));
    }
    lines.push(format!("    default: {name} = {};", p.operand(arms[arms.len() - 1])));
    lines.extend(["  endcase".into(), "end".into()]);
    lines
}

fn instances(design: &ValidDesign, p: &Printer<'_>) -> Vec<Block> {
    let m = p.m;
    let mut out_nets: BTreeMap<(usize, usize), NetId> = BTreeMap::new();
    for (i, net) in m.nets.iter().enumerate() {
        if let Op::InstOut(inst, port) = net.op {
            out_nets.entry((inst.index(), port.index())).or_insert(NetId(i as u32));
        }
    }
    let mut blocks = Vec::new();
    for (i, inst) in m.insts.iter().enumerate() {
        let child = design.module(inst.module);
        let mut pins = Vec::new();
        if design.needs_clk(inst.module) {
            pins.push(".clk(clk)".to_string());
        }
        if design.needs_rst(inst.module) {
            pins.push(".rst(rst)".to_string());
        }
        let mut inputs = inst.inputs.iter();
        for (k, port) in child.ports.iter().enumerate() {
            let text = match port.dir {
                Dir::In => inputs.next().copied().flatten().map(|n| p.operand(n)).unwrap_or_default(),
                Dir::Out => match out_nets.get(&(i, k)) {
                    Some(n) => p.operand(*n),
                    None => unused_pin(&inst.name, &port.name),
                },
            };
            pins.push(format!(".{}({text})", port.name));
        }
        let mut lines: Vec<String> = child
            .ports
            .iter()
            .enumerate()
            .filter(|(k, port)| port.dir == Dir::Out && !out_nets.contains_key(&(i, *k)))
            .map(|(_, port)| format!("wire {}{};", range(port.width), unused_pin(&inst.name, &port.name)))
            .collect();
        lines.push(format!("{} {} (", child.name, inst.name));
        let last = pins.len().saturating_sub(1);
        lines.extend(pins.iter().enumerate().map(|(k, t)| format!("  {t}{}", if k < last { "," } else { "" })));
        lines.push(");".into());
        blocks.push(Block { title: title(m, inst.section), lines });
    }
    blocks
}

/// Name of the net at an instance output that nothing reads.
fn unused_pin(inst: &str, port: &str) -> String {
    format!("{}_{port}_unused", inst.trim_start_matches("u_"))
}

/// Ports that are other names of nets, a block for each section that drives them.
fn outputs(p: &Printer<'_>) -> Vec<Block> {
    let m = p.m;
    let mut blocks: Vec<(u32, Block)> = Vec::new();
    for (id, port) in m.ports_of(Dir::Out) {
        let Some(n) = port.net.filter(|_| !p.plan.port_is_net.contains_key(&(id.index() as u32))) else { continue };
        // Of what stands elsewhere the port alone is here; what is written here belongs to its section.
        let section = if p.plan.name(n).is_none() { m.net(n).section } else { 0 };
        let line = format!("assign {} = {};", port.name, p.operand(n));
        match blocks.iter_mut().find(|b| b.0 == section) {
            Some((_, block)) => block.lines.push(line),
            None => blocks.push((section, Block { title: title(m, section), lines: vec![line] })),
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// One `always` for each group of registers with the same enable and kind of reset.
fn registers(p: &Printer<'_>) -> Vec<Block> {
    let m = p.m;
    // Section, enable, whether there is a reset.
    type Key = (u32, Option<NetId>, bool);
    let mut groups: Vec<(Key, Vec<&Reg>)> = Vec::new();
    for r in &m.regs {
        let key = (r.section, r.enable, r.reset.is_some());
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, regs)) => regs.push(r),
            None => groups.push((key, vec![r])),
        }
    }
    let mut blocks = Vec::new();
    let mut said: BTreeSet<u32> = BTreeSet::new();
    for ((section, enable, reset), regs) in groups {
        let next = |r: &&Reg| r.next.map(|n| format!("{}_q <= {};", r.name, p.operand(n))).unwrap_or_default();
        let mut lines = vec!["always @(posedge clk) begin".to_string()];
        let enable = enable.map(|e| format!("if ({}) ", p.operand(e)));
        if reset {
            lines.push("  if (rst) begin".into());
            lines.extend(
                regs.iter().filter_map(|r| Some(format!("    {}_q <= {};", r.name, literal(r.reset.as_ref()?)))),
            );
            lines.push(format!("  end else {}begin", enable.unwrap_or_default()));
            lines.extend(regs.iter().map(|r| format!("    {}", next(r))));
            lines.push("  end".into());
        } else if let Some(enable) = enable {
            lines.push(format!("  {enable}begin"));
            lines.extend(regs.iter().map(|r| format!("    {}", next(r))));
            lines.push("  end".into());
        } else {
            lines.extend(regs.iter().map(|r| format!("  {}", next(r))));
        }
        lines.push("end".into());
        let heading = if said.insert(section) { title(m, section) } else { String::new() };
        blocks.push(Block { title: heading, lines });
    }
    blocks
}

/// Bits that nothing reads, gathered where linters look for them.
fn unused(p: &Printer<'_>) -> Block {
    let m = p.m;
    let mut full = vec![false; m.nets.len()];
    let mut slices: Vec<Vec<(u32, u32)>> = vec![Vec::new(); m.nets.len()];
    let mut mark = |n: NetId| full[n.index()] = true;
    for net in &m.nets {
        match &net.op {
            Op::Slice(a, lo) => slices[a.index()].push((*lo, net.width)),
            op => op.for_operands(&mut mark),
        }
    }
    m.ports.iter().filter(|x| x.dir == Dir::Out).filter_map(|x| x.net).for_each(&mut mark);
    m.regs.iter().flat_map(|r| [r.next, r.enable]).flatten().for_each(&mut mark);
    m.mems.iter().filter_map(|x| x.write).flat_map(|w| [w.enable, w.addr, w.data]).for_each(&mut mark);
    m.mems.iter().flat_map(|x| &x.reads).flat_map(|r| [r.enable, r.addr]).for_each(&mut mark);
    m.insts.iter().flat_map(|i| &i.inputs).flatten().for_each(|n| mark(*n));
    let mut parts = Vec::new();
    for (i, net) in m.nets.iter().enumerate().filter(|(i, _)| !full[*i]) {
        let Some(name) = p.plan.name(NetId(i as u32)) else { continue };
        slices[i].sort_unstable();
        let mut next = 0;
        for (lo, w) in slices[i].iter().chain([&(net.width, 0)]) {
            if *lo > next {
                parts.push(part(name, net.width, next, lo - next));
            }
            next = next.max(lo + w);
        }
    }
    parts.reverse();
    if parts.is_empty() {
        return Block::default();
    }
    Block { title: String::new(), lines: vec![format!("wire unused_ok = &{{1'b0, {}}};", parts.join(", "))] }
}
