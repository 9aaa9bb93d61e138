//! Subcommands, one file each, and what they share.

pub mod block;
pub mod build;
pub mod catalogue;
pub mod check;
pub mod doctor;
pub mod explain;
pub mod folding;
pub mod mutants;
pub mod plan;
pub mod run;
pub mod setup;
pub mod synth;
pub mod verify;

use std::io::IsTerminal;
use std::time::Duration;

use niello::files::WriteError;
use niello::{Error, Progress};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What a subcommand returns: whether all is well, or why it stopped.
pub type Done = Result<bool, Error>;

/// Where results go.
pub struct Output {
    /// JSON instead of text.
    pub json: bool,
}

impl Output {
    /// A line for people.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn line(&self, text: &str) -> Result<(), WriteError> {
        if self.json {
            return Ok(());
        }
        print(&printable(text))
    }

    /// The result for machines.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn result(&self, value: &serde_json::Value) -> Result<(), WriteError> {
        if self.json {
            return print(&value.to_string());
        }
        Ok(())
    }

    /// Errors, one a line, on the error stream; for machines as `{ "errors": [{ "code", "where", "what", "help" }] }` too.
    pub fn error(&self, e: &Error) {
        if self.json {
            // The exit code says that all is not well; there is nowhere else to say that this cannot be written.
            let _ = print(&serde_json::json!({ "errors": e.json() }).to_string());
        }
        let red = std::io::stderr().is_terminal();
        for line in printable(&e.to_string()).lines() {
            if red {
                eprintln!("\x1b[31merror\x1b[0m: {line}");
            } else {
                eprintln!("error: {line}");
            }
        }
    }

    /// A sign of life, with the time that has passed.
    pub fn spinner(&self, what: &str) -> Bar {
        let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
        self.bar(what, ProgressBar::new_spinner(), style.unwrap_or(ProgressStyle::default_spinner()))
    }

    /// A progress bar.
    pub fn progress(&self, what: &str, total: u64) -> Bar {
        let style = ProgressStyle::with_template("{msg:24} {bar:32} {pos}/{len} {elapsed}");
        self.bar(what, ProgressBar::new(total), style.unwrap_or(ProgressStyle::default_bar()))
    }

    /// On a terminal it is drawn; elsewhere a line on the error stream now and then says how far things are.
    fn bar(&self, what: &str, bar: ProgressBar, style: ProgressStyle) -> Bar {
        let drawn = !self.json && std::io::stderr().is_terminal();
        bar.set_draw_target(if drawn { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        bar.set_style(style);
        bar.set_message(what.to_string());
        if drawn {
            bar.enable_steady_tick(Duration::from_millis(200));
        } else {
            let bar = bar.clone();
            std::thread::spawn(move || tell(&bar));
        }
        Bar(bar)
    }
}

/// A progress bar that ends with its owner.
pub struct Bar(ProgressBar);

impl std::ops::Deref for Bar {
    type Target = ProgressBar;
    fn deref(&self) -> &ProgressBar {
        &self.0
    }
}

impl niello::Bar for Bar {
    fn set(&self, done: u64) {
        self.0.set_position(done);
    }
    fn total(&self, total: u64) {
        self.0.set_length(total);
    }
}

impl Progress for Output {
    fn begin(&self, what: &str, total: u64) -> Box<dyn niello::Bar + '_> {
        Box::new(self.progress(what, total))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// How often a run that nobody watches says that it is alive.
const TELL: Duration = Duration::from_secs(10);

/// Says how far a bar is until it is done.
fn tell(bar: &ProgressBar) {
    let mut next = TELL;
    while !bar.is_finished() {
        std::thread::sleep(Duration::from_millis(100));
        if bar.elapsed() >= next && !bar.is_finished() {
            next = bar.elapsed() + TELL;
            let of = bar.length().map_or(String::new(), |n| format!(" of {n}"));
            eprintln!("{}: {}{of}, {} s", printable(&bar.message()), bar.position(), bar.elapsed().as_secs());
        }
    }
}

/// Nothing that a user or a file named may move a terminal's cursor or change its colours.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect()
}

/// The one place that writes to standard output. A reader that went away is no error, a disk that is full is one.
fn print(text: &str) -> Result<(), WriteError> {
    use std::io::Write;
    let mut to = std::io::stdout();
    match writeln!(to, "{text}").and_then(|()| to.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(WriteError::Io { path: "standard output".into(), what: e.kind().to_string() })
        }
        _ => Ok(()),
    }
}
