//! `niello doctor`: which tools are here.

use niello_fpga::devices;
use niello_testbench::tools::{self, Verilator};
use serde_json::json;

use super::{Done, Output};

/// Runs it. Only what every engine but the tape needs can be missing; that is no failure.
pub fn run(out: &Output) -> Done {
    let verilator = Verilator::find().map(|v| format!("{}  {}", v.version, v.bin.display()));
    let cxx = tools::cxx().map(|p| p.display().to_string());
    let icarus = tools::icarus().map(|(p, _)| p.display().to_string());
    let synth = |device, which: &str| {
        let found = niello_fpga::Tools::find(device, which == "nextpnr").map_err(|e| e.to_string());
        found.map(|t| if which == "nextpnr" { t.nextpnr.map_or(String::new(), |n| n.version) } else { t.yosys.version })
    };
    let mut rows = vec![vec!["tool".to_string(), "found".to_string()]];
    let mut values = serde_json::Map::new();
    rows.push(vec!["tape engine".into(), "built in".into()]);
    let simulation = [("verilator", verilator), ("C++ compiler", cxx), ("icarus", icarus)]
        .map(|(n, f)| (n, f.map_err(|e| e.to_string())));
    let synthesis = [
        ("yosys", synth(&devices::ECP5_85K, "yosys")),
        ("nextpnr ecp5", synth(&devices::ECP5_85K, "nextpnr")),
        ("nextpnr ice40", synth(&devices::ICE40_HX8K, "nextpnr")),
        ("osu018 cells", niello_fpga::liberty().map(|p| p.display().to_string()).map_err(|e| e.to_string())),
    ];
    for (name, found) in simulation.into_iter().chain(synthesis) {
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
    out.line(&lines.join("\n"))?;
    out.result(&serde_json::Value::Object(values))?;
    Ok(true)
}
