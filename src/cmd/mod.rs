//! Subcommands, one file each, and what they share.

pub mod block;
pub mod build;
pub mod catalogue;
pub mod check;
pub mod doctor;
pub mod engines;
pub mod files;
pub mod layers;
mod loading;
pub mod mutants;
pub mod plan;
pub mod run;
pub mod setup;
pub mod synth;
pub mod table;
pub mod verify;

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// What a subcommand returns: whether all is well, or why it stopped.
pub type Done = Result<bool, Box<dyn std::error::Error>>;

/// Where results go.
pub struct Output {
    /// JSON instead of text.
    pub json: bool,
}

impl Output {
    /// A line for people.
    pub fn line(&self, text: &str) {
        if !self.json {
            print(&printable(text));
        }
    }

    /// The result for machines.
    pub fn result(&self, value: &serde_json::Value) {
        if self.json {
            print(&value.to_string());
        }
    }

    /// Errors, one a line, on the error stream.
    pub fn error(&self, e: &dyn std::error::Error) {
        let text = printable(&e.to_string());
        if self.json {
            let lines: Vec<&str> = text.lines().collect();
            print(&serde_json::json!({ "errors": lines }).to_string());
        }
        let red = std::io::stderr().is_terminal();
        for line in text.lines() {
            if red {
                eprintln!("\x1b[31merror\x1b[0m: {line}");
            } else {
                eprintln!("error: {line}");
            }
        }
    }

    /// A sign of life on a terminal, with the time that has passed; silent elsewhere.
    pub fn spinner(&self, what: &str) -> ProgressBar {
        let bar = if self.json || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            ProgressBar::new_spinner()
        };
        bar.set_style(
            ProgressStyle::with_template("{spinner} {elapsed} {msg}").unwrap_or(ProgressStyle::default_spinner()),
        );
        bar.set_message(what.to_string());
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        bar
    }

    /// A progress bar on a terminal; silent elsewhere.
    pub fn progress(&self, what: &str, total: u64) -> ProgressBar {
        let bar =
            if self.json || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(total) };
        let style = ProgressStyle::with_template("{msg:24} {bar:32} {pos}/{len} {elapsed}")
            .unwrap_or(ProgressStyle::default_bar());
        bar.set_style(style);
        bar.set_message(what.to_string());
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        bar
    }
}

/// Nothing that a user or a file named may move a terminal's cursor or change its colours.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect()
}

/// The one place that writes to standard output. A reader that went away is no error.
fn print(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
}
