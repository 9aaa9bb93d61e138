//! Ends a module: resolves forward wires and adds it to the design.

use super::Mod;
use crate::ir::{rewire, Module, ModuleId, NetId, Op};

impl<'d> Mod<'d> {
    /// Adds the module to its build. Nets and registers that reach no output, instance or memory are
    /// dropped; a module equal to an earlier one is that module.
    pub fn finish(self) -> ModuleId {
        let mut module = self.inner.into_inner().module;
        resolve_wires(&mut module);
        self.build.design.borrow_mut().add(module)
    }
}

/// Replaces every driven wire by its driver; a name given to the wire moves to an unnamed driver.
fn resolve_wires(m: &mut Module) {
    let mut root: Vec<NetId> = (0..m.nets.len() as u32).map(NetId).collect();
    let mut i = 0;
    while i < m.nets.len() {
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
        i += 1;
    }
    for (i, r) in root.iter().enumerate() {
        if r.index() != i && m.nets[r.index()].name.is_none() {
            m.nets[r.index()].name = m.nets[i].name.take();
        }
    }
    rewire(m, |n| root[n.index()]);
}
