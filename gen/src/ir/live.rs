//! Drops what nothing uses, so that equal modules are equal and linters have nothing to say.

use super::{MemId, Module, NetId, Op, RegId};

/// Replaces every use of a net.
pub(crate) fn rewire(m: &mut Module, at: impl Fn(NetId) -> NetId) {
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

/// Keeps what is reachable backwards from outputs, instances and claims. Input ports always stay.
///
/// A module with dangling handles is left as it is: validation reports it.
pub(crate) fn drop_dead(m: &mut Module) {
    if dangling(m) {
        return;
    }
    let mut live = vec![false; m.nets.len()];
    let mut live_regs = vec![false; m.regs.len()];
    let mut live_mems = vec![false; m.mems.len()];
    let mut work: Vec<NetId> = m.ports.iter().filter_map(|p| p.net).collect();
    work.extend(m.insts.iter().flat_map(|i| &i.inputs).flatten());
    work.extend(m.claims.iter().map(|c| c.net));
    // A memory without a read port is an author's slip, not dead code: validation names it.
    for (i, mem) in m.mems.iter().enumerate().filter(|(_, x)| x.reads.is_empty()) {
        live_mems[i] = true;
        work.extend(mem.write.iter().flat_map(|w| [w.enable, w.addr, w.data]));
    }
    while let Some(n) = work.pop() {
        if std::mem::replace(&mut live[n.index()], true) {
            continue;
        }
        m.nets[n.index()].op.for_operands(|a| work.push(a));
        if let Op::MemQ(x, _) = m.nets[n.index()].op {
            if !std::mem::replace(&mut live_mems[x.index()], true) {
                let mem = &m.mems[x.index()];
                work.extend(mem.write.iter().flat_map(|w| [w.enable, w.addr, w.data]));
                work.extend(mem.reads.iter().flat_map(|r| [r.enable, r.addr]));
            }
        }
        if let Op::RegQ(r) = m.nets[n.index()].op {
            if !std::mem::replace(&mut live_regs[r.index()], true) {
                let reg = &m.regs[r.index()];
                work.extend([reg.next, reg.enable].into_iter().flatten());
            }
        }
    }
    // A register without a next value is such a slip too.
    for (i, r) in m.regs.iter().enumerate() {
        live_regs[i] |= r.next.is_none();
    }
    let renumber = |live: &[bool]| {
        let mut next = 0;
        live.iter()
            .map(|l| {
                let id = next;
                next += u32::from(*l);
                id
            })
            .collect::<Vec<u32>>()
    };
    let (nets, regs, mems) = (renumber(&live), renumber(&live_regs), renumber(&live_mems));
    let mut keep = live.iter();
    m.nets.retain(|_| *keep.next().unwrap_or(&true));
    let mut keep = live_regs.iter();
    m.regs.retain(|_| *keep.next().unwrap_or(&true));
    let mut keep = live_mems.iter();
    m.mems.retain(|_| *keep.next().unwrap_or(&true));
    rewire(m, |n| NetId(nets[n.index()]));
    for net in &mut m.nets {
        match &mut net.op {
            Op::RegQ(r) => *r = RegId(regs[r.index()]),
            Op::MemQ(x, _) => *x = MemId(mems[x.index()]),
            _ => {}
        }
    }
}

fn dangling(m: &Module) -> bool {
    let mut bad = false;
    let mut check = |n: NetId| bad |= n.index() >= m.nets.len();
    m.nets.iter().for_each(|n| n.op.for_operands(&mut check));
    m.ports.iter().filter_map(|p| p.net).for_each(&mut check);
    m.regs.iter().flat_map(|r| [r.next, r.enable]).flatten().for_each(&mut check);
    m.mems.iter().filter_map(|x| x.write).flat_map(|w| [w.enable, w.addr, w.data]).for_each(&mut check);
    m.mems.iter().flat_map(|x| &x.reads).flat_map(|r| [r.enable, r.addr]).for_each(&mut check);
    m.insts.iter().flat_map(|i| &i.inputs).flatten().for_each(|n| check(*n));
    m.claims.iter().for_each(|c| check(c.net));
    bad || m.nets.iter().any(|n| match n.op {
        Op::RegQ(r) => r.index() >= m.regs.len(),
        Op::MemQ(x, _) => x.index() >= m.mems.len(),
        _ => false,
    })
}
