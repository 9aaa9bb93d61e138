//! Windows on images, and what becomes of patches and pixels.

pub mod deform_window;
pub mod depth_to_space;
pub mod depthwise;
pub mod pad;
pub mod pool;
pub mod sliding_window;
pub mod upsample;
