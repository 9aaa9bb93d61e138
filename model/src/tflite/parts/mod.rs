//! What several operators share.

pub mod shapes;
pub mod weights;
pub mod windows;
