//! How far long work is: whoever calls may show it.

/// Hears of work that takes more than a moment.
pub trait Progress {
    /// Work begins, of so many steps. It ends when the bar is dropped.
    fn begin(&self, what: &str, total: u64) -> Box<dyn Bar + '_>;
}

/// Work in progress.
pub trait Bar {
    /// So many steps are done.
    fn set(&self, done: u64);
    /// It has become known that there are so many.
    fn total(&self, total: u64);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _what: &str, _total: u64) -> Box<dyn Bar + '_> {
        Box::new(Quiet)
    }
}

impl Bar for Quiet {
    fn set(&self, _done: u64) {}
    fn total(&self, _total: u64) {}
}
