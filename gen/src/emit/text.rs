//! Small pieces of Verilog text.

use crate::num::Bits;

/// Longest line the printer aims for.
const LINE: usize = 110;

/// Any text made safe for a line comment: printable ASCII, no line break, backtick or comment mark.
pub fn comment(text: &str) -> String {
    let safe: String = text
        .chars()
        .map(|c| match c {
            '`' => '\'',
            ' '..='~' => c,
            _ => '?',
        })
        .collect();
    safe.replace("*/", "* /").replace("/*", "/ *").replace("//", "/ /")
}

/// A sized literal: decimal up to 16 bits, hexadecimal above.
pub fn literal(b: &Bits) -> String {
    match b.width() {
        w @ 0..=16 => format!("{w}'d{}", b.unsigned()),
        w => format!("{w}'h{:x}", b.unsigned()),
    }
}

/// A signed literal for a signed comparison: `-12'sd100`.
pub fn signed_literal(b: &Bits) -> String {
    let v = b.signed();
    let sign = if v.sign() == num_bigint::Sign::Minus { "-" } else { "" };
    format!("{sign}{}'sd{}", b.width(), v.magnitude())
}

/// `[w-1:0] `, or nothing for one bit.
pub fn range(width: u32) -> String {
    if width == 1 {
        String::new()
    } else {
        format!("[{}:0] ", width - 1)
    }
}

/// A part of a named net: `a`, `a[3]` or `a[7:4]`.
pub fn part(name: &str, net_width: u32, lo: u32, width: u32) -> String {
    match (lo, width) {
        (0, w) if w == net_width => name.to_string(),
        (_, 1) => format!("{name}[{lo}]"),
        _ => format!("{name}[{}:{lo}]", lo + width - 1),
    }
}

/// Breaks a long statement at separators; white space means nothing to Verilog between tokens.
pub fn wrap(line: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = line.to_string();
    while rest.len() > LINE {
        let head = &rest[..LINE];
        let cut = [", ", " | ", " & ", " : ", " ? ", " + ", " = "]
            .iter()
            .filter_map(|s| head.rfind(s).map(|i| i + s.len()))
            .max();
        let indent = if lines.is_empty() { "" } else { "    " };
        match cut.filter(|c| *c > indent.len() + 8) {
            Some(c) => {
                lines.push(rest[..c].trim_end().to_string());
                rest = format!("    {}", &rest[c..]);
            }
            None => break,
        }
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment__cannot_be_left() {
        for text in ["a*/b", "x\ny", "`define", "caf\u{e9}", "/*", "\r\n`include"] {
            let c = comment(text);
            assert!(
                !c.contains("*/") && !c.contains('\n') && !c.contains('`') && c.is_ascii() && !c.contains("/*"),
                "{c}"
            );
        }
    }

    #[test]
    fn wrap__keeps_every_token() {
        let long = format!("assign x = {{{}}};", (0..80).map(|i| format!("lane{i}")).collect::<Vec<_>>().join(", "));
        let lines = wrap(&long);
        assert!(lines.len() > 3 && lines.iter().all(|l| l.len() <= LINE));
        let strip = |s: &str| s.split_whitespace().collect::<String>();
        assert_eq!(strip(&lines.concat()), strip(&long));
    }
}
