//! The whole flow for one design, cached.

use std::path::{Path, PathBuf};

use niello_gen::emit::verilog;
use niello_gen::ir::ValidDesign;
use niello_testbench::scratch;
use niello_testbench::tools::cache_dir;
use sha2::{Digest, Sha256};

use crate::devices::Wrapped;
use crate::figures::{Figures, Gates};
use crate::tools::{liberty, Tools};
use crate::{nextpnr, run, wrapper, yosys, Device, SynthError};

/// What to do.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    /// For which device.
    pub device: &'static Device,
    /// Place and route too.
    pub pnr: bool,
    /// The clock to aim at, in MHz.
    pub mhz: f64,
    /// Seed of the placer.
    pub seed: u64,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The figures.
    pub figures: Figures,
    /// They were read from the cache.
    pub cached: bool,
}

impl Flow {
    /// The result of an earlier run of the same flow on the same Verilog, if there is one.
    pub fn cached(&self, design: &ValidDesign) -> Option<Figures> {
        let tools = Tools::find(self.device, self.pnr).ok()?;
        let files: Vec<(String, String)> = verilog(design).into_iter().map(|f| (f.path, f.text)).collect();
        let result = cache_dir().join("synth").join(self.key(&tools, &files).ok()?).join("figures.json");
        serde_json::from_slice(&std::fs::read(result).ok()?).ok()
    }

    /// Runs the flow, or reads its result from the cache. `progress` hears what is going on.
    ///
    /// # Errors
    /// E521 to E524: a tool is missing, fails, or writes something that cannot be read.
    pub fn run(&self, design: &ValidDesign, progress: &dyn Fn(&str)) -> Result<Outcome, SynthError> {
        let tools = Tools::find(self.device, self.pnr)?;
        let files: Vec<(String, String)> = verilog(design).into_iter().map(|f| (f.path, f.text)).collect();
        let key = self.key(&tools, &files)?;
        let root = cache_dir().join("synth");
        let folder = root.join(&key);
        let result = folder.join("figures.json");
        if let Some(figures) = std::fs::read(&result).ok().and_then(|b| serde_json::from_slice(&b).ok()) {
            return Ok(Outcome { figures, cached: true });
        }
        std::fs::create_dir_all(&root).map_err(|e| SynthError::io(&root, &e))?;
        let work = scratch::folder_in(&root).map_err(|e| SynthError::io(&root, &e))?;
        let path = work.path().to_path_buf();
        let made = self.make(design, &tools, &files, &path, progress);
        let figures = made.map_err(|e| kept(e, &path, &root.join(format!("failed-{key}"))))?;
        let text = serde_json::to_string_pretty(&figures).unwrap_or_default();
        let write = |p: PathBuf, text: &str| std::fs::write(&p, text).map_err(|e| SynthError::io(&p, &e));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|e| SynthError::io(&folder, &e))?;
        write(folder.join("figures.tmp"), &text)?;
        std::fs::rename(folder.join("figures.tmp"), &result).map_err(|e| SynthError::io(&result, &e))?;
        Ok(Outcome { figures, cached: false })
    }

    /// Hash of all that the figures depend on.
    fn key(&self, tools: &Tools, files: &[(String, String)]) -> Result<String, SynthError> {
        let mut h = Sha256::new();
        let mut add = |part: &[u8]| {
            h.update((part.len() as u64).to_le_bytes());
            h.update(part);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        let script = yosys::script(self.device, &[], "top", Some("outer"));
        add(format!("{} {} {} {} {script}", self.device.name, self.pnr, self.mhz, self.seed).as_bytes());
        add(format!("{:?}", self.device.pnr).as_bytes());
        add(tools.yosys.version.as_bytes());
        add(tools.nextpnr.as_ref().map_or("", |t| &t.version).as_bytes());
        if self.device.cells.is_none() {
            let path = liberty()?;
            add(&std::fs::read(&path).map_err(|e| SynthError::io(&path, &e))?);
        }
        for (name, text) in files {
            add(name.as_bytes());
            add(text.as_bytes());
        }
        Ok(h.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect())
    }

    fn make(
        &self,
        design: &ValidDesign,
        tools: &Tools,
        files: &[(String, String)],
        folder: &Path,
        progress: &dyn Fn(&str),
    ) -> Result<Figures, SynthError> {
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).map_err(|e| SynthError::io(&path, &e))
        };
        let top = &design.top().name;
        let mut sources: Vec<String> = Vec::new();
        for (name, text) in files {
            write(name, text)?;
            if name.ends_with(".v") {
                sources.push(name.clone());
            }
        }
        let outer =
            (self.pnr && self.device.pnr.as_ref().is_some_and(|p| p.wrapped != Wrapped::Not)).then_some(wrapper::NAME);
        if let Some(name) = outer {
            write(&format!("{name}.v"), &wrapper::wrapper(design))?;
            sources.push(format!("{name}.v"));
        }
        if self.device.cells.is_none() {
            let from = liberty()?;
            std::fs::copy(&from, folder.join("cells.lib")).map_err(|e| SynthError::io(&from, &e))?;
        }
        write("synth.ys", &yosys::script(self.device, &sources, top, outer))?;
        if tools.yosys.wheel {
            progress("yosys (its first run compiles it)");
        }
        let said = |pass: &str| progress(&format!("yosys: {pass}"));
        run::run(&tools.yosys, folder, &["-q", "-l", "yosys.log", "-s", "synth.ys"], "yosys.log", &said)?;

        let mut figures =
            Figures { device: self.device.name.into(), tools: vec![tools.yosys.version.clone()], ..Figures::default() };
        let garbled = |tool: &str, what: &str| SynthError::Garbled {
            tool: tool.into(),
            what: what.into(),
            folder: folder.display().to_string(),
        };
        if self.device.cells.is_none() {
            let area = gates(tools, folder, top, yosys::AREA, &said)?;
            let fast = gates(tools, folder, top, yosys::FAST, &said)?;
            figures.gates = Some(Gates {
                area_um2: area.0,
                delay_ps: area.1,
                fast_area_um2: fast.0,
                fast_delay_ps: fast.1,
                registers_um2: area.2,
            });
            return Ok(figures);
        }
        let stat = yosys::json(&tools.yosys, folder, "stat.json")?;
        figures.cells = yosys::cells(&stat, top).ok_or_else(|| garbled("yosys", "no cells of the top module"))?;
        if let (Some(tool), Some(pnr)) = (&tools.nextpnr, &self.device.pnr) {
            if let Some((name, text)) = pnr.pins {
                write(name, text)?;
            }
            if let Some(cell) = pnr.open_carry {
                let mut netlist = yosys::json(&tools.yosys, folder, "netlist.json")?;
                nextpnr::open_carries(&mut netlist, cell);
                write("netlist.json", &netlist.to_string())?;
            }
            let (mhz, seed) = (self.mhz.to_string(), self.seed.to_string());
            let mut args = vec!["--json", "netlist.json", "--report", "report.json", "-q", "-l", "nextpnr.log"];
            args.extend(["--timing-allow-fail", "--freq", &mhz, "--seed", &seed]);
            args.extend(pnr.options);
            let said = |pass: &str| progress(&format!("nextpnr: {pass}"));
            run::run(tool, folder, &args, "nextpnr.log", &said)?;
            let report = yosys::json(tool, folder, "report.json")?;
            let mut placed = nextpnr::placed(&report, self.seed, self.mhz)
                .ok_or_else(|| garbled("nextpnr", "no timing in its report"))?;
            if figures.dsps() > 0 && placed.caveat.is_none() {
                placed.caveat = pnr.untimed.map(String::from);
            }
            figures.placed = Some(placed);
            figures.tools.push(tool.version.clone());
        }
        Ok(figures)
    }
}

