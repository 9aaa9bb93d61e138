//! Yosys: scripts and statistics.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::devices::Wrapped;
use crate::tools::Tool;
use crate::{Device, SynthError};

/// Reads, maps, counts, and writes the netlist for place and route. With a wrapper the design keeps its border until it
/// has been counted.
pub fn script(device: &Device, files: &[String], top: &str, wrapper: Option<&str>) -> String {
    let again = device.pnr.as_ref().is_some_and(|p| p.wrapped == Wrapped::Again);
    let around = wrapper.filter(|_| !again);
    let mut lines = synthesize(device, files, around.unwrap_or(top), around.map(|_| top));
    if device.cells.is_none() {
        lines.extend(["dfflibmap -liberty cells.lib".into(), "opt_clean".into(), "write_rtlil unmapped.il".into()]);
        return lines.join("\n") + "\n";
    }
    lines.push("tee -q -o stat.json stat -json".into());
    if around.is_some() {
        lines.push(format!("setattr -mod -unset keep_hierarchy {top}"));
        lines.push("flatten".into());
    }
    if let Some(outer) = wrapper.filter(|_| again) {
        lines.push("design -reset".into());
        lines.extend(synthesize(device, files, outer, None));
    }
    // Cells that only carry names: older place and route stops at them.
    lines.extend(["delete t:$scopeinfo".into(), "opt_clean".into(), "write_json netlist.json".into()]);
    lines.join("\n") + "\n"
}

/// Reads and maps; a module stays apart.
fn synthesize(device: &Device, files: &[String], top: &str, apart: Option<&str>) -> Vec<String> {
    let mut lines = vec![format!("read_verilog {}", files.join(" ")), format!("hierarchy -check -top {top}")];
    lines.extend(apart.map(|m| format!("setattr -mod -set keep_hierarchy 1 {m}")));
    lines.push(format!("{} -top {top}", device.synth));
    lines
}

/// ABC's script for the smallest result.
pub const AREA: &str =
    "+strash;ifraig;scorr;dc2;dretime;strash;dch,-f;map,-B,0.9;topo;buffer,-c;upsize;dnsize;stime,-d";
/// ABC's script for the shortest path.
pub const FAST: &str = "+strash;dch;map;topo;buffer,-c;upsize;dnsize;stime,-d";

/// Maps what [`script`] left to cells. A run of its own each time: ABC's file with the delay holds one result.
pub fn map(abc: &str) -> String {
    let lines = [
        "read_rtlil unmapped.il",
        &format!("abc -liberty cells.lib -script {abc}"),
        "opt_clean",
        "tee -q -o area.json stat -liberty cells.lib -json",
    ];
    lines.join("\n") + "\n"
}

/// Reads a JSON file of a run.
pub fn json(tool: &Tool, folder: &Path, name: &str) -> Result<Value, SynthError> {
    let path = folder.join(name);
    let garbled =
        |what: String| SynthError::Garbled { tool: tool.version.clone(), what, folder: folder.display().to_string() };
    let text = std::fs::read_to_string(&path).map_err(|e| garbled(format!("{name}: {e}")))?;
    serde_json::from_str(&text).map_err(|e| garbled(format!("{name}: {e}")))
}

/// Cells of a module by type, without Yosys' own bookkeeping cells.
pub fn cells(stat: &Value, module: &str) -> Option<BTreeMap<String, u64>> {
    let types = stat.get("modules")?.get(format!("\\{module}"))?.get("num_cells_by_type")?.as_object()?;
    Some(
        types.iter().filter(|(k, _)| !k.starts_with('$')).filter_map(|(k, v)| Some((k.clone(), v.as_u64()?))).collect(),
    )
}

/// Areas of a library's cells: each `cell (NAME)` with the first `area : X;` after it.
pub fn cell_areas(liberty: &str) -> BTreeMap<String, f64> {
    let (mut areas, mut cell) = (BTreeMap::new(), None);
    for line in liberty.lines().map(str::trim) {
        let name = line.strip_prefix("cell").map(str::trim_start).and_then(|r| r.strip_prefix('('));
        if let Some((name, _)) = name.and_then(|r| r.split_once(')')) {
            cell = Some(name.trim().trim_matches('"').to_string());
        }
        let area = line.strip_prefix("area").map(str::trim_start).and_then(|r| r.strip_prefix(':'));
        if let Some(area) = area.and_then(|r| r.trim().trim_end_matches(';').trim().parse().ok()) {
            if let Some(name) = cell.take() {
                areas.insert(name, area);
            }
        }
    }
    areas
}

/// Area of mapped cells in all, and of the flip-flops; `None` if a cell is not the library's.
pub fn area(cells: &BTreeMap<String, u64>, areas: &BTreeMap<String, f64>) -> Option<(f64, f64)> {
    let (mut all, mut registers) = (0.0, 0.0);
    for (name, count) in cells {
        let own = areas.get(name)? * *count as f64;
        all += own;
        if name.starts_with("DFF") {
            registers += own;
        }
    }
    Some((all, registers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells__are_those_of_the_module() {
        let stat: Value = serde_json::from_str(
            r#"{"modules":{"\\top":{"num_cells_by_type":{"$scopeinfo":3,"LUT4":383,"CCU2C":2}},
                "\\pins":{"num_cells_by_type":{"LUT4":7,"top":1}}},"design":{"area":12.5,"sequential_area":4.0}}"#,
        )
        .unwrap();
        let c = cells(&stat, "top").unwrap();
        assert_eq!(c.get("LUT4"), Some(&383));
        assert_eq!(c.len(), 2);
        assert_eq!(cells(&stat, "other"), None);
    }

    #[test]
    fn area__is_that_of_the_cells() {
        let library = "library(x) {\ncell (INVX1) {\n  cell_footprint : \"inv\";\n  area : 16;\n pin(A) { }\n}\ncell (DFFSR) {\n area : 176;\n}";
        let areas = cell_areas(library);
        let cells = |n: &str| BTreeMap::from([("INVX1".to_string(), 3), (n.to_string(), 2)]);
        assert_eq!(area(&cells("DFFSR"), &areas), Some((400.0, 352.0)));
        assert_eq!(area(&cells("MYSTERY"), &areas), None);
    }
}
