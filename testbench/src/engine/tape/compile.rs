//! Flattened design -> tape.

use niello_gen::ir::{Flat, NetId, Op};

use super::code::{Code, Instr, Slot, Tape, TapeClaim, TapeMem, TapePort, WideCode, WideOp};

impl Tape {
    /// Compiles a flattened design.
    pub fn new(flat: &Flat) -> Tape {
        let n = flat.nets.len();
        let mut c = Compiler { tape: Tape::default(), slot: vec![0; n], width: Vec::new(), fused: fused(flat) };
        c.width = flat.nets.iter().map(|n| n.width).collect();
        c.tape.reset_slot = c.alloc(1);
        let regs: Vec<Slot> = flat.regs.iter().map(|r| c.state(r.width)).collect();
        let mem_q: Vec<Vec<Slot>> =
            flat.mems.iter().map(|m| m.reads.iter().map(|_| c.state(m.width)).collect()).collect();
        for p in &flat.inputs {
            let slot = c.alloc(p.width);
            c.tape.inputs.push(TapePort { slot, masks: masks(p.width) });
        }
        for (i, net) in flat.nets.iter().enumerate() {
            c.slot[i] = match &net.op {
                Op::Input(p) => c.tape.inputs[p.index()].slot,
                Op::RegQ(r) => regs[r.index()],
                Op::MemQ(m, port) => mem_q[m.index()][*port as usize],
                _ if c.fused[i] => Slot::MAX,
                op => c.net(flat, net.width, op),
            };
        }
        for p in &flat.outputs {
            let slot = c.slot[p.net.index()];
            c.tape.outputs.push(TapePort { slot, masks: masks(p.width) });
        }
        for claim in flat.claims.iter().filter(|x| c.width[x.net.index()] <= 64) {
            let (slot, width) = (c.slot[claim.net.index()], c.width[claim.net.index()]);
            c.tape.claims.push(TapeClaim { slot, width, signed: claim.signed, lo: claim.lo, hi: claim.hi });
        }
        let fetch = c.memories(flat);
        c.registers(flat, &regs);
        for (q, f) in mem_q.iter().flatten().zip(fetch) {
            for limb in 0..f.1 {
                c.tape.same_at_power_on.push((f.0 + limb, q + limb));
                c.tape.edges.push(instr(Code::Copy, q + limb, f.0 + limb));
            }
        }
        c.tape
    }
}

struct Compiler {
    tape: Tape,
    slot: Vec<Slot>,
    width: Vec<u32>,
    /// Nets that exist only inside the instructions that use them.
    fused: Vec<bool>,
}

/// Sign extensions that only sums and differences use, and fields of a word that only signed products use:
/// those instructions extend and cut by themselves.
fn fused(flat: &Flat) -> Vec<bool> {
    let fits = |i: usize| match &flat.nets[i].op {
        Op::Sext(_) => flat.nets[i].width <= 64,
        Op::Slice(_, lo) => lo % 64 + flat.nets[i].width <= 64,
        _ => false,
    };
    let mut fused: Vec<bool> = (0..flat.nets.len()).map(fits).collect();
    for net in &flat.nets {
        let keep = |n: NetId, fused: &mut Vec<bool>| fused[n.index()] = false;
        match &net.op {
            Op::Add(a, b) | Op::Sub(a, b) if net.width <= 64 => {
                for n in [*a, *b] {
                    if !matches!(flat.nets[n.index()].op, Op::Sext(_)) {
                        keep(n, &mut fused);
                    }
                }
            }
            Op::MulS(a, b) if net.width <= 64 => {
                for n in [*a, *b] {
                    if !matches!(flat.nets[n.index()].op, Op::Slice(..)) {
                        keep(n, &mut fused);
                    }
                }
            }
            op => op.for_operands(|n| keep(n, &mut fused)),
        }
    }
    let mut keep = |n: NetId| fused[n.index()] = false;
    flat.regs.iter().flat_map(|r| [Some(r.next), r.enable]).flatten().for_each(&mut keep);
    flat.mems.iter().filter_map(|m| m.write).flat_map(|w| [w.enable, w.addr, w.data]).for_each(&mut keep);
    flat.mems.iter().flat_map(|m| &m.reads).flat_map(|r| [r.enable, r.addr]).for_each(&mut keep);
    flat.outputs.iter().map(|p| p.net).for_each(&mut keep);
    flat.claims.iter().map(|c| c.net).for_each(&mut keep);
    fused
}

