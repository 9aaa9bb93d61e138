//! Memories: ROMs, each a module of its own, and simple dual-port RAMs.

use super::value::{Bool, UInt, Value};
use super::{Mod, Reg};
use crate::ir::{Mem, MemId, MemRead, MemWrite, Op};
use crate::num::{bits_for_count, Bits};

/// A RAM with one write port and read ports of one cycle latency.
#[derive(Clone, Copy, Debug)]
pub struct Ram<'m> {
    m: &'m Mod<'m>,
    store: Store<'m>,
    width: u32,
    depth: u32,
}

/// What holds the words.
#[derive(Clone, Copy, Debug)]
enum Store<'m> {
    Memory(MemId),
    /// One word is no memory.
    Word(Reg<'m, UInt<'m>>),
}

impl<'d> Mod<'d> {
    /// A ROM, read where `enable`: the word appears one cycle later and holds. It becomes a module named
    /// `<this module>_<name>`, so that designs with other contents share everything else.
    #[track_caller]
    pub fn rom<'m>(&'m self, name: &str, words: Vec<Bits>, enable: Bool<'m>, addr: UInt<'m>) -> UInt<'m> {
        let (width, depth) = (words.first().map_or(0, Bits::width), words.len() as u32);
        let addr_bits = bits_for_count(depth.into());
        if depth == 0 || addr.width() != addr_bits {
            self.misuse(
                &format!("ROM `{name}` of {depth} words read with an address of {} bits", addr.width()),
                &format!("give it words and an address of {addr_bits} bits"),
            );
            return self.u(0, width.max(1));
        }
        let child = self.build.module(format!("{}_{name}", self.name()));
        child.header("block", format!("rom: {depth} words of {width} bits, read latency 1"));
        let (c_en, c_addr) = (child.input("en_i", 1), child.input("addr_i", addr_bits));
        let read = MemRead { enable: c_en.net(&child), addr: c_addr.net(&child) };
        let mem =
            Mem { name: "mem".into(), width, depth, rom: Some(words), write: None, reads: vec![read], section: 0 };
        child.inner.borrow_mut().module.mems.push(mem);
        let q = UInt::wrap(&child, child.op(width, Op::MemQ(MemId(0), 0)), None);
        child.output("data_o", q);
        let id = child.finish();
        let inst = self.instance(&format!("u_{name}"), id);
        inst.set("en_i", enable.to_uint());
        inst.set("addr_i", addr);
        inst.get("data_o")
    }

    /// A RAM of `depth` words.
    #[track_caller]
    pub fn ram(&self, name: &str, width: u32, depth: u32) -> Ram<'_> {
        if width == 0 || depth == 0 {
            self.misuse(
                &format!("RAM `{name}` of {depth} words of {width} bits"),
                "give it at least one word of one bit",
            );
        }
        let (width, depth) = (width.max(1), depth.max(1));
        if depth == 1 {
            return Ram { m: self, store: Store::Word(self.reg_u(name, width)), width, depth };
        }
        let mut inner = self.inner.borrow_mut();
        let (name, section) = (name.into(), inner.section);
        let mem = Mem { name, width, depth, rom: None, write: None, reads: Vec::new(), section };
        inner.module.mems.push(mem);
        let id = MemId(inner.module.mems.len() as u32 - 1);
        Ram { m: self, store: Store::Memory(id), width, depth }
    }
}

impl<'m> Ram<'m> {
    /// Bits of an address.
    #[track_caller]
    pub fn addr_bits(self) -> u32 {
        bits_for_count(self.depth.into())
    }

    /// The write port, once.
    #[track_caller]
    pub fn write(self, enable: Bool<'m>, addr: UInt<'m>, data: UInt<'m>) {
        if addr.width() != self.addr_bits() || data.width() != self.width {
            let what = format!("RAM write with address of {} and data of {} bits", addr.width(), data.width());
            self.m.misuse(&what, &format!("it takes {} and {}", self.addr_bits(), self.width));
        }
        let id = match self.store {
            Store::Memory(id) => id,
            Store::Word(word) => return word.set_when(enable, data),
        };
        let port = MemWrite { enable: enable.net(self.m), addr: addr.net(self.m), data: data.net(self.m) };
        let twice = self.m.inner.borrow_mut().module.mems[id.index()].write.replace(port).is_some();
        if twice {
            self.m.misuse("a second write port", "a simple dual-port RAM has one");
        }
    }

    /// A read port: the word appears one cycle after `enable` and holds.
    #[track_caller]
    pub fn read(self, enable: Bool<'m>, addr: UInt<'m>) -> UInt<'m> {
        if addr.width() != self.addr_bits() {
            self.m.misuse(&format!("RAM address of {} bits", addr.width()), &format!("it takes {}", self.addr_bits()));
        }
        let id = match self.store {
            Store::Memory(id) => id,
            Store::Word(word) => {
                let name = self.m.inner.borrow().module.regs[word.id().index()].name.clone();
                return self.m.delay(&format!("{name}_read"), enable, word.q());
            }
        };
        let port = {
            let (enable, addr) = (enable.net(self.m), addr.net(self.m));
            let mut inner = self.m.inner.borrow_mut();
            let reads = &mut inner.module.mems[id.index()].reads;
            reads.push(MemRead { enable, addr });
            reads.len() as u32 - 1
        };
        UInt::wrap(self.m, self.m.op(self.width, Op::MemQ(id, port)), None)
    }
}
