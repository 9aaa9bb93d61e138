//! `niello explain`: what a code means.

use crate::error::codes;
use crate::Error;
use serde_json::json;

use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A code that an error line begins with: E103. Without one, all are listed.
    pub code: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let Some(code) = &args.code else { return list(out) };
    let wanted = code.to_ascii_uppercase();
    let Some(e) = codes().into_iter().find(|e| e.code == wanted) else {
        let what = format!("no code `{}`", code.escape_debug());
        return Err(Error::new("E108", what, "`niello explain` lists them"));
    };
    out.line(&format!("{}: {}\n\n{}", e.code, e.title, e.text))?;
    out.result(&json!({ "code": e.code, "title": e.title, "text": e.text }))?;
    Ok(true)
}

fn list(out: &Output) -> Done {
    for e in codes() {
        out.line(&format!("{}  {}", e.code, e.title))?;
    }
    let all: Vec<_> = codes().iter().map(|e| json!({ "code": e.code, "title": e.title, "text": e.text })).collect();
    out.result(&json!({ "codes": all }))?;
    Ok(true)
}