fn wide_code(op: &Op) -> WideCode {
    match op {
        Op::Add(..) => WideCode::Add,
        Op::Sub(..) => WideCode::Sub,
        Op::MulU(..) => WideCode::MulU,
        Op::MulS(..) => WideCode::MulS,
        Op::Eq(..) => WideCode::Eq,
        Op::LtU(..) => WideCode::LtU,
        Op::LtS(..) => WideCode::LtS,
        Op::Shl(..) => WideCode::Shl,
        Op::ShrU(..) => WideCode::ShrU,
        Op::ShrS(..) => WideCode::ShrS,
        Op::ReduceAnd(_) => WideCode::ReduceAnd,
        Op::ReduceXor(_) => WideCode::ReduceXor,
        Op::Sext(_) => WideCode::Sext,
        _ => WideCode::ReduceOr,
    }
}

fn limbs(width: u32) -> u32 {
    width.div_ceil(64)
}

fn mask(width: u32) -> u64 {
    if width >= 64 {
        u64::MAX
    } else {
        (1 << width) - 1
    }
}

/// One mask a limb.
fn masks(width: u32) -> Vec<u64> {
    (0..limbs(width)).map(|i| mask(width - 64 * i)).collect()
}

fn instr(code: Code, dst: Slot, a: Slot) -> Instr {
    Instr { code, sa: 0, sb: 0, dst, a, b: 0, c: 0, mask: u64::MAX }
}

impl Compiler {
    fn alloc(&mut self, width: u32) -> Slot {
        let slot = self.tape.slots;
        self.tape.slots += limbs(width);
        slot
    }

    /// Words with arbitrary contents at power-on.
    fn state(&mut self, width: u32) -> Slot {
        let slot = self.alloc(width);
        for (i, m) in masks(width).into_iter().enumerate() {
            self.tape.power_on.push((slot + i as u32, m));
        }
        slot
    }

    fn constant(&mut self, words: &[u64]) -> Slot {
        let slot = self.tape.slots;
        self.tape.slots += words.len() as u32;
        self.tape.constants.extend(words.iter().enumerate().map(|(i, w)| (slot + i as u32, *w)));
        slot
    }

    fn push(&mut self, i: Instr) {
        self.tape.nets.push(i);
    }

    /// Code for a net; returns its slot.
    fn net(&mut self, flat: &Flat, width: u32, op: &Op) -> Slot {
        match op {
            Op::Add(a, b) | Op::Sub(a, b) if width <= 64 && (self.fused[a.index()] || self.fused[b.index()]) => {
                let code = if matches!(op, Op::Add(..)) { Code::AddSigned } else { Code::SubSigned };
                return self.signed(flat, code, *a, *b, width);
            }
            Op::MulS(a, b) if width <= 64 => return self.signed(flat, Code::MulSigned, *a, *b, width),
            _ => {}
        }
        let mut args: Vec<(Slot, u32)> = Vec::new();
        op.for_operands(|a| args.push((self.slot[a.index()], self.width[a.index()])));
        match op {
            Op::Const(b) => self.constant(&b.words()),
            Op::Slice(_, lo) => self.slice(args[0], *lo, width),
            Op::Concat(_) => self.concat(&args, width),
            Op::Zext(_) if limbs(args[0].1) == limbs(width) => args[0].0,
            Op::Zext(_) => self.concat(&args, width),
            Op::Not(_) | Op::And(..) | Op::Or(..) | Op::Xor(..) => self.limbwise(op, &args, width),
            Op::Mux(..) => self.select(args[0], &args[1..], width),
            _ if width > 64 || args.iter().any(|a| a.1 > 64) => self.wide(wide_code(op), width, args),
            _ => self.narrow(op, &args, width),
        }
    }

