//! What tests share.
#![allow(missing_docs)]

pub mod sweep;
