//! One file an operator or a family of them.

pub mod batch_matmul;
pub mod concatenation;
pub mod conv_2d;
pub mod depthwise_conv_2d;
pub mod enlarge;
pub mod extremum;
pub mod fully_connected;
pub mod functions;
pub mod mean;
pub mod of_shapes;
pub mod pad;
pub mod pair;
pub mod pool_2d;
pub mod quantize;
pub mod reduce_max;
pub mod reshape;
pub mod softmax;
pub mod transpose;