    /// An instruction that reads fields of words as signed numbers.
    fn signed(&mut self, flat: &Flat, code: Code, a: NetId, b: NetId, width: u32) -> Slot {
        let ((a, la, sa), (b, lb, sb)) = (self.field(flat, a), self.field(flat, b));
        let dst = self.alloc(width);
        self.push(Instr { code, sa, sb, dst, a, b, c: la | lb << 8, mask: mask(width) });
        dst
    }

    /// Where a signed operand lies: the word, and the shifts left and right that leave its value.
    fn field(&self, flat: &Flat, n: NetId) -> (Slot, u32, u8) {
        match &flat.nets[n.index()].op {
            Op::Sext(x) if self.fused[n.index()] => {
                let s = 64 - self.width[x.index()];
                (self.slot[x.index()], s, s as u8)
            }
            Op::Slice(x, lo) if self.fused[n.index()] => {
                let (w, bit) = (self.width[n.index()], lo % 64);
                (self.slot[x.index()] + lo / 64, 64 - bit - w, (64 - w) as u8)
            }
            _ => {
                let s = 64 - self.width[n.index()];
                (self.slot[n.index()], s, s as u8)
            }
        }
    }

    /// Operators whose operands and result are single words.
    fn narrow(&mut self, op: &Op, args: &[(Slot, u32)], width: u32) -> Slot {
        let (a, wa) = args[0];
        let b = args.get(1).map_or(0, |b| b.0);
        let sign = |w: u32| (64 - w) as u8;
        let (code, sa, sb, m) = match op {
            Op::ReduceAnd(_) => (Code::AllOnes, 0, 0, mask(wa)),
            Op::ReduceOr(_) => (Code::NonZero, 0, 0, 1),
            Op::ReduceXor(_) => (Code::Parity, 0, 0, 1),
            Op::Add(..) => (Code::Add, 0, 0, mask(width)),
            Op::Sub(..) => (Code::Sub, 0, 0, mask(width)),
            Op::MulU(..) => (Code::Mul, 0, 0, mask(width)),
            Op::Eq(..) => (Code::Eq, 0, 0, 1),
            Op::LtU(..) => (Code::Less, 0, 0, 1),
            Op::LtS(..) => (Code::LessSigned, sign(wa), 0, 1),
            Op::Shl(..) => (Code::Shl, width as u8, 0, mask(width)),
            Op::ShrU(..) => (Code::Shr, width as u8, 0, mask(width)),
            Op::ShrS(..) => (Code::ShrSigned, 0, sign(wa), mask(width)),
            Op::Sext(_) => (Code::SignExtend, sign(wa), 0, mask(width)),
            _ => (Code::Copy, 0, 0, mask(width)),
        };
        let dst = self.alloc(width);
        self.push(Instr { code, sa, sb, dst, a, b, c: 0, mask: m });
        dst
    }

    fn limbwise(&mut self, op: &Op, args: &[(Slot, u32)], width: u32) -> Slot {
        let code = match op {
            Op::Not(_) => Code::Not,
            Op::And(..) => Code::And,
            Op::Or(..) => Code::Or,
            _ => Code::Xor,
        };
        let dst = self.alloc(width);
        for (i, m) in masks(width).into_iter().enumerate() {
            let i = i as u32;
            let b = args.get(1).map_or(0, |b| b.0 + i);
            self.push(Instr { b, mask: m, ..instr(code, dst + i, args[0].0 + i) });
        }
        dst
    }

    /// A tree of two-way muxes, one level a select bit; select bits above the tree choose the last arm.
    fn select(&mut self, sel: (Slot, u32), arms: &[(Slot, u32)], width: u32) -> Slot {
        let mut level: Vec<Slot> = arms.iter().map(|a| a.0).collect();
        let last = level[level.len() - 1];
        let mut bit = 0;
        while level.len() > 1 {
            let s = self.slice(sel, bit, 1);
            level = level
                .chunks(2)
                .map(|p| if let [a, b] = *p { self.mux(s, a, b, width) } else { self.mux(s, p[0], last, width) })
                .collect();
            bit += 1;
        }
        if bit >= sel.1 {
            return level[0];
        }
        let high = (self.slice(sel, bit, sel.1 - bit), sel.1 - bit);
        let beyond = match high.1 {
            1 => high.0,
            2..=64 => self.non_zero(high.0),
            _ => self.wide(WideCode::ReduceOr, 1, vec![high]),
        };
        self.mux(beyond, level[0], last, width)
    }

