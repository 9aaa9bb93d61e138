//! Expressions: what stands right of `=`.

use super::naming::Naming;
use super::text::{literal, part, signed_literal};
use crate::ir::{Module, NetId, Op};

/// Prints the nets of one module.
pub struct Printer<'a> {
    pub m: &'a Module,
    pub plan: &'a Naming,
}

impl Printer<'_> {
    /// A net as an operand: its name, or its expression.
    pub fn operand(&self, n: NetId) -> String {
        match self.plan.name(n) {
            Some(name) => name.to_string(),
            None => self.driver(n),
        }
    }

    /// The expression that drives a net. Inlined operands nest only a few levels deep, because everything
    /// used twice or arithmetic has a name; a chain of single-use bitwise operators is walked with a stack.
    pub fn driver(&self, n: NetId) -> String {
        let m = self.m;
        let mut out = String::new();
        let mut work = vec![Piece::Driver(n)];
        while let Some(piece) = work.pop() {
            match piece {
                Piece::Text(t) => out.push_str(&t),
                Piece::Operand(a) => match self.plan.name(a) {
                    Some(name) => out.push_str(name),
                    None => work.push(Piece::Driver(a)),
                },
                Piece::Driver(a) => {
                    let mut pieces = self.pieces(a, m.width(a), &m.net(a).op);
                    pieces.reverse();
                    work.extend(pieces);
                }
            }
        }
        strip_parens(out)
    }

    fn pieces(&self, n: NetId, width: u32, op: &Op) -> Vec<Piece> {
        use Piece::{Operand, Text};
        let t = |s: &str| Text(s.to_string());
        let binary = |a: &NetId, sym: &str, b: &NetId| vec![t("("), Operand(*a), t(sym), Operand(*b), t(")")];
        // `|~a` is no Verilog: an inlined operand of a reduction has its own parentheses.
        let reduce = |sym: &str, a: &NetId| match self.plan.name(*a) {
            Some(_) => vec![Text(format!("({sym}")), Operand(*a), t(")")],
            None => vec![Text(format!("({sym}(")), Operand(*a), t("))")],
        };
        match op {
            Op::Const(b) => vec![Text(literal(b))],
            Op::Input(_) | Op::RegQ(_) | Op::MemQ(..) | Op::InstOut(..) | Op::Wire(None) => {
                vec![t(self.plan.name(n).unwrap_or("1'bx"))]
            }
            Op::Wire(Some(a)) => vec![Operand(*a)],
            Op::Not(a) if self.plan.name(*a).is_none() && matches!(self.m.net(*a).op, Op::Not(_)) => {
                vec![t("~("), Operand(*a), t(")")]
            }
            Op::Not(a)
                if self.plan.name(*a).is_none()
                    && matches!(self.m.net(*a).op, Op::Eq(..) | Op::LtU(..) | Op::LtS(..)) =>
            {
                self.compare(&self.m.net(*a).op, true)
            }
            Op::Not(a) => vec![t("~"), Operand(*a)],
            Op::ReduceAnd(a) => reduce("&", a),
            Op::ReduceOr(a) => reduce("|", a),
            Op::ReduceXor(a) => reduce("^", a),
            Op::And(a, b) => binary(a, " & ", b),
            Op::Or(a, b) => binary(a, " | ", b),
            Op::Xor(a, b) => binary(a, " ^ ", b),
            Op::Add(a, b) => match self.negative(*b) {
                Some(magnitude) => vec![t("("), Operand(*a), t(" - "), Text(magnitude), t(")")],
                None => binary(a, " + ", b),
            },
            Op::Sub(a, b) => binary(a, " - ", b),
            Op::Eq(..) | Op::LtU(..) | Op::LtS(..) => self.compare(op, false),
            Op::Shl(a, b) => binary(a, " << ", b),
            Op::ShrU(a, b) => binary(a, " >> ", b),
            Op::ShrS(a, b) if self.is_signed(*a) => vec![Operand(*a), t(" >>> "), Operand(*b)],
            Op::ShrS(a, b) => vec![t("$signed("), Operand(*a), t(") >>> "), Operand(*b)],
            Op::MulU(a, b) => vec![Text(self.zext(*a, width)), t(" * "), Text(self.zext(*b, width))],
            Op::MulS(a, b) => {
                vec![t("$signed("), Text(self.sext(*a, width)), t(") * $signed("), Text(self.sext(*b, width)), t(")")]
            }
            Op::Mux(sel, arms) if self.m.width(*sel) == 1 => {
                vec![t("("), Operand(*sel), t(" ? "), Operand(arms[1]), t(" : "), Operand(arms[0]), t(")")]
            }
            Op::Mux(sel, arms) => {
                let mut p = vec![t("(")];
                p.extend(reduce("|", sel));
                p.extend([t(" ? "), Operand(arms[1]), t(" : "), Operand(arms[0]), t(")")]);
                p
            }
            Op::Zext(a) => vec![Text(self.zext(*a, width))],
            Op::Sext(a) => vec![Text(self.sext(*a, width))],
            Op::Slice(a, lo) => vec![Text(part(&self.operand(*a), self.m.width(*a), *lo, width))],
            Op::Concat(parts) => {
                let mut p = vec![t("{")];
                for (i, a) in parts.iter().enumerate() {
                    if i > 0 {
                        p.push(t(", "));
                    }
                    p.push(Operand(*a));
                }
                p.push(t("}"));
                p
            }
        }
    }

    /// The net is declared as a signed one.
    fn is_signed(&self, n: NetId) -> bool {
        let net = self.m.net(n);
        net.signed
            && self.plan.name(n).is_some()
            && !self.plan.is_port(n)
            && !matches!(net.op, Op::Input(_) | Op::MemQ(..))
    }

    /// A comparison or its opposite, with a constant on the right.
    fn compare(&self, op: &Op, not: bool) -> Vec<Piece> {
        let constant = |n: &NetId| matches!(self.m.net(*n).op, Op::Const(_));
        let (a, b, order) = match op {
            Op::Eq(a, b) => (a, b, if not { "!=" } else { "==" }),
            Op::LtU(a, b) | Op::LtS(a, b) => (a, b, if not { ">=" } else { "<" }),
            _ => return Vec::new(),
        };
        let (a, b, order) = match (constant(a), order) {
            (true, "<") => (b, a, ">"),
            (true, ">=") => (b, a, "<="),
            (true, same) => (b, a, same),
            (false, order) => (a, b, order),
        };
        let read =
            |how: &str, n: &NetId| vec![Piece::Text(format!("{how}(")), Piece::Operand(*n), Piece::Text(")".into())];
        let side = |n: &NetId| match (op, &self.m.net(*n).op) {
            (Op::LtS(..), Op::Const(c)) => vec![Piece::Text(signed_literal(c))],
            (Op::LtS(..), _) if !self.is_signed(*n) => read("$signed", n),
            // Of two signed nets Verilog compares signed numbers.
            (Op::LtU(..), _) if self.is_signed(*n) => read("$unsigned", n),
            _ => vec![Piece::Operand(*n)],
        };
        let mut p = vec![Piece::Text("(".into())];
        p.extend(side(a));
        p.push(Piece::Text(format!(" {order} ")));
        p.extend(side(b));
        p.push(Piece::Text(")".into()));
        p
    }

    /// The magnitude of a constant that reads better subtracted.
    fn negative(&self, n: NetId) -> Option<String> {
        let Op::Const(c) = &self.m.net(n).op else { return None };
        let w = c.width();
        (w > 1 && c.bit(w - 1) && c.signed().magnitude().bits() < u64::from(w))
            .then(|| literal(&crate::num::Bits::new(w, c.signed().magnitude().clone())))
    }

    /// The operand widened with zeros to `width`.
    fn zext(&self, a: NetId, width: u32) -> String {
        let own = self.m.width(a);
        match &self.m.net(a).op {
            Op::Const(b) => literal(&crate::num::Bits::new(width, b.unsigned().clone())),
            _ if own == width => self.operand(a),
            _ => format!("{{{}'d0, {}}}", width - own, self.operand(a)),
        }
    }

    /// The operand widened with its sign to `width`. It has a name, or is a constant.
    fn sext(&self, a: NetId, width: u32) -> String {
        let own = self.m.width(a);
        if let Op::Const(b) = &self.m.net(a).op {
            return literal(&crate::num::Bits::from_bigint(width, &b.signed()));
        }
        if own == width {
            return self.operand(a);
        }
        let name = self.operand(a);
        let sign = part(&name, own, own - 1, 1);
        match width - own {
            1 => format!("{{{sign}, {name}}}"),
            n => format!("{{{{{n}{{{sign}}}}}, {name}}}"),
        }
    }
}

enum Piece {
    Text(String),
    Operand(NetId),
    Driver(NetId),
}

/// Removes one pair of parentheses around the whole expression.
fn strip_parens(s: String) -> String {
    if !s.starts_with('(') || !s.ends_with(')') {
        return s;
    }
    let mut depth = 0;
    for (i, c) in s.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && i + 1 < s.len() {
            return s;
        }
    }
    s[1..s.len() - 1].to_string()
}
