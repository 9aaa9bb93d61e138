//! Neurons that speak in events: what they keep from step to step, and when they fire.

pub mod lif;