    fn non_zero(&mut self, a: Slot) -> Slot {
        let dst = self.alloc(1);
        self.push(instr(Code::NonZero, dst, a));
        dst
    }

    /// `sel ? b : a`.
    fn mux(&mut self, sel: Slot, a: Slot, b: Slot, width: u32) -> Slot {
        if a == b {
            return a;
        }
        let dst = self.alloc(width);
        for i in 0..limbs(width) {
            self.push(Instr { b: b + i, c: sel, ..instr(Code::Mux, dst + i, a + i) });
        }
        dst
    }

    fn wide(&mut self, op: WideCode, width: u32, args: Vec<(Slot, u32)>) -> Slot {
        let dst = self.alloc(width);
        let index = self.tape.wides.len() as u32;
        self.tape.wides.push(WideOp { op, width, dst, args });
        self.push(instr(Code::Wide, dst, index));
        dst
    }

    /// Bits `lo .. lo + width`.
    fn slice(&mut self, (a, wa): (Slot, u32), lo: u32, width: u32) -> Slot {
        if lo == 0 && width == wa {
            return a;
        }
        let dst = self.alloc(width);
        for (i, m) in masks(width).into_iter().enumerate() {
            let bit = lo + 64 * i as u32;
            let (limb, shift) = (a + bit / 64, bit % 64);
            let crosses = shift > 0 && bit / 64 + 1 < limbs(wa);
            let code = if crosses { Code::Funnel } else { Code::ShrConst };
            let b = if crosses { limb + 1 } else { 0 };
            self.push(Instr { sa: shift as u8, b, mask: m, ..instr(code, dst + i as u32, limb) });
        }
        dst
    }

    /// Parts, the first in the high bits; missing high bits are zero.
    fn concat(&mut self, args: &[(Slot, u32)], width: u32) -> Slot {
        let zero = self.constant(&[0]);
        let dst = self.alloc(width);
        // What is known of each result limb so far: `None` until the first part lands there.
        let mut filled = vec![false; limbs(width) as usize];
        let mut at = 0u32;
        for (slot, w) in args.iter().rev() {
            for i in 0..limbs(*w) {
                let (bit, part_bits) = (at + 64 * i, (w - 64 * i).min(64));
                let (limb, shift) = (bit / 64, bit % 64);
                let mut put = |limb: u32, code: Code, sa: u32| {
                    let old = if std::mem::replace(&mut filled[limb as usize], true) { dst + limb } else { zero };
                    let m = mask(width - 64 * limb);
                    let i = Instr { sa: sa as u8, b: slot + i, mask: m, ..instr(code, dst + limb, old) };
                    self.tape.nets.push(i);
                };
                put(limb, Code::Insert, shift);
                if shift + part_bits > 64 {
                    // The upper part of the word continues in the next limb: old | part >> (64 - shift).
                    let spill = self.alloc(64);
                    self.push(Instr { sa: (64 - shift) as u8, ..instr(Code::ShrConst, spill, slot + i) });
                    let old =
                        if std::mem::replace(&mut filled[limb as usize + 1], true) { dst + limb + 1 } else { zero };
                    self.push(Instr { b: spill, ..instr(Code::Insert, dst + limb + 1, old) });
                }
            }
            at += w;
        }
        for (i, _) in filled.iter().enumerate().filter(|(_, f)| !**f) {
            self.push(instr(Code::Copy, dst + i as u32, zero));
        }
        dst
    }

