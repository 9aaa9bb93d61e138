//! What several operators share.

pub mod pairs;
pub mod reduced;
pub mod shapes;
pub mod weights;
pub mod windows;
