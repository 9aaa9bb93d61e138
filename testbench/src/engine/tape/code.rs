//! The instruction set of the tape.

/// A slot: index of a word in the machine's state.
pub type Slot = u32;

/// What an instruction does; `a b c` are slots, `mask` cuts the result to its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// `!a`
    Not,
    /// `a & b`
    And,
    /// `a | b`
    Or,
    /// `a ^ b`
    Xor,
    /// `a == mask`
    AllOnes,
    /// `a != 0`
    NonZero,
    /// parity of `a`
    Parity,
    /// `a + b`
    Add,
    /// `(a << sa >> sa) + (b << sb >> sb)`, arithmetic shifts: a sum of sign-extended operands
    AddSigned,
    /// the same difference
    SubSigned,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `(a << la >> sa) * (b << lb >> sb)`, arithmetic shifts: the signed product of two fields of words;
    /// `c` packs `la | lb << 8`
    MulSigned,
    /// `a == b`
    Eq,
    /// `a < b`
    Less,
    /// `(a << sa) < (b << sa)`, signed
    LessSigned,
    /// `a << b`, zero from `sa` on
    Shl,
    /// `a >> b`, zero from `sa` on
    Shr,
    /// `(a << sb >> sb) >> min(b, 63)`, arithmetic
    ShrSigned,
    /// `c ? b : a`
    Mux,
    /// `a << sa >> sa`, arithmetic
    SignExtend,
    /// `a >> sa`
    ShrConst,
    /// `a >> sa | b << (64 - sa)`
    Funnel,
    /// `a | b << sa`
    Insert,
    /// `a`
    Copy,
    /// the wide operation numbered `a`
    Wide,
    /// register: `a`
    RegAlways,
    /// register: `c ? a : dst`
    RegEnable,
    /// register: `reset ? b : a`; the reset slot is 0
    RegReset,
    /// register: `reset ? b : c ? a : dst`
    RegResetEnable,
}

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub struct Instr {
    pub code: Code,
    pub sa: u8,
    pub sb: u8,
    pub dst: Slot,
    pub a: Slot,
    pub b: Slot,
    pub c: Slot,
    pub mask: u64,
}

/// Operators that are computed limb by limb; the others are built from word instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WideCode {
    Add,
    Sub,
    MulU,
    MulS,
    Eq,
    LtU,
    LtS,
    Shl,
    ShrU,
    ShrS,
    ReduceAnd,
    ReduceOr,
    ReduceXor,
    Sext,
}

/// An operation with a result or operand of more than 64 bits.
#[derive(Clone, Debug)]
pub struct WideOp {
    pub op: WideCode,
    pub width: u32,
    pub dst: Slot,
    /// Slot and width of each operand.
    pub args: Vec<(Slot, u32)>,
}

/// A port: first slot and one mask a limb.
#[derive(Clone, Debug)]
pub struct TapePort {
    pub slot: Slot,
    pub masks: Vec<u64>,
}

/// A claim on a net of up to 64 bits.
#[derive(Clone, Debug)]
pub struct TapeClaim {
    pub slot: Slot,
    pub width: u32,
    pub signed: bool,
    pub lo: i128,
    pub hi: i128,
}

/// A memory.
#[derive(Clone, Debug)]
pub struct TapeMem {
    pub path: String,
    pub depth: usize,
    pub limbs: usize,
    pub top_mask: u64,
    /// ROM contents, `depth * limbs`.
    pub rom: Option<Vec<u64>>,
    /// Enable, address, data slots.
    pub write: Option<(Slot, Slot, Slot)>,
    /// Enable, address, fetch and output slots. The fetched word moves to the output after the registers
    /// have taken their values.
    pub reads: Vec<(Slot, Slot, Slot)>,
}

impl TapeMem {
    /// Words of RAM state a lane.
    pub fn ram_words(&self) -> usize {
        if self.rom.is_some() {
            0
        } else {
            self.depth * self.limbs
        }
    }
    /// Mask of a limb.
    pub fn limb_mask(&self, limb: usize) -> u64 {
        if limb + 1 == self.limbs {
            self.top_mask
        } else {
            u64::MAX
        }
    }
}

/// A compiled design.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Words of state a lane.
    pub slots: u32,
    /// Combinational nets, in order.
    pub nets: Vec<Instr>,
    /// Register updates, in an order in which nobody reads what was overwritten.
    pub edges: Vec<Instr>,
    /// Wide operations.
    pub wides: Vec<WideOp>,
    /// Slots with a fixed value.
    pub constants: Vec<(Slot, u64)>,
    /// Uninitialized words and their masks.
    pub power_on: Vec<(Slot, u64)>,
    /// Slots (first) that hold the same as others (second) at power-on.
    pub same_at_power_on: Vec<(Slot, Slot)>,
    /// Memories.
    pub mems: Vec<TapeMem>,
    /// Input ports.
    pub inputs: Vec<TapePort>,
    /// Output ports.
    pub outputs: Vec<TapePort>,
    /// Claims.
    pub claims: Vec<TapeClaim>,
    /// Slot of the reset input.
    pub reset_slot: Slot,
}
