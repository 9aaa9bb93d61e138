//! Yosys: scripts and statistics.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::tools::Tool;
use crate::{Device, Family, SynthError};

/// Reads, maps, counts, and writes the netlist for place and route. With a wrapper the design keeps its border until it
/// has been counted.
pub fn script(device: Device, files: &[String], top: &str, wrapper: Option<&str>) -> String {
    let outer = wrapper.unwrap_or(top);
    let mut lines = vec![format!("read_verilog {}", files.join(" "))];
    lines.push(format!("hierarchy -check -top {outer}"));
    if wrapper.is_some() {
        lines.push(format!("setattr -mod -set keep_hierarchy 1 {top}"));
    }
    lines.push(format!("{} -top {outer}", device.synth()));
    if device.family() == Family::Gates {
        lines.extend(["dfflibmap -liberty cells.lib".into(), "opt_clean".into(), "write_rtlil unmapped.il".into()]);
        return lines.join("\n") + "\n";
    }
    lines.push("tee -q -o stat.json stat -json".into());
    if wrapper.is_some() {
        lines.push(format!("setattr -mod -unset keep_hierarchy {top}"));
        lines.push("flatten".into());
    }
    // Cells that only carry names: older place and route stops at them.
    lines.extend(["delete t:$scopeinfo".into(), "opt_clean".into(), "write_json netlist.json".into()]);
    lines.join("\n") + "\n"
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

/// Area in all, and of the flip-flops.
pub fn area(stat: &Value) -> Option<(f64, f64)> {
    let design = stat.get("design")?;
    let number = |k: &str| design.get(k).and_then(Value::as_f64);
    Some((number("area")?, number("sequential_area").unwrap_or(0.0)))
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
        assert_eq!(area(&stat), Some((12.5, 4.0)));
    }
}
