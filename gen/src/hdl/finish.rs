//! Ends a module: resolves forward wires, drops what nothing uses, adds it to the design.

use super::Mod;
use crate::ir::{Dir, Module, ModuleId, NetId, Op, RegId};

impl<'d> Mod<'d> {
    /// Adds the module to its build. Nets and registers that reach no output, instance or memory are
    /// dropped; a module equal to an earlier one is that module.
    pub fn finish(self) -> ModuleId {
        let mut module = self.inner.into_inner().module;
        resolve_wires(&mut module);
        drop_dead(&mut module);
        self.build.design.borrow_mut().add(module)
    }
}

/// Replaces every driven wire by its driver; a name given to the wire moves to an unnamed driver.
fn resolve_wires(m: &mut Module) {
    let mut root: Vec<NetId> = (0..m.nets.len() as u32).map(NetId).collect();
    for i in 0..m.nets.len() {
        let mut at = NetId(i as u32);
        let mut steps = 0;
        while let Op::Wire(Some(next)) = m.nets[at.index()].op {
            at = root[next.index()];
            steps += 1;
            if steps > m.nets.len() {
                break; // A ring of wires: validation reports the loop.
            }
        }
        if steps <= m.nets.len() {
            root[i] = at;
        }
    }
    for i in 0..m.nets.len() {
        let r = root[i];
        if r.index() != i && m.nets[r.index()].name.is_none() {
            m.nets[r.index()].name = m.nets[i].name.take();
        }
    }
    rewire(m, |n| root[n.index()]);
}

/// Replaces every use of a net.
fn rewire(m: &mut Module, at: impl Fn(NetId) -> NetId) {
    for net in &mut m.nets {
        net.op = net.op.map_operands(&at);
    }
    for r in &mut m.regs {
        r.next = r.next.map(&at);
        r.enable = r.enable.map(&at);
    }
    for mem in &mut m.mems {
        if let Some(w) = &mut mem.write {
            (w.enable, w.addr, w.data) = (at(w.enable), at(w.addr), at(w.data));
        }
        for r in &mut mem.reads {
            (r.enable, r.addr) = (at(r.enable), at(r.addr));
        }
    }
    for inst in &mut m.insts {
        for n in inst.inputs.iter_mut().flatten() {
            *n = at(*n);
        }
    }
    for p in &mut m.ports {
        p.net = p.net.map(&at);
    }
    for c in &mut m.claims {
        c.net = at(c.net);
    }
}

/// Keeps what is reachable backwards from outputs, instances and memories. Input ports always stay.
fn drop_dead(m: &mut Module) {
    let mut live = vec![false; m.nets.len()];
    let mut live_regs = vec![false; m.regs.len()];
    let mut work: Vec<NetId> = m.ports.iter().filter_map(|p| p.net).collect();
    work.extend(m.insts.iter().flat_map(|i| &i.inputs).flatten());
    for mem in &m.mems {
        work.extend(mem.write.iter().flat_map(|w| [w.enable, w.addr, w.data]));
        work.extend(mem.reads.iter().flat_map(|r| [r.enable, r.addr]));
    }
    while let Some(n) = work.pop() {
        if std::mem::replace(&mut live[n.index()], true) {
            continue;
        }
        m.nets[n.index()].op.for_operands(|a| work.push(a));
        if let Op::RegQ(r) = m.nets[n.index()].op {
            if !std::mem::replace(&mut live_regs[r.index()], true) {
                let reg = &m.regs[r.index()];
                work.extend([reg.next, reg.enable].into_iter().flatten());
            }
        }
    }
    // A register that nothing reads but that has no next value is an author's slip, not dead code.
    for (i, r) in m.regs.iter().enumerate() {
        live_regs[i] |= r.next.is_none();
    }
    let renumber = |live: &[bool]| {
        let mut next = 0;
        live.iter().map(|l| { let id = next; next += u32::from(*l); id }).collect::<Vec<u32>>()
    };
    let (nets, regs) = (renumber(&live), renumber(&live_regs));
    m.claims.retain(|c| live[c.net.index()]);
    let mut keep = live.iter();
    m.nets.retain(|_| *keep.next().unwrap_or(&true));
    let mut keep = live_regs.iter();
    m.regs.retain(|_| *keep.next().unwrap_or(&true));
    rewire(m, |n| NetId(nets[n.index()]));
    for net in &mut m.nets {
        if let Op::RegQ(r) = &mut net.op {
            *r = RegId(regs[r.index()]);
        }
    }
    debug_assert!(m.ports.iter().filter(|p| p.dir == Dir::In).all(|p| p.net.is_some()));
}