    /// Memory ports; returns the fetch slots of every read port, flattened, with their limb counts.
    fn memories(&mut self, flat: &Flat) -> Vec<(Slot, u32)> {
        let mut fetch = Vec::new();
        for m in &flat.mems {
            let at = |n: NetId, c: &Compiler| c.slot[n.index()];
            let reads: Vec<(Slot, Slot, Slot)> = m
                .reads
                .iter()
                .map(|r| {
                    let slot = self.alloc(m.width);
                    fetch.push((slot, limbs(m.width)));
                    (at(r.enable, self), at(r.addr, self), slot)
                })
                .collect();
            let write = m.write.map(|w| (at(w.enable, self), at(w.addr, self), at(w.data, self)));
            let rom = m.rom.as_ref().map(|words| words.iter().flat_map(|w| w.words()).collect());
            let top_mask = *masks(m.width).last().unwrap_or(&0);
            let (path, depth, limbs) = (m.path.clone(), m.depth as usize, limbs(m.width) as usize);
            self.tape.mems.push(TapeMem { path, depth, limbs, top_mask, rom, write, reads });
        }
        fetch
    }

    /// Register updates, ordered so that a register's old value is read before it is overwritten; what a
    /// ring of registers still needs is saved in a copy.
    fn registers(&mut self, flat: &Flat, q: &[Slot]) {
        let owner: std::collections::BTreeMap<Slot, usize> = q.iter().enumerate().map(|(i, s)| (*s, i)).collect();
        let reads = |r: &niello_gen::ir::FlatReg, c: &Compiler| {
            let slots = [Some(r.next), r.enable].into_iter().flatten().map(|n| c.slot[n.index()]);
            slots.filter_map(|s| owner.get(&s).copied()).collect::<Vec<usize>>()
        };
        let mut readers = vec![0u32; q.len()];
        for (i, r) in flat.regs.iter().enumerate() {
            reads(r, self).into_iter().filter(|o| *o != i).for_each(|o| readers[o] += 1);
        }
        let mut ready: Vec<usize> = (0..q.len()).filter(|i| readers[*i] == 0).rev().collect();
        let mut done = vec![false; q.len()];
        let mut next_stuck = 0;
        loop {
            let i = match ready.pop() {
                Some(i) => i,
                None => {
                    while next_stuck < q.len() && done[next_stuck] {
                        next_stuck += 1;
                    }
                    if next_stuck == q.len() {
                        break;
                    }
                    self.save_old(flat, q, next_stuck, &done);
                    next_stuck
                }
            };
            if std::mem::replace(&mut done[i], true) {
                continue;
            }
            let r = &flat.regs[i];
            for o in reads(r, self) {
                if o != i {
                    readers[o] -= 1;
                    if readers[o] == 0 && !done[o] {
                        ready.push(o);
                    }
                }
            }
            self.update(r, q[i]);
        }
    }

    /// Copies a register that others still read; they read the copy from now on.
    fn save_old(&mut self, flat: &Flat, q: &[Slot], i: usize, done: &[bool]) {
        let width = flat.regs[i].width;
        let copy = self.alloc(width);
        for limb in 0..limbs(width) {
            self.tape.edges.push(instr(Code::Copy, copy + limb, q[i] + limb));
        }
        for (_, r) in flat.regs.iter().enumerate().filter(|(k, _)| *k != i && !done[*k]) {
            for n in [Some(r.next), r.enable].into_iter().flatten() {
                if self.slot[n.index()] == q[i] {
                    self.slot[n.index()] = copy;
                }
            }
        }
    }

    fn update(&mut self, r: &niello_gen::ir::FlatReg, q: Slot) {
        let next = self.slot[r.next.index()];
        let enable = r.enable.map(|e| self.slot[e.index()]);
        let code = match (&r.reset, enable) {
            (None, None) => Code::RegAlways,
            (None, Some(_)) => Code::RegEnable,
            (Some(_), None) => Code::RegReset,
            (Some(_), Some(_)) => Code::RegResetEnable,
        };
        let reset = r.reset.as_ref().map_or(0, |b| self.constant(&b.words()));
        for i in 0..limbs(r.width) {
            let b = if r.reset.is_some() { reset + i } else { 0 };
            self.tape.edges.push(Instr { b, c: enable.unwrap_or(0), ..instr(code, q + i, next + i) });
        }
    }
}
