//! What niello's own tests share: how a test that cannot run says so.
//!
//! A test that lacks a tool or data calls [`tool`] or [`data`] and returns. The line goes to the process' real standard error, past the test
//! harness' capture, and into the file that `NIELLO_SKIPS` names, which `make test` counts. Where `NIELLO_REQUIRE_TOOLS` or
//! `NIELLO_REQUIRE_DATA` is set, as in CI, it panics instead.

use std::io::Write;
use std::path::Path;

/// A tool is missing.
///
/// # Panics
/// Where `NIELLO_REQUIRE_TOOLS` is set.
pub fn tool(why: &str) {
    skip("NIELLO_REQUIRE_TOOLS", why);
}

/// Data is missing.
///
/// # Panics
/// Where `NIELLO_REQUIRE_DATA` is set.
pub fn data(why: &str) {
    skip("NIELLO_REQUIRE_DATA", why);
}

/// The path, if something is there; otherwise the test is skipped.
///
/// # Panics
/// Where `NIELLO_REQUIRE_DATA` is set and nothing is there.
pub fn there(path: impl AsRef<Path>) -> Option<std::path::PathBuf> {
    let path = path.as_ref();
    if path.exists() {
        return Some(path.to_path_buf());
    }
    data(&format!("{} is not there", path.display()));
    None
}

/// What was looked for, if it was found; otherwise the test is skipped.
///
/// # Panics
/// Where `NIELLO_REQUIRE_TOOLS` is set and it was not found.
pub fn found<T, E: std::fmt::Display>(tool: Result<T, E>) -> Option<T> {
    tool.map_err(|e| self::tool(&e.to_string())).ok()
}

/// How much more than usual to run: `NIELLO_SOAK`, 1 by default.
pub fn soak() -> u64 {
    std::env::var("NIELLO_SOAK").ok().and_then(|s| s.parse().ok()).unwrap_or(1)
}

fn skip(required: &str, why: &str) {
    assert!(std::env::var_os(required).is_none(), "{required} is set: {why}");
    let here = std::thread::current();
    let line = format!("SKIPPED {}: {why}\n", here.name().unwrap_or("a test"));
    // `eprintln!` would go into the harness' capture, which nobody reads of a test that passes.
    let _ = std::io::stderr().write_all(line.as_bytes());
    if let Some(file) = std::env::var_os("NIELLO_SKIPS") {
        let open = std::fs::OpenOptions::new().create(true).append(true).open(file);
        let written = open.and_then(|mut f| f.write_all(line.as_bytes()));
        assert!(written.is_ok(), "the skip cannot be counted: {written:?}");
    }
}
