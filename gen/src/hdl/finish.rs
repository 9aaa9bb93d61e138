//! Ends a module: resolves forward wires and adds it to the design.

use super::{fold, Mod};
use crate::ir::{rewire, Module, ModuleId, NetId, Op, Reg};
use crate::num::Bits;

impl<'d> Mod<'d> {
    /// Adds the module to its build. Nets and registers that reach no output, instance or memory are
    /// dropped; a module equal to an earlier one is that module.
    pub fn finish(self) -> ModuleId {
        let mut module = self.inner.into_inner().module;
        resolve_wires(&mut module);
        fold_registers(&mut module);
        while fold::fold_all(&mut module) {
            resolve_wires(&mut module);
            fold_registers(&mut module);
        }
        self.build.design.borrow_mut().add(module)
    }
}

/// A register that only ever takes one value, that of its reset if it has one, is that value.
fn fold_registers(m: &mut Module) {
    let constant = |r: &Reg| match &m.nets.get(r.next?.index())?.op {
        Op::Const(c) if r.reset.as_ref().is_none_or(|reset| reset == c) => Some(c.clone()),
        _ => None,
    };
    let values: Vec<Option<Bits>> = m.regs.iter().map(constant).collect();
    for net in &mut m.nets {
        if let Op::RegQ(r) = net.op {
            if let Some(value) = &values[r.index()] {
                net.op = Op::Const(value.clone());
            }
        }
    }
}

/// Replaces every driven wire by its driver. A name given to the wire moves to an unnamed driver; where that has a name of its own, the wire
/// stays: what the author named is there.
fn resolve_wires(m: &mut Module) {
    let (names, open) = (m.nets.len(), vec![false; m.nets.len()]);
    let root = roots(m, &open);
    let mut kept = vec![false; names];
    for i in (0..names).filter(|i| root[*i].index() != *i) {
        let r = root[i].index();
        let fixed = matches!(m.nets[r].op, Op::Input(_) | Op::RegQ(_) | Op::MemQ(..) | Op::Const(_));
        if m.nets[i].name.is_some() {
            kept[i] = fixed || m.nets[r].name.is_some();
            if !kept[i] {
                m.nets[r].name = m.nets[i].name.take();
            }
        }
        if m.nets[r].hint.is_none() && !fixed && !kept[i] {
            m.nets[r].hint = m.nets[i].hint.take();
            m.nets[r].kept |= m.nets[i].kept;
        }
    }
    let root = roots(m, &kept);
    rewire(m, |n| root[n.index()]);
}

/// Where each chain of wires begins: at a driver, or at a wire that stays.
fn roots(m: &Module, stays: &[bool]) -> Vec<NetId> {
    let first = |i: usize| {
        let (mut at, mut steps) = (i, 0);
        while let Op::Wire(Some(next)) = m.nets[at].op {
            if stays[at] || steps > m.nets.len() {
                break; // A ring of wires: validation reports the loop.
            }
            (at, steps) = (next.index(), steps + 1);
        }
        NetId(if steps > m.nets.len() { i } else { at } as u32)
    };
    (0..m.nets.len()).map(first).collect()
}
