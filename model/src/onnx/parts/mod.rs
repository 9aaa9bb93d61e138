//! What several operators share.

pub mod bias;
pub mod binary;
pub mod constant_operand;
pub mod enlarge;
pub mod extremum;
pub mod largest;
pub mod matrices;
pub mod means;
pub mod pairs;
pub mod product;
pub mod reals;
pub mod recoded;
pub mod reduced;
pub mod rows;
pub mod sum_product;
pub mod sums;
pub mod weights;
pub mod windows;
