//! Runs a tool in a folder, shows how far it is, and finds out why it failed.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::tools::Tool;
use crate::SynthError;

/// Runs a tool whose log goes to `log` in the folder; `progress` hears the name of the pass it is in.
///
/// # Errors
/// E522: it fails. E524: the folder cannot be used.
pub fn run(tool: &Tool, folder: &Path, args: &[&str], log: &str, progress: &dyn Fn(&str)) -> Result<(), SynthError> {
    let open = |name: &str| {
        let path = folder.join(name);
        std::fs::File::create(&path).map_err(|e| SynthError::io(&path, &e))
    };
    let mut command = tool.command(folder);
    command.args(args).stdin(Stdio::null()).stdout(open(&format!("{log}.out"))?).stderr(open(&format!("{log}.err"))?);
    let failed =
        |what: String| SynthError::Failed { tool: tool.version.clone(), what, folder: folder.display().to_string() };
    let mut child = command.spawn().map_err(|e| failed(e.to_string()))?;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {
                if let Some(pass) = last_pass(&folder.join(log)) {
                    progress(&pass);
                }
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(e) => return Err(failed(e.to_string())),
        }
    };
    if status.success() {
        return Ok(());
    }
    // The wheels lose their standard streams after some passes: the log is the best witness.
    let texts = [log.to_string(), format!("{log}.err"), format!("{log}.out")];
    let message = texts.iter().find_map(|t| error_line(&std::fs::read_to_string(folder.join(t)).unwrap_or_default()));
    Err(failed(message.unwrap_or_else(|| format!("it ended with {status}"))))
}

/// The last line that says ERROR.
fn error_line(log: &str) -> Option<String> {
    let after = |l: &str| l.split_once("ERROR").map(|(_, m)| m.trim_start_matches(':').trim().to_string());
    log.lines().rev().find_map(after).filter(|m| !m.is_empty())
}

/// The pass that a log is in: `12.3. Executing OPT_EXPR pass (...)`, or nextpnr's `Info: Packing ..`.
fn last_pass(log: &Path) -> Option<String> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = std::fs::File::open(log).ok()?;
    let size = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(8192))).ok()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    text.lines().rev().find_map(pass)
}

fn pass(line: &str) -> Option<String> {
    if let Some((_, rest)) = line.split_once(". Executing ") {
        return Some(rest.split_whitespace().next().unwrap_or_default().to_lowercase());
    }
    let rest = line.strip_prefix("Info: ")?;
    let first = rest.split_whitespace().next()?;
    matches!(first, "Packing" | "Running" | "Routing" | "Creating" | "Placed").then(|| first.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_lines__are_understood() {
        assert_eq!(pass("12.3. Executing OPT_EXPR pass (perform const folding)."), Some("opt_expr".into()));
        assert_eq!(pass("Info: Packing constants.."), Some("packing".into()));
        assert_eq!(pass("Info: constrained"), None);
        assert_eq!(error_line("x\na.v:3: ERROR: syntax error\n"), Some("syntax error".into()));
        assert_eq!(error_line("all is well"), None);
    }
}
