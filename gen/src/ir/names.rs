//! Which names are legal: in Verilog-2005, SystemVerilog-2017 and VHDL-2008 at once, so that emitted
//! files mix with anyone's code.

/// Longest name. Some tools cut at 64.
pub const MAX_LEN: usize = 63;

#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    // Verilog-2005
    "always", "and", "assign", "automatic", "begin", "buf", "bufif0", "bufif1", "case", "casex", "casez", "cell",
    "cmos", "config", "deassign", "default", "defparam", "design", "disable", "edge", "else", "end", "endcase",
    "endconfig", "endfunction", "endgenerate", "endmodule", "endprimitive", "endspecify", "endtable", "endtask",
    "event", "for", "force", "forever", "fork", "function", "generate", "genvar", "highz0", "highz1", "if", "ifnone",
    "incdir", "include", "initial", "inout", "input", "instance", "integer", "join", "large", "liblist", "library",
    "localparam", "macromodule", "medium", "module", "nand", "negedge", "nmos", "nor", "noshowcancelled", "not",
    "notif0", "notif1", "or", "output", "parameter", "pmos", "posedge", "primitive", "pull0", "pull1", "pulldown",
    "pullup", "pulsestyle_ondetect", "pulsestyle_onevent", "rcmos", "real", "realtime", "reg", "release", "repeat",
    "rnmos", "rpmos", "rtran", "rtranif0", "rtranif1", "scalared", "showcancelled", "signed", "small", "specify",
    "specparam", "strong0", "strong1", "supply0", "supply1", "table", "task", "time", "tran", "tranif0", "tranif1",
    "tri", "tri0", "tri1", "triand", "trior", "trireg", "unsigned", "use", "uwire", "vectored", "wait", "wand", "weak0",
    "weak1", "while", "wire", "wor", "xnor", "xor",
    // SystemVerilog-2017
    "accept_on", "alias", "always_comb", "always_ff", "always_latch", "assert", "assume", "before", "bind", "bins",
    "binsof", "bit", "break", "byte", "chandle", "checker", "class", "clocking", "const", "constraint", "context",
    "continue", "cover", "covergroup", "coverpoint", "cross", "dist", "do", "endchecker", "endclass", "endclocking",
    "endgroup", "endinterface", "endpackage", "endprogram", "endproperty", "endsequence", "enum", "eventually",
    "expect", "export", "extends", "extern", "final", "first_match", "foreach", "forkjoin", "global", "iff",
    "ignore_bins", "illegal_bins", "implements", "implies", "import", "inside", "int", "interconnect", "interface",
    "intersect", "join_any", "join_none", "let", "local", "logic", "longint", "matches", "modport", "nettype", "new",
    "nexttime", "null", "package", "packed", "priority", "program", "property", "protected", "pure", "rand", "randc",
    "randcase", "randsequence", "ref", "reject_on", "restrict", "return", "s_always", "s_eventually", "s_nexttime",
    "s_until", "s_until_with", "sequence", "shortint", "shortreal", "soft", "solve", "static", "string", "strong",
    "struct", "super", "sync_accept_on", "sync_reject_on", "tagged", "this", "throughout", "timeprecision", "timeunit",
    "type", "typedef", "union", "unique", "unique0", "until", "until_with", "untyped", "var", "virtual", "void",
    "wait_order", "weak", "wildcard", "with", "within",
    // VHDL-2008
    "abs", "access", "after", "all", "architecture", "array", "attribute", "block", "body", "buffer", "bus",
    "component", "configuration", "constant", "disconnect", "downto", "elsif", "entity", "exit", "file", "generic",
    "group", "guarded", "impure", "in", "inertial", "is", "label", "linkage", "literal", "loop", "map", "mod", "next",
    "null", "of", "on", "open", "others", "out", "port", "postponed", "procedure", "process", "range", "record",
    "register", "reject", "rem", "report", "rol", "ror", "select", "severity", "shared", "signal", "sla", "sll", "sra",
    "srl", "subtype", "then", "to", "transport", "unaffected", "units", "until", "variable", "when", "xnor",
];

/// Why a name is not legal, or `None` if it is.
pub fn fault(name: &str) -> Option<&'static str> {
    let bytes = name.as_bytes();
    let Some(first) = bytes.first() else { return Some("it is empty") };
    if !first.is_ascii_alphabetic() {
        return Some("it must start with a letter");
    }
    if !bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_') {
        return Some("only letters, digits and underscores are legal");
    }
    if name.len() > MAX_LEN {
        return Some("it is longer than 63 characters");
    }
    if name.contains("__") || name.ends_with('_') {
        return Some("VHDL takes no doubled or trailing underscore");
    }
    let n = bytes.len();
    if n >= 2 && bytes[n - 2] == b'_' && bytes[n - 1].is_ascii_digit() {
        return Some("a name ending in `_<digit>` reads like an element of an array");
    }
    if KEYWORDS.contains(&name.to_ascii_lowercase().as_str()) {
        return Some("it is a keyword of Verilog, SystemVerilog or VHDL");
    }
    None
}

/// A legal name near `name`.
pub fn suggest(name: &str) -> String {
    let mut s = String::new();
    for c in name.chars().take(MAX_LEN - 3) {
        let c = if c.is_ascii_alphanumeric() { c } else { '_' };
        if !(c == '_' && (s.is_empty() || s.ends_with('_'))) {
            s.push(c);
        }
    }
    let mut s = s.trim_end_matches('_').to_string();
    if !s.starts_with(|c: char| c.is_ascii_alphabetic()) {
        s.insert(0, 'n');
    }
    let b = s.as_bytes();
    if b.len() >= 2 && b[b.len() - 2] == b'_' && b[b.len() - 1].is_ascii_digit() {
        let digit = s.pop();
        s.pop();
        s.extend(digit);
    }
    if KEYWORDS.contains(&s.to_ascii_lowercase().as_str()) {
        s.push_str("_sig");
    }
    s
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Prng;

    #[test]
    fn suggest__is_always_legal() {
        let mut rng = Prng::new(9);
        let pieces = ["a", "_", "9", "module", "*/", "`", "\n", "é", "signal", "_3", "A", "..", "/", " "];
        for _ in 0..20_000 {
            let name: String = (0..rng.below(9)).map(|_| *rng.pick(&pieces)).collect();
            let s = suggest(&name);
            assert_eq!(fault(&s), None, "{name:?} -> {s:?}");
        }
        assert_eq!(fault(&suggest(&"x".repeat(500))), None);
    }

    #[test]
    fn fault__names_the_rule() {
        assert_eq!(fault("lane3_acc"), None);
        for bad in ["", "3x", "a-b", "acc_3", "Module", "a__b", "a_", "process"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
