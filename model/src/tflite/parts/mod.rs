//! What several operators share.

pub mod reduced;
pub mod shapes;
pub mod weights;
pub mod windows;
