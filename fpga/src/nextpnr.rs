//! nextpnr's report: clock rate and the longest path between registers.

use serde_json::Value;

use crate::figures::{Hop, Path, Placed};

/// Reads a report; `None` if it does not have the shape that nextpnr 0.11 gives it.
pub fn placed(report: &Value, seed: u64, aimed_mhz: f64) -> Option<Placed> {
    let clocks = report.get("fmax")?.as_object()?;
    let slowest = clocks
        .iter()
        .filter(|(name, _)| !name.contains("PACKER_GND"))
        .filter_map(|(name, v)| Some((name, v.get("achieved")?.as_f64()?)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    let paths = report.get("critical_paths")?.as_array()?;
    let text = |v: &Value, k: &str| v.get(k).and_then(Value::as_str).unwrap_or_default().to_string();
    let critical = slowest.and_then(|(clock, _)| {
        let edge = format!("posedge {clock}");
        paths.iter().find(|p| text(p, "from") == edge && text(p, "to") == edge).and_then(path)
    });
    // UP5K's multiplier is timed as if it belonged to another clock: its delay is in no figure.
    let unmodelled =
        paths.iter().any(|p| text(p, "from").contains("PACKER_GND") || text(p, "to").contains("PACKER_GND"));
    let caveat = "nextpnr does not time the multipliers of iCE40 UP5K: paths through them are not in Fmax";
    Some(Placed {
        fmax_mhz: slowest.map(|s| s.1),
        aimed_mhz,
        seed,
        critical: critical.unwrap_or_default(),
        caveat: unmodelled.then(|| caveat.to_string()),
    })
}

/// Segments alternate: a cell's delay, then the net that it drives.
fn path(p: &Value) -> Option<Path> {
    let segments = p.get("path")?.as_array()?;
    let end = |s: &Value, side: &str| {
        let side = s.get(side)?;
        Some(format!("{}.{}", side.get("cell")?.as_str()?, side.get("port")?.as_str()?))
    };
    let (mut hops, mut logic) = (Vec::new(), 0.0);
    for s in segments {
        let delay = s.get("delay")?.as_f64()?;
        match s.get("net").and_then(Value::as_str) {
            Some(net) => {
                push(&mut hops, Hop { net: readable(net), logic_ns: logic, route_ns: delay });
                logic = 0.0;
            }
            None => logic += delay,
        }
    }
    if logic > 0.0 {
        hops.push(Hop { net: "(setup)".into(), logic_ns: logic, route_ns: 0.0 });
    }
    let ends = (readable(&end(segments.first()?, "from")?), readable(&end(segments.last()?, "to")?));
    Some(Path { from: ends.0, to: ends.1, hops })
}

/// Nets that Yosys made of one signal are one hop.
fn push(hops: &mut Vec<Hop>, hop: Hop) {
    match hops.last_mut() {
        Some(last) if last.net == hop.net && hop.net.ends_with('~') => {
            last.logic_ns += hop.logic_ns;
            last.route_ns += hop.route_ns;
        }
        _ => hops.push(hop),
    }
}

/// The design's own name for a net or cell: without the pin wrapper, and cut where Yosys went on naming, which `~` marks.
fn readable(name: &str) -> String {
    let name = name.strip_prefix("dut.").unwrap_or(name);
    let marks = [
        "_SB_",
        "_TRELLIS_",
        "_LUT",
        "_CCU2",
        "_PFUMX",
        "_L6MUX",
        "_MULT",
        "_DP16KD",
        "_DFF",
        "_ALU_",
        "_FD1P3",
        "_MUX2_",
    ];
    match marks.iter().filter_map(|m| name.find(m)).min() {
        Some(at) => format!("{}~", &name[..at]),
        None => name.to_string(),
    }
}

/// Carry chains that start from a constant have their first input left open.
pub fn open_carries(netlist: &mut Value, cell: &str) {
    let Some(modules) = netlist.get_mut("modules").and_then(Value::as_object_mut) else { return };
    for m in modules.values_mut() {
        let Some(cells) = m.get_mut("cells").and_then(Value::as_object_mut) else { continue };
        let is = |c: &Value, t: &str| c.get("type").and_then(Value::as_str) == Some(t);
        let constants: Vec<Value> = cells
            .values()
            .filter(|c| is(c, "VLO") || is(c, "VHI"))
            .filter_map(|c| c.pointer("/connections/Z/0").cloned())
            .collect();
        for c in cells.values_mut().filter(|c| is(c, cell)) {
            let Some(first) = c.pointer_mut("/connections/CIN") else { continue };
            let bit = first.get(0).cloned().unwrap_or_default();
            if bit.is_string() || constants.contains(&bit) {
                *first = Value::Array(Vec::new());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{"fmax":{"clk":{"achieved":142.33,"constraint":100}},"utilization":{},
      "critical_paths":[{"from":"<async>","to":"posedge clk","path":[]},
       {"from":"posedge clk","to":"posedge clk","path":[
        {"type":"clk-to-q","delay":0.5,"from":{"cell":"a_q","port":"CLK"},"to":{"cell":"a_q","port":"Q"}},
        {"type":"routing","delay":1.25,"net":"a","from":{"cell":"a_q","port":"Q"},"to":{"cell":"m","port":"A0"}},
        {"type":"logic","delay":3.9,"from":{"cell":"m","port":"A0"},"to":{"cell":"m","port":"P7"}},
        {"type":"routing","delay":1.3,"net":"p","from":{"cell":"m","port":"P7"},"to":{"cell":"p_q","port":"DI"}},
        {"type":"setup","delay":0.1,"from":{"cell":"p_q","port":"DI"},"to":{"cell":"p_q","port":"CLK"}}]}]}"#;

    #[test]
    fn report__gives_rate_and_path() {
        let p = placed(&serde_json::from_str(REPORT).unwrap(), 1, 100.0).unwrap();
        assert_eq!(p.fmax_mhz, Some(142.33));
        let nets: Vec<&str> = p.critical.hops.iter().map(|h| h.net.as_str()).collect();
        assert_eq!(nets, ["a", "p", "(setup)"]);
        assert_eq!((p.critical.hops[1].logic_ns, p.critical.hops[1].route_ns), (3.9, 1.3));
        assert_eq!((p.critical.from.as_str(), p.caveat), ("a_q.CLK", None));
    }

    #[test]
    fn names__are_those_of_the_design() {
        assert_eq!(readable("dut.u_row0.acc_q_SB_DFFE_Q_4_D_SB_LUT4_O"), "u_row0.acc_q~");
        assert_eq!(readable("u_row0.u_pe0.prod_d[4]"), "u_row0.u_pe0.prod_d[4]");
    }

    #[test]
    fn report__without_registers_has_no_rate() {
        let empty = serde_json::from_str(r#"{"fmax":{},"critical_paths":[]}"#).unwrap();
        assert_eq!(placed(&empty, 1, 50.0).unwrap().fmax_mhz, None);
        assert_eq!(placed(&serde_json::from_str("{}").unwrap(), 1, 50.0), None);
    }

    #[test]
    fn carries__from_constants_are_opened_and_others_are_not() {
        let text = r#"{"modules":{"m":{"cells":{
            "zero":{"type":"VLO","connections":{"Z":[7]}},
            "first":{"type":"CCU2","connections":{"CIN":[7],"COUT":[8]}},
            "next":{"type":"CCU2","connections":{"CIN":[8]}},
            "plain":{"type":"CCU2","connections":{"CIN":["0"]}},
            "other":{"type":"LUT4","connections":{"CIN":[7]}}}}}}"#;
        let mut v: Value = serde_json::from_str(text).unwrap();
        open_carries(&mut v, "CCU2");
        let cin = |cell: &str| v.pointer(&format!("/modules/m/cells/{cell}/connections/CIN")).unwrap().to_string();
        assert_eq!(["first", "next", "plain", "other"].map(cin), ["[]", "[8]", "[]", "[7]"]);
    }

    #[test]
    fn report__names_what_is_not_timed() {
        let text = r#"{"fmax":{"clk":{"achieved":60.0}},"critical_paths":
          [{"from":"posedge clk","to":"posedge $PACKER_GND_NET_$glb_clk","path":[]}]}"#;
        assert!(placed(&serde_json::from_str(text).unwrap(), 1, 50.0).unwrap().caveat.is_some());
    }
}