/// Maps to cells: area in all, delay, area of the registers. The area is that of Yosys' cells in the library (its own sum
/// is missing from older versions' reports), the delay ABC's, which it writes into
/// `stats.txt`: `name inputs outputs gates area delay ...`.
fn gates(
    tools: &Tools,
    folder: &Path,
    top: &str,
    abc: &str,
    said: &dyn Fn(&str),
) -> Result<(f64, f64, f64), SynthError> {
    let tool = &tools.yosys;
    let garbled = |what: &str| SynthError::Garbled {
        tool: tool.version.clone(),
        what: what.into(),
        folder: folder.display().to_string(),
    };
    let (script, stats) = (folder.join("map.ys"), folder.join("stats.txt"));
    std::fs::write(&script, yosys::map(abc)).map_err(|e| SynthError::io(&script, &e))?;
    let _ = std::fs::remove_file(&stats);
    run::run(tool, folder, &["-q", "-l", "map.log", "-s", "map.ys"], "map.log", said)?;
    let cells = yosys::cells(&yosys::json(tool, folder, "area.json")?, top).ok_or_else(|| garbled("no cells"))?;
    let library = folder.join("cells.lib");
    let library = std::fs::read_to_string(&library).map_err(|e| SynthError::io(&library, &e))?;
    let (area, registers) =
        yosys::area(&cells, &yosys::cell_areas(&library)).ok_or_else(|| garbled("a cell that the library lacks"))?;
    let text = std::fs::read_to_string(&stats).unwrap_or_default();
    let line = text.lines().rfind(|l| !l.trim().is_empty());
    // A design without logic between its registers is not mapped at all.
    let Some(line) = line else { return Ok((area, 0.0, registers)) };
    let delay = line.split_whitespace().nth(5).and_then(|d| d.parse().ok());
    Ok((area, delay.ok_or_else(|| garbled("no delay in stats.txt"))?, registers))
}

/// A run that failed stays, under a name of its own, so that the user can look at it.
fn kept(e: SynthError, from: &Path, to: &Path) -> SynthError {
    let _ = std::fs::remove_dir_all(to);
    if std::fs::rename(from, to).is_err() {
        return e;
    }
    let folder = to.display().to_string();
    match e {
        SynthError::Failed { tool, what, .. } => SynthError::Failed { tool, what, folder },
        SynthError::Garbled { tool, what, .. } => SynthError::Garbled { tool, what, folder },
        other => other,
    }
}
