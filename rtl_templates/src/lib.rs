//! niello.
