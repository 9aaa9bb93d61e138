//! The arena of modules, with de-duplication by content.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::{Module, ModuleId};

/// Modules in dependency order: an instance always refers to an earlier module.
#[derive(Clone, Debug, Default)]
pub struct Design {
    modules: Vec<Module>,
    by_content: BTreeMap<u64, Vec<ModuleId>>,
    names: BTreeMap<String, u32>,
}

impl Design {
    /// An empty design.
    pub fn new() -> Design {
        Design::default()
    }

    /// Adds a module, without the nets and registers that nothing uses. One whose content (all but its name and header) is already there is that module; one
    /// whose name is taken by other content gets six hex digits of its content's hash appended.
    pub fn add(&mut self, mut module: Module) -> ModuleId {
        super::live::drop_dead(&mut module);
        let hash = content_hash(&module);
        for &id in self.by_content.get(&hash).into_iter().flatten() {
            if same_content(&self.modules[id.index()], &module) {
                return id;
            }
        }
        if self.names.contains_key(&module.name.to_ascii_lowercase()) {
            module.name = format!("{}_{:06x}", module.name, hash & 0xff_ffff);
        }
        let id = ModuleId(self.modules.len() as u32);
        self.names.insert(module.name.to_ascii_lowercase(), id.0);
        self.by_content.entry(hash).or_default().push(id);
        self.modules.push(module);
        id
    }

    /// The module behind a handle.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.index()]
    }

    /// All modules, children before parents.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }
}

fn same_content(a: &Module, b: &Module) -> bool {
    a.ports == b.ports
        && a.streams == b.streams
        && a.nets == b.nets
        && a.regs == b.regs
        && a.mems == b.mems
        && a.insts == b.insts
        && a.claims == b.claims
        && a.sections == b.sections
}

/// FNV-1a, 64 bits: stable between runs and versions, unlike the standard hasher's promise.
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // Numbers as fixed-width little-endian bytes, so that the hash is the same on every machine.
    fn write_u32(&mut self, i: u32) {
        self.write(&i.to_le_bytes());
    }
    fn write_u64(&mut self, i: u64) {
        self.write(&i.to_le_bytes());
    }
    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }
    fn write_isize(&mut self, i: isize) {
        self.write_u64(i as u64);
    }
    fn write_i128(&mut self, i: i128) {
        self.write(&i.to_le_bytes());
    }
}

fn content_hash(m: &Module) -> u64 {
    let mut h = Fnv::default();
    (&m.ports, &m.streams, &m.nets, &m.regs, &m.mems, &m.insts, &m.claims, &m.sections).hash(&mut h);
    h.finish()
}
