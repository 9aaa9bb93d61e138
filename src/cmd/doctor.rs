//! `niello doctor`: which tools are here.

use niello_testbench::tools::{self, Verilator};
use serde_json::json;

use super::{Done, Output};

/// Runs it. Only what every engine but the tape needs can be missing; that is no failure.
pub fn run(out: &Output) -> Done {
    let verilator = Verilator::find().map(|v| format!("{}  {}", v.version, v.bin.display()));
    let cxx = tools::cxx().map(|p| p.display().to_string());
    let icarus = tools::icarus().map(|(p, _)| p.display().to_string());
    let mut rows = vec![vec!["tool".to_string(), "found".to_string()]];
    let mut values = serde_json::Map::new();
    rows.push(vec!["tape engine".into(), "built in".into()]);
    for (name, found) in [("verilator", verilator), ("C++ compiler", cxx), ("icarus", icarus)] {
        let text = match &found {
            Ok(t) => t.clone(),
            Err(e) => format!("missing: {e}"),
        };
        values.insert(name.into(), json!({ "found": found.is_ok(), "what": text }));
        rows.push(vec![name.into(), text]);
    }
    rows.push(vec!["cache".into(), tools::cache_dir().display().to_string()]);
    // Flush left reads better here.
    let width = rows.iter().map(|r| r[0].len()).max().unwrap_or(0);
    let lines: Vec<String> = rows.iter().map(|r| format!("{:width$}  {}", r[0], r[1])).collect();
    out.line(&lines.join("\n"));
    out.result(&serde_json::Value::Object(values));
    Ok(true)
}
