//! The tables of TFLite's flatbuffer: field numbers from the public schema (tensorflow/lite/schema/schema.fbs). A buffer is verified
//! before any field is touched, also the fields that niello does not read: LiteRT loads no file in which one of them is damaged.

use super::options;
use super::primitives::Long;
use super::table::{member, Pointer};
use flatbuffers::{Follow, ForwardsUOffset, InvalidFlatbuffer, Table, VOffsetT, Vector, Verifiable, Verifier};

table! {
    /// The file.
    Model {
        version: num(u32, 0) = 0;
        operator_codes: tables(OperatorCode) = 1;
        subgraphs: tables(SubGraph) = 2;
        buffers: tables(Buffer) = 4;
    } also {
        description: text = 3;
        metadata_buffer: nums(i32) = 5;
        metadata: tables(Metadata) = 6;
        signature_defs: tables(SignatureDef) = 7;
        external_buffer_groups: tables(ExternalBufferGroup) = 8;
        external_buffers: tables(ExternalBuffer) = 9;
    }
}
table! {
    /// Which operator an index means.
    OperatorCode {
        deprecated_code: num(i8, 0) = 0;
        custom_code: text = 1;
        version: num(i32, 1) = 2;
        code: num(i32, 0) = 3;
    }
}
table! {
    /// A graph.
    SubGraph {
        tensors: tables(Tensor) = 0;
        inputs: nums(i32) = 1;
        outputs: nums(i32) = 2;
        operators: tables(Operator) = 3;
    } also {
        name: text = 4;
        debug_metadata_index: num(i32) = 5;
    }
}
table! {
    /// A tensor.
    Tensor {
        shape: nums(i32) = 0;
        dtype: num(i8, 0) = 1;
        buffer: num(u32, 0) = 2;
        name: text = 3;
        quantization: table(Quantization) = 4;
        is_variable: num(bool, false) = 5;
        sparsity: present(Sparsity) = 6;
        external_buffer: num(u32, 0) = 10;
    } also {
        shape_signature: nums(i32) = 7;
        has_rank: num(bool) = 8;
        variant_tensors: tables(VariantSubType) = 9;
    }
}
table! {
    /// Scales and zero points.
    Quantization {
        scale: nums(f32) = 2;
        zero_point: nums(Long) = 3;
        dimension: num(i32, 0) = 6;
    } also {
        min: nums(f32) = 0;
        max: nums(f32) = 1;
        details: union(options::QUANTIZATION_DETAILS, 4) = 5;
    }
}
table! {
    /// A node.
    Operator {
        opcode_index: num(u32, 0) = 0;
        inputs: nums(i32) = 1;
        outputs: nums(i32) = 2;
        options_type: num(u8, 0) = 3;
        conv: member(ConvOptions, 1) = 4;
        depthwise: member(DepthwiseOptions, 2) = 4;
        pool: member(PoolOptions, 5) = 4;
        fully_connected: member(FullyConnectedOptions, 8) = 4;
        softmax: member(SoftmaxOptions, 9) = 4;
        add: member(AddOptions, 11) = 4;
        mul: member(MulOptions, 21) = 4;
        sub: member(SubOptions, 28) = 4;
        concatenation: member(ConcatenationOptions, 10) = 4;
        leaky_relu: member(LeakyReluOptions, 75) = 4;
        gelu: member(GeluOptions, 116) = 4;
        depth_to_space: member(DepthToSpaceOptions, 94) = 4;
        resize_nearest: member(ResizeNearestOptions, 74) = 4;
        reshape: member(ReshapeOptions, 17) = 4;
        squeeze: member(SqueezeOptions, 30) = 4;
        reducer: member(ReducerOptions, 27) = 4;
        batch_matmul: member(BatchMatMulOptions, 101) = 4;
    } also {
        builtin_options: union(options::BUILTIN, 3) = 4;
        custom_options: bytes = 5;
        custom_options_format: num(i8) = 6;
        mutating_variable_inputs: nums(bool) = 7;
        intermediates: nums(i32) = 8;
        large_custom_options_offset: num(u64) = 9;
        large_custom_options_size: num(u64) = 10;
        builtin_options_2: union(options::BUILTIN_2, 11) = 12;
        debug_metadata_index: num(i32) = 13;
    }
}
table! {
    /// Options of CONV_2D.
    ConvOptions {
        padding: num(i8, 0) = 0;
        stride_w: num(i32, 0) = 1;
        stride_h: num(i32, 0) = 2;
        activation: num(i8, 0) = 3;
        dilation_w: num(i32, 1) = 4;
        dilation_h: num(i32, 1) = 5;
    }
}
table! {
    /// Options of BATCH_MATMUL.
    BatchMatMulOptions {
        adj_x: num(bool, false) = 0;
        adj_y: num(bool, false) = 1;
    } also {
        asymmetric_quantize_inputs: num(bool) = 2;
    }
}
table! {
    /// Options of DEPTHWISE_CONV_2D.
    DepthwiseOptions {
        padding: num(i8, 0) = 0;
        stride_w: num(i32, 0) = 1;
        stride_h: num(i32, 0) = 2;
        activation: num(i8, 0) = 4;
        dilation_w: num(i32, 1) = 5;
        dilation_h: num(i32, 1) = 6;
    }
}
table! {
    /// Options of MAX_POOL_2D and AVERAGE_POOL_2D.
    PoolOptions {
        padding: num(i8, 0) = 0;
        stride_w: num(i32, 0) = 1;
        stride_h: num(i32, 0) = 2;
        filter_w: num(i32, 0) = 3;
        filter_h: num(i32, 0) = 4;
        activation: num(i8, 0) = 5;
    }
}
table! {
    /// Options of ADD.
    AddOptions {
        activation: num(i8, 0) = 0;
    }
}
table! {
    /// Options of MUL.
    MulOptions {
        activation: num(i8, 0) = 0;
    }
}
table! {
    /// Options of SUB.
    SubOptions {
        activation: num(i8, 0) = 0;
    }
}
table! {
    /// Options of CONCATENATION.
    ConcatenationOptions {
        axis: num(i32, 0) = 0;
        activation: num(i8, 0) = 1;
    }
}
table! {
    /// Options of LEAKY_RELU.
    LeakyReluOptions {
        alpha: num(f32, 0.0) = 0;
    }
}
table! {
    /// Options of DEPTH_TO_SPACE.
    DepthToSpaceOptions {
        size: num(i32, 0) = 0;
    }
}
table! {
    /// Options of RESIZE_NEAREST_NEIGHBOR.
    ResizeNearestOptions {
        align_corners: num(u8, 0) = 0;
    }
}
table! {
    /// Options of GELU.
    GeluOptions {
        approximate: num(u8, 0) = 0;
    }
}
table! {
    /// Options of SOFTMAX.
    SoftmaxOptions {
        beta: num(f32, 0.0) = 0;
    }
}
table! {
    /// Options of FULLY_CONNECTED.
    FullyConnectedOptions {
        activation: num(i8, 0) = 0;
        weights_format: num(i8, 0) = 1;
    }
}
table! {
    /// Raw contents.
    Buffer {
        data: bytes = 0;
        offset: num(u64, 0) = 1;
    } also {
        size: num(u64) = 2;
    }
}
table! {
    /// Options of RESHAPE.
    ReshapeOptions {
        new_shape: nums(i32) = 0;
    }
}
table! {
    /// Options of MEAN.
    ReducerOptions {
        keep_dims: num(bool, false) = 0;
    }
}
table! {
    /// Options of SQUEEZE.
    SqueezeOptions {
        squeeze_dims: nums(i32) = 0;
    }
}
table! {
    /// How a sparse tensor is packed.
    only Sparsity {
        traversal_order: nums(i32) = 0;
        block_map: nums(i32) = 1;
        dim_metadata: tables(DimensionMetadata) = 2;
    }
}
table! {
    /// A dimension of a sparse tensor.
    only DimensionMetadata {
        format: num(i8) = 0;
        dense_size: num(i32) = 1;
        array_segments: union(options::SPARSE_INDICES, 2) = 3;
        array_indices: union(options::SPARSE_INDICES, 4) = 5;
    }
}
table! {
    /// What a variant tensor holds.
    only VariantSubType {
        shape: nums(i32) = 0;
        type_: num(i8) = 1;
        has_rank: num(bool) = 2;
    }
}
table! {
    /// A note beside the model.
    only Metadata {
        name: text = 0;
        buffer: num(u32) = 1;
    }
}
table! {
    /// A way to call the model.
    only SignatureDef {
        inputs: tables(TensorMap) = 0;
        outputs: tables(TensorMap) = 1;
        signature_key: text = 2;
        subgraph_index: num(u32) = 4;
    }
}
table! {
    /// A name for a tensor.
    only TensorMap {
        name: text = 0;
        tensor_index: num(u32) = 1;
    }
}
table! {
    /// Other files with contents.
    only ExternalBufferGroup {
        name: text = 0;
    }
}
table! {
    /// Contents in another file.
    only ExternalBuffer {
        id: num(u32) = 0;
        group: num(u32) = 1;
        offset: num(u64) = 2;
        length: num(u64) = 3;
        packing: text = 4;
    }
}
