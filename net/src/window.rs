//! Windows on images.

/// Where the taps of a convolution or a pooling lie; images are HWC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows of the image.
    pub height: u32,
    /// Pixels of a row.
    pub width: u32,
    /// Channels of a pixel.
    pub channels: u32,
    /// Rows and pixels of a patch.
    pub kernel: [u32; 2],
    /// From patch to patch, down and across.
    pub stride: [u32; 2],
    /// Between taps, down and across.
    pub dilation: [u32; 2],
    /// Outside of the image: top, left, bottom, right.
    pub pads: [u32; 4],
}

impl Window {
    /// Taps of a patch.
    pub fn taps(&self) -> u32 {
        self.kernel[0] * self.kernel[1]
    }

    /// Rows of patches, and patches of a row. At least one each, if a patch fits into the padded image.
    pub fn out(&self) -> [u32; 2] {
        let along = |size: u32, before: u32, after: u32, axis: usize| {
            let extent = (self.kernel[axis] - 1) * self.dilation[axis] + 1;
            (size + before + after).saturating_sub(extent) / self.stride[axis] + 1
        };
        let [top, left, bottom, right] = self.pads;
        [along(self.height, top, bottom, 0), along(self.width, left, right, 1)]
    }

    /// Patches of an image.
    pub fn patches(&self) -> u64 {
        self.out().iter().map(|n| u64::from(*n)).product()
    }

    /// Every patch is one pixel.
    pub fn is_pointwise(&self) -> bool {
        self.taps() == 1 && self.stride == [1, 1] && self.pads == [0; 4]
    }

    /// The one patch is the image.
    pub fn is_global(&self) -> bool {
        self.kernel == [self.height, self.width] && self.dilation == [1, 1] && self.pads == [0; 4]
    }
}

/// A padded coordinate as one of the image.
pub fn inside(at: u32, pad: u32, size: u32) -> Option<u32> {
    at.checked_sub(pad).filter(|i| *i < size)
}
