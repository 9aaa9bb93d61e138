//! niello.
fn main() {}
