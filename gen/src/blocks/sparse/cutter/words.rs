//! The code's bits at a place that goes on by what each step takes.
//!
//! Two words are there, the second one in front of those that wait; a step begins in the first of them and takes no more than a word. Behind a frame's last
//! word all bits are zeros, until the tensor ends.

use super::Cutter;
use crate::blocks::stream::skid_buffer;
use crate::blocks::{BlockConfig, Checked};
use crate::hdl::{Bool, Mod, Reg, Source, UInt};
use crate::num::{bits_for_count, Bits};

/// The words.
#[derive(Clone, Copy)]
pub struct Words<'m> {
    m: &'m Mod<'m>,
    word: u32,
    next: Source<'m>,
    at: Reg<'m, UInt<'m>>,
    low: Reg<'m, UInt<'m>>,
    valid: Reg<'m, Bool<'m>>,
    last: Reg<'m, Bool<'m>>,
    past: Reg<'m, Bool<'m>>,
    far: Reg<'m, Bool<'m>>,
}

/// How the place goes on in a cycle.
pub struct Moves<'m> {
    /// A step takes bits.
    pub step: Bool<'m>,
    /// So many, at most a word.
    pub by: UInt<'m>,
    /// The tensor ends: what is left of the first word, and what was read behind the last one, is left.
    pub ends: Bool<'m>,
    /// Words behind the tensor's end are left, one in a cycle.
    pub drain: Bool<'m>,
}

impl<'m> Words<'m> {
    /// None after reset.
    pub fn new(m: &'m Mod<'m>, c: &Cutter, s: Source<'m>) -> Words<'m> {
        let shape = s.shape();
        let ahead = skid_buffer::Config { bits: shape.bits, lanes: shape.lanes, signed: false };
        let ahead = Checked::new(ahead).unwrap_or_else(|_| unreachable!("words are of whole bytes"));
        let u = m.instance("u_ahead", skid_buffer::Config::elaborate(&ahead, m.build()));
        m.connect(s, u.sink("s_axis"));
        Words {
            m,
            word: c.word,
            next: u.source("m_axis"),
            at: m.reg_u("at", bits_for_count(c.word.into())).reset(0),
            low: m.reg_u("low", c.word),
            valid: m.reg_b("low_valid").reset(0),
            last: m.reg_b("low_last"),
            past: m.reg_b("past").reset(0),
            far: m.reg_b("far_past").reset(0),
        }
    }

    /// Bits for a step are there.
    pub fn there(self) -> Bool<'m> {
        (self.past.q() | (self.valid.q() & (self.last.q() | self.next.valid()))).called("bits_there")
    }

    /// A frame's last word is the first one.
    pub fn drained(self) -> Bool<'m> {
        self.valid.q() & self.last.q()
    }

    /// Steps took more bits than the frame has.
    pub fn short(self) -> Bool<'m> {
        (self.past.q() & (self.at.q().any() | self.far.q())).called("short")
    }

    /// A word and more is left behind the place.
    pub fn over(self) -> Bool<'m> {
        (!self.past.q() & !(self.last.q() & self.at.q().any())).called("over")
    }

    /// Some words are left behind the first one.
    pub fn more(self) -> Bool<'m> {
        (!self.past.q() & !self.last.q()).called("more_words")
    }

    /// A word from the place on, so many cycles later.
    pub fn view(self, cycles: u32) -> UInt<'m> {
        let m = self.m;
        let high = self.last.q().pick(m.bits(Bits::zero(self.word)), self.next.data());
        let (mut bits, mut by) = (m.concat(&[high, self.low.q()]), self.at.q());
        let levels = by.width();
        for cycle in 0..cycles {
            // Large steps first: what they leave is less.
            let (from, to) = (levels - levels * cycle / cycles, levels - levels * (cycle + 1) / cycles);
            for level in (to..from).rev() {
                let left = self.word + (1 << level) - 1;
                bits = by.bit(level).pick((bits >> (1 << level)).at_width(left), bits.trunc(left));
            }
            let name = if cycle + 1 == cycles { "view".into() } else { format!("view{cycle}") };
            bits = m.delay(&name, m.bool(true), bits);
            if cycle + 1 < cycles {
                by = m.delay(&format!("view_by{cycle}"), m.bool(true), by);
            }
        }
        bits
    }

    /// The place goes on, once.
    pub fn moves(self, go: &Moves<'m>) {
        let (m, bits) = (self.m, self.at.q().width());
        let to = (self.at.q().zext(bits + 1) + go.by.at_width(bits + 1)).trunc(bits + 1).called("at_next");
        self.at.set_when(go.step | go.ends, go.ends.pick(m.u(0, bits), to.trunc(bits)));
        // Behind the first word: into the next one, or past a frame's last.
        let crosses = (go.step & to.bit(bits)).named("word_crosses");
        let passes = (crosses & self.valid.q() & self.last.q()).named("word_passes");
        self.past.set_when(passes | go.ends, passes);
        self.far.set_when((crosses & self.past.q()) | go.ends, !go.ends);
        let leaves = self.valid.q() & (go.ends | go.drain);
        let comes = !self.valid.q() & (!self.past.q() | go.ends);
        let loads = ((crosses & self.valid.q() & !self.last.q()) | leaves | comes).named("word_loads");
        self.next.set_ready(loads);
        self.valid.set_when(loads | passes, loads & self.next.valid());
        self.last.set_when(loads, self.next.last());
        self.low.set_when(loads | passes, passes.pick(m.bits(Bits::zero(self.word)), self.next.data()));
    }
}
